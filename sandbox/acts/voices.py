"""Writing in a group without one's own name: as the group, or as a channel."""

from sandbox.acts.messages import text_body
from sandbox.acts.registry import Act, Outcome, act
from sandbox.world import ANONYMOUS, Wire

_CHANNEL_ID = -1_002_000_000_001
_CHANNEL_BOT = {
    "id": 136817688,
    "is_bot": True,
    "first_name": "Channel",
    "username": "Channel_Bot",
}
_TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
_TITLE = "Новости клиники"


@act("anonymous_text")
def anonymous_text(act: Act) -> Outcome:
    """Writes in the group's name, as an anonymous administrator."""
    act.check_administrator()
    identity: Wire = {"from": ANONYMOUS, "sender_chat": act.chat.wire()}
    return act.send(text_body(act.text("text")) | identity)


@act("channel_text")
def channel_text(act: Act) -> Outcome:
    """Writes as a channel named `title`.

    With `automatic` it is a post of the group's own channel, which Telegram itself brings over.
    """
    act.check_administrator()
    channel = {"id": _CHANNEL_ID, "title": act.text("title", _TITLE), "type": "channel"}
    identity = _forwarded(act, channel) if act.body.get("automatic") else {"from": _CHANNEL_BOT}
    return act.send(text_body(act.text("text")) | identity | {"sender_chat": channel})


def _forwarded(act: Act, channel: Wire) -> Wire:
    origin = {
        "type": "channel",
        "chat": channel,
        "message_id": act.world.journal.seq,  # the channel counts its posts by itself
        "date": act.world.clock.unix(),
    }
    return {"from": _TELEGRAM, "is_automatic_forward": True, "forward_origin": origin}
