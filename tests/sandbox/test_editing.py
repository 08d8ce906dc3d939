"""Edits, deletions, pins and reactions."""

import pytest

NOT_MODIFIED = (
    "400 Bad Request: message is not modified: specified new message content and reply markup "
    "are exactly the same as a current content and reply markup of the message"
)
BUTTON = {"inline_keyboard": [[{"text": "Да", "callback_data": "y"}]]}


@pytest.fixture
async def said(wire):
    """The address of a message of the bot with a button."""
    await wire.begun()
    sent = await wire.ok(
        "sendMessage", chat_id=wire.maria, text="<b>a</b>", parse_mode="HTML", reply_markup=BUTTON
    )
    return {"chat_id": wire.maria, "message_id": sent["message_id"]}


async def test_an_edit_changes_the_bubble_in_place(wire, said):
    edited = await wire.ok("editMessageText", **said, text="b", reply_markup=BUTTON)
    assert edited["edit_date"] >= edited["date"]
    bubble = (await wire.chat(wire.maria))["messages"][-1]
    assert (bubble["id"], bubble["text"], bubble["edited"]) == (said["message_id"], "b", True)


async def test_an_edit_without_markup_takes_the_buttons_away(wire, said):
    await wire.ok("editMessageText", **said, text="b")
    assert (await wire.chat(wire.maria))["messages"][-1]["buttons"] is None


async def test_the_same_text_and_markup_again_is_refused(wire, said):
    same = {"text": "<b>a</b>", "parse_mode": "HTML", "reply_markup": BUTTON}
    assert await wire.refused("editMessageText", **said, **same) == NOT_MODIFIED
    assert await wire.refused("editMessageReplyMarkup", **said, reply_markup=BUTTON) == NOT_MODIFIED
    await wire.ok("editMessageText", **said, text="a", reply_markup=BUTTON)
    await wire.ok("editMessageReplyMarkup", **said)
    assert await wire.refused("editMessageReplyMarkup", **said) == NOT_MODIFIED


async def test_an_edit_takes_inline_keyboards_only(wire, said):
    markup = {"keyboard": [["a"]]}
    refusal = await wire.refused("editMessageText", **said, text="b", reply_markup=markup)
    assert refusal == "400 Bad Request: inline keyboard expected"


async def test_a_message_that_is_not_there_can_not_be_edited(wire, said):
    await wire.act(wire.maria, "delete", message_id=said["message_id"])
    refusal = await wire.refused("editMessageText", **said, text="b")
    assert refusal == "400 Bad Request: message to edit not found"


async def test_somebody_elses_message_can_not_be_edited(wire, said):
    refusal = await wire.refused("editMessageText", chat_id=wire.maria, message_id=1, text="b")
    assert refusal == "400 Bad Request: message can't be edited"


async def test_an_edit_too_long_is_refused_in_its_own_words(wire, said):
    refusal = await wire.refused("editMessageText", **said, text="x" * 4097)
    assert refusal == "400 Bad Request: MESSAGE_TOO_LONG"


async def test_a_text_has_no_caption_to_edit(wire, said):
    refusal = await wire.refused("editMessageCaption", **said, caption="b")
    assert refusal == "400 Bad Request: there is no caption in the message to edit"


async def test_the_bot_edits_even_for_who_has_blocked_it(wire, said):
    await wire.act(wire.maria, "block")
    await wire.ok("editMessageText", **said, text="b")


async def test_deleting_removes_the_bubble_once(wire, said):
    assert await wire.ok("deleteMessage", **said) is True
    assert [m["id"] for m in (await wire.chat(wire.maria))["messages"]] == [1]
    refusal = await wire.refused("deleteMessage", **said)
    assert refusal == "400 Bad Request: message to delete not found"


async def test_a_message_older_than_two_days_can_not_be_deleted(wire, said):
    await wire.post("/api/clock", add=49 * 3600)
    refusal = await wire.refused("deleteMessage", **said)
    assert refusal == "400 Bad Request: message can't be deleted for everyone"


async def test_in_a_group_only_an_administrator_deletes_others_messages(wire):
    act = await wire.act(wire.anna, "text", chat=wire.group, text="4821 12400")
    await wire.act(wire.oleg, "bot_role", chat=wire.group, role="member")
    line = {"chat_id": wire.group, "message_id": act["message_id"]}
    refusal = await wire.refused("deleteMessage", **line)
    assert refusal == "400 Bad Request: message can't be deleted"
    await wire.act(wire.oleg, "bot_role", chat=wire.group, role="administrator")
    await wire.ok("deleteMessage", **line)


async def test_several_are_deleted_at_once_and_the_missing_do_not_matter(wire, said):
    ids = [said["message_id"], 1, 555]
    assert await wire.ok("deleteMessages", chat_id=wire.maria, message_ids=ids)
    assert (await wire.chat(wire.maria))["messages"] == []
    refusal = await wire.refused("deleteMessages", chat_id=wire.maria, message_ids=[1] * 101)
    assert refusal == "400 Bad Request: too many message identifiers specified"


async def test_a_reaction_is_one_of_telegrams(wire, said):
    eyes, tick = ([{"type": "emoji", "emoji": emoji}] for emoji in "👀✅")
    await wire.ok("setMessageReaction", **said, reaction=eyes)
    assert (await wire.chat(wire.maria))["messages"][-1]["reactions"] == ["👀"]
    refusal = await wire.refused("setMessageReaction", **said, reaction=tick)
    assert refusal == "400 Bad Request: REACTION_INVALID"
    refusal = await wire.refused("setMessageReaction", **said, reaction=eyes * 2)
    assert refusal == "400 Bad Request: REACTIONS_TOO_MANY"
    await wire.ok("setMessageReaction", **said)
    assert (await wire.chat(wire.maria))["messages"][-1]["reactions"] == []


async def test_a_pinned_message_is_in_getchat_until_it_is_unpinned(wire, said):
    await wire.ok("pinChatMessage", **said)
    chat = await wire.ok("getChat", chat_id=wire.maria)
    assert chat["pinned_message"]["message_id"] == said["message_id"]
    await wire.ok("unpinChatMessage", chat_id=wire.maria)
    assert "pinned_message" not in await wire.ok("getChat", chat_id=wire.maria)
    refusal = await wire.refused("unpinChatMessage", chat_id=wire.maria)
    assert refusal == "400 Bad Request: message to unpin not found"
