"""What people type after the bot's name, what it may offer, and the private chats of two."""

import pytest

from sandbox.methods.inline import _MAX_RESULTS
from tests.sandbox.codes import code_picture

BAD = "400 Bad Request: "
UNREADABLE = f"{BAD}can't parse InlineQueryResult: "
TOO_OLD = f"{BAD}query is too old and response timeout expired or query ID is invalid"


@pytest.fixture(autouse=True)
def _inline_mode(wire):
    wire.sandbox.world.inline = True


@pytest.fixture
async def photo(wire) -> str:
    """The file of a picture that the bot has sent to Maria."""
    sent = await wire.sent_photo(await wire.begun(), code_picture())
    return sent["photo"][-1]["file_id"]


@pytest.fixture
async def talk(wire) -> int:
    """The chat of Maria and Emma."""
    return (await wire.act(wire.maria, "talk", **{"with": wire.emma}))["chat"]


async def typed(wire, query="", person=None, **where) -> dict:
    """The query as the bot gets it."""
    await wire.act(person or wire.maria, "inline", query=query, **where)
    (update,) = await wire.updates()
    return update["inline_query"]


def result(photo, number="1", **more) -> dict:
    return {"type": "photo", "id": number, "photo_file_id": photo, **more}


async def answered(wire, query, *results, **more):
    arguments = {"inline_query_id": query, "results": results, "cache_time": 0, **more}
    return await wire.api("answerInlineQuery", **arguments)


async def refused(wire, *results, **more) -> str:
    body = await answered(wire, (await typed(wire))["id"], *results, **more)
    assert not body["ok"], body
    return f"{body['error_code']} {body['description']}"


# --- the query -------------------------------------------------------------------------------


async def test_getme_says_what_botfather_was_told(wire):
    for on in (False, True):
        assert (await wire.patch("/api/bot", inline=on))["ok"]
        assert (await wire.ok("getMe"))["supports_inline_queries"] is on
        assert (await wire.get("/api/world"))["inline"] is on
    assert not (await wire.patch("/api/bot", inline="yes"))["ok"]
    assert not (await wire.patch("/api/bot"))["ok"]


async def test_the_bot_learns_who_types_and_in_what_kind_of_chat(wire, talk):
    await wire.begun()
    there = [({}, "sender"), ({"chat": talk}, "private")]
    for where, kind in there:
        query = await typed(wire, "при", **where)
        assert (query["query"], query["offset"], query["chat_type"]) == ("при", "", kind)
        assert query["from"]["id"] == wire.maria
    in_group = await typed(wire, person=wire.anna, chat=wire.group)
    assert in_group["chat_type"] == "supergroup"


async def test_a_query_is_cut_where_telegram_cuts_it(wire):
    assert (await typed(wire, "x" * 300))["query"] == "x" * 256


async def test_without_inline_mode_nothing_is_asked_and_nothing_answered(wire):
    query = await typed(wire)
    wire.sandbox.world.inline = False
    assert not (await wire.tried(wire.maria, "inline", query=""))["ok"]
    body = await answered(wire, query["id"])
    assert body["description"] == "Bad Request: USER_BOT_INVALID"


async def test_who_is_not_in_a_group_types_nothing_there(wire):
    assert not (await wire.tried(wire.maria, "inline", chat=wire.group))["ok"]


# --- the answer ------------------------------------------------------------------------------


async def test_the_results_reach_the_person_who_typed(wire, photo):
    query = (await typed(wire))["id"]
    async with wire.events(after=(await wire.get("/api/world"))["seq"]) as events:
        button = {"text": " Откройте ", "start_parameter": "s_card"}
        more = {"caption": "<b>Визитка</b>", "parse_mode": "HTML"}
        body = await answered(wire, query, result(photo, **more), button=button, is_personal=True)
        assert body["result"] is True
        event = await anext(events)
    assert (event["type"], event["person"], event["query_id"]) == (
        "inline_answer",
        wire.maria,
        query,
    )
    assert event["chat"] == wire.maria
    assert event["button"] == {"text": "Откройте", "start_parameter": "s_card"}
    assert event["personal"] is True
    (offered,) = event["results"]
    assert (offered["id"], offered["text"]) == ("1", "Визитка")
    assert offered["photo"]["url"] == f"/api/file/{photo}"


