"""What the bot says of itself: name, descriptions, menu commands by scope and language."""

import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.errors import bad_request, not_emulated

Command = dict[str, str]
Scope = tuple[object, ...]  # its type, then its chat and person where it has them

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_MAX_COMMANDS = 100
DEFAULT_MENU = {"type": "commands"}


@dataclass(slots=True)
class Profile:
    """The bot's card in its several languages."""

    first_name: str
    commands: dict[tuple[Scope, str], list[Command]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menus: dict[int | None, dict[str, Any]] = field(default_factory=dict)

    def commands_for(self, chat_id: int, person_id: int, role: str, language: str) -> list[Command]:
        """The menu this person sees there: the narrowest scope, in their language or none."""
        for scope in _scopes(chat_id, person_id, role):
            for spoken in (language, ""):
                commands = self.commands.get((scope, spoken))
                if commands:
                    return commands
        return []


def _scopes(chat_id: int, person_id: int, role: str) -> list[Scope]:
    """From the narrowest to the widest, in Telegram's order."""
    if role == "private":
        return [("chat", chat_id), ("all_private_chats",), ("default",)]
    scopes: list[Scope] = [("chat_member", chat_id, person_id)]
    if role == "administrator":
        scopes.append(("chat_administrators", chat_id))
    scopes.append(("chat", chat_id))
    if role == "administrator":
        scopes.append(("all_chat_administrators",))
    return [*scopes, ("all_group_chats",), ("default",)]


def checked_commands(value: object) -> list[Command]:
    """The commands of an argument.

    Raises ApiError: in Telegram's words.
    """
    if not isinstance(value, list):
        raise bad_request("Expected an Array of BotCommand")
    if len(value) > _MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_checked_command(each) for each in value]


def _checked_command(value: object) -> Command:
    if not isinstance(value, dict):
        raise bad_request("Can't parse BotCommand: expected an Object")
    missing = next((f for f in ("command", "description") if not value.get(f)), None)
    if missing:
        raise bad_request(f"Can't parse BotCommand: Can't find field \"{missing}\"")
    if value.get("is_ephemeral"):
        raise not_emulated("is_ephemeral of commands")
    command = str(value["command"]).removeprefix("/")
    description = str(value["description"]).strip()
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}
