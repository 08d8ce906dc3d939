"""A text as Telegram keeps it: cleaned, trimmed, its links and commands found."""

import re
from collections.abc import Iterator

from sandbox.errors import bad_request
from sandbox.markup import Entity, utf16_length

# Control characters become spaces, carriage returns and direction overrides disappear.
_UNTIDY = re.compile("[\0-\t\x0b-\x1f\u2028-\u202e\u0333\u033f\u030a]")
_DROPPED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_SPACES = " \n"
_FOUND = re.compile(
    r"(?<![\w/])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)(?![\w/])"
    r"|(?<!\w)(?P<mention>@\w{4,32})\b"
    r"|(?<!\w)(?P<hashtag>\#\w*[^\W\d]\w*)"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?<![\w@.])(?P<url>(?:https?://|tg://)[^\s<>\"]+[^\s<>\".,;:!?)]"
    r"|(?:[\w-]+\.)+(?:ru|com|org|net|me|рф|io|app|dev)\b(?:/[^\s<>\"]*[^\s<>\".,;:!?)])?)"
    r"|(?<![\w+])(?P<phone_number>\+\d[\d ()-]{8,16}\d)(?!\w)",
)
_HINT = re.compile(r"[/@#.:+]")
_OPAQUE = {"code", "pre", "text_link", "text_mention"}


def tidy(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """The text without what Telegram throws away, its entities moved along."""
    if _UNTIDY.search(text):
        text, entities = _cleaned(text, entities)
    trimmed = text.strip(_SPACES)
    if trimmed == text:
        return text, entities
    start = utf16_length(text) - utf16_length(text.lstrip(_SPACES))
    moved = [entity | {"offset": entity["offset"] - start} for entity in entities]
    return trimmed, list(_within(moved, utf16_length(trimmed)))


def _cleaned(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    kept: list[str] = []
    place, moved = 0, [0]  # moved[n]: where the unit n of the old text stands in the new one
    for char in text:
        width = 2 if char > "\uffff" else 1
        if not _DROPPED.match(char):
            kept.append(" " if _UNTIDY.match(char) else char)
            place += width
        moved.extend([place] * width)
    cleaned = "".join(kept)
    shifted = [
        entity
        | {
            "offset": moved[entity["offset"]],
            "length": moved[entity["offset"] + entity["length"]] - moved[entity["offset"]],
        }
        for entity in entities
    ]
    return cleaned, list(_within(shifted, place))


def _within(entities: list[Entity], length: int) -> Iterator[Entity]:
    for entity in entities:
        start = max(entity["offset"], 0)
        end = min(entity["offset"] + entity["length"], length)
        if end > start:
            yield entity | {"offset": start, "length": end - start}


def with_found(text: str, entities: list[Entity]) -> list[Entity]:
    """The entities and what Telegram finds by itself: commands, mentions, links, phones."""
    if not _HINT.search(text):
        return entities
    closed = [entity for entity in entities if entity["type"] in _OPAQUE]
    found = [entity for entity in _found(text) if not any(_overlap(entity, c) for c in closed)]
    if not found:
        return entities
    return sorted(entities + found, key=lambda entity: (entity["offset"], -entity["length"]))


def _found(text: str) -> Iterator[Entity]:
    for match in _FOUND.finditer(text):
        yield {
            "type": match.lastgroup,
            "offset": utf16_length(text[: match.start()]),
            "length": utf16_length(match[0]),
        }


def _overlap(one: Entity, other: Entity) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"]
        and other["offset"] < one["offset"] + one["length"]
    )


def check_utf8(text: str) -> None:
    """Raises ApiError: half of a surrogate pair can't be sent."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise bad_request("Strings must be encoded in UTF-8") from None


def cleaned(text: str) -> str:
    """A label or a name without what Telegram throws away."""
    check_utf8(text)
    return tidy(text, [])[0] if _UNTIDY.search(text) else text.strip(_SPACES)


def slice_utf16(text: str, offset: int, length: int) -> str:
    """The part of the text that an entity marks."""
    if text.isascii():
        return text[offset : offset + length]
    units = text.encode("utf-16-le")
    return units[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")