async def test_a_query_is_answered_once(wire):
    query = (await typed(wire))["id"]
    assert (await answered(wire, query))["ok"]
    assert f"400 {(await answered(wire, query))['description']}" == TOO_OLD


async def test_a_query_never_typed_is_too_old(wire):
    assert f"400 {(await answered(wire, '1'))['description']}" == TOO_OLD


async def test_a_query_is_answered_within_ten_seconds(wire):
    query = (await typed(wire))["id"]
    await wire.post("/api/clock", add=9)
    assert (await answered(wire, query))["ok"]
    late = (await typed(wire))["id"]
    await wire.post("/api/clock", add=11)
    assert f"400 {(await answered(wire, late))['description']}" == TOO_OLD


async def test_a_refused_answer_leaves_the_query_open(wire, photo):
    query = (await typed(wire))["id"]
    assert not (await answered(wire, query, result("gone")))["ok"]
    assert (await answered(wire, query, result(photo)))["ok"]


async def test_fifty_results_with_ids_of_their_own(wire, photo):
    many = [result(photo, str(n)) for n in range(_MAX_RESULTS + 1)]
    too_many = f"{BAD}too many inline query results specified"
    assert await refused(wire, *many) == too_many
    assert (await answered(wire, (await typed(wire))["id"], *many[:-1]))["ok"]
    assert await refused(wire, result(photo), result(photo)) == f"{BAD}RESULT_ID_DUPLICATE"
    assert await refused(wire, result(photo, "")) == f"{BAD}RESULT_ID_EMPTY"
    assert await refused(wire, result(photo, "ы" * 33)) == f"{BAD}RESULT_ID_INVALID"
    assert (await answered(wire, (await typed(wire))["id"], result(photo, "ы" * 32)))["ok"]


async def test_the_picture_is_one_that_telegram_has(wire, photo):
    gone = f"{BAD}wrong file_id or the file is temporarily unavailable"
    assert await refused(wire, result("gone")) == gone


async def test_a_caption_has_up_to_1024_characters(wire, photo):
    long = result(photo, caption="x" * 1025)
    assert await refused(wire, long) == f"{BAD}MEDIA_CAPTION_TOO_LONG"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("x", "expected an Object"),
        ({"id": "1", "photo_file_id": "x"}, 'Can\'t find field "type"'),
        ({"type": "photo", "photo_file_id": "x"}, 'Can\'t find field "id"'),
    ],
)
async def test_a_result_without_its_fields_is_not_read(wire, value, reason):
    assert await refused(wire, value) == UNREADABLE + reason


@pytest.mark.parametrize(
    ("parameter", "reason"),
    [
        ("", "can't use empty start_parameter"),
        ("x" * 65, "too long start_parameter specified"),
        ("карта", "unallowed characters in start_parameter are used"),
    ],
)
async def test_the_button_leads_by_a_start_parameter(wire, parameter, reason):
    button = {"text": "Откройте", "start_parameter": parameter}
    assert await refused(wire, button=button) == BAD + reason


@pytest.mark.parametrize(
    ("value", "more", "what"),
    [
        ({"type": "article", "id": "1"}, {}, "inline results of type article"),
        ({"type": "photo", "id": "1", "photo_url": "https://a.ru/b.jpg"}, {}, "photo_url of"),
        ({"type": "photo", "id": "1", "reply_markup": {"inline_keyboard": []}}, {}, "reply_markup"),
        (None, {"cache_time": 60}, "cache_time"),
        (None, {"next_offset": "2"}, "next_offset"),
        (None, {"button": {"text": "a", "web_app": {"url": "https://a.ru"}}}, "web_app"),
    ],
)
async def test_what_is_not_emulated_is_said_loudly(wire, value, more, what):
    told = await refused(wire, *([value] if value else []), **more)
    assert told.startswith(f"{BAD}sandbox does not emulate {what}")


