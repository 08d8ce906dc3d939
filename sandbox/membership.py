"""Who is what in a chat, in the Bot API's shapes, and the updates when that changes."""

from sandbox.world import Chat, Person, Wire, World

_RIGHTS = (
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
)
_BOT_LACKS = {"can_promote_members"}


def member_wire(world: World, user: Person, status: str) -> Wire:
    """The Bot API's ChatMember."""
    wire: Wire = {"user": user.user(), "status": status}
    if status == "creator":
        wire["is_anonymous"] = False
    elif status == "administrator":
        wire |= {"can_be_edited": False, "is_anonymous": False}
        lacks = _BOT_LACKS if user is world.bot else set()
        wire |= {right: right not in lacks for right in _RIGHTS}
        wire["can_send_welcome_messages"] = True
    elif status == "kicked":
        wire["until_date"] = 0
    return wire


def change_status(world: World, chat: Chat, user: Person, status: str, by: Person) -> int | None:
    """Gives somebody another status in a chat; returns the id of the update, if any."""
    old = chat.members.get(user.id, "left")
    chat.members[user.id] = status
    kind = "my_chat_member" if user is world.bot else "chat_member"
    if kind == "chat_member" and chat.members.get(world.bot.id) != "administrator":
        return None  # Telegram tells only administrators about other members
    return world.updates.put(kind, _changed(world, chat, user, old, status, by), chat.id)


def change_block(world: World, chat: Chat, person: Person, *, blocked: bool) -> int | None:
    """Blocks or unblocks the bot in a private chat."""
    chat.blocked = blocked
    old, new = ("member", "kicked") if blocked else ("kicked", "member")
    body = _changed(world, chat, world.bot, old, new, person)
    return world.updates.put("my_chat_member", body, chat.id)


def _changed(world: World, chat: Chat, user: Person, old: str, new: str, by: Person) -> Wire:
    return {
        "chat": chat.wire(),
        "from": by.user(),
        "date": world.clock.unix(),
        "old_chat_member": member_wire(world, user, old),
        "new_chat_member": member_wire(world, user, new),
    }
