"""What is said about appointments, a second time and as plainly as may be: minute by minute.

No line is shared with `loyalty`. Rules: docs/decisions/appointments.md, programme: Messages.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SILENT_DAYS = {(12, 31), *((1, day) for day in range(1, 9))}
LIVE = ("booked", "confirmed", "to_move")
EXPECTED = ("booked", "confirmed")


@dataclass
class Waiting:
    """A message that is to go: `true_of` are the states in which it is."""

    kind: str
    start: datetime
    due: datetime
    until: datetime
    true_of: tuple[str, ...]


@dataclass
class Plain:
    """An appointment."""

    start: datetime
    timed: datetime
    state: str = "booked"
    done: set[str] = field(default_factory=set)
    plan: list[tuple[str, datetime, datetime | None]] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)


class PlainBook:
    """The book of one patient, at a branch that opens at 9 and closes at 20 every day."""

    def __init__(self, now: datetime, zone: ZoneInfo) -> None:
        self.now, self.zone = now, zone
        self.up = True
        self.book: list[Plain] = []
        self.said: list[tuple[datetime, str]] = []
        self.kind_words: list[datetime] = []
        self.visits: set[object] = set()

    # what people do

    def books(self, start: datetime) -> Plain:
        one = Plain(start, self.now)
        one.plan = list(self._plan(one))
        self.book.append(one)
        self._notice(one, "booked", EXPECTED)
        return one

    def moves(self, one: Plain, start: datetime) -> None:
        one.start, one.timed, one.done = start, self.now, set()
        one.state = "booked"
        one.plan = list(self._plan(one))
        self._notice(one, "moved", EXPECTED)

    def cancels(self, one: Plain) -> None:
        one.state = "cancelled"
        if self.now < one.start:
            self._notice(one, "appointment-cancelled", ("cancelled",))

    def confirms(self, one: Plain) -> None:
        one.state = "confirmed"

    def asks_for_another_time(self, one: Plain) -> None:
        if one.state != "to_move":
            one.state = "to_move"
            self.said.append((self.now, "call move"))

    def will_not_come(self, one: Plain) -> None:
        one.state = "cancelled"
        self.said.append((self.now, "call cancel"))

    def comes(self) -> None:
        """A visit is recorded."""
        today = self._day(self.now)
        self.visits.add(today)
        its = [one for one in self.book if self._day(one.start) == today]
        its = sorted((o for o in its if o.state in (*LIVE, "missed")), key=lambda one: one.start)
        begun = [one for one in its if one.start <= self.now + HOUR]
        for one in begun or its[:1]:
            one.state = "came"

    def misses(self, one: Plain) -> None:
        one.state = "missed"
        self.said.append((self.now, "call missed"))
        due, until = self.now + HOUR, self.now + 3 * DAY
        one.waiting.append(Waiting("missed", one.start, due, until, ("missed",)))

    def _notice(self, one: Plain, kind: str, true_of: tuple[str, ...]) -> None:
        until = min(one.start, self.now + 12 * HOUR)
        one.waiting.append(Waiting(kind, one.start, self.now, until, true_of))

    # what happens by itself

    def passes(self, until: datetime) -> None:
        self.settles()
        while self.now < until:
            self.now += MINUTE
            self.settles()

    def settles(self) -> None:
        if not self.up:
            return
        for one in self.book:
            self._steps(one)
        for one in (one for one in self.book if one.waiting):
            one.waiting = [left for w in one.waiting if (left := self._sends(one, w))]

    def _steps(self, one: Plain) -> None:
        for step, at, until in one.plan if one.state in LIVE else ():
            if one.state in LIVE and at <= self.now and step not in one.done:
                one.done.add(step)
                if until is None or self.now < until:
                    self._does(one, step, until)

    def _does(self, one: Plain, step: str, until: datetime | None) -> None:
        if step == "close":
            if self._day(one.start) in self.visits:
                one.state = "came"
            elif one.state in EXPECTED:
                self.misses(one)
        elif step == "call":
            if one.state == "booked":
                self.said.append((self.now, "call silent"))
        elif one.state in EXPECTED:
            one.waiting.append(Waiting(step, one.start, self.now, until, EXPECTED))

    def _plan(self, one: Plain) -> Iterator[tuple[str, datetime, datetime | None]]:
        soon = one.start - 2 * HOUR
        asked = self._asked_at(one.start)
        if one.timed < asked:
            yield "remind24", asked, soon
            yield "call", self._call_at(one.start), one.start
        if one.timed <= one.start - 3 * HOUR:
            yield "remind2", soon, one.start
        morning = one.start
        while self._day(morning) == self._day(one.start) or self._clock(morning) < (10, 0):
            morning += MINUTE
        yield "close", morning, None

    def _asked_at(self, start: datetime) -> datetime:
        at = start - 24 * HOUR
        while not (9, 0) <= self._clock(at) < (21, 0):
            at += MINUTE
        if at < start - 20 * HOUR:
            return at
        at = start - 24 * HOUR
        while self._clock(at) != (20, 0):
            at -= MINUTE
        return at

    def _call_at(self, start: datetime) -> datetime:
        at = start - 20 * HOUR
        while not (9, 0) <= self._clock(at) < (20, 0):
            at += MINUTE
        if at <= start - 2 * HOUR:
            return at
        at = start - 20 * HOUR
        while not (9, 0) <= self._clock(at) < (21, 0):
            at += MINUTE
        return at

    # messages

    def _sends(self, one: Plain, waits: Waiting) -> Waiting | None:
        """What is left of it."""
        if self.now < waits.due:
            return waits
        gone = self.now >= waits.until or one.start != waits.start
        if gone or one.state not in waits.true_of:
            return None
        at = self.now
        while at < waits.until and not self._may_come(waits.kind, at):
            at += MINUTE
        if at >= waits.until:
            return None
        if at > self.now:
            waits.due = at
            return waits
        self.said.append((self.now, waits.kind))
        if waits.kind == "missed":
            self.kind_words.append(self.now)
        return None

    def _may_come(self, kind: str, at: datetime) -> bool:
        if kind == "remind24":
            return (9, 0) <= self._clock(at) < (21, 0)
        if kind != "missed":
            return True
        here = at.astimezone(self.zone)
        lately = any(at < word + 7 * DAY for word in self.kind_words)
        silent = (here.month, here.day) in SILENT_DAYS
        return (10, 0) <= self._clock(at) < (20, 30) and not silent and not lately

    def _clock(self, at: datetime) -> tuple[int, int]:
        here = at.astimezone(self.zone)
        return here.hour, here.minute

    def _day(self, at: datetime) -> object:
        return at.astimezone(self.zone).date()
