"""Sums and points as typed: every whole number of kopecks that the digits can mean."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loyalty.line import words
from loyalty.line.refusals import NegativeError, SumUnreadError, TooLargeError
from loyalty.line.tokens import Kind, Token

RUBLE = 100
MOST_MONEY = 10_000_000 * RUBLE
BILL_NAMED = 100 * RUBLE  # a bill where something else tells that it is one
SMALLEST_PAID_BY_MORE_POINTS = 100 * RUBLE
THOUSAND, THREE_DIGITS = 1000, 3
CODE_DIGITS, LONGEST_SUM = 4, 8

_PLAIN = re.compile(r"0|[1-9]\d*")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:(?P<mark>[.,' ])\d{3})(?:(?P=mark)\d{3})*")
_DECIMAL = re.compile(r"(?P<whole>.+)(?P<mark>[.,])(?P<part>\d{1,3})")
_COULD_BE_GROUPED = re.compile(r"[1-9]\d{0,2}")


@dataclass(frozen=True, slots=True)
class Amount:
    """Kopecks. `sure`: a word says that it is money, or thousands; `priced`: that it is money."""

    kopecks: int
    sure: bool = False
    priced: bool = False
    codelike: bool = False  # four digits alone: who comes, as long as nobody is named


@dataclass(frozen=True, slots=True)
class Digits:
    """A number with its separators, spaces between groups included; it ends before `end`."""

    spelling: str
    end: int


def amounts(line: Sequence[Token], at: int) -> Iterator[tuple[Amount, int]]:
    """Every sum that begins at this token, with the token after it.

    Raises NegativeError, SumUnreadError, TooLargeError: no sum can be read here.
    """
    start = at + 1 if _word(line, at) in words.RUBLES else at
    if is_negative(line, start):
        raise NegativeError
    if _is(line, start, Kind.NUMBER):
        found = list(_amounts(line, start, priced=start > at))
        yield from ((amount, end) for amount, end in found if amount.kopecks <= MOST_MONEY)
        _refuse_nothing(line[start], found)


def is_long(token: Token) -> bool:
    """More digits in a row than any sum has: a phone, or a mistake in one."""
    return len(token.digits or "") > LONGEST_SUM


def is_negative(line: Sequence[Token], at: int) -> bool:
    """A dash before a word only divides; before anything else it may belong to a number."""
    if _word(line, at) in words.MINUS:
        return True
    after = _word(line, at + 1)
    divides = at + 1 >= len(line) or (after is not None and after not in words.RUBLES)
    return _is(line, at, Kind.MINUS) and not divides


def _refuse_nothing(token: Token, found: Sequence[tuple[Amount, int]]) -> None:
    if not found:
        raise SumUnreadError(number=token.shown)
    if all(amount.kopecks > MOST_MONEY for amount, _ in found) and not is_long(token):
        raise TooLargeError


def _amounts(line: Sequence[Token], at: int, *, priced: bool) -> Iterator[tuple[Amount, int]]:
    for digits in _spellings(line, at):
        codelike = digits.end == at + 1 and len(line[at].digits or "") == CODE_DIGITS
        for times, end in _multiplied(line, digits.end):
            sure = times > 1 or priced
            for kopecks in values(digits.spelling, times):
                amount = Amount(kopecks, sure, priced, codelike and not sure)
                yield from _with_tail(line, amount, end, times)


def _multiplied(line: Sequence[Token], end: int) -> Iterator[tuple[int, int]]:
    """By how much, and where that ends; «к» may also lead to a name: «500 к Петровой»."""
    word = _word(line, end) or ""
    if word in words.MULTIPLIERS:
        yield words.MULTIPLIERS[word], end + 1
    if word not in words.MULTIPLIERS or (word in words.BEFORE_NAME and not line[end].glued):
        yield 1, end


def _with_tail(
    line: Sequence[Token], amount: Amount, end: int, times: int
) -> Iterator[tuple[Amount, int]]:
    rest = _digits(line, end)
    if times > 1 and rest and len(rest) < THREE_DIGITS and line[end].glued:
        yield from _with_fraction(line, amount, end, times)
        return
    yield from _with_rubles(line, amount, end)
    whole_thousands = times == THOUSAND and not amount.kopecks % (THOUSAND * RUBLE)
    if whole_thousands and 0 < len(rest) <= THREE_DIGITS and int(rest):  # «12 тысяч 400»
        more = replace(amount, kopecks=amount.kopecks + int(rest) * RUBLE)
        yield from _with_rubles(line, more, end + 1)


def _with_fraction(
    line: Sequence[Token], amount: Amount, end: int, times: int
) -> Iterator[tuple[Amount, int]]:
    """«2к5» is 2500, «2к50» is 2500 or 2050, «2к05» is 2050; nothing in it is points."""
    if amount.kopecks % (times * RUBLE):
        return
    rest = _digits(line, end)
    tails = {int(rest) * times // 10 ** len(rest)}
    if len(rest) > 1 and times == THOUSAND:
        tails.add(int(rest))
    if rest.startswith("0") and times == THOUSAND:
        tails = {int(rest)}
    for tail in sorted(tails):
        more = replace(amount, kopecks=amount.kopecks + tail * RUBLE)
        yield from _with_rubles(line, more, end + 1)


def _with_rubles(line: Sequence[Token], amount: Amount, end: int) -> Iterator[tuple[Amount, int]]:
    word = _word(line, end)
    if word not in words.RUBLES or word in words.POINTS:
        yield amount, end
    if word in words.RUBLES:
        yield from _priced(line, amount, end)


def _priced(line: Sequence[Token], amount: Amount, end: int) -> Iterator[tuple[Amount, int]]:
    """With kopecks where they are named: «12 руб 50 коп», and perhaps in «12р50»."""
    priced = replace(amount, sure=True, priced=True)
    kopecks, named = _digits(line, end + 1), _word(line, end + 2) in words.KOPECKS
    named = named and len(kopecks) in {1, 2}
    if not named:
        yield priced, end + 1
    if named or (len(kopecks) == 2 and line[end + 1].glued):
        yield replace(priced, kopecks=priced.kopecks + int(kopecks)), end + 2 + named


def _is(line: Sequence[Token], at: int, kind: Kind) -> bool:
    return at < len(line) and line[at].kind is kind


def _digits(line: Sequence[Token], at: int) -> str:
    return (line[at].digits or "") if at < len(line) else ""


def _word(line: Sequence[Token], at: int) -> str | None:
    return line[at].word if at < len(line) else None


# --- how far a number goes -------------------------------------------------------------------


def _spellings(line: Sequence[Token], at: int) -> Iterator[Digits]:
    """The number by itself, and with each group that may belong to it."""
    spelling, end = line[at].raw, at + 1
    while True:
        following = _group(line, spelling, end)
        if following is None or not _absurd_alone(spelling, following.spelling):
            yield Digits(spelling, end)
        yield from _after_a_pause(line, spelling, end)
        if following is None:
            return
        spelling, end = f"{spelling} {following.spelling}", following.end


def _group(line: Sequence[Token], spelling: str, end: int) -> Digits | None:
    """The next three digits, if so many groups may be one number."""
    if not _is(line, end, Kind.NUMBER):
        return None
    joined = f"{spelling} {line[end].raw}"
    whole, _, kopecks = joined.replace(",", ".").partition(".")
    if _GROUPED.fullmatch(whole) is None or (kopecks and len(kopecks) > 2):
        return None
    return Digits(line[end].raw, end + 1)


def _absurd_alone(spelling: str, following: str) -> bool:
    """12 of «12 400»: a bill of 12 ₽ isn't paid with 400 points, and 000 is no number at all."""
    rest = list(values(following))
    alone = next(values(spelling), 0)
    return not rest or alone < min(SMALLEST_PAID_BY_MORE_POINTS, max(rest))


