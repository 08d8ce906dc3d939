"""Inline buttons and reactions."""

from dataclasses import replace

from sandbox.acts.registry import Act, Outcome, act, outcome
from sandbox.errors import ActError
from sandbox.world import Message


@act("press")
def press(act: Act) -> Outcome:
    """Presses a callback button that the message has now.

    `late`: the finger was faster than the edit, so the button may be one the message had before.
    """
    message, data = act.message(), act.text("data")
    if not act.body.get("late") and not _has_button(message, data):
        raise ActError(f"message {message.id} has no button with the data {data!r}")
    act.check_can_write()
    act.chat.heard_at = act.world.clock.now()
    query = act.world.queries.add(act.person.id, act.chat.id, message.id)
    body = {
        "id": query.id,
        "from": act.person.user(),
        "message": message.wire,
        "chat_instance": str(abs(act.chat.id) * 1_000_003),
        "data": data,
    }
    update_id = act.world.updates.put("callback_query", body, act.chat.id)
    act.world.journal.add(
        "callback_waiting",
        act.chat.id,
        person=act.person.id,
        message_id=message.id,
        query_id=query.id,
        data=data,
    )
    return outcome(update_id, message.id, query.id)


def _has_button(message: Message, data: str) -> bool:
    rows = message.wire.get("reply_markup", {}).get("inline_keyboard", [])
    return any(button.get("callback_data") == data for row in rows for button in row)


@act("react")
def react(act: Act) -> Outcome:
    """Puts one reaction under a message, or takes it away with an empty one."""
    message, emoji = act.message(), act.text("emoji", "")
    old = message.reactions.get(act.person.id)
    others = {who: what for who, what in message.reactions.items() if who != act.person.id}
    reactions = others | ({act.person.id: emoji} if emoji else {})
    act.chat.messages[message.id] = replace(message, reactions=reactions)
    act.world.journal.add(
        "reaction", act.chat.id, message_id=message.id, emoji=list(reactions.values())
    )
    if not act.chat.private and act.chat.status(act.world.bot.id) != "administrator":
        return outcome(message_id=message.id)
    body = {
        "chat": act.chat.wire(),
        "message_id": message.id,
        "user": act.person.user(),
        "date": act.world.clock.unix(),
        "old_reaction": _reaction(old),
        "new_reaction": _reaction(emoji),
    }
    return outcome(act.world.updates.put("message_reaction", body, act.chat.id), message.id)


def _reaction(emoji: str | None) -> list[dict[str, str]]:
    return [{"type": "emoji", "emoji": emoji}] if emoji else []
