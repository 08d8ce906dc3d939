"""Who is what in a chat, in the Bot API's shapes, and the updates when that changes."""

from sandbox.world import Chat, Person, Wire, World

RIGHTS = (
    "can_manage_chat",
    "can_change_info",
    "can_delete_messages",
    "can_invite_users",
    "can_restrict_members",
    "can_pin_messages",
    "can_promote_members",
    "can_manage_video_chats",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_manage_topics",
    "can_send_welcome_messages",
)
PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
_IN_SUPERGROUPS = {"can_manage_topics"}
_BOT_LACKS = {"can_promote_members"}
_RESTRICTED_MAY = {"can_send_messages", "can_react_to_messages"}


def rights_of(world: World, chat: Chat, user_id: int) -> frozenset[str]:
    """What somebody may do as the creator or an administrator of a group."""
    status = chat.status(user_id)
    if status == "creator":
        return frozenset(RIGHTS)
    if status != "administrator":
        return frozenset()
    lacks = _BOT_LACKS if user_id == world.bot.id else set()
    return chat.rights.get(user_id, frozenset(RIGHTS) - lacks)


def member_wire(world: World, chat: Chat, user: Person) -> Wire:
    """The Bot API's ChatMember, as somebody stands in a chat now."""
    if chat.private:
        return _plain(user, "member")
    status = chat.status(user.id)
    if status == "administrator":
        return _plain(user, status) | _administrator(world, chat, user)
    if status == "restricted":
        may = {permission: permission in _RESTRICTED_MAY for permission in PERMISSIONS}
        return _plain(user, status) | {"is_member": chat.holds(user.id), "until_date": 0} | may
    return _plain(user, status)


def _plain(user: Person, status: str) -> Wire:
    wire: Wire = {"user": user.user(), "status": status}
    if status == "creator":
        wire["is_anonymous"] = False
    elif status == "kicked":
        wire["until_date"] = 0
    return wire


def _administrator(world: World, chat: Chat, user: Person) -> Wire:
    lacking = set() if chat.type == "supergroup" else _IN_SUPERGROUPS
    held = rights_of(world, chat, user.id)
    rights = {right: right in held for right in RIGHTS if right not in lacking}
    return {"can_be_edited": False, "is_anonymous": False} | rights


def change_status(
    world: World, chat: Chat, user: Person, status: str, by: Person, *, inside: bool = True
) -> int | None:
    """Gives somebody another status in a group; returns the id of the update, if any.

    A restricted person stays so whether `inside` the group or not.
    """
    old, was_here = member_wire(world, chat, user), chat.holds(user.id)
    _put(chat, user.id, status, inside=inside)
    if user is world.bot and not was_here:
        chat.hears_all = not world.privacy
    return _tell(world, chat, user, old, by)


def _put(chat: Chat, user_id: int, status: str, *, inside: bool) -> None:
    chat.members[user_id] = status
    if status == "restricted" and not inside:
        chat.outside.add(user_id)
    else:
        chat.outside.discard(user_id)
    if status != "administrator":
        chat.rights.pop(user_id, None)


def change_rights(
    world: World, chat: Chat, user: Person, rights: frozenset[str], by: Person
) -> int | None:
    """Gives an administrator exactly these rights; returns the id of the update, if any."""
    old = member_wire(world, chat, user)
    chat.rights[user.id] = rights
    return _tell(world, chat, user, old, by)


def _tell(world: World, chat: Chat, user: Person, old: Wire, by: Person) -> int | None:
    world.journal.add("world", None)
    new = member_wire(world, chat, user)
    if new == old:
        return None
    kind = "my_chat_member" if user is world.bot else "chat_member"
    if kind == "chat_member" and chat.status(world.bot.id) != "administrator":
        return None  # Telegram tells only administrators about other members
    return world.updates.put(kind, _changed(world, chat, by, old, new), chat.id)


def change_block(world: World, chat: Chat, person: Person, *, blocked: bool) -> int | None:
    """Blocks or unblocks the bot in a private chat."""
    chat.blocked = blocked
    statuses = ("member", "kicked") if blocked else ("kicked", "member")
    old, new = (_plain(world.bot, status) for status in statuses)
    body = _changed(world, chat, person, old, new)
    return world.updates.put("my_chat_member", body, chat.id)


def _changed(world: World, chat: Chat, by: Person, old: Wire, new: Wire) -> Wire:
    return {
        "chat": chat.wire(),
        "from": by.user(),
        "date": world.clock.unix(),
        "old_chat_member": old,
        "new_chat_member": new,
    }
