"""Menus by scope and language, names, descriptions."""

import pytest


async def _set(wire, command, scope=None, language=""):
    commands = [{"command": command, "description": "что делает"}]
    await wire.ok("setMyCommands", commands=commands, scope=scope, language_code=language)


async def _seen(wire, person, chat=None):
    return [each["command"] for each in (await wire.chat(person, chat))["commands"]]


async def test_the_narrowest_scope_wins_and_the_language_before_none(wire):
    await _set(wire, "start")
    assert await _seen(wire, wire.maria) == ["start"]
    await _set(wire, "help", {"type": "all_private_chats"})
    await _set(wire, "pomosh", {"type": "all_private_chats"}, "ru")
    assert await _seen(wire, wire.maria) == ["pomosh"]
    assert await _seen(wire, wire.emma) == ["help"]
    await _set(wire, "balance", {"type": "chat", "chat_id": wire.maria})
    assert await _seen(wire, wire.maria) == ["balance"]
    await wire.ok("deleteMyCommands", scope={"type": "chat", "chat_id": wire.maria})
    assert await _seen(wire, wire.maria) == ["pomosh"]


async def test_in_a_group_administrators_see_more(wire):
    await _set(wire, "visit", {"type": "chat", "chat_id": wire.group})
    await _set(wire, "connect", {"type": "chat_administrators", "chat_id": wire.group})
    await _set(wire, "mine", {"type": "chat_member", "chat_id": wire.group, "user_id": wire.anna})
    assert await _seen(wire, wire.anna, wire.group) == ["mine"]
    assert await _seen(wire, wire.oleg, wire.group) == ["connect"]
    assert await _seen(wire, 1004, wire.group) == ["visit"]


async def test_every_group_has_a_menu_and_its_administrators_another(wire):
    await _set(wire, "start")
    await _set(wire, "help", {"type": "all_group_chats"})
    await _set(wire, "connect", {"type": "all_chat_administrators"})
    assert await _seen(wire, wire.anna, wire.group) == ["help"]
    assert await _seen(wire, wire.oleg, wire.group) == ["connect"]
    assert await _seen(wire, wire.oleg) == ["start"]
    assert await _seen(wire, wire.maria, wire.group) == []
    await _set(wire, "visit", {"type": "chat", "chat_id": wire.group})
    assert await _seen(wire, wire.oleg, wire.group) == ["visit"]


async def test_getmycommands_gives_back_exactly_what_was_set_there(wire):
    await _set(wire, "start", language="ru")
    assert await wire.ok("getMyCommands") == []
    found = await wire.ok("getMyCommands", language_code="ru")
    assert found == [{"command": "start", "description": "что делает"}]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"commands": [{"command": "Старт", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a" * 33, "description": "x"}]}, "BOT_COMMAND_INVALID"),
        (
            {"commands": [{"command": "a", "description": "x" * 257}]},
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        (
            {"commands": [{"command": "a"}]},
            "can't parse BotCommand: Can't find field \"description\"",
        ),
        (
            {"commands": [{"command": "a", "description": "x", "is_ephemeral": True}]},
            "sandbox does not emulate is_ephemeral of commands",
        ),
        ({"commands": "x"}, "can't parse commands JSON object"),
        ({"commands": {}}, "expected an Array of BotCommand"),
        (
            {"commands": [], "scope": {"type": "galaxy"}},
            "can't parse BotCommandScope: Unsupported type specified",
        ),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 5}}, "chat not found"),
        ({"commands": [], "language_code": "rus"}, "LANG_CODE_INVALID"),
    ],
)
async def test_a_wrong_menu_is_refused(wire, arguments, reason):
    assert await wire.refused("setMyCommands", **arguments) == f"400 Bad Request: {reason}"


@pytest.mark.parametrize(
    ("subject", "argument", "most"),
    [
        ("Name", "name", 64),
        ("Description", "description", 512),
        ("ShortDescription", "short_description", 120),
    ],
)
async def test_names_and_descriptions_are_kept_by_language(wire, subject, argument, most):
    await wire.ok(f"setMy{subject}", **{argument: "Улыбка"}, language_code="ru")
    found = await wire.ok(f"getMy{subject}", language_code="ru")
    assert found == {argument: "Улыбка"}
    refused = await wire.api(f"setMy{subject}", **{argument: "x" * (most + 1)})
    assert refused["error_code"] == 400


async def test_the_menu_button_is_commands_unless_set(wire):
    assert await wire.ok("getChatMenuButton") == {"type": "commands"}
    await wire.begun()
    button = {"type": "default"}
    await wire.ok("setChatMenuButton", chat_id=wire.maria, menu_button=button)
    assert await wire.ok("getChatMenuButton", chat_id=wire.maria) == button
    app = {"type": "web_app", "text": "a", "web_app": {"url": "https://a.ru"}}
    assert "does not emulate" in await wire.refused("setChatMenuButton", menu_button=app)
