"""Presses of inline buttons and their one answer in time."""

import pytest

TOO_OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"


@pytest.fixture
async def pressed(wire):
    """The id of a press that waits."""
    await wire.begun()
    markup = {"inline_keyboard": [[{"text": "Да", "callback_data": "y"}]]}
    sent = await wire.ok("sendMessage", chat_id=wire.maria, text="?", reply_markup=markup)
    act = await wire.act(wire.maria, "press", message_id=sent["message_id"], data="y")
    (update,) = await wire.updates()
    query = update["callback_query"]
    assert query["data"] == "y"
    assert query["message"]["message_id"] == sent["message_id"]
    assert query["from"]["id"] == wire.maria
    assert query["id"] == act["query_id"]
    return query["id"]


async def test_a_press_is_answered_once(wire, pressed):
    assert await wire.ok("answerCallbackQuery", callback_query_id=pressed)
    assert await wire.refused("answerCallbackQuery", callback_query_id=pressed) == TOO_OLD


async def test_a_press_never_made_is_too_old(wire):
    assert await wire.refused("answerCallbackQuery", callback_query_id="1") == TOO_OLD


async def test_a_press_is_answered_within_150_seconds(wire, pressed):
    await wire.post("/api/clock", add=149)
    assert await wire.ok("answerCallbackQuery", callback_query_id=pressed)
    await wire.act(wire.maria, "press", message_id=2, data="y")
    late = (await wire.updates())[0]["callback_query"]["id"]
    await wire.post("/api/clock", add=151)
    assert await wire.refused("answerCallbackQuery", callback_query_id=late) == TOO_OLD


async def test_the_words_reach_the_person_as_a_toast_or_an_alert(wire, pressed):
    async with wire.events(after=(await wire.get("/api/world"))["seq"]) as events:
        await wire.ok(
            "answerCallbackQuery", callback_query_id=pressed, text="Записано", show_alert=True
        )
        event = await anext(events)
    assert event["type"] == "callback_answer"
    assert (event["person"], event["query_id"]) == (wire.maria, pressed)
    assert (event["text"], event["alert"], event["url"]) == ("Записано", True, None)


async def test_an_answer_has_up_to_200_characters(wire, pressed):
    long = "x" * 201
    refusal = await wire.refused("answerCallbackQuery", callback_query_id=pressed, text=long)
    assert refusal == "400 Bad Request: MESSAGE_TOO_LONG"


async def test_an_answer_opens_the_bots_own_links_only(wire, pressed):
    refusal = await wire.refused(
        "answerCallbackQuery", callback_query_id=pressed, url="https://example.com"
    )
    assert refusal == "400 Bad Request: URL_INVALID"
    own = "https://t.me/UlybkaMolarBot?start=p_1"
    assert await wire.ok("answerCallbackQuery", callback_query_id=pressed, url=own)


async def test_a_cached_answer_is_not_emulated(wire, pressed):
    refusal = await wire.refused("answerCallbackQuery", callback_query_id=pressed, cache_time=60)
    assert refusal == "400 Bad Request: sandbox does not emulate cache_time"


async def test_only_a_button_that_is_there_can_be_pressed(wire, pressed):
    assert not (await wire.tried(wire.maria, "press", message_id=2, data="n"))["ok"]
    await wire.ok("editMessageReplyMarkup", chat_id=wire.maria, message_id=2)
    assert not (await wire.tried(wire.maria, "press", message_id=2, data="y"))["ok"]
