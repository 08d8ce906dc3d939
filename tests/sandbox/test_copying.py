"""copyMessage: the content goes, everything around it stays."""

import pytest

BUTTON = {"inline_keyboard": [[{"text": "Ответить", "callback_data": "answer:1"}]]}


async def _said(wire, kind="text", **body):
    """A message of Maria's, by its number."""
    await wire.begun()
    return (await wire.act(wire.maria, kind, **body))["message_id"]


async def _copied(wire, message, **more):
    """The copy in the owner's chat, as the page has it."""
    await wire.begun(wire.oleg)
    about = {"chat_id": wire.oleg, "from_chat_id": wire.maria, "message_id": message}
    result = await wire.ok("copyMessage", **about, **more)
    last = (await wire.chat(wire.oleg))["messages"][-1]
    assert result == {"message_id": last["id"]}
    return last


async def _no(wire, message, **more):
    about = {"chat_id": wire.oleg, "from_chat_id": wire.maria, "message_id": message}
    return await wire.refused("copyMessage", **about | more)


async def test_a_text_is_copied_with_its_marks_and_without_its_sender(wire):
    copy = await _copied(wire, await _said(wire, text="см. /help"), caption="не подпись")
    assert (copy["text"], copy["from"]["is_bot"]) == ("см. /help", True)
    assert "reply_to" in copy
    assert copy["buttons"] is None


@pytest.mark.parametrize("kind", ["photo", "voice", "document", "video"])
async def test_media_keep_their_caption_or_get_another(wire, kind):
    message = await _said(wire, kind, caption="болит")
    same = await _copied(wire, message)
    assert (same["kind"], same["text"]) == (kind, "болит")
    other = await _copied(wire, message, caption="<b>Мария</b>", parse_mode="HTML")
    assert other["html"] == "<b>Мария</b>"
    assert (await _copied(wire, message, caption=""))["text"] == ""


@pytest.mark.parametrize("kind", ["sticker", "video_note", "location", "venue", "dice", "contact"])
async def test_what_has_no_caption_is_copied_as_it_is(wire, kind):
    copy = await _copied(wire, await _said(wire, kind), caption="лишнее")
    assert (copy["kind"], copy["text"]) == (kind, "")


async def test_buttons_are_of_the_copy_alone(wire):
    await wire.begun()
    sent = await wire.ok("sendMessage", chat_id=wire.maria, text="x", reply_markup=BUTTON)
    assert (await _copied(wire, sent["message_id"]))["buttons"] is None
    copy = await _copied(wire, sent["message_id"], reply_markup=BUTTON)
    assert copy["buttons"][0][0]["callback_data"] == "answer:1"


async def test_a_forward_loses_its_origin_and_an_answer_what_it_answers(wire):
    first = await _said(wire, text="раз")
    answer = (await wire.act(wire.maria, "text", text="два", reply_to=first))["message_id"]
    assert (await _copied(wire, answer))["reply_to"] is None


async def test_a_copy_that_cannot_be_made_is_refused(wire):
    message = await _said(wire, text="x")
    assert await _no(wire, message) == (
        "403 Forbidden: bot can't initiate conversation with a user"
    )
    await wire.begun(wire.oleg)
    assert await _no(wire, 999) == "400 Bad Request: message to copy not found"
    assert await _no(wire, message, from_chat_id=5) == "400 Bad Request: chat not found"
    assert await _no(wire, message, from_chat_id="") == "400 Bad Request: chat_id is empty"
    assert await _no(wire, message, chat_id=5) == "400 Bad Request: chat not found"
    assert await _no(wire, message, caption="x" * 1025) == (
        "400 Bad Request: message caption is too long"
    )
    assert "does not emulate" in await _no(wire, message, message_thread_id=7)


async def test_protected_and_service_messages_are_not_copied(wire):
    await wire.begun()
    await wire.begun(wire.oleg)
    about = {"chat_id": wire.maria, "text": "тайна", "protect_content": True}
    sent = await wire.ok("sendMessage", **about)
    refusal = "400 Bad Request: message can't be copied"
    assert await _no(wire, sent["message_id"]) == refusal
    left = await wire.act(wire.irina, "leave", chat=wire.group)
    assert await _no(wire, left["message_id"], from_chat_id=wire.group) == refusal


async def test_of_a_group_the_bot_has_left_nothing_is_copied(wire):
    message = (await wire.act(wire.anna, "text", chat=wire.group, text="x"))["message_id"]
    await wire.begun(wire.oleg)
    await wire.act(wire.oleg, "bot_role", chat=wire.group, role="left")
    assert await _no(wire, message, from_chat_id=wire.group) == (
        "403 Forbidden: bot is not a member of the supergroup chat"
    )
