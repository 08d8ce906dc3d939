"""copyMessage: the same words again, without a link to where they were said first."""

from sandbox.composing import MEDIA, read_caption
from sandbox.errors import bad_request
from sandbox.methods.registry import Call, method
from sandbox.methods.sending import deliver
from sandbox.world import Message, Wire

_TEXT = ("text", "entities")
_CAPTION = ("caption", "caption_entities", "show_caption_above_media", "has_media_spoiler")
_CAPTIONED = frozenset({"animation", "audio", "document", "photo", "video", "voice"})


@method("copyMessage")
def copy_message(call: Call) -> Wire:
    caption = read_caption(call.world, call.arguments, "message caption is too long")
    original = _original(call)
    body = _content(original)
    if call.arguments.given("caption") and not _CAPTIONED.isdisjoint(body):
        body = {key: part for key, part in body.items() if key not in _CAPTION[:3]}
        body |= caption.wire("caption", "caption_entities")
    return {"message_id": deliver(call, body)["message_id"]}


def _original(call: Call) -> Message:
    """The message to copy.

    Raises ApiError: no such chat or message; a protected one, or one of Telegram's own.
    """
    original = call.message(call.chat("from_chat_id"), "message to copy")
    if original.service or original.wire.get("has_protected_content"):
        raise bad_request("message can't be copied")
    return original


def _content(message: Message) -> Wire:
    """What is said; not the buttons, the sender, the origin or what it answers."""
    said = (*_TEXT, *MEDIA, *_CAPTION)
    return {key: message.wire[key] for key in said if key in message.wire}
