"""Telegram's HTML: strictly parsed into a text and its entities (offsets in UTF-16 units).

The rules and the words of every refusal are those of Telegram's own parser; places are counted
in bytes of UTF-8, as there.
"""

import re
from dataclasses import dataclass
from typing import Any

from sandbox.errors import ApiError, bad_request
from sandbox.links import WrongLinkError, checked_link, mentioned_user

Entity = dict[str, Any]

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
}
_TAGS = {*_TYPES, "a", "blockquote", "tg-emoji", "tg-time"}
_REFERENCES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPACE = " \t\r\n\0\v"
_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]*)|#([0-9]*)|([A-Za-z]+));?")
_PLAIN = re.compile(r"[^<&]+")
_TAG_NAME = re.compile(r"[^ \t\r\n\0\v>]*")
_SPACES = re.compile(r"[ \t\r\n\0\v]*")
_ATTRIBUTE_NAME = re.compile(r"""[^ \t\r\n\0\v=>/"']*""")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def utf16_length(text: str) -> int:
    """How long the text is for Telegram."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end."""

    tag: str
    argument: str
    offset: int
    starts: int


class _RefusalError(Exception):
    """What is wrong with the markup."""


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The text that is left and what marks it.

    Raises ApiError: 400 "can't parse entities: …" as Telegram words it.
    """
    if "<" not in source and "&" not in source:
        return source, []
    try:
        return _Parser(source).run()
    except _RefusalError as refusal:
        raise ApiError(400, f"Bad Request: can't parse entities: {refusal}") from None


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.place = 0
        self.parts: list[str] = []
        self.length = 0  # of the text so far, in UTF-16 units
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def run(self) -> tuple[str, list[Entity]]:
        while self.place < len(self.source):
            self._step()
        if self.open:
            tag = self.open[-1].tag
            raise _RefusalError(f'Can\'t find end tag corresponding to start tag "{tag}"')
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return self._text(), self.entities

    def _text(self) -> str:
        text = "".join(self.parts)
        if not _SURROGATE.search(text):
            return text
        try:
            # Two numeric references may have spelled the halves of one character.
            return text.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            raise _RefusalError(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ) from None

    def _step(self) -> None:
        plain = _PLAIN.match(self.source, self.place)
        if plain:
            self.place = plain.end()
            self._emit(plain[0])
        elif self.source[self.place] == "&":
            self._emit(self._reference() or self._take("&"))
        elif self.source.startswith("</", self.place):
            self._end_tag()
        else:
            self._start_tag()

    def _emit(self, text: str) -> None:
        self.parts.append(text)
        self.length += utf16_length(text)

    def _take(self, text: str) -> str:
        self.place += len(text)
        return text

    def _peek(self) -> str:
        return self.source[self.place] if self.place < len(self.source) else ""

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.source, self.place)
        assert match is not None  # noqa: S101 - these patterns match the empty string too
        self.place = match.end()
        return match[0]

    def _at(self, place: int) -> int:
        return len(self.source[:place].encode("utf-8", "surrogatepass"))

    def _reference(self) -> str:
        """The character that a `&…;` names, or nothing where it names none."""
        match = _REFERENCE.match(self.source, self.place)
        char = _decoded(match) if match else ""
        if match and char:
            self.place = match.end()
        return char

    def _start_tag(self) -> None:
        begin = self.place
        self.place += 1
        tag = self._skip(_TAG_NAME).lower()
        if not self._peek():
            raise _RefusalError(f"Unclosed start tag at byte offset {self._at(begin)}")
        if tag not in _TAGS:
            raise _RefusalError(f'Unsupported start tag "{tag}" at byte offset {self._at(begin)}')
        argument = self._attributes(tag, begin)
        self.place += 1
        if tag == "span" and argument != "spoiler":
            raise _RefusalError(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._at(begin)}'
            )
        self.open.append(_Open(tag, argument, self.length, len(self.parts)))

    def _attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while self._peek() != ">":
            self._skip(_SPACES)
            if self._peek() == ">":
                break
            name = self._skip(_ATTRIBUTE_NAME)
            if not name:
                raise _RefusalError(
                    f'Empty attribute name in the tag "{tag}" at byte offset {self._at(begin)}'
                )
            argument = self._attribute_value(tag, name, begin, argument)
        return argument

    def _attribute_value(self, tag: str, name: str, begin: int, argument: str) -> str:
        self._skip(_SPACES)
        if self._peek() != "=":
            self._refuse_end(tag, begin)
            return "1" if (tag, name) == ("blockquote", "expandable") else argument
        self.place += 1
        self._skip(_SPACES)
        self._refuse_end(tag, begin)
        value = self._quoted() if self._peek() in "'\"" else self._token()
        if not self._peek():
            raise _RefusalError(f"Unclosed start tag at byte offset {self._at(begin)}")
        return _argument(tag, name, value, argument)

    def _refuse_end(self, tag: str, begin: int) -> None:
        if not self._peek():
            raise _RefusalError(f'Unclosed start tag "{tag}" at byte offset {self._at(begin)}')

    def _token(self) -> str:
        begin = self.place
        value = self._skip(_NAME_TOKEN).lower()
        after = self._peek()
        if after and after not in _SPACE and after != ">":
            raise _RefusalError(f"Unexpected end of name token at byte offset {self._at(begin)}")
        return value

    def _quoted(self) -> str:
        quote = self._take(self._peek())
        parts: list[str] = []
        while self._peek() and self._peek() != quote:
            if self._peek() == "&" and (char := self._reference()):
                parts.append(char)
            else:
                parts.append(self._take(self._peek()))
        if self._peek():
            self.place += 1
        return "".join(parts)

    def _end_tag(self) -> None:
        begin = self.place
        if not self.open:
            raise _RefusalError(f"Unexpected end tag at byte offset {self._at(begin)}")
        self.place += 2
        found = self._skip(_TAG_NAME).lower()
        self._skip(_SPACES)
        if self._peek() != ">":
            raise _RefusalError(f"Unclosed end tag at byte offset {self._at(begin)}")
        self.place += 1
        expected = self.open[-1].tag
        if found and found != expected:
            raise _RefusalError(
                f"Unmatched end tag at byte offset {self._at(begin)}, "
                f'expected "</{expected}>", found "</{found}>"'
            )
        self._close(self.open.pop())

    def _close(self, tag: _Open) -> None:
        length = self.length - tag.offset
        if length == 0:
            return
        entity = self._entity(tag)
        if entity is None:
            return
        entity |= {"offset": tag.offset, "length": length}
        if not self._joined(tag, entity):
            self.entities.append(entity)

    def _joined(self, tag: _Open, entity: Entity) -> bool:
        """`<pre><code class="language-…">`, in either order, is one block of that language."""
        last = self.entities[-1] if self.entities else None
        if last is None or (last["offset"], last["length"]) != (entity["offset"], entity["length"]):
            return False
        if tag.tag == "pre" and last["type"] == "code" and "language" in last:
            last["type"] = "pre"
            return True
        if tag.tag == "code" and last["type"] == "pre" and tag.argument:
            last["language"] = tag.argument
            return True
        return False

    def _entity(self, tag: _Open) -> Entity | None:
        if tag.tag == "a":
            return _link(tag.argument or "".join(self.parts[tag.starts :]))
        if tag.tag == "blockquote":
            return {"type": "expandable_blockquote" if tag.argument else "blockquote"}
        if tag.tag == "tg-emoji":
            return _custom_emoji(tag.argument)
        if tag.tag == "tg-time":
            raise _RefusalError('sandbox does not emulate the tag "tg-time"')
        entity = {"type": _TYPES[tag.tag]}
        if tag.tag == "code" and tag.argument:
            entity["language"] = tag.argument
        return entity


def _decoded(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name is not None:
        return _REFERENCES.get(name, "")
    digits = decimal if hexadecimal is None else hexadecimal
    code = int(digits or "0", 10 if hexadecimal is None else 16)
    too_long = len(match[0].removesuffix(";")) >= 10
    return "" if code == 0 or code >= 0x10FFFF or too_long else chr(code)


def _argument(tag: str, name: str, value: str, argument: str) -> str:
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return value
        case ("code", "class") if value.startswith("language-"):
            return value.removeprefix("language-")
        case ("span", "class") if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case ("blockquote", "expandable"):
            return "1"
    return argument


def _link(url: str) -> Entity | None:
    """A link, a mention of a person, or nothing: Telegram drops an address it can't open."""
    user = mentioned_user(url)
    if user is not None:
        return {"type": "text_mention", "user": {"id": user}}
    try:
        return {"type": "text_link", "url": checked_link(url)}
    except WrongLinkError:
        return None


def _custom_emoji(argument: str) -> Entity:
    if not argument.isdigit() or int(argument) == 0:
        raise _RefusalError("Invalid custom emoji identifier specified")
    return {"type": "custom_emoji", "custom_emoji_id": argument}


def parsed(source: str, parse_mode: str) -> tuple[str, list[Entity]]:
    """A text in one of Telegram's parse modes."""
    mode = parse_mode.lower()
    if mode in {"", "none"}:
        return source, []
    if mode == "html":
        return parse_html(source)
    if mode in {"markdown", "markdownv2"}:
        raise ApiError(400, f"Bad Request: sandbox does not emulate parse_mode {parse_mode}")
    raise bad_request("Unsupported parse_mode")