# --- the message -----------------------------------------------------------------------------


async def test_a_result_becomes_the_persons_own_message(wire, photo, talk):
    query = (await typed(wire, chat=talk))["id"]
    await answered(wire, query, result(photo, caption="Визитка: t.me/UlybkaMolarBot?start=r_1"))
    sent = await wire.act(wire.maria, "inline_send", chat=talk, query_id=query, result_id="1")
    assert sent["update_id"] is None, "no bot sees what two people say to each other"
    assert await wire.updates() == []
    (message,) = (await wire.chat(wire.emma, talk))["messages"]
    assert message["from"]["id"] == wire.maria
    assert (message["via"], message["kind"], message["buttons"]) == (
        "UlybkaMolarBot",
        "photo",
        None,
    )
    assert message["photo"]["url"] == f"/api/file/{photo}"
    assert 'href="https://t.me/UlybkaMolarBot?start=r_1"' in message["html"]


async def test_a_bot_without_other_rights_sees_what_was_sent_by_its_help(wire, photo):
    group = await wire.found("Подруги", wire.maria, bot="member")
    await wire.updates()
    query = (await typed(wire, chat=group))["id"]
    await answered(wire, query, result(photo))
    await wire.act(wire.maria, "text", chat=group, text="Смотрите")
    await wire.act(wire.maria, "inline_send", chat=group, query_id=query, result_id="1")
    (update,) = await wire.updates()
    assert update["message"]["via_bot"]["id"] == 42


async def test_only_what_was_offered_to_oneself_can_be_sent(wire, photo, talk):
    query = (await typed(wire, chat=talk))["id"]
    await answered(wire, query, result(photo))
    for person, more in (
        (wire.maria, {"query_id": query, "result_id": "2"}),
        (wire.maria, {"query_id": "1", "result_id": "1"}),
        (wire.emma, {"query_id": query, "result_id": "1"}),
    ):
        assert not (await wire.tried(person, "inline_send", chat=talk, **more))["ok"]
    assert (await wire.chat(wire.emma, talk))["messages"] == []


# --- talks -----------------------------------------------------------------------------------


async def test_two_people_have_one_chat_whoever_opens_it(wire, talk):
    assert (await wire.act(wire.emma, "talk", **{"with": wire.maria}))["chat"] == talk
    assert (await wire.act(wire.emma, "talk", **{"with": wire.anna}))["chat"] != talk
    for nobody in (wire.emma, 5, None):
        assert not (await wire.tried(wire.emma, "talk", **{"with": nobody}))["ok"]


async def test_no_third_person_writes_there_and_it_is_no_group(wire, talk):
    assert not (await wire.tried(wire.anna, "text", chat=talk, text="А я?"))["ok"]
    for deed in ("join", "leave", "migrate"):
        assert not (await wire.tried(wire.maria, deed, chat=talk))["ok"]
    assert not (await wire.tried(wire.maria, "bot_role", chat=talk, role="member"))["ok"]


async def test_no_bot_finds_it(wire, talk):
    await wire.act(wire.maria, "text", chat=talk, text="/start")
    assert await wire.updates() == []
    not_found = f"{BAD}chat not found"
    assert await wire.refused("sendMessage", chat_id=talk, text="Здравствуйте") == not_found
    assert await wire.refused("getChat", chat_id=talk) == not_found
    commands = [{"command": "start", "description": "x"}]
    scope = {"type": "chat", "chat_id": talk}
    assert await wire.refused("setMyCommands", commands=commands, scope=scope) == not_found
    await wire.ok("setMyCommands", commands=commands)
    assert (await wire.chat(wire.maria, talk))["commands"] == []
