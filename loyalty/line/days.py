"""Days and hours as typed, and which day is meant: the last such one, or the next."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from loyalty.line import words
from loyalty.line.refusals import (
    AppointmentPastError,
    AppointmentTooFarError,
    DayAheadError,
    DayTooOldError,
    NotADayError,
)
from loyalty.line.tokens import Kind, Token

OLDEST_VISIT = 60
FURTHEST_APPOINTMENT = 400
YEARS = range(2000, 2100)
_LEAP_YEAR = 2000
_LONGEST_WITHOUT_29_FEBRUARY = 8
_WEEK = 7

_DOTTED_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d\d))?")
_DOTTED_HOUR = re.compile(r"(\d{1,2})[.:](\d\d)")


@dataclass(frozen=True, slots=True)
class Shift:
    """So many days from today."""

    days: int


@dataclass(frozen=True, slots=True)
class Weekday:
    number: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """A date, often without its year."""

    day: int
    month: int
    year: int | None = None


When = Shift | Weekday | Calendar


@dataclass(frozen=True, slots=True)
class Hour:
    """`sure`: typed as no sum and no date is typed; `daylike`: the same digits make a date."""

    at: time
    sure: bool = False
    daylike: bool = False


def days_at(line: Sequence[Token], at: int) -> Iterator[tuple[When, int]]:
    """Every day that begins at this token, with the token after it.

    Raises NotADayError: it is typed like a date, but there is none such.
    """
    token, word = line[at], line[at].word or ""
    if word in words.RELATIVE_DAYS:
        yield Shift(words.RELATIVE_DAYS[word]), at + 1
    elif word in words.WEEKDAYS:
        yield Weekday(words.WEEKDAYS[word]), at + 1
    elif token.kind is Kind.NUMBER and (dotted := _DOTTED_DAY.fullmatch(token.raw)):
        day, month, year = dotted.groups()
        yield _calendar(token.raw, day, month, year), _after_year_mark(line, at + 1, year)
    else:
        yield from _named_days(line, at)


def _named_days(line: Sequence[Token], at: int) -> Iterator[tuple[When, int]]:
    """«12 ноября», «12 nov 2026», «nov 12»."""
    day, month = line[at], _at(line, at + 1)
    if day.word in words.MONTHS and not (at and _is_day(line[at - 1])):
        day, month = month or day, day
    number = str(words.MONTHS.get((month and month.word) or "", ""))
    if not number or not _is_day(day):
        return
    yield _calendar(day.raw, day.raw, number), at + 2
    year = _at(line, at + 2)
    if year and year.digits and len(year.digits) == 4 and int(year.digits) in YEARS:
        end = _after_year_mark(line, at + 3, year.digits)
        yield _calendar(day.raw, day.raw, number, year.digits), end


def _is_day(token: Token) -> bool:
    return token.digits is not None and len(token.digits) <= 2


def _after_year_mark(line: Sequence[Token], end: int, year: str | None) -> int:
    mark = _at(line, end)
    return end + 1 if year and mark and mark.word in words.YEAR_MARKS else end


def _calendar(typed: str, day: str, month: str, year: str | None = None) -> Calendar:
    full = None if year is None else int(year) + (YEARS.start if len(year) == 2 else 0)
    try:
        date(full or _LEAP_YEAR, int(month), int(day))
    except ValueError as wrong:
        raise NotADayError(typed=typed) from wrong
    if full is not None and full not in YEARS:
        raise NotADayError(typed=typed)
    return Calendar(int(day), int(month), full)


def _at(line: Sequence[Token], at: int) -> Token | None:
    return line[at] if at < len(line) else None


# --- hours -----------------------------------------------------------------------------------


def hours_at(line: Sequence[Token], at: int) -> Iterator[tuple[Hour, int]]:
    """«15:30», «15.30», «15 30», «в 15», «15 ч», «3:30 pm», with the token after each."""
    typed, following = line[at], _at(line, at + 1)
    if typed.kind is Kind.HOUR or (typed.kind is Kind.NUMBER and "." in typed.raw):
        if match := _DOTTED_HOUR.fullmatch(typed.raw):
            sure = typed.kind is Kind.HOUR
            daylike = _DOTTED_DAY.fullmatch(typed.raw) is not None and int(match[2]) in range(1, 13)
            yield from _hour(line, match[1], match[2], at + 1, sure=sure, daylike=daylike)
    elif _is_day(typed):
        yield from _full_hour(line, at)
        if following and following.digits and len(following.digits) == 2:
            yield from _hour(line, typed.raw, following.digits, at + 2)


def _full_hour(line: Sequence[Token], at: int) -> Iterator[tuple[Hour, int]]:
    following = _at(line, at + 1)
    if following and following.word in words.HOURS:
        yield from _hour(line, line[at].raw, "0", at + 2, sure=True)
    elif following and following.word in words.HALVES_OF_DAY:
        yield from _hour(line, line[at].raw, "0", at + 1, sure=True)
    elif at and line[at - 1].word in words.BEFORE_HOUR:
        yield from _hour(line, line[at].raw, "0", at + 1)


def _hour(
    line: Sequence[Token],
    hour: str,
    minute: str,
    end: int,
    *,
    sure: bool = False,
    daylike: bool = False,
) -> Iterator[tuple[Hour, int]]:
    half = _at(line, end)
    full, after = int(hour), words.HALVES_OF_DAY.get((half and half.word) or "")
    if after is not None and full in range(1, 13):
        full, end, sure = full % 12 + after, end + 1, True
    if full < 24 and int(minute) < 60:
        yield Hour(time(full, int(minute)), sure, daylike), end


# --- which day is meant ----------------------------------------------------------------------


def behind(when: When, today: date) -> date:
    """The last such day, for a visit.

    Raises DayAheadError, DayTooOldError.
    """
    day = _last(when, today)
    if day > today:
        raise DayAheadError
    if (today - day).days <= OLDEST_VISIT:
        return day
    to_come = _next(when, today)
    if to_come > today and to_come - today < today - day:  # without a year: rather that one
        raise DayAheadError
    raise DayTooOldError


def ahead(when: When, today: date) -> date:
    """The next such day, for an appointment.

    Raises AppointmentPastError, AppointmentTooFarError.
    """
    day = _next(when, today)
    if day < today:
        raise AppointmentPastError
    if (day - today).days > FURTHEST_APPOINTMENT:
        raise AppointmentTooFarError
    return day


def _last(when: When, today: date) -> date:
    match when:
        case Weekday(number):
            return today - timedelta(days=(today.weekday() - number - 1) % _WEEK + 1)
        case Calendar(year=None):
            return next(day for day in _such_days(when, today, -1) if day <= today)
    return _fixed(when, today)


def _next(when: When, today: date) -> date:
    match when:
        case Weekday(number):
            return today + timedelta(days=(number - today.weekday() - 1) % _WEEK + 1)
        case Calendar(year=None):
            return next(day for day in _such_days(when, today, 1) if day >= today)
    return _fixed(when, today)


def _fixed(when: When, today: date) -> date:
    match when:
        case Shift(days):
            return today + timedelta(days=days)
        case Calendar(day, month, int() as year):
            return date(year, month, day)
    raise AssertionError(when)


def _such_days(when: Calendar, today: date, step: int) -> Iterator[date]:
    """This day of this year and of those before or after it, where there is one."""
    for years in range(_LONGEST_WITHOUT_29_FEBRUARY + 1):
        year = today.year + step * years
        if when.day <= monthrange(year, when.month)[1]:
            yield date(year, when.month, when.day)
