"""Misfortunes on order."""

import pytest
from aiohttp import ClientError


async def test_429_comes_with_its_pause_the_given_number_of_times(wire):
    await wire.begun()
    await wire.post("/api/trouble", kind="429", times=2, method="sendMessage", retry_after=7)
    await wire.ok("getMe")
    for _ in range(2):
        body = await wire.api("sendMessage", chat_id=wire.maria, text="x")
        assert body["parameters"] == {"retry_after": 7}
    assert await wire.ok("sendMessage", chat_id=wire.maria, text="x")


async def test_502_is_no_json(wire):
    await wire.post("/api/trouble", kind="502")
    async with wire.http.get(f"{wire.url}/bot42:SANDBOX/getMe") as response:
        assert response.status == 502
        assert response.content_type != "application/json"


@pytest.mark.parametrize(("kind", "done"), [("drop_before", 0), ("drop_after", 1)])
async def test_a_dropped_connection_loses_the_request_or_only_the_answer(wire, kind, done):
    await wire.begun()
    await wire.post("/api/trouble", kind=kind, method="sendMessage")
    with pytest.raises(ClientError):
        await wire.api("sendMessage", chat_id=wire.maria, text="x")
    assert len((await wire.chat(wire.maria))["messages"]) == 1 + done


async def test_slow_answers_come_all_the_same(wire):
    await wire.post("/api/trouble", kind="slow", seconds=0.001)
    assert await wire.ok("getMe")


async def test_troubles_are_called_off(wire):
    await wire.post("/api/trouble", kind="502", times=99)
    async with wire.http.delete(f"{wire.url}/api/trouble") as response:
        assert response.status == 200
    assert await wire.ok("getMe")


@pytest.mark.parametrize("body", [{"kind": "flood"}, {"kind": "429", "times": "many"}])
async def test_an_unknown_trouble_is_refused(wire, body):
    assert (await wire.post("/api/trouble", **body))["ok"] is False
