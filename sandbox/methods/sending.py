"""Methods that put a message into a chat."""

from typing import Any

from sandbox.arguments import Arguments
from sandbox.composing import read_caption, read_document, read_photo, read_text
from sandbox.errors import bad_request, not_emulated
from sandbox.keyboards import InlineKeyboard, Markup, ReplyKeyboard, read_markup
from sandbox.methods.registry import Call, method
from sandbox.world import Chat, Message, Wire

_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


@method("sendMessage")
def send_message(call: Call) -> Wire:
    text = read_text(call.world, call.arguments, "message is too long")
    return deliver(call, text.wire("text", "entities"))


@method("sendPhoto")
def send_photo(call: Call) -> Wire:
    caption = read_caption(call.world, call.arguments, "message caption is too long")
    photo = read_photo(call.world.files, call.arguments, call.arguments.text("photo"))
    return deliver(call, photo | caption.wire("caption", "caption_entities"))


@method("sendDocument")
def send_document(call: Call) -> Wire:
    caption = read_caption(call.world, call.arguments, "message caption is too long")
    document = read_document(call.world.files, call.arguments, call.arguments.text("document"))
    return deliver(call, document | caption.wire("caption", "caption_entities"))


def deliver(call: Call, body: Wire) -> Wire:
    """Puts a new message of the bot's into the chat that the call names."""
    call.refuse_strange()
    chat = call.writable_chat()
    value = call.arguments.value("reply_markup", "reply keyboard markup")
    markup = read_markup(value, private=chat.private)
    body |= _reply(call, chat) | _extras(call, chat)
    if isinstance(markup, InlineKeyboard):
        body["reply_markup"] = markup.wire()
    call.count_message(chat)
    message = call.world.say(chat, body, silent=call.arguments.flag("disable_notification"))
    _show_keyboard(call, chat, message, markup)
    return message.wire


def _extras(call: Call, chat: Chat) -> Wire:
    extras: Wire = {}
    if call.arguments.flag("protect_content"):
        extras["has_protected_content"] = True
    if effect := call.arguments.text("message_effect_id"):
        if not effect.isdigit() or not chat.private:
            raise bad_request("EFFECT_ID_INVALID")
        extras["effect_id"] = effect
    for name in ("has_spoiler", "show_caption_above_media"):
        if call.arguments.flag(name):
            extras["has_media_spoiler" if name == "has_spoiler" else name] = True
    return extras


def _reply(call: Call, chat: Chat) -> Wire:
    """The message that is answered, as far as it is still there."""
    parameters = call.arguments.value("reply_parameters", "reply parameters")
    if parameters is None:
        legacy = call.arguments.integer("reply_to_message_id")
        lenient = call.arguments.flag("allow_sending_without_reply")
        parameters = {"message_id": legacy, "allow_sending_without_reply": lenient}
    if not isinstance(parameters, dict):
        raise bad_request("Object expected as reply parameters")
    _refuse_strange_reply(parameters, chat)
    inner = Arguments(parameters)
    if not inner.integer("message_id"):
        return {}
    message = chat.messages.get(inner.integer("message_id"))
    if message is not None:
        return {"reply_to_message": message.quoted()}
    if inner.flag("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def _refuse_strange_reply(parameters: dict[str, Any], chat: Chat) -> None:
    strange = ("quote", "checklist_task_id", "poll_option_id", "ephemeral_message_id")
    if name := next((name for name in strange if parameters.get(name)), None):
        raise not_emulated(f"{name} in reply parameters")
    if str(parameters.get("chat_id") or chat.id) != str(chat.id):
        raise not_emulated("replies to another chat")


def _show_keyboard(call: Call, chat: Chat, message: Message, markup: Markup | None) -> None:
    if markup is None or isinstance(markup, InlineKeyboard):
        return
    keyboard = markup if isinstance(markup, ReplyKeyboard) else None
    for person in _addressed(call, chat, message, selective=markup.selective):
        call.world.set_keyboard(chat, person, keyboard)


def _addressed(call: Call, chat: Chat, message: Message, *, selective: bool) -> list[int]:
    if chat.private:
        return [chat.id]
    if not selective:
        return [person for person in chat.present() if person in call.world.people]
    answered = message.wire.get("reply_to_message", {}).get("from", {}).get("id")
    return [answered] if answered in call.world.people else []


@method("sendChatAction")
def send_chat_action(call: Call) -> bool:
    action = call.arguments.text("action").lower()
    if action not in _ACTIONS:
        raise bad_request("Wrong parameter action in request")
    call.refuse_strange()
    chat = call.writable_chat()
    call.world.journal.add("action", chat.id, action=action)
    return True
