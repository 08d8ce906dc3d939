"""Who is what in a group, what an administrator may, and who is told of it."""

import pytest


async def _member(wire, person, chat=None):
    return await wire.ok("getChatMember", chat_id=chat or wire.group, user_id=person)


async def _line(wire):
    """The address of something that Anna wrote in the group."""
    done = await wire.act(wire.anna, "text", chat=wire.group, text="4821 12400")
    return {"chat_id": wire.group, "message_id": done["message_id"]}


async def _rights(wire, **rights):
    return await wire.act(wire.oleg, "rights", chat=wire.group, rights=rights)


async def test_a_right_taken_away_is_told_and_seen(wire):
    await _rights(wire, can_delete_messages=False)
    (update,) = await wire.updates()
    changed = update["my_chat_member"]
    assert changed["from"]["id"] == wire.oleg
    assert changed["old_chat_member"]["can_delete_messages"] is True
    assert changed["new_chat_member"]["can_delete_messages"] is False
    assert changed["new_chat_member"]["can_pin_messages"] is True
    assert (await _member(wire, 42))["can_delete_messages"] is False


async def test_without_the_right_others_messages_stay(wire):
    line = await _line(wire)
    own = await wire.ok("sendMessage", chat_id=wire.group, text="x")
    await _rights(wire, can_delete_messages=False)
    refusal = "400 Bad Request: message can't be deleted"
    assert await wire.refused("deleteMessage", **line) == refusal
    both = [line["message_id"], own["message_id"]]
    assert await wire.refused("deleteMessages", chat_id=wire.group, message_ids=both) == refusal
    assert len((await wire.chat(wire.anna, wire.group))["messages"]) == 2
    await wire.ok("deleteMessage", chat_id=wire.group, message_id=own["message_id"])
    await _rights(wire, can_delete_messages=True)
    await wire.ok("deleteMessage", **line)


async def test_without_the_right_nothing_is_pinned_or_unpinned(wire):
    line = await _line(wire)
    await wire.ok("pinChatMessage", **line)
    await _rights(wire, can_pin_messages=False)
    refusal = "400 Bad Request: not enough rights to manage pinned messages in the chat"
    assert await wire.refused("pinChatMessage", **line) == refusal
    assert await wire.refused("unpinChatMessage", **line) == refusal
    assert await wire.refused("unpinAllChatMessages", chat_id=wire.group) == refusal


async def test_the_bot_hears_of_what_it_pinned_itself(wire):
    line = await _line(wire)
    await wire.updates()
    await wire.ok("pinChatMessage", **line, disable_notification=True)
    (update,) = await wire.updates()
    assert update["message"]["pinned_message"]["message_id"] == line["message_id"]
    assert update["message"]["from"]["id"] == 42
    shown = (await wire.chat(wire.anna, wire.group))["messages"][-1]
    assert (shown["kind"], shown["silent"]) == ("service", True)


async def test_a_demoted_and_raised_bot_has_the_usual_rights_again(wire):
    await _rights(wire, can_delete_messages=False)
    await wire.act(wire.oleg, "bot_role", chat=wire.group, role="member")
    assert "can_delete_messages" not in await _member(wire, 42)
    assert not (
        await wire.tried(wire.oleg, "rights", chat=wire.group, rights={"can_pin_messages": True})
    )["ok"]
    await wire.act(wire.oleg, "bot_role", chat=wire.group, role="administrator")
    assert (await _member(wire, 42))["can_delete_messages"]


async def test_the_same_rights_again_are_no_news(wire):
    assert (await _rights(wire, can_delete_messages=True))["update_id"] is None


@pytest.mark.parametrize("rights", [None, [], {"can_fly": True}, "can_pin_messages"])
async def test_rights_that_telegram_does_not_know_are_refused(wire, rights):
    assert not (await wire.tried(wire.oleg, "rights", chat=wire.group, rights=rights))["ok"]


async def test_a_restricted_member_is_in_or_out(wire):
    restrict = {"chat": wire.group, "user": wire.anna, "role": "restricted"}
    await wire.updates(allowed_updates=["chat_member"])
    await wire.act(wire.oleg, "role", **restrict)
    member = await _member(wire, wire.anna)
    assert (member["status"], member["is_member"]) == ("restricted", True)
    assert (member["can_send_messages"], member["can_send_photos"]) == (True, False)
    await wire.act(wire.anna, "text", chat=wire.group, text="слышно?")
    assert not (await wire.tried(wire.anna, "photo", chat=wire.group))["ok"]
    await wire.act(wire.anna, "leave", chat=wire.group)
    member = await _member(wire, wire.anna)
    assert (member["status"], member["is_member"]) == ("restricted", False)
    assert not (await wire.tried(wire.anna, "text", chat=wire.group, text="x"))["ok"]
    await wire.act(wire.anna, "join", chat=wire.group)
    assert (await _member(wire, wire.anna))["is_member"] is True
    changes = [update["chat_member"] for update in await wire.updates()]
    assert [
        (each["old_chat_member"].get("is_member"), each["new_chat_member"]["is_member"])
        for each in changes
    ] == [(None, True), (True, False), (False, True)]


async def test_who_is_thrown_out_is_told_of_and_stays_out(wire):
    await wire.updates(allowed_updates=["message", "chat_member"])
    await wire.act(wire.oleg, "role", chat=wire.group, user=wire.anna, role="kicked")
    changed, went = await wire.updates()
    assert changed["chat_member"]["from"]["id"] == wire.oleg
    assert changed["chat_member"]["new_chat_member"]["status"] == "kicked"
    assert went["message"]["left_chat_member"]["id"] == wire.anna
    assert went["message"]["from"]["id"] == wire.oleg
    assert (await _member(wire, wire.anna))["status"] == "kicked"
    assert not (await wire.tried(wire.anna, "join", chat=wire.group))["ok"]


async def test_a_bot_that_is_no_administrator_is_told_of_no_members(wire):
    await wire.updates(allowed_updates=["chat_member"])
    await wire.act(wire.oleg, "bot_role", chat=wire.group, role="member")
    await wire.act(wire.maria, "join", chat=wire.group)
    await wire.act(wire.maria, "leave", chat=wire.group)
    assert await wire.updates() == []


async def test_in_a_basic_group_nobody_is_restricted_and_there_are_no_topics(wire):
    group = await wire.found("Мира", wire.oleg, wire.anna, kind="group", bot="administrator")
    restrict = {"chat": group, "user": wire.anna, "role": "restricted"}
    assert not (await wire.tried(wire.oleg, "role", **restrict))["ok"]
    assert "can_manage_topics" not in await _member(wire, 42, group)
    assert "can_manage_topics" in await _member(wire, 42)


async def test_the_page_sees_who_is_what(wire):
    chats = {chat["id"]: chat for chat in (await wire.get("/api/world"))["chats"]}
    statuses = {each["id"]: each["status"] for each in chats[wire.group]["statuses"]}
    assert statuses == {
        wire.oleg: "creator",
        wire.anna: "member",
        wire.irina: "member",
        42: "administrator",
    }
    assert "can_delete_messages" in chats[wire.group]["bot_rights"]
