"""A sum, a number of points or a patient typed alone, as the answer to the card's question."""

from collections.abc import Sequence
from datetime import date

from loyalty.errors import Refusal
from loyalty.line import words
from loyalty.line.line import JustWho, Most, Part, Visit, Who, looks_like_a_line, read
from loyalty.people import MARKS_IN_NAMES, is_spelt_like_name

ANYBODY, ANY_DAY = "0000", date(2000, 1, 1)


class NotASumError(Refusal):
    text = "refusal-not-a-sum"


class NotPointsError(Refusal):
    text = "refusal-not-points"


class NotAPersonError(Refusal):
    text = "refusal-not-a-person"


def sum_alone(text: str, doctors: Sequence[str]) -> tuple[Part, int | Most | None]:
    """A sum with what was done and by whom, perhaps: «4000 имп Петрова»; and the points beside it.

    Raises NotASumError: none, more than one reading, or more than a part holds.
    """
    try:
        readings = read(f"{ANYBODY} {text}", ANY_DAY, doctors)
    except Refusal as unread:
        raise NotASumError from unread
    match readings:
        case (Visit(parts=(only,), recall=None, day=None, advance=False) as said,) if only.sum:
            return only, said.points
    raise NotASumError


def money_alone(text: str) -> int:
    """A sum in kopecks and not a word besides. Raises NotASumError."""
    part, points = sum_alone(text, ())
    if points is not None or part.category is not None or part.doctor is not None:
        raise NotASumError
    return part.sum


def points_alone(text: str) -> int | None:
    """So many points; None: as many as may be. Raises NotPointsError."""
    plain = "".join(text.split()).casefold()
    if plain in words.MOST:
        return None
    if not (plain.isascii() and plain.isdecimal() and len(plain) <= 8):
        raise NotPointsError
    return int(plain)


def who_alone(text: str) -> Who:
    """A code or a phone. Raises NotAPersonError."""
    try:
        readings = read(text, ANY_DAY, ())
    except Refusal as unread:
        raise NotAPersonError from unread
    match readings:
        case (JustWho(who=who),):
            return who
    raise NotAPersonError


def may_be_a_name(text: str) -> bool:
    """Whether it can name somebody, as talk between colleagues can't: «Лена, ты где?», «ок»."""
    said = (words.normal(part.strip(MARKS_IN_NAMES)) for part in text.split())
    return is_spelt_like_name(text) and not any(map(words.is_chat, said))


def is_a_whole_line(text: str) -> bool:
    """Whether these words are a new staff line rather than an answer."""
    if not looks_like_a_line(text):
        return False
    try:
        readings = read(text, ANY_DAY, ())
    except Refusal:
        return False
    return not any(isinstance(reading, JustWho) for reading in readings)
