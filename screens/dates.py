"""Birthdays as people type them: `5.3.1980`, `5 марта`, `March 5, 1980`, `1980-03-05`."""

import re
from datetime import date
from functools import lru_cache

from babel.dates import get_month_names

from loyalty.errors import NotABirthdayError
from loyalty.people import Birthday
from screens.texts import LANGUAGES, texts_in

LONGEST = 40
SHORTEST_MONTH = 3
CENTURY = 100

_SEPARATOR = r"\s*[.,/\\\-\s]\s*"
_DAY_MONTH = re.compile(rf"(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})(?:{_SEPARATOR}(\d{{4}}|\d{{2}}))?")
_YEAR_FIRST = re.compile(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})")
_DIGITS_ONLY = re.compile(r"(\d{2})(\d{2})(\d{4})")
_WORD_OR_NUMBER = re.compile(r"\d+|[^\W\d_]+")


def parse_birthday(words: str, today: date) -> Birthday:
    """The date as it was typed; in numbers the day comes before the month.

    Raises NotABirthdayError: it can't be read as one date, or nobody was born then.
    """
    words = words.strip().casefold()
    if len(words) > LONGEST:
        raise NotABirthdayError
    return (_in_numbers(words.rstrip(". "), today) or _in_words(words, today)).check(today)


def _in_numbers(words: str, today: date) -> Birthday | None:
    if found := _YEAR_FIRST.fullmatch(words):
        year, month, day = found.groups()
    elif found := _DAY_MONTH.fullmatch(words) or _DIGITS_ONLY.fullmatch(words):
        day, month, year = found.groups()
    else:
        return None
    return _born(day, int(month), year, today)


def _in_words(words: str, today: date) -> Birthday:
    tokens = [token for token in _WORD_OR_NUMBER.findall(words) if token not in _year_words()]
    numbers = [token for token in tokens if token.isdecimal()]
    months = [_month(token) for token in tokens if not token.isdecimal()]
    match numbers, months:
        case [day], [month]:
            return _born(day, month, None, today)
        case [year, day], [month] if _is_year(year):
            return _born(day, month, year, today)
        case [day, year], [month]:
            return _born(day, month, year, today)
    raise NotABirthdayError


def _born(day: str, month: int, year: str | None, today: date) -> Birthday:
    if len(day) > len("31"):
        raise NotABirthdayError
    return Birthday(int(day), month, None if year is None else _full_year(year, today))


def _is_year(digits: str) -> bool:
    return len(digits) == len("1980") and int(digits) > 0


def _full_year(year: str, today: date) -> int:
    """Two digits are the nearest year that isn't ahead; the person is asked to confirm."""
    if _is_year(year):
        return int(year)
    if len(year) != len("80"):
        raise NotABirthdayError
    this_century = today.year - today.year % CENTURY + int(year)
    return this_century if this_century <= today.year else this_century - CENTURY


def _month(word: str) -> int:
    names = _months()
    fitting = {names[name] for name in names if name == word} or {
        names[name] for name in names if len(word) >= SHORTEST_MONTH and name.startswith(word)
    }
    if len(fitting) != 1:
        raise NotABirthdayError
    return fitting.pop()


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Every name of every month, in every language and form."""
    return {
        name.casefold().rstrip("."): number
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for form in ("format", "stand-alone")
        for number, name in get_month_names(width, form, language).items()
    }


@lru_cache(maxsize=1)
def _year_words() -> frozenset[str]:
    return frozenset(
        word
        for language in LANGUAGES
        for word in texts_in(language).plain("birthday-year-words").split()
    )
