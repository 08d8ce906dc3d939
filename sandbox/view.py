"""The world as the chat page sees it."""

from html import escape
from typing import Any

from sandbox.composing import MEDIA
from sandbox.journal import Event
from sandbox.keyboards import ReplyKeyboard
from sandbox.membership import rights_of
from sandbox.profile import Command
from sandbox.render import safe_html
from sandbox.world import Chat, Message, Person, Wire, World

View = dict[str, Any]


def message_view(message: Message) -> View:
    """One bubble."""
    wire = message.wire
    text = wire.get("text") or wire.get("caption", "")
    entities = wire.get("entities") or wire.get("caption_entities", [])
    return {
        "id": message.id,
        "chat": message.chat_id,
        "from": _sender(message),
        "date": wire["date"],
        "edited": "edit_date" in wire,
        "text": text or _service_text(message),
        "html": safe_html(text, entities) or escape(_service_text(message)),
        "photo": _photo(wire),
        "document": _document(message),
        "contact": _contact(message),
        "voice": message.wire.get("voice", {}).get("duration"),
        "kind": _kind(message),
        "buttons": wire.get("reply_markup", {}).get("inline_keyboard"),
        "reply_to": wire.get("reply_to_message", {}).get("message_id"),
        "reactions": list(message.reactions.values()),
        "protected": bool(wire.get("has_protected_content")),
        "silent": message.silent,
        "via": wire.get("via_bot", {}).get("username"),
    }


def _sender(message: Message) -> View:
    sender = message.wire["from"]
    if "sender_chat" in message.wire:
        return {"id": sender["id"], "name": message.wire["sender_chat"]["title"], "is_bot": False}
    name = f"{sender['first_name']} {sender.get('last_name', '')}".rstrip()
    return {"id": sender["id"], "name": name, "is_bot": sender["is_bot"]}


def _kind(message: Message) -> str:
    if message.service:
        return "service"
    return next((kind for kind in MEDIA if kind in message.wire), "text")


def _service_text(message: Message) -> str:
    wire = message.wire
    if "new_chat_members" in wire:
        return "+ " + ", ".join(user["first_name"] for user in wire["new_chat_members"])
    if "left_chat_member" in wire:
        return "− " + str(wire["left_chat_member"]["first_name"])
    if "migrate_to_chat_id" in wire:
        return f"→ {wire['migrate_to_chat_id']}"
    if "migrate_from_chat_id" in wire:
        return f"← {wire['migrate_from_chat_id']}"
    return "📌" if "pinned_message" in wire else ""


def _photo(wire: Wire) -> View | None:
    sizes = wire.get("photo")
    if not sizes:
        return None
    largest = sizes[-1]
    url = f"/api/file/{largest['file_id']}"
    return {"url": url, "width": largest["width"], "height": largest["height"]}


def _document(message: Message) -> View | None:
    document = message.wire.get("document")
    if document is None or "animation" in message.wire:
        return None
    url = f"/api/file/{document['file_id']}"
    return {"url": url, "name": document["file_name"], "size": document["file_size"]}


def _contact(message: Message) -> View | None:
    card = message.wire.get("contact")
    if card is None:
        return None
    name = f"{card['first_name']} {card.get('last_name', '')}".rstrip()
    return {"phone": card["phone_number"], "name": name}


def keyboard_view(keyboard: ReplyKeyboard | None) -> View | None:
    """Somebody's reply keyboard."""
    if keyboard is None:
        return None
    rows = [[_reply_button(button) for button in row] for row in keyboard.rows]
    return {
        "rows": rows,
        "placeholder": keyboard.placeholder,
        "one_time": keyboard.one_time,
        "resize": keyboard.resize,
    }


def _reply_button(button: dict[str, Any]) -> View:
    return button | {"request_contact": button.get("request_contact", False)}


def event_view(event: Event) -> View:
    """One event of the stream."""
    view: View = {"seq": event.seq, "type": event.type, "chat": event.chat_id}
    for name, value in event.data.items():
        if name == "message":
            view["message"] = message_view(value)
        elif name == "keyboard":
            view["reply_keyboard"] = keyboard_view(value)
        elif name == "offered":
            view["results"] = [_result(each, wire) for each, wire in value.items()]
        else:
            view[name] = value
    return view


def _result(number: str, wire: Wire) -> View:
    """What a person chooses from when they have typed the bot's name."""
    return {"id": number, "photo": _photo(wire), "text": wire.get("caption", "")}


def world_view(world: World) -> View:
    """Who and what there is."""
    return {
        "id": world.id,
        "bot": {name: world.bot.user()[name] for name in ("id", "username", "first_name")},
        "people": [_person(person) for person in world.people.values()],
        "chats": [_chat(world, c) for c in (*world.chats.values(), *world.talks.values())],
        "panes": [
            {"name": name, "person": person, "chat": chat} for name, person, chat in world.panes
        ],
        "privacy": world.privacy,
        "inline": world.inline,
        "played": world.played,
        "now": world.clock.now(),
        "zone": world.clock.zone,
        "seq": world.journal.seq,
    }


def _person(person: Person) -> View:
    return {
        "id": person.id,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "username": person.username,
        "language": person.language,
        "phone": person.phone,
        "birthdate": person.birthdate,
        "extra": person.extra,
    }


def _chat(world: World, chat: Chat) -> View:
    return {
        "id": chat.id,
        "type": "talk" if chat.is_talk else chat.type,
        "title": chat.title,
        "person": chat.person.id if chat.person else None,
        "members": [chat.id] if chat.private else chat.present(),
        "statuses": [{"id": each, "status": chat.status(each)} for each in chat.present()],
        "bot_rights": sorted(rights_of(world, chat, world.bot.id)),
        "moved_to": chat.moved_to,
    }


def chat_view(world: World, chat: Chat, person: Person) -> View:
    """A chat as one person has it open."""
    return {
        "messages": [message_view(message) for message in chat.messages.values()],
        "reply_keyboard": keyboard_view(chat.keyboards.get(person.id)),
        "commands": _commands(world, chat, person),
        "started": chat.started,
        "blocked": chat.blocked,
        "seq": world.journal.seq,
    }


def _commands(world: World, chat: Chat, person: Person) -> list[Command]:
    if chat.is_talk or (not chat.private and not chat.holds(person.id)):
        return []
    status = "private" if chat.private else chat.status(person.id)
    role = "administrator" if status == "creator" else status
    return world.profile.commands_for(chat.id, person.id, role, person.language or "")
