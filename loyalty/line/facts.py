"""What the words of a line say one by one, whatever the line as a whole turns out to mean."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from loyalty.categories import Category
from loyalty.line import words
from loyalty.line.amounts import RUBLE, Amount, amounts, is_negative
from loyalty.line.days import Calendar, Hour, Shift, Weekday, days_at, hours_at
from loyalty.line.doctors import Doctor, doctors_at
from loyalty.line.people import who_at
from loyalty.line.readings import MOST, Most, Who
from loyalty.line.refusals import RecallTooFarError, RefundError
from loyalty.line.tokens import Kind, Token
from loyalty.recalls import Interval

LONGEST_COUNT = 3  # digits: 4821 and 12400 are never so many months
LONGEST_SMALL_NUMBER = 2  # digits
MOST_MONTHS, MOST_DAYS = 5 * 12, 10**LONGEST_COUNT - 1
_SILENT = {Kind.BREAK, Kind.NEW_LINE, Kind.MINUS}


class Mark(Enum):
    NOTHING = "nothing"
    PLUS = "plus"
    BOOKING = "booking"
    ADVANCE = "advance"


@dataclass(frozen=True, slots=True)
class Points:
    """Points named as such, not a bare number."""

    value: int | Most


Fact = (
    Who | Amount | Points | Category | Doctor | Interval | Shift | Weekday | Calendar | Hour | Mark
)
Found = tuple[Fact, int]  # with the token after it
Recogniser = Callable[[Sequence[Token], int], Iterator[Found]]


def recognisers(clinic: Sequence[str]) -> tuple[Recogniser, ...]:
    """All of them, the one whose refusal says most about the same token first."""

    def doctors(line: Sequence[Token], at: int) -> Iterator[Found]:
        yield from doctors_at(line, at, clinic)

    def ways_to_doctors(line: Sequence[Token], at: int) -> Iterator[Found]:
        """«к Петровой»."""
        if line[at].word in words.BEFORE_NAME and at + 1 < len(line):
            yield from ((Mark.NOTHING, at + 1) for _ in doctors_at(line, at + 1, clinic))

    return (
        *(who_at, days_at, hours_at, amounts),
        *(_marks, _points, _numbered_points, _intervals, _categories),
        *(doctors, ways_to_doctors, _counts),
    )


def _marks(line: Sequence[Token], at: int) -> Iterator[Found]:
    token = line[at]
    if token.kind is Kind.PLUS or token.word in words.PLUS:
        yield Mark.PLUS, at + 1
    elif token.word in words.BOOKING:
        yield Mark.BOOKING, at + 1
    elif token.word in words.ADVANCE:
        yield Mark.ADVANCE, at + 1
    elif token.word in words.REFUND:
        raise RefundError
    elif token.word in words.NOISE or (token.kind in _SILENT and not is_negative(line, at)):
        yield Mark.NOTHING, at + 1


def _points(line: Sequence[Token], at: int) -> Iterator[Found]:
    """«макс», «все баллы», «списать макс», «без списания»."""
    start = at + 1 if _word(line, at) in words.POINTS_BEFORE | words.SPEND else at
    if _word(line, start) in words.MOST:
        yield Points(MOST), start + 1 + (_word(line, start + 1) in words.POINTS)
    if _word(line, at) in words.NOT and _word(line, at + 1) in words.SPENDING:
        yield Points(0), at + 2


def _numbered_points(line: Sequence[Token], at: int) -> Iterator[Found]:
    """«500б», «1 000 баллов», «баллами 500», «списать 500»."""
    named = _word(line, at) in words.POINTS_BEFORE | words.SPEND
    if not named and line[at].kind is not Kind.NUMBER:
        return
    for amount, end in amounts(line, at + named):
        named_after = _word(line, end) in words.POINTS
        if not amount.kopecks % RUBLE and (named or (named_after and not amount.priced)):
            yield Points(amount.kopecks // RUBLE), end + named_after


def _intervals(line: Sequence[Token], at: int) -> Iterator[Found]:
    """«6м», «2 нед», «полгода», «год».

    Raises RecallTooFarError.
    """
    number, unit = line[at].digits, words.UNITS.get(_word(line, at + 1) or "")
    if number and unit and len(number) <= LONGEST_COUNT:
        if not _is_sensible(int(number), unit):
            raise RecallTooFarError
        yield _times(int(number), unit), at + 2
    period = words.PERIODS.get(_word(line, at) or "")
    if period and not _is_counted(line, at):
        yield period, at + 1


def _times(number: int, unit: Interval) -> Interval:
    return Interval(months=unit.months * number, days=unit.days * number)


def _is_sensible(number: int, unit: Interval) -> bool:
    recall = _times(number, unit)
    return number > 0 and recall.months <= MOST_MONTHS and recall.days <= MOST_DAYS


def _is_counted(line: Sequence[Token], at: int) -> bool:
    """«год» of «2 год» belongs to its number, that of «12400 год» stands alone."""
    before, unit = line[at - 1].digits if at else None, words.UNITS.get(_word(line, at) or "")
    return before is not None and unit is not None and _is_sensible(int(before), unit)


def _categories(line: Sequence[Token], at: int) -> Iterator[Found]:
    if found := words.category(line[at].word or ""):
        yield found, at + 1


def _counts(line: Sequence[Token], at: int) -> Iterator[Found]:
    """«2 зуба», «зуб 36»: no money. «2 имплантата» may be, so it stays points as well."""
    first, second = line[at], line[at + 1] if at + 1 < len(line) else None
    if second is None:
        return
    if _is_small(first) and second.word in words.COUNTED:
        yield Mark.NOTHING, at + 2
    if first.word in words.COUNTED and _is_small(second):
        yield Mark.NOTHING, at + 2
    if _is_small(first) and int(first.raw) > 1 and words.category(second.word or ""):
        yield Mark.NOTHING, at + 1


def _is_small(token: Token) -> bool:
    return 0 < len(token.digits or "") <= LONGEST_SMALL_NUMBER


def _word(line: Sequence[Token], at: int) -> str | None:
    return line[at].word if at < len(line) else None
