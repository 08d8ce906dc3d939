"""What people do among themselves: private chats of two, and the bot's help in any chat."""

from sandbox.acts.registry import Act, Outcome, act, found, outcome
from sandbox.errors import ActError

_MAX_QUERY = 256


@act("talk")
def talk(act: Act) -> Outcome:
    """Opens the private chat with somebody else (`with`); `chat` of the outcome is its number."""
    other = found(act.world.people, act.body.get("with"))
    if other is None or other is act.person:
        raise ActError("there is nobody to talk with")
    return outcome() | {"chat": act.world.talk(act.person, other).id}


@act("inline")
def inline(act: Act) -> Outcome:
    """Types a `query` after the bot's name. Nothing is sent yet: the bot offers what could be."""
    if not act.world.inline:
        raise ActError("the bot has no inline mode: @BotFather, /setinline")
    act.check_can_write()
    query = act.world.inline_queries.add(act.person.id, act.chat.id)
    body = {
        "id": query.id,
        "from": act.person.user(),
        "query": act.text("query", "")[:_MAX_QUERY],
        "offset": "",
        "chat_type": "sender" if act.chat.private else act.chat.type,
    }
    update_id = act.world.updates.put("inline_query", body, act.person.id)
    return outcome(update_id, query_id=query.id)


@act("inline_send")
def inline_send(act: Act) -> Outcome:
    """Sends a result (`query_id`, `result_id`) that the bot has offered, as one's own message."""
    queries = act.world.inline_queries
    body = queries.offered(act.person.id, act.text("query_id"), act.text("result_id"))
    return act.send(body | {"via_bot": act.world.bot.user()})
