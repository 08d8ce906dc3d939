"""Writing: Start, texts, contacts, forwards, edits."""

import re
from dataclasses import replace

from sandbox.acts.registry import Act, Outcome, act, found, outcome, visible_to_bot
from sandbox.errors import ActError
from sandbox.markup import utf16_length
from sandbox.membership import change_block
from sandbox.texts import tidy, with_found
from sandbox.world import Person, Wire

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
_PIECE = 4096
_STRANGER_PHONE, _STRANGER_NAME, _STRANGER_ID = "+79990001122", "Незнакомка", 777_000_123


@act("start")
def start(act: Act) -> Outcome:
    """The Start button, or a deep link with its payload."""
    payload = act.text("payload", "")
    if payload and not _PAYLOAD.fullmatch(payload):
        raise ActError("a start payload is 1–64 of A–Z a–z 0–9 _ -")
    if act.chat.blocked:
        change_block(act.world, act.chat, act.person, blocked=False)
    return act.send(text_body(f"/start {payload}".rstrip()))


@act("text")
def text(act: Act) -> Outcome:
    """A text; one too long goes out in pieces, as every client does it."""
    written, _ = tidy(act.text("text"), [])
    if not written:
        raise ActError("there is nothing to send")
    replied = answered(act)
    *first, last = pieces(written)
    for piece in first:
        act.send(text_body(piece) | replied)
    return act.send(text_body(last) | replied)


def text_body(text: str) -> Wire:
    """The fields of a text with what Telegram finds in it."""
    entities = with_found(text, [])
    return {"text": text, "entities": entities} if entities else {"text": text}


def pieces(text: str) -> list[str]:
    """The text cut where Telegram's length ends."""
    if utf16_length(text) <= _PIECE:
        return [text]
    cut: list[str] = []
    piece, length = "", 0
    for char in text:
        width = utf16_length(char)
        if length + width > _PIECE:
            cut.append(piece)
            piece, length = "", 0
        piece, length = piece + char, length + width
    return [*cut, piece]


def answered(act: Act) -> Wire:
    """The message that it replies to (`reply_to`), if there is one."""
    if act.body.get("reply_to") is None:
        return {}
    message = found(act.chat.messages, act.body["reply_to"])
    if message is None:
        raise ActError("there is no such message to answer")
    return {"reply_to_message": message.quoted()}


@act("contact")
def contact(act: Act) -> Outcome:
    """A contact card: the own one, somebody else's, or one without a Telegram account."""
    kinds = {"own": _own_card, "other": _others_card, "without_id": _card_without_id}
    kind = act.text("kind", "own")
    if kind not in kinds:
        raise ActError(f"a contact is one of {', '.join(kinds)}")
    return act.send({"contact": kinds[kind](act)})


def _own_card(act: Act) -> Wire:
    person = act.person
    if not person.phone:
        raise ActError(f"person {person.id} has no phone to share")
    return _card_of(person)


def _card_of(person: Person) -> Wire:
    card: Wire = {
        "phone_number": (person.phone or "").removeprefix("+"),
        "first_name": person.first_name,
        "user_id": person.id,
    }
    return card | ({"last_name": person.last_name} if person.last_name else {})


def _others_card(act: Act) -> Wire:
    others = [p for p in act.world.people.values() if p.phone and p is not act.person]
    phone = act.text("phone", (others[0].phone if others else None) or _STRANGER_PHONE)
    owner = next((p for p in others if p.phone == phone), None)
    if owner is not None:
        return _card_of(owner)
    card = _card_without_id(act)
    return card | {"phone_number": phone.removeprefix("+"), "user_id": _STRANGER_ID}


def _card_without_id(act: Act) -> Wire:
    phone = act.text("phone", act.person.phone or _STRANGER_PHONE)
    name = act.text("first_name", _STRANGER_NAME)
    return {"phone_number": phone, "first_name": name}


@act("forward")
def forward(act: Act) -> Outcome:
    """Somebody else's text, sent on."""
    origin = {
        "type": "hidden_user",
        "sender_user_name": act.text("from_name", "Кто-то"),
        "date": act.world.clock.unix(),
    }
    return act.send(text_body(act.text("text")) | {"forward_origin": origin})


@act("edit")
def edit(act: Act) -> Outcome:
    """The person rewrites an own text."""
    old = act.message()
    if old.sender_id != act.person.id or "text" not in old.wire:
        raise ActError("only an own text can be edited")
    written, _ = tidy(act.text("text"), [])
    if not written or written == old.wire["text"]:
        raise ActError("there is nothing to change")
    kept = {key: value for key, value in old.wire.items() if key not in {"text", "entities"}}
    wire = kept | {"edit_date": act.world.clock.unix()} | text_body(written)
    message = replace(old, wire=wire)
    act.world.change(act.chat, message)
    if not visible_to_bot(act.world, act.chat, message):
        return outcome(message_id=message.id)
    update_id = act.world.updates.put("edited_message", wire, act.chat.id)
    return outcome(update_id, message.id)


@act("delete")
def delete(act: Act) -> Outcome:
    """The person deletes a message for both; Telegram does not tell bots."""
    message = act.message()
    act.world.remove(act.chat, message.id)
    return outcome(message_id=message.id)