def _after_a_pause(line: Sequence[Token], spelling: str, end: int) -> Iterator[Digits]:
    """«12400, 50» and «12, 400»: a separator with a space beside it."""
    if end + 1 >= len(line) or line[end].raw not in {",", "."}:
        return
    rest = line[end + 1].digits
    if rest is not None and len(rest) <= 3:
        yield Digits(f"{spelling}{line[end].raw}{rest}", end + 2)


# --- what the digits mean --------------------------------------------------------------------


def values(spelling: str, times: int = 1) -> Iterator[int]:
    """Kopecks: «1,500» is 1.50 and 1500, «12.400,50» is one sum, «0500» and «1,2345» are none."""
    if _PLAIN.fullmatch(spelling) or _GROUPED.fullmatch(spelling):
        yield int(re.sub(r"\D", "", spelling)) * RUBLE * times
    if match := _DECIMAL.fullmatch(spelling):
        yield from _decimal(match["whole"], match["mark"], match["part"], times)


def _decimal(whole: str, mark: str, part: str, times: int) -> Iterator[int]:
    if not _PLAIN.fullmatch(whole) and (mark in whole or not _GROUPED.fullmatch(whole)):
        return
    thousandths = int(re.sub(r"\D", "", whole)) * THOUSAND + int(part.ljust(3, "0"))
    kopecks, rest = divmod(thousandths * times, THOUSAND // RUBLE)
    doubtful = len(part) == 3 and times == 1
    if not rest and (not doubtful or _COULD_BE_GROUPED.fullmatch(whole)):
        yield kopecks
