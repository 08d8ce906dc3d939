"""When a letter may come, written a second time from programme.md, as plainly as may be.

Nothing of the product is used: minutes are tried until one is right.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEK, MONTH = timedelta(days=7), timedelta(days=30)
AT_MOST = 100  # days that anybody waits in these stories

# class, hours, silent on days off and at New Year, keeps its distance
RULES = {
    "test-answer": ("answer", None, False, False),
    "test-service": ("service", (time(9), time(21)), False, False),
    "test-visit": ("service", None, False, False),  # two hours before a visit, always
    "test-care": ("care", (time(10), time(20, 30)), True, True),
    "test-recall": ("care", (time(10), time(20, 30)), True, True),
    "test-rating": ("care", (time(10), time(20, 30)), True, False),
    "test-greeting": ("care", (time(10), time(20, 30)), False, False),
    "test-offer": ("promo", (time(10), time(20)), True, True),
    "test-gift": ("promo", (time(10), time(20)), True, True),
}


@dataclass
class Reader:
    """An account: what it agrees to, whether a case of theirs is open, what has come, and when."""

    consents: bool = True
    care: bool = True
    promo: bool = False
    case: bool = False
    came: list[tuple[str, datetime]] = field(default_factory=list)


@dataclass(frozen=True)
class Where:
    zone: str
    days_off: frozenset[int] = frozenset()


def agrees(kind: str, reader: Reader, *, promo_on: bool) -> bool:
    class_ = RULES[kind][0]
    if class_ == "answer":
        return True
    if not reader.consents or (class_ == "care" and not reader.care):
        return False
    return class_ != "promo" or (reader.promo and promo_on)


def may_come(kind: str, reader: Reader, where: Where, moment: datetime) -> bool:
    """At this minute, if nothing comes before it."""
    class_, hours, silent, apart = RULES[kind]
    here = moment.astimezone(ZoneInfo(where.zone))
    if hours and not hours[0] <= here.time() < hours[1]:
        return False
    if silent and (here.weekday() in where.days_off or is_new_year(here.date())):
        return False
    if apart and any(moment - at < WEEK for name, at in reader.came if RULES[name][3]):
        return False
    if class_ != "promo":
        return True
    lately = [at for name, at in reader.came if RULES[name][0] == "promo" and moment - at < MONTH]
    return len(lately) < 2 and not reader.case


def is_new_year(day: date) -> bool:
    return (day.month == 12 and day.day == 31) or (day.month == 1 and day.day <= 8)


def first(kind: str, reader: Reader, where: Where, now: datetime) -> datetime | None:
    """The first minute from now at which it may come; None: nobody can say (an open case)."""
    if RULES[kind][0] == "promo" and reader.case:
        return None
    return next(at for at in _minutes(reader, where, now) if may_come(kind, reader, where, at))


def _minutes(reader: Reader, where: Where, now: datetime) -> Iterator[datetime]:
    """All at which it may begin to be right, in order."""
    zone, today = ZoneInfo(where.zone), now.astimezone(ZoneInfo(where.zone)).date()
    days = (today + timedelta(days=n) for n in range(AT_MOST))
    opens = [datetime.combine(day, time(hour), zone) for day in days for hour in (9, 10)]
    ends = [at + apart for _, at in reader.came for apart in (WEEK, MONTH)]
    later = [at.astimezone(now.tzinfo) for at in (*opens, *ends)]
    yield from sorted({now, *(at for at in later if at > now)})
