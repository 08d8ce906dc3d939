"""Coming, going, blocking, and who may what in a group."""

from sandbox.acts.messages import text_body
from sandbox.acts.registry import Act, Outcome, act, found, outcome
from sandbox.errors import ActError
from sandbox.membership import RIGHTS, change_block, change_rights, change_status, rights_of
from sandbox.world import Person

_BOT_ROLES = ("administrator", "member", "left", "kicked")
_ROLES = (*_BOT_ROLES, "creator", "restricted")


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
    act.check_group()
    status = act.chat.status(act.person.id)
    if act.chat.holds(act.person.id):
        raise ActError(f"person {act.person.id} is in the group already")
    if status == "kicked":
        raise ActError(f"person {act.person.id} is banned from the group")
    comes_as = "restricted" if status == "restricted" else "member"
    change_status(act.world, act.chat, act.person, comes_as, act.person)
    return _came(act, act.person)


@act("leave")
def leave(act: Act) -> Outcome:
    """Leaves the group."""
    act.check_group()
    act.check_can_write()
    status = act.chat.status(act.person.id)
    leaves_as = "restricted" if status == "restricted" else "left"
    change_status(act.world, act.chat, act.person, leaves_as, act.person, inside=False)
    return _went(act, act.person)


@act("bot_role")
def bot_role(act: Act) -> Outcome:
    """Adds the bot to the group, makes it administrator or not, or throws it out.

    With a `payload` it comes by a `?startgroup=` link.
    """
    act.check_group()
    role = act.text("role")
    if role not in _BOT_ROLES:
        raise ActError(f"a bot is one of {', '.join(_BOT_ROLES)}")
    bot, was_here = act.world.bot, act.chat.holds(act.world.bot.id)
    update_id = change_status(act.world, act.chat, bot, role, act.person)
    _tell_presence(act, bot, was_here=was_here)
    if payload := act.text("payload", ""):
        return act.send(text_body(f"/start@{bot.username} {payload}"))
    return outcome(update_id)


@act("role")
def role(act: Act) -> Outcome:
    """Gives somebody (`user`, else the person) another status in the group."""
    act.check_group()
    user = found(act.world.people, act.body.get("user", act.person.id))
    wanted = act.text("role")
    if user is None or wanted not in _ROLES:
        raise ActError("no such person or role")
    if wanted == "restricted" and act.chat.type != "supergroup":
        raise ActError("only a supergroup can restrict its members")
    was_here = act.chat.holds(user.id)
    update_id = change_status(act.world, act.chat, user, wanted, act.person, inside=was_here)
    _tell_presence(act, user, was_here=was_here)
    return outcome(update_id)


@act("rights")
def rights(act: Act) -> Outcome:
    """Gives an administrator (`user`, else the bot) rights or takes them away.

    `rights` maps the name of each that changes to true or false.
    """
    act.check_group()
    user = _administrator(act)
    changes = act.body.get("rights")
    if not isinstance(changes, dict) or not changes.keys() <= set(RIGHTS):
        raise ActError(f"rights maps to true or false: {', '.join(RIGHTS)}")
    given = {right for right, granted in changes.items() if granted}
    held = rights_of(act.world, act.chat, user.id) - changes.keys() | given
    return outcome(change_rights(act.world, act.chat, user, held, act.person))


def _administrator(act: Act) -> Person:
    bot = act.world.bot
    number = act.body.get("user", bot.id)
    user = bot if number == bot.id else found(act.world.people, number)
    if user is None or act.chat.status(user.id) != "administrator":
        raise ActError("only an administrator has rights to change")
    return user


def _tell_presence(act: Act, who: Person, *, was_here: bool) -> None:
    if act.chat.holds(who.id) and not was_here:
        _came(act, who)
    elif was_here and not act.chat.holds(who.id):
        _went(act, who)


def _came(act: Act, who: Person) -> Outcome:
    return act.say({"new_chat_members": [who.user()], "new_chat_member": who.user()})


def _went(act: Act, who: Person) -> Outcome:
    return act.say({"left_chat_member": who.user()})
