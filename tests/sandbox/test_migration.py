"""A basic group, and the supergroup it becomes."""

import pytest

UPGRADED = "Bad Request: group chat was upgraded to a supergroup chat"


@pytest.fixture
async def group(wire):
    """A basic group of Oleg's and Anna's with the bot as its administrator."""
    group = await wire.found("Кирова", wire.oleg, wire.anna, kind="group", bot="administrator")
    await wire.updates()
    return group


@pytest.fixture
async def moved(wire, group):
    """What the group has become."""
    moved = (await wire.act(wire.oleg, "migrate", chat=group))["chat"]
    await wire.updates()
    return moved


async def test_a_basic_group_has_a_number_that_no_supergroup_has(wire, group):
    chat = await wire.ok("getChat", chat_id=group)
    assert (chat["type"], chat["title"]) == ("group", "Кирова")
    assert -1e12 < group < 0
    assert await wire.found("Мира", wire.oleg) < -1e12


async def test_a_basic_group_counts_its_messages_with_the_private_chats(wire, group):
    await wire.begun()
    said = await wire.ok("sendMessage", chat_id=group, text="x")
    answered = await wire.ok("sendMessage", chat_id=wire.maria, text="y")
    assert answered["message_id"] == said["message_id"] + 1


async def test_both_chats_tell_the_bot_of_the_move(wire, group):
    moved = (await wire.act(wire.oleg, "migrate", chat=group))["chat"]
    to, entered, since = await wire.updates()
    assert moved < -1e12
    assert to["message"]["chat"]["id"] == group
    assert to["message"]["from"]["id"] == wire.oleg
    assert to["message"]["migrate_to_chat_id"] == moved
    member = entered["my_chat_member"]
    assert (member["chat"]["id"], member["chat"]["type"]) == (moved, "supergroup")
    assert member["old_chat_member"]["status"] == "left"
    assert member["new_chat_member"]["status"] == "administrator"
    assert since["message"]["chat"]["id"] == since["message"]["sender_chat"]["id"] == moved
    assert since["message"]["from"]["username"] == "GroupAnonymousBot"
    assert since["message"]["migrate_from_chat_id"] == group
    assert since["message"]["message_id"] == 1


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("sendMessage", {"text": "x"}),
        ("sendChatAction", {"action": "typing"}),
        ("deleteMessage", {"message_id": 1}),
        ("pinChatMessage", {"message_id": 1}),
        ("getChatMember", {"user_id": 1003}),
        ("getChatAdministrators", {}),
        ("getChatMemberCount", {}),
        ("leaveChat", {}),
    ],
)
async def test_at_the_old_number_the_bot_is_told_the_new_one(wire, group, moved, method, arguments):
    body = await wire.api(method, chat_id=group, **arguments)
    assert (body["error_code"], body["description"]) == (400, UPGRADED)
    assert body["parameters"] == {"migrate_to_chat_id": moved}


async def test_what_was_said_in_the_old_group_stays_as_it_is(wire, group):
    said = await wire.ok("sendMessage", chat_id=group, text="x")
    await wire.act(wire.oleg, "migrate", chat=group)
    refusal = await wire.refused(
        "editMessageText", chat_id=group, message_id=said["message_id"], text="y"
    )
    assert refusal == "400 Bad Request: message can't be edited"
    assert (await wire.ok("getChat", chat_id=group))["type"] == "group"


async def test_everybody_is_in_the_new_group_as_they_were(wire, group):
    await wire.act(wire.oleg, "rights", chat=group, rights={"can_pin_messages": False})
    moved = (await wire.act(wire.oleg, "migrate", chat=group))["chat"]
    administrators = await wire.ok("getChatAdministrators", chat_id=moved)
    assert [each["user"]["id"] for each in administrators] == [wire.oleg, 42]
    assert administrators[1]["can_delete_messages"]
    assert not administrators[1]["can_pin_messages"]
    await wire.act(wire.anna, "text", chat=moved, text="слышно?")
    assert not (await wire.tried(wire.anna, "text", chat=group, text="x"))["ok"]
    assert not (await wire.tried(wire.maria, "join", chat=group))["ok"]


async def test_the_page_knows_where_the_group_has_gone(wire, group, moved):
    chats = {chat["id"]: chat for chat in (await wire.get("/api/world"))["chats"]}
    assert (chats[group]["moved_to"], chats[group]["members"]) == (moved, [])
    assert set(chats[moved]["members"]) == {wire.oleg, wire.anna, 42}


async def test_only_an_administrator_moves_and_only_once(wire, group):
    assert not (await wire.tried(wire.anna, "migrate", chat=group))["ok"]
    assert not (await wire.tried(wire.oleg, "migrate", chat=wire.group))["ok"]
    await wire.act(wire.oleg, "migrate", chat=group)
    assert not (await wire.tried(wire.oleg, "migrate", chat=group))["ok"]


@pytest.mark.parametrize(
    "body",
    [
        {"members": [1005]},
        {"title": " ", "members": [1005]},
        {"title": "x", "members": []},
        {"title": "x", "members": [5]},
        {"title": "x", "members": ["1005"]},
        {"title": "x", "members": [1005], "kind": "channel"},
        {"title": "x", "members": [1005], "bot": "creator"},
    ],
)
async def test_a_group_that_can_not_be_is_refused_with_a_sentence(wire, body):
    answer = await wire.post("/api/groups", **body)
    assert answer["ok"] is False
    assert answer["error"]
