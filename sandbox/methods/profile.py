"""Methods about the bot itself: who it is, its menus, names and descriptions."""

from typing import Any

from sandbox.arguments import Arguments
from sandbox.errors import ApiError, bad_request, not_emulated
from sandbox.methods.registry import Call, method
from sandbox.profile import DEFAULT_MENU, Command, Scope, checked_commands
from sandbox.world import Wire

_PLAIN_SCOPES = {
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
}
_CHAT_SCOPES = {"chat", "chat_administrators", "chat_member"}


@method("getMe")
def get_me(call: Call) -> Wire:
    return call.world.bot.user() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not call.world.privacy,
        "supports_inline_queries": call.world.inline,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("setMyCommands")
def set_my_commands(call: Call) -> bool:
    commands = checked_commands(call.arguments.value("commands", "commands"))
    _store_commands(call, commands)
    return True


@method("deleteMyCommands")
def delete_my_commands(call: Call) -> bool:
    _store_commands(call, [])
    return True


@method("getMyCommands")
def get_my_commands(call: Call) -> list[Command]:
    return call.world.profile.commands.get((_scope(call), _language(call)), [])


def _store_commands(call: Call, commands: list[Command]) -> None:
    key = (_scope(call), _language(call))
    if commands:
        call.world.profile.commands[key] = commands
    else:
        call.world.profile.commands.pop(key, None)
    call.world.journal.add("commands", None)


def _scope(call: Call) -> Scope:
    value = call.arguments.value("scope", "BotCommandScope")
    if value is None:
        return ("default",)
    if not isinstance(value, dict):
        raise _wrong_scope("BotCommandScope must be an Object")
    kind = value.get("type")
    if isinstance(kind, str) and kind in _PLAIN_SCOPES:
        return (kind,)
    if not isinstance(kind, str) or kind not in _CHAT_SCOPES:
        raise _wrong_scope("Unsupported type specified")
    return _chat_scope(call, kind, value)


def _chat_scope(call: Call, kind: str, value: dict[str, Any]) -> Scope:
    if not value.get("chat_id"):
        raise _wrong_scope("Empty chat_id specified")
    number = Arguments(value).integer("chat_id")
    if number not in call.world.chats:
        raise bad_request("chat not found")
    if kind != "chat_member":
        return (kind, number)
    person = value.get("user_id")
    if not isinstance(person, int) or person <= 0:
        raise _wrong_scope("Invalid user_id specified")
    return (kind, number, person)


def _wrong_scope(reason: str) -> ApiError:
    return bad_request(f"Can't parse BotCommandScope: {reason}")


def _language(call: Call) -> str:
    code = call.arguments.text("language_code")
    if code and not (len(code) == 2 and code.isalpha() and code.islower()):
        raise bad_request("LANG_CODE_INVALID")
    return code


def _store(texts: dict[str, str], call: Call, argument: str, most: int) -> bool:
    text = call.arguments.text(argument).strip()
    if len(text) > most:
        raise bad_request(f"BOT_{argument.upper()}_INVALID")
    texts[_language(call)] = text
    return True


def _read(texts: dict[str, str], call: Call) -> str:
    return texts.get(_language(call)) or texts.get("", "")


@method("setMyName")
def set_my_name(call: Call) -> bool:
    return _store(call.world.profile.names, call, "name", 64)


@method("getMyName")
def get_my_name(call: Call) -> Wire:
    profile = call.world.profile
    return {"name": _read(profile.names, call) or profile.first_name}


@method("setMyDescription")
def set_my_description(call: Call) -> bool:
    return _store(call.world.profile.descriptions, call, "description", 512)


@method("getMyDescription")
def get_my_description(call: Call) -> Wire:
    return {"description": _read(call.world.profile.descriptions, call)}


@method("setMyShortDescription")
def set_my_short_description(call: Call) -> bool:
    return _store(call.world.profile.short_descriptions, call, "short_description", 120)


@method("getMyShortDescription")
def get_my_short_description(call: Call) -> Wire:
    return {"short_description": _read(call.world.profile.short_descriptions, call)}


@method("setChatMenuButton")
def set_chat_menu_button(call: Call) -> bool:
    value = call.arguments.value("menu_button", "menu button")
    menu = DEFAULT_MENU if value is None else value
    if not isinstance(menu, dict):
        raise bad_request("Can't parse menu button: MenuButton must be an Object")
    if menu.get("type") == "web_app":
        raise not_emulated("web_app menu buttons")
    if menu.get("type") not in ("default", "commands"):
        raise bad_request("Can't parse menu button: MenuButton has unsupported type")
    call.world.profile.menus[_menu_chat(call)] = menu
    return True


@method("getChatMenuButton")
def get_chat_menu_button(call: Call) -> Wire:
    menus = call.world.profile.menus
    return menus.get(_menu_chat(call)) or menus.get(None) or DEFAULT_MENU


def _menu_chat(call: Call) -> int | None:
    if not call.arguments.has("chat_id"):
        return None
    chat = call.chat()
    if not chat.private:
        raise bad_request("USER_ID_INVALID")
    return chat.id
