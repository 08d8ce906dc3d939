"""Coming, going, blocking, and writing without a name."""

from sandbox.acts.messages import text_body
from sandbox.acts.registry import Act, Outcome, act, found, outcome, visible_to_bot
from sandbox.errors import ActError
from sandbox.membership import change_block, change_status
from sandbox.world import ANONYMOUS, PRESENT, Wire

_ROLES = ("administrator", "member", "left", "kicked")


@act("block")
def block(act: Act) -> Outcome:
    """Blocks the bot: it can't write any more."""
    return _set_block(act, blocked=True)


@act("unblock")
def unblock(act: Act) -> Outcome:
    """Lets the bot write again."""
    return _set_block(act, blocked=False)


def _set_block(act: Act, *, blocked: bool) -> Outcome:
    if not act.chat.private or act.chat.blocked == blocked:
        raise ActError("the bot can't be blocked here" if blocked else "the bot is not blocked")
    update_id = change_block(act.world, act.chat, act.person, blocked=blocked)
    act.world.journal.add("world", act.chat.id)
    return outcome(update_id)


@act("join")
def join(act: Act) -> Outcome:
    """Comes into the group."""
    _check_group(act)
    if act.chat.members.get(act.person.id) in PRESENT:
        raise ActError(f"person {act.person.id} is in the group already")
    change_status(act.world, act.chat, act.person, "member", act.person)
    act.world.journal.add("world", None)
    user = act.person.user()
    return _service(act, {"new_chat_members": [user], "new_chat_member": user})


@act("leave")
def leave(act: Act) -> Outcome:
    """Leaves the group."""
    _check_group(act)
    act.check_can_write()
    change_status(act.world, act.chat, act.person, "left", act.person)
    act.world.journal.add("world", None)
    return _service(act, {"left_chat_member": act.person.user()})


@act("bot_role")
def bot_role(act: Act) -> Outcome:
    """Adds the bot to the group, makes it administrator or not, or throws it out.

    With a `payload` it comes by a `?startgroup=` link.
    """
    _check_group(act)
    role = act.text("role")
    if role not in _ROLES:
        raise ActError(f"a bot is one of {', '.join(_ROLES)}")
    came = role in PRESENT and act.chat.members.get(act.world.bot.id) not in PRESENT
    update_id = change_status(act.world, act.chat, act.world.bot, role, act.person)
    act.world.journal.add("world", None)
    if came:
        bot = act.world.bot.user()
        _service(act, {"new_chat_members": [bot], "new_chat_member": bot})
    if payload := act.text("payload", ""):
        return act.send(text_body(f"/start@{act.world.bot.username} {payload}"))
    return outcome(update_id)


@act("role")
def role(act: Act) -> Outcome:
    """Gives somebody (`user`, else the person) another status in the group."""
    _check_group(act)
    user = found(act.world.people, act.body.get("user", act.person.id))
    wanted = act.text("role")
    if user is None or wanted not in (*_ROLES, "creator"):
        raise ActError("no such person or role")
    update_id = change_status(act.world, act.chat, user, wanted, act.person)
    act.world.journal.add("world", None)
    return outcome(update_id)


@act("anonymous_text")
def anonymous_text(act: Act) -> Outcome:
    """Writes in the group's name, as an anonymous administrator."""
    _check_group(act)
    if act.chat.members.get(act.person.id) not in {"creator", "administrator"}:
        raise ActError("only administrators can be anonymous")
    body = text_body(act.text("text")) | {
        "from": ANONYMOUS,
        "sender_chat": act.chat.wire(),
    }
    return act.send(body)


def _check_group(act: Act) -> None:
    if act.chat.private:
        raise ActError("this is done in a group")


def _service(act: Act, body: Wire) -> Outcome:
    message = act.world.say(act.chat, body, act.person)
    if not visible_to_bot(act.world, act.chat, message):
        return outcome(message_id=message.id)
    return outcome(act.world.updates.put("message", message.wire, act.chat.id), message.id)
