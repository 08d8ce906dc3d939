"""A text and its entities as HTML that is safe to show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from sandbox.markup import Entity
from sandbox.texts import slice_utf16

_SIMPLE = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
    "spoiler": "tg-spoiler",
}
_SAFE_LINKS = ("http://", "https://", "tg://")


@dataclass(slots=True, frozen=True)
class _Mark:
    """A tag and the stretch it covers, in UTF-16 units."""

    tag: str
    opening: str
    start: int
    end: int


def safe_html(text: str, entities: Iterable[Entity]) -> str:
    """The text as HTML that holds nothing but the marks of its entities."""
    marks = [mark for entity in entities if (mark := _mark(text, entity))]
    if not marks:
        return escape(text)
    units = text.encode("utf-16-le")
    places = sorted({0, len(units) // 2, *(p for mark in marks for p in (mark.start, mark.end))})
    parts: list[str] = []
    around: list[_Mark] = []
    for place, after in zip(places, [*places[1:], None], strict=True):
        parts.extend(_turn(around, marks, place))
        if after is not None:
            parts.append(escape(units[place * 2 : after * 2].decode("utf-16-le", "replace")))
    return "".join(parts)


def _turn(around: list[_Mark], marks: list[_Mark], place: int) -> Iterator[str]:
    """Closes what ends here, opens what begins; what overlaps is closed and opened again."""
    ended = [depth for depth, mark in enumerate(around) if mark.end <= place]
    again: list[_Mark] = []
    if ended:
        for mark in reversed(around[ended[0] :]):
            yield f"</{mark.tag}>"
        again = [mark for mark in around[ended[0] :] if mark.end > place]
        del around[ended[0] :]
    begun = sorted((mark for mark in marks if mark.start == place), key=lambda mark: -mark.end)
    for mark in (*again, *begun):
        yield mark.opening
        around.append(mark)


def _mark(text: str, entity: Entity) -> _Mark | None:
    start = entity["offset"]
    end = start + entity["length"]
    kind = entity["type"]
    if kind in _SIMPLE:
        return _Mark(_SIMPLE[kind], f"<{_SIMPLE[kind]}>", start, end)
    address = _address(kind, entity, slice_utf16(text, start, entity["length"]))
    if not address.startswith(_SAFE_LINKS):
        return None
    return _Mark("a", f'<a href="{escape(address)}">', start, end)


def _address(kind: str, entity: Entity, marked: str) -> str:
    if kind == "text_link":
        return str(entity["url"])
    if kind == "text_mention":
        return f"tg://user?id={entity['user']['id']}"
    if kind == "mention":
        return f"https://t.me/{marked[1:]}"
    if kind == "url":
        return marked if "://" in marked else f"https://{marked}"
    return ""
