"""Groups: privacy mode, anonymous administrators, comings and goings."""

import pytest


async def _heard(wire):
    return [update["message"]["text"] for update in await wire.updates() if "message" in update]


@pytest.fixture
async def member(wire):
    """The group, with the bot a plain member in privacy mode."""
    await wire.act(wire.oleg, "bot_role", chat=wire.group, role="member")
    await wire.updates()
    return wire.group


async def test_an_administrator_bot_hears_everything(wire):
    await wire.act(wire.anna, "text", chat=wire.group, text="4821 12400")
    assert await _heard(wire) == ["4821 12400"]


async def test_in_privacy_mode_plain_words_are_not_heard(wire, member):
    done = await wire.act(wire.anna, "text", chat=member, text="4821 12400")
    assert done["update_id"] is None
    assert await _heard(wire) == []


async def test_in_privacy_mode_commands_mentions_and_answers_are_heard(wire, member):
    said = await wire.ok("sendMessage", chat_id=member, text="?")
    for text in ("/visit 4821", "/visit@UlybkaMolarBot", "эй, @ulybkamolarbot!"):
        await wire.act(wire.anna, "text", chat=member, text=text)
    for text in ("/visit@OtherBot", "@OtherBot", "не / команда", "see /visit"):
        await wire.act(wire.anna, "text", chat=member, text=text)
    await wire.act(wire.anna, "text", chat=member, text="да", reply_to=said["message_id"])
    assert await _heard(wire) == [
        "/visit 4821",
        "/visit@UlybkaMolarBot",
        "эй, @ulybkamolarbot!",
        "да",
    ]


async def test_service_messages_are_always_heard(wire, member):
    await wire.act(wire.maria, "join", chat=member)
    (update,) = await wire.updates()
    assert update["message"]["new_chat_members"][0]["id"] == wire.maria


async def test_an_anonymous_administrator_has_no_name(wire):
    await wire.act(wire.oleg, "anonymous_text", chat=wire.group, text="4821 12400")
    (update,) = await wire.updates()
    message = update["message"]
    assert message["from"]["username"] == "GroupAnonymousBot"
    assert message["sender_chat"]["id"] == message["chat"]["id"] == wire.group
    assert not (await wire.tried(wire.anna, "anonymous_text", chat=wire.group, text="x"))["ok"]


async def test_a_channel_speaks_in_a_group_through_telegrams_own_accounts(wire):
    await wire.act(wire.oleg, "channel_text", chat=wire.group, text="Акция", title="Улыбка")
    await wire.act(wire.oleg, "channel_text", chat=wire.group, text="Пост", automatic=True)
    said, came = [update["message"] for update in await wire.updates()]
    assert (said["from"]["id"], said["from"]["username"]) == (136817688, "Channel_Bot")
    assert (said["sender_chat"]["type"], said["sender_chat"]["title"]) == ("channel", "Улыбка")
    assert "is_automatic_forward" not in said
    assert (came["from"]["id"], came["is_automatic_forward"]) == (777000, True)
    assert came["sender_chat"]["type"] == came["forward_origin"]["chat"]["type"] == "channel"
    shown = (await wire.chat(wire.anna, wire.group))["messages"]
    assert shown[-2]["from"]["name"] == "Улыбка"
    assert not (await wire.tried(wire.anna, "channel_text", chat=wire.group, text="x"))["ok"]
    assert not (await wire.tried(wire.oleg, "channel_text", text="x"))["ok"]


async def test_privacy_that_is_off_counts_only_where_the_bot_comes_to_later(wire, member):
    assert (await wire.ok("getMe"))["can_read_all_group_messages"] is False
    assert (await wire.patch("/api/bot", privacy=False))["ok"]
    assert (await wire.ok("getMe"))["can_read_all_group_messages"] is True
    assert (await wire.get("/api/world"))["privacy"] is False
    await wire.act(wire.anna, "text", chat=member, text="ещё нет")
    for role in ("left", "member"):
        await wire.act(wire.oleg, "bot_role", chat=member, role=role)
    await wire.act(wire.anna, "text", chat=member, text="теперь да")
    assert "теперь да" in str(await wire.updates())
    await wire.patch("/api/bot", privacy=True)
    await wire.act(wire.anna, "text", chat=member, text="всё ещё да")
    assert await _heard(wire) == ["всё ещё да"]
    assert not (await wire.patch("/api/bot", privacy="off"))["ok"]


