"""A basic group becomes a supergroup: another number, the same people."""

from dataclasses import replace

from sandbox.acts.registry import Act, Outcome, act
from sandbox.errors import ActError
from sandbox.membership import change_status
from sandbox.world import ANONYMOUS, Chat


@act("migrate")
def migrate(act: Act) -> Outcome:
    """Turns the group into a supergroup; `chat` of the outcome is its number."""
    act.check_administrator()
    old = act.chat
    if old.type != "group":
        raise ActError("it is a supergroup already")
    new = _heir(act, old)
    told = act.say({"migrate_to_chat_id": new.id})
    old.moved_to = new.id
    _enter_bot(act, old, new)
    move = {"from": ANONYMOUS, "sender_chat": new.wire(), "migrate_from_chat_id": old.id}
    replace(act, chat=new).say(move)
    _move_panes(act, old, new)
    return told | {"chat": new.id}


def _heir(act: Act, old: Chat) -> Chat:
    bot = act.world.bot.id
    people = {person: status for person, status in old.members.items() if person != bot}
    number = act.world.next_group_id("supergroup")
    new = act.world.add_group(number, old.title or "", people)
    new.rights = dict(old.rights)
    return new


def _enter_bot(act: Act, old: Chat, new: Chat) -> None:
    """The bot is told that it came into the new group, never that it left the old one."""
    bot = act.world.bot
    if old.status(bot.id) not in {"member", "administrator"}:
        return
    change_status(act.world, new, bot, old.status(bot.id), act.person)
    new.hears_all = old.hears_all


def _move_panes(act: Act, old: Chat, new: Chat) -> None:
    act.world.panes = [
        (name, person, new.id if chat == old.id else chat) for name, person, chat in act.world.panes
    ]
    act.world.journal.add("world", None)
