"""Methods that change what the bot has said."""

from dataclasses import replace

from sandbox.composing import read_caption, read_media, read_text
from sandbox.errors import bad_request
from sandbox.keyboards import read_inline_markup
from sandbox.methods.registry import Call, method
from sandbox.world import Chat, Message, Wire

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
_CAPTION = ("caption", "caption_entities", "show_caption_above_media")
_MEDIA = ("photo", "document", "has_media_spoiler")


@method("editMessageText")
def edit_message_text(call: Call) -> Wire:
    text = read_text(call.world, call.arguments, "MESSAGE_TOO_LONG")
    chat, message = _own_message(call)
    if "text" not in message.wire:
        raise bad_request("there is no text in the message to edit")
    return _edit(call, chat, message, ("text", "entities"), text.wire("text", "entities"))


@method("editMessageCaption")
def edit_message_caption(call: Call) -> Wire:
    caption = read_caption(call.world, call.arguments, "MEDIA_CAPTION_TOO_LONG")
    chat, message = _own_message(call)
    if "text" in message.wire:
        raise bad_request("there is no caption in the message to edit")
    body = caption.wire("caption", "caption_entities")
    if call.arguments.flag("show_caption_above_media"):
        body["show_caption_above_media"] = True
    return _edit(call, chat, message, _CAPTION, body)


@method("editMessageMedia")
def edit_message_media(call: Call) -> Wire:
    chat, message = _own_message(call)
    body = read_media(call.world, call.arguments)
    return _edit(call, chat, message, (*_MEDIA, *_CAPTION, "text", "entities"), body)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(call: Call) -> Wire:
    chat, message = _own_message(call)
    return _edit(call, chat, message, (), {})


def _own_message(call: Call) -> tuple[Chat, Message]:
    call.refuse_strange()
    if not call.arguments.has("chat_id") and not call.arguments.has("message_id"):
        raise bad_request("Message identifier is not specified")
    chat = call.chat()
    message = call.message(chat, "message to edit")
    own = message.sender_id == call.world.bot.id
    if not own or message.service or chat.moved_to is not None:
        raise bad_request("message can't be edited")
    return chat, message


def _edit(call: Call, chat: Chat, message: Message, fields: tuple[str, ...], body: Wire) -> Wire:
    value = call.arguments.value("reply_markup", "reply keyboard markup")
    markup = read_inline_markup(value)
    if markup is not None:
        body["reply_markup"] = markup.wire()
    replaced = {*fields, "reply_markup"}
    kept = {key: part for key, part in message.wire.items() if key not in replaced}
    if all(message.wire.get(field) == body.get(field) for field in replaced):
        raise bad_request(_NOT_MODIFIED)
    wire = kept | {"edit_date": call.world.clock.unix()} | body
    call.world.change(chat, replace(message, wire=wire))
    return wire