async def test_what_the_bot_says_in_a_group_may_be_silent_and_protected(wire):
    asked = await wire.act(wire.anna, "text", chat=wire.group, text="4821 12400")
    await wire.ok("deleteMessage", chat_id=wire.group, message_id=asked["message_id"])
    answer = {"message_id": asked["message_id"]}
    card = {"chat_id": wire.group, "text": "x", "disable_notification": True}
    refusal = await wire.refused("sendMessage", **card, reply_parameters=answer)
    assert refusal == "400 Bad Request: message to be replied not found"
    lenient = answer | {"allow_sending_without_reply": True}
    sent = await wire.ok("sendMessage", **card, protect_content=True, reply_parameters=lenient)
    assert "reply_to_message" not in sent
    shown = (await wire.chat(wire.anna, wire.group))["messages"][-1]
    assert (shown["silent"], shown["protected"], shown["reply_to"]) == (True, True, None)


async def test_who_is_not_in_the_group_can_not_write_there(wire):
    assert not (await wire.tried(wire.maria, "text", chat=wire.group, text="x"))["ok"]


async def test_who_comes_and_goes_is_told_as_a_change_and_a_service_message(wire):
    await wire.updates(allowed_updates=["message", "chat_member"])
    await wire.act(wire.maria, "join", chat=wire.group)
    changed, came = await wire.updates()
    assert changed["chat_member"]["old_chat_member"]["status"] == "left"
    assert changed["chat_member"]["new_chat_member"]["status"] == "member"
    assert came["message"]["from"]["id"] == wire.maria
    await wire.act(wire.anna, "leave", chat=wire.group)
    changed, went = await wire.updates()
    assert changed["chat_member"]["new_chat_member"]["status"] == "left"
    assert went["message"]["left_chat_member"]["id"] == wire.anna
    members = (await wire.get("/api/world"))["chats"][-1]["members"]
    assert wire.maria in members
    assert wire.anna not in members


async def test_a_bot_thrown_out_is_told_and_may_not_write(wire):
    await wire.act(wire.oleg, "bot_role", chat=wire.group, role="kicked")
    (update,) = await wire.updates()
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    refusal = await wire.refused("sendMessage", chat_id=wire.group, text="x")
    assert refusal == "403 Forbidden: bot was kicked from the supergroup chat"


async def test_a_bot_that_left_is_no_member(wire):
    assert await wire.ok("leaveChat", chat_id=wire.group)
    refusal = await wire.refused("getChatAdministrators", chat_id=wire.group)
    assert refusal == "403 Forbidden: bot is not a member of the supergroup chat"


async def test_a_startgroup_link_adds_the_bot_and_brings_its_payload(wire):
    await wire.ok("leaveChat", chat_id=wire.group)
    await wire.updates()
    await wire.act(wire.oleg, "bot_role", chat=wire.group, role="member", payload="connect")
    changed, came, start = await wire.updates()
    assert changed["my_chat_member"]["from"]["id"] == wire.oleg
    assert came["message"]["new_chat_members"][0]["is_bot"]
    assert start["message"]["text"] == "/start@UlybkaMolarBot connect"


async def test_a_startgroup_link_to_a_group_of_the_bot_only_brings_its_payload(wire):
    role = {"role": "administrator", "payload": "connect"}
    await wire.act(wire.oleg, "bot_role", chat=wire.group, **role)
    (update,) = await wire.updates()
    assert update["message"]["text"] == "/start@UlybkaMolarBot connect"


async def test_members_are_told_apart_by_status(wire):
    async def status(person):
        member = await wire.ok("getChatMember", chat_id=wire.group, user_id=person)
        assert member["user"]["id"] == person
        return member["status"]

    assert await status(wire.oleg) == "creator"
    assert await status(wire.anna) == "member"
    assert await status(wire.maria) == "left"
    assert await status(42) == "administrator"
    assert await wire.refused("getChatMember", chat_id=wire.group, user_id=555) == (
        "400 Bad Request: PARTICIPANT_ID_INVALID"
    )
    assert await wire.refused("getChatMember", chat_id=wire.group) == (
        "400 Bad Request: invalid user_id specified"
    )


async def test_administrators_are_listed_for_groups_only(wire):
    await wire.act(wire.oleg, "role", chat=wire.group, user=wire.anna, role="administrator")
    administrators = await wire.ok("getChatAdministrators", chat_id=wire.group)
    assert {each["user"]["id"] for each in administrators} == {wire.oleg, wire.anna, 42}
    assert await wire.ok("getChatMemberCount", chat_id=wire.group) == 4
    await wire.begun()
    assert await wire.refused("getChatAdministrators", chat_id=wire.maria) == (
        "400 Bad Request: there are no administrators in the private chat"
    )
