"""How the Bot API is asked: addresses, tokens, arguments in every shape."""

import json

import pytest
from aiohttp import FormData


async def test_an_unknown_method_is_404_in_telegrams_words(wire):
    assert await wire.refused("getNothing") == "404 Not Found: method not found"


async def test_a_method_is_found_in_any_capital_letters(wire):
    assert (await wire.ok("GETme"))["username"] == "UlybkaMolarBot"


@pytest.mark.parametrize(
    ("token", "code", "words"),
    [("42:OTHER", 401, "Unauthorized"), ("nonsense", 404, "Not Found")],
)
async def test_a_wrong_token_is_refused(wire, token, code, words):
    async with wire.http.get(f"{wire.url}/bot{token}/getMe") as response:
        assert response.status == code
        assert (await response.json())["description"] == words


@pytest.mark.parametrize(
    "path", ["/bot", "/bot42:SANDBOX", "/bot42:SANDBOX/", "/bot42:SANDBOX/a/b"]
)
async def test_an_address_without_a_method_is_404_too(wire, path):
    async with wire.http.get(wire.url + path) as response:
        assert response.status == 404
        assert (await response.json())["description"] == "Not Found"


async def _sent(wire, response):
    body = await response.json()
    assert body["ok"], body
    return body["result"]["text"]


async def test_arguments_come_by_query_form_multipart_and_json(wire):
    chat = await wire.begun()
    url = f"{wire.url}/bot42:SANDBOX/sendMessage"
    arguments = {"chat_id": str(chat), "text": "Ёж & ко"}
    async with wire.http.get(url, params=arguments) as response:
        assert await _sent(wire, response) == "Ёж & ко"
    async with wire.http.post(url, data=arguments) as response:
        assert await _sent(wire, response) == "Ёж & ко"
    async with wire.http.post(url, json={"chat_id": chat, "text": "Ёж & ко"}) as response:
        assert await _sent(wire, response) == "Ёж & ко"
    form = FormData(arguments, default_to_multipart=True)
    async with wire.http.post(url, data=form) as response:
        assert await _sent(wire, response) == "Ёж & ко"


async def test_a_markup_may_be_an_object_or_its_json(wire):
    chat = await wire.begun()
    markup = {"inline_keyboard": [[{"text": "Да", "callback_data": "y"}]]}
    one = await wire.ok("sendMessage", chat_id=chat, text="?", reply_markup=markup)
    other = await wire.ok("sendMessage", chat_id=chat, text="?", reply_markup=json.dumps(markup))
    assert one["reply_markup"] == other["reply_markup"] == markup


async def test_a_body_that_is_not_json_is_refused(wire):
    url = f"{wire.url}/bot42:SANDBOX/getMe"
    headers = {"Content-Type": "application/json"}
    async with wire.http.post(url, data=b"{", headers=headers) as response:
        assert response.status == 400


async def test_arguments_that_the_method_does_not_have_are_ignored(wire):
    chat = await wire.begun()
    assert await wire.ok("sendMessage", chat_id=chat, text="x", colour="green")


@pytest.mark.parametrize(
    "name", ["business_connection_id", "message_thread_id", "suggested_post_parameters"]
)
async def test_what_is_not_emulated_is_refused_loudly(wire, name):
    chat = await wire.begun()
    refusal = await wire.refused("sendMessage", chat_id=chat, text="x", **{name: "7"})
    assert refusal == f"400 Bad Request: sandbox does not emulate {name}"


async def test_the_calls_are_written_down_for_tests(wire):
    chat = await wire.begun()
    before = (await wire.get("/api/requests"))["requests"][-1]["n"]
    await wire.ok("sendMessage", chat_id=chat, text="x")
    await wire.refused("sendMessage", chat_id=chat, text="")
    good, bad = (await wire.get("/api/requests", after=before))["requests"]
    assert (good["method"], good["ok"], good["chat_id"]) == ("sendMessage", True, chat)
    assert (bad["ok"], bad["error_code"]) == (False, 400)
