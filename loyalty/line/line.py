"""The staff line, `WHO SUM [POINTS] [WORDS]`: what is typed at the desk, and what it may mean.

A line is taken apart into tokens; recognisers (`facts.py`) say what may begin at each; the
search below joins them into every line that makes sense (`heard.py`). What can't be meant is
no reading: more points than the bill, 12 ₽ paid with 400 points where «12 400» stands, more
than 10 000 000 ₽. What is left is the answer; two of them are for staff to choose between.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from loyalty.errors import Refusal
from loyalty.line import words
from loyalty.line.attempts import attempt
from loyalty.line.facts import Fact, Found, Recogniser, recognisers
from loyalty.line.heard import Heard
from loyalty.line.hearing import LONGEST_LINE, lone_name, looks_like_a_line, without_command
from loyalty.line.people import ends_of_who, is_no_sum, is_valid
from loyalty.line.readings import (
    MOST,
    Appointment,
    JustWho,
    Most,
    Part,
    Prefill,
    Reading,
    Visit,
    Who,
)
from loyalty.line.refusals import (
    LineTooLongError,
    LonePlusError,
    NoPatientError,
    NoSumError,
    NotAnHourError,
    PhoneUnreadError,
    PointsOverSumError,
    RefundError,
    TwoPatientsError,
    UnclearError,
    UnknownWordError,
)
from loyalty.line.tokens import Kind, Token, tokens
from loyalty.line.writing import write

__all__ = [
    "MOST",
    "Appointment",
    "JustWho",
    "Most",
    "Part",
    "Prefill",
    "Reading",
    "Visit",
    "Who",
    "lone_name",
    "looks_like_a_line",
    "read",
    "write",
]

MOST_TOKENS = 60
MOST_READINGS = 6
MOST_WAYS = 48

# Said of the whole line only where no single word is to blame.
_OF_THE_WHOLE = (NoPatientError, NoSumError, PointsOverSumError, LonePlusError)


def read(text: str, today: date, doctors: Sequence[str]) -> tuple[Reading, ...]:
    """One reading, or the several between which staff must choose.

    Raises a Refusal (`refusals.py`) that says what to mend.
    """
    line = _tokens(text)
    _refuse_second_patient(line)
    if refusal := attempt(line):
        raise refusal
    return _Search(line, today, recognisers(doctors)).readings()


def _tokens(text: str) -> tuple[Token, ...]:
    if len(text) > LONGEST_LINE:
        raise LineTooLongError
    line = tokens(without_command(text))
    if len(line) > MOST_TOKENS:
        raise LineTooLongError
    return line


def _refuse_second_patient(line: Sequence[Token]) -> None:
    """Two lines in one message, each with somebody at its beginning, are two visits."""
    for at, token in enumerate(line[:-1]):
        is_first = not any(before.kind is Kind.NUMBER for before in line[:at])
        if token.kind is Kind.NEW_LINE and not is_first and ends_of_who(line, at + 1):
            raise TwoPatientsError


class _Search:
    """Everything that a line can mean, token by token; remembers why the rest can't be meant."""

    def __init__(
        self, line: Sequence[Token], today: date, recognisers: Sequence[Recogniser]
    ) -> None:
        self._line, self._today, self._recognisers = line, today, recognisers
        # Ways to understand all before each token, in the order found, each once.
        self._ways: list[dict[Heard, None]] = [{} for _ in range(len(line) + 1)]
        self._refusals: list[tuple[tuple[int, int], Refusal]] = []

    def readings(self) -> tuple[Reading, ...]:
        self._ways[0][Heard()] = None
        for at in range(len(self._line)):
            if self._ways[at]:
                self._step(at)
        found = dict.fromkeys(self._meanings())
        if not found:
            raise self._reason()
        if len(found) > MOST_READINGS:
            raise UnclearError
        return tuple(found)

    def _step(self, at: int) -> None:
        for fact, end in self._facts(at):
            for heard in self._ways[at]:
                self._go_on(at, heard, fact, end)

    def _facts(self, at: int) -> list[Found]:
        known, found = len(self._refusals), list[Found]()
        for recognise in self._recognisers:
            try:
                found += recognise(self._line, at)
            except Refusal as refusal:
                self._refuse(at, refusal, *self._ways[at])
                if isinstance(refusal, PhoneUnreadError) and self._awaits_who(at):
                    return []  # its digits are no sum, and no end of it is another phone
        if not found and len(self._refusals) == known:
            self._refuse(*self._unknown(at), *self._ways[at])
        return self._phones(found, at) or found

    def _phones(self, found: Sequence[Found], at: int) -> list[Found]:
        """What can be nothing but the phone that is awaited here."""
        return [
            (fact, end)
            for fact, end in found
            if isinstance(fact, Who) and self._awaits_who(at) and is_no_sum(fact, self._line, at)
        ]

    def _awaits_who(self, at: int) -> bool:
        return not any(heard.who for heard in self._ways[at])

    def _unknown(self, at: int) -> tuple[int, Refusal]:
        """«д» left over of «7д» is to blame only where nothing else is."""
        token = self._line[at]
        is_unit = at > 0 and self._line[at - 1].kind is Kind.NUMBER and token.word in words.SUFFIXES
        if token.kind is Kind.HOUR:
            return at, NotAnHourError(hour=token.shown)
        refusal = UnknownWordError(word=token.shown)
        return (-1 if is_unit else at), refusal

    def _go_on(self, at: int, heard: Heard, fact: Fact, end: int) -> None:
        try:
            ways = heard.and_also(fact)
        except Refusal as refusal:
            self._refuse(at, refusal, heard)
            return
        self._ways[end].update(dict.fromkeys(ways))
        if len(self._ways[end]) > MOST_WAYS:
            raise UnclearError

    def _meanings(self) -> Iterator[Reading]:
        found = list(self._all_meanings())
        sound = [reading for reading in found if is_valid(reading.who)]
        yield from sound or found

    def _all_meanings(self) -> Iterator[Reading]:
        for heard in self._ways[-1]:
            try:
                yield heard.meaning(self._today)
            except Refusal as refusal:
                at = 0 if isinstance(refusal, _OF_THE_WHOLE) else len(self._line)
                self._refuse(at, refusal, heard)

    def _refuse(self, at: int, refusal: Refusal, *ways: Heard) -> None:
        who = max(map(_knows_who, ways)) if at >= 0 else 0
        self._refusals.append(((who, at), refusal))

    def _reason(self) -> Refusal:
        """What stopped the way that went furthest, of those that knew best who came."""
        refusals = [refusal for _, refusal in self._refusals]
        if not _has_somebody(self._line):
            exact = (one for one in refusals if isinstance(one, (PhoneUnreadError, RefundError)))
            return next(exact, NoPatientError())
        return max(self._refusals, key=lambda refused: refused[0])[1]


def _knows_who(heard: Heard) -> int:
    """A whole phone is no chance; four digits may be a piece of one."""
    if heard.who is None:
        return 0
    return 2 if heard.who.phone and is_valid(heard.who) else 1


def _has_somebody(line: Sequence[Token]) -> bool:
    """Whether anybody is named; four digits after a plus are a sum."""
    return any(
        ends_of_who(line, at)
        for at in range(len(line))
        if not at or line[at - 1].kind is not Kind.PLUS
    )
