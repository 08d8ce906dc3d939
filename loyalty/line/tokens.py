"""A typed line taken apart: numbers, words and signs, with nothing invisible between them."""

import re
from dataclasses import dataclass
from enum import Enum

from loyalty.line import words
from loyalty.line.cleaning import clean

LONGEST_SHOWN = 30


class Kind(Enum):
    NUMBER = "number"  # digits, with separators between them
    HOUR = "hour"  # 15:30
    WORD = "word"
    PLUS = "plus"
    MINUS = "minus"
    BREAK = "break"  # punctuation that keeps things apart
    NEW_LINE = "newline"
    STRANGE = "strange"  # nothing that the desk types on purpose


@dataclass(frozen=True, slots=True)
class Token:
    """`glued` where nothing stands between it and the token before."""

    kind: Kind
    raw: str
    glued: bool = False

    @property
    def digits(self) -> str | None:
        """The number as typed, where it is nothing but digits."""
        return self.raw if self.kind is Kind.NUMBER and self.raw.isdigit() else None

    @property
    def shown(self) -> str:
        """As a refusal names it."""
        return self.raw[:LONGEST_SHOWN]

    @property
    def word(self) -> str | None:
        return words.normal(self.raw) if self.kind is Kind.WORD else None


def tokens(text: str) -> tuple[Token, ...]:
    found: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(clean(text)):
        kind = Kind[match.lastgroup] if match.lastgroup else Kind.STRANGE
        glued = bool(found) and match.start() == end
        end = match.end()
        if not (glued and match.group() == "." and found[-1].kind is Kind.WORD):  # «мес.»
            found.append(Token(kind, match.group(), glued))
    return tuple(found)


_LETTERS = r"[^\W\d_]+"
_TOKEN = re.compile(
    rf"""
    (?P<HOUR>     (?<!\d)\d{{1,2}}:\d\d(?!\d) )
  | (?P<STRANGE>  \d+(?:/\d+)+ | (?<!\d){_LETTERS}\d\w* )
  | (?P<NUMBER>   \d+(?:[.,']\d+)* )
  | (?P<WORD>     {_LETTERS}(?:[-']{_LETTERS})* | {words.RUBLE_SIGN} )
  | (?P<PLUS>     \++ )
  | (?P<MINUS>    -+ )
  | (?P<BREAK>    [.,;:()!?"'«»„“”*_|=\[\]…]+ )
  | (?P<NEW_LINE> \n )
  | [^ ]
    """,
    re.VERBOSE,
)
