"""sendMessage and kin: what Telegram takes and what it refuses."""

import pytest


async def _text(wire, **arguments):
    return await wire.ok("sendMessage", chat_id=wire.maria, **arguments)


async def _no(wire, **arguments):
    return await wire.refused("sendMessage", chat_id=wire.maria, **arguments)


async def test_a_text_has_1_to_4096_utf16_units_after_entities(wire):
    await wire.begun()
    assert await _no(wire, text="") == "400 Bad Request: message text is empty"
    assert await _no(wire, text=" \n ") == "400 Bad Request: text must be non-empty"
    assert await _no(wire, text="x" * 4097) == "400 Bad Request: message is too long"
    assert await _no(wire, text="🦷" * 2049) == "400 Bad Request: message is too long"
    assert len((await _text(wire, text="🦷" * 2048))["text"]) == 2048
    marked = "<b>" + "&lt;" * 4096 + "</b>"
    assert len((await _text(wire, text=marked, parse_mode="HTML"))["text"]) == 4096


async def test_a_text_of_nothing_but_tags_is_empty(wire):
    await wire.begun()
    refusal = await _no(wire, text="<b></b>", parse_mode="HTML")
    assert refusal == "400 Bad Request: text must be non-empty"


async def test_an_unknown_parse_mode_is_refused_and_markdown_is_not_emulated(wire):
    await wire.begun()
    refusal = await _no(wire, text="x", parse_mode="BBCode")
    assert refusal == "400 Bad Request: unsupported parse_mode"
    assert "does not emulate" in await _no(wire, text="*x*", parse_mode="MarkdownV2")


async def test_broken_html_is_refused_with_its_place(wire):
    await wire.begun()
    assert await _no(wire, text="Ёж <x>", parse_mode="HTML") == (
        '400 Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 5'
    )


async def test_text_is_trimmed_and_cleaned_and_its_entities_move_along(wire):
    await wire.begun()
    sent = await _text(wire, text=" \n\r<b>a\u202eb\tc</b>  ", parse_mode="HTML")
    assert sent["text"] == "ab c"
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4}]


async def test_entities_may_come_ready_made(wire):
    await wire.begun()
    bold = {"type": "bold", "offset": 3, "length": 1}
    assert (await _text(wire, text="🦷 x", entities=[bold]))["entities"] == [bold]
    outside = {"type": "bold", "offset": 3, "length": 9}
    assert "incorrect offset" in await _no(wire, text="🦷 x", entities=[outside])
    unknown = {"type": "shiny", "offset": 0, "length": 1}
    assert await _no(wire, text="x", entities=[unknown]) == (
        "400 Bad Request: can't parse MessageEntity: Unsupported type specified"
    )


async def test_commands_mentions_links_and_phones_are_found(wire):
    await wire.begun()
    sent = await _text(wire, text="/start @UlybkaMolarBot https://t.me/x?start=a +79123456789 #да")
    assert [entity["type"] for entity in sent["entities"]] == [
        "bot_command",
        "mention",
        "url",
        "phone_number",
        "hashtag",
    ]


async def test_half_a_surrogate_pair_is_refused(wire):
    await wire.begun()
    assert (await _no(wire, text="\ud83e")).startswith("400 Bad Request")
    refusal = await _no(wire, text="&#xd83e;", parse_mode="HTML")
    assert "check for unmatched surrogate code units" in refusal


@pytest.mark.parametrize("chat_id", [999_999, "@nobody", "abc", -100999])
async def test_a_chat_that_the_bot_does_not_know_is_not_found(wire, chat_id):
    refusal = await wire.refused("sendMessage", chat_id=chat_id, text="x")
    assert refusal == "400 Bad Request: chat not found"


async def test_chat_id_is_required(wire):
    assert await wire.refused("sendMessage", text="x") == "400 Bad Request: chat_id is empty"


async def test_the_bot_never_begins_a_conversation(wire):
    stranger = await wire.refused("sendMessage", chat_id=wire.maria, text="x")
    assert stranger == "400 Bad Request: chat not found"
    colleague = await wire.refused("sendMessage", chat_id=wire.anna, text="x")
    assert colleague == "403 Forbidden: bot can't initiate conversation with a user"


async def test_after_a_block_the_bot_is_told_and_then_refused(wire):
    await wire.begun()
    await wire.act(wire.maria, "block")
    (update,) = await wire.updates()
    changed = update["my_chat_member"]
    assert changed["old_chat_member"]["status"] == "member"
    assert changed["new_chat_member"]["status"] == "kicked"
    refusal = await wire.refused("sendMessage", chat_id=wire.maria, text="x")
    assert refusal == "403 Forbidden: bot was blocked by the user"
    refusal = await wire.refused("sendChatAction", chat_id=wire.maria, action="typing")
    assert refusal == "403 Forbidden: bot was blocked by the user"


async def test_start_unblocks_and_the_bot_is_told_first(wire):
    await wire.begun()
    await wire.act(wire.maria, "block")
    await wire.updates()
    assert not (await wire.tried(wire.maria, "text", text="x"))["ok"]
    await wire.act(wire.maria, "start")
    unblocked, started = await wire.updates()
    assert unblocked["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert started["message"]["text"] == "/start"
    await _text(wire, text="снова здравствуйте")


async def test_an_answer_needs_the_message_it_answers(wire):
    await wire.begun()
    refusal = await _no(wire, text="x", reply_parameters={"message_id": 77})
    assert refusal == "400 Bad Request: message to be replied not found"
    lenient = {"message_id": 77, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await _text(wire, text="x", reply_parameters=lenient)
    answer = await _text(wire, text="x", reply_parameters={"message_id": 1})
    assert answer["reply_to_message"]["text"] == "/start"


async def test_preview_options_are_an_object(wire):
    await wire.begun()
    assert await _text(wire, text="a.ru", link_preview_options={"is_disabled": True})
    refusal = await _no(wire, text="a.ru", link_preview_options="[]")
    assert refusal == "400 Bad Request: object expected as link preview options"


async def test_protected_silent_and_effects_are_kept(wire):
    await wire.begun()
    sent = await _text(
        wire,
        text="x",
        protect_content=True,
        disable_notification=True,
        message_effect_id="5104841245755180586",
    )
    assert sent["has_protected_content"]
    assert sent["effect_id"] == "5104841245755180586"
    shown = (await wire.chat(wire.maria))["messages"][-1]
    assert shown["protected"]
    assert shown["silent"]
    assert await wire.refused(
        "sendMessage", chat_id=wire.group, text="x", message_effect_id="5104841245755180586"
    ) == ("400 Bad Request: EFFECT_ID_INVALID")


async def test_typing_is_shown_and_an_unknown_action_refused(wire):
    await wire.begun()
    refusal = await wire.refused("sendChatAction", chat_id=wire.maria, action="dancing")
    assert refusal == "400 Bad Request: wrong parameter action in request"
    async with wire.events(after=(await wire.get("/api/world"))["seq"]) as events:
        await wire.ok("sendChatAction", chat_id=wire.maria, action="typing")
        event = await anext(events)
    assert (event["type"], event["action"], event["chat"]) == ("action", "typing", wire.maria)


async def test_only_the_last_500_messages_of_a_chat_are_kept(wire):
    await wire.begun()
    acts = [{"person": wire.maria, "type": "text", "text": str(n)} for n in range(600)]
    await wire.post("/api/act_many", acts=acts)
    messages = (await wire.chat(wire.maria))["messages"]
    assert len(messages) == 500
    assert messages[-1]["text"] == "599"
