"""What a message consists of, read from the arguments of a call."""

import json
from dataclasses import dataclass
from typing import Any

from sandbox.arguments import Arguments
from sandbox.errors import bad_request, not_emulated
from sandbox.files import MAX_DOCUMENT_BYTES, MAX_PHOTO_BYTES, File, Files, Upload, picture_size
from sandbox.markup import Entity, parsed, utf16_length
from sandbox.texts import check_utf8, tidy, with_found
from sandbox.world import Person, World

MAX_TEXT, MAX_CAPTION = 4096, 1024
_MAX_BYTES = 1 << 15
# The fields that say what a message is, where it is no text. A document comes after what has one.
MEDIA = (
    "photo",
    "animation",
    "document",
    "contact",
    "sticker",
    "voice",
    "video_note",
    "video",
    "audio",
    "venue",
    "location",
    "dice",
    "poll",
)
_KINDS = {
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "blockquote",
    "expandable_blockquote",
    "code",
    "pre",
    "text_link",
    "text_mention",
    "custom_emoji",
}
_FOUND_KINDS = {
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bank_card_number",
}


@dataclass(slots=True, frozen=True)
class Formatted:
    """A text with its entities."""

    text: str
    entities: list[Entity]

    def wire(self, text_field: str, entities_field: str) -> dict[str, Any]:
        """The fields of a message; none for an empty text."""
        fields: dict[str, Any] = {text_field: self.text} if self.text else {}
        if self.entities:
            fields[entities_field] = self.entities
        return fields


def read_text(world: World, arguments: Arguments, too_long: str) -> Formatted:
    """The text of a message: 1–4096 units after entities.

    Raises ApiError: in Telegram's words; `too_long` differs between sending and editing.
    """
    _check_preview(arguments)
    source = arguments.text("text")
    if not source:
        raise bad_request("message text is empty")
    formatted = _formatted(world, source, arguments.text("parse_mode"), _entities(arguments, ""))
    if not formatted.text:
        raise bad_request("text must be non-empty")
    if utf16_length(formatted.text) > MAX_TEXT:
        raise bad_request(too_long)
    return formatted


def read_caption(world: World, arguments: Arguments, too_long: str) -> Formatted:
    """The caption: up to 1024 units after entities.

    Raises ApiError: in Telegram's words.
    """
    entities = _entities(arguments, "caption_")
    formatted = _formatted(world, arguments.text("caption"), arguments.text("parse_mode"), entities)
    if utf16_length(formatted.text) > MAX_CAPTION:
        raise bad_request(too_long)
    return formatted


def _check_preview(arguments: Arguments) -> None:
    """Previews are not shown here, so their options need only be an object."""
    value = arguments.value("link_preview_options", "link preview options")
    if value is not None and not isinstance(value, dict):
        raise bad_request("Object expected as link preview options")


def _entities(arguments: Arguments, prefix: str) -> object:
    return arguments.value(f"{prefix}entities", "entities")


def _formatted(world: World, source: str, parse_mode: str, entities: object) -> Formatted:
    check_utf8(source)
    if len(source) > _MAX_BYTES or len(source.encode()) > _MAX_BYTES:
        raise bad_request("Text is too long")
    text, marks = parsed(source, parse_mode)
    if parse_mode.lower() in {"", "none"} and isinstance(entities, list):
        marks = _given_entities(text, entities)
    text, marks = tidy(text, _with_users(world, marks))
    return Formatted(text, with_found(text, marks))


def _given_entities(text: str, values: list[Any]) -> list[Entity]:
    length = utf16_length(text)
    entities = [_given_entity(value, length) for value in values]
    return [entity for entity in entities if entity]


def _given_entity(value: object, length: int) -> Entity:
    if not isinstance(value, dict):
        raise bad_request("Can't parse MessageEntity: expected an Object")
    kind = str(value.get("type"))
    if kind in _FOUND_KINDS:
        return {}
    if kind not in _KINDS:
        raise bad_request("Can't parse MessageEntity: Unsupported type specified")
    offset, size = value.get("offset"), value.get("length")
    if not isinstance(offset, int) or not isinstance(size, int):
        raise bad_request('Can\'t parse MessageEntity: Field "offset" must be a Number')
    if offset < 0 or size <= 0 or offset + size > length:
        raise bad_request(f"Receive an entity with incorrect offset {offset}")
    return {key: each for key, each in value.items() if each is not None}


def _with_users(world: World, entities: list[Entity]) -> list[Entity]:
    """Mentions of people the bot has met; Telegram drops the others."""
    if all(entity["type"] != "text_mention" for entity in entities):
        return entities
    kept = []
    for entity in entities:
        if entity["type"] != "text_mention":
            kept.append(entity)
        elif person := _mentioned(world, entity):
            kept.append(entity | {"user": person.user()})
    return kept


def _mentioned(world: World, entity: Entity) -> Person | None:
    user = entity.get("user")
    number = user.get("id") if isinstance(user, dict) else None
    return world.people.get(number) if isinstance(number, int) else None


def read_photo(files: Files, arguments: Arguments, value: str) -> dict[str, Any]:
    """The `photo` of a message, from an upload or a file id.

    Raises ApiError: no photo, too big, not a picture.
    """
    upload = _upload(arguments, "photo", value)
    if upload is None:
        file = _known(files, "photo", value)
    else:
        _check_size(upload, MAX_PHOTO_BYTES)
        picture_size(upload.data)  # before it is stored: what is no picture is not kept
        file = files.add("photo", upload)
    width, height = picture_size(file.upload.data)
    return {"photo": [file.wire(width=width, height=height)]}


def read_document(files: Files, arguments: Arguments, value: str) -> dict[str, Any]:
    """The `document` of a message, from an upload or a file id.

    Raises ApiError: no document, too big, empty.
    """
    upload = _upload(arguments, "document", value)
    if upload is None:
        file = _known(files, "document", value)
    else:
        _check_size(upload, MAX_DOCUMENT_BYTES)
        file = files.add("document", upload)
    name, mime = file.upload.name, file.upload.mime
    return {"document": file.wire(file_name=name, mime_type=mime)}


def _upload(arguments: Arguments, field: str, value: str) -> Upload | None:
    if value.startswith("attach://"):
        return arguments.uploads.get(value.removeprefix("attach://"))
    return None if value else arguments.uploads.get(field)


def _known(files: Files, kind: str, value: str) -> File:
    if not value or value.startswith("attach://"):
        raise bad_request(f"There is no {kind} in the request")
    if "://" in value:
        raise not_emulated("sending a file by URL")
    file = files.by_id(value)
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.title()} as {kind.title()}")
    return file


def _check_size(upload: Upload, most: int) -> None:
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > most:
        raise bad_request("file is too big")


def read_media(world: World, arguments: Arguments) -> dict[str, Any]:
    """The media and the caption that editMessageMedia brings.

    Raises ApiError: not a photo or a document, or what their readers raise.
    """
    media = arguments.value("media", "input media")
    if not isinstance(media, dict):
        raise bad_request("Can't parse InputMedia: expected an Object")
    inner = Arguments(media, arguments.uploads)
    readers = {"photo": read_photo, "document": read_document}
    kind = inner.text("type")
    if kind not in readers:
        raise not_emulated(f"editMessageMedia of type {json.dumps(kind)}")
    body = readers[kind](world.files, arguments, inner.text("media"))
    caption = read_caption(world, inner, "MEDIA_CAPTION_TOO_LONG")
    return body | caption.wire("caption", "caption_entities")
