"""New groups."""

from typing import Any

from sandbox.errors import ActError
from sandbox.membership import change_status
from sandbox.world import Chat, World

_KINDS = ("supergroup", "group")
_BOT_ROLES = ("member", "administrator")
_MAX_TITLE = 128


def found_group(world: World, body: dict[str, Any]) -> Chat:
    """Makes the group that a request of the page describes; the first of `members` creates it.

    Raises ActError: no title, no members, or somebody nobody knows.
    """
    title, kind = body.get("title"), body.get("kind", "supergroup")
    if not isinstance(title, str) or not 1 <= len(title.strip()) <= _MAX_TITLE:
        raise ActError(f"a title has 1–{_MAX_TITLE} letters")
    if kind not in _KINDS:
        raise ActError(f"a group is one of {', '.join(_KINDS)}")
    role, (creator, *others) = _bot_role(body), _members(world, body)
    members = {creator: "creator"} | dict.fromkeys(others, "member")
    chat = world.add_group(world.next_group_id(kind), title.strip(), members, kind)
    if role is not None:
        change_status(world, chat, world.bot, role, world.people[creator])
    return chat


def _bot_role(body: dict[str, Any]) -> str | None:
    role = body.get("bot")
    if role is not None and role not in _BOT_ROLES:
        raise ActError(f"a bot is one of {', '.join(_BOT_ROLES)}")
    return role


def _members(world: World, body: dict[str, Any]) -> list[int]:
    members = body.get("members")
    if not isinstance(members, list) or not members:
        raise ActError("members is a list of people, the creator first")
    strange = [each for each in members if not isinstance(each, int) or each not in world.people]
    if strange:
        raise ActError(f"there is no person {strange[0]}")
    return list(dict.fromkeys(members))
