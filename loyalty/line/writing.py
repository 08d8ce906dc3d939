"""A reading as the line that has no other."""

from collections.abc import Iterator
from datetime import date

from loyalty.line import words
from loyalty.line.amounts import RUBLE
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
from loyalty.recalls import Interval


def write(reading: Reading) -> str:
    """The canonical line: `read` gives this reading for it, and nothing else."""
    match reading:
        case Visit():
            said = list(_visit(reading))
        case Appointment(who, day, at, doctor):
            said = [_who(who), words.BOOKING_SAID, _day(day), f"{at:%H:%M}", doctor]
        case Prefill(who, recall, category, doctor):
            said = [_who(who), _recall(recall), category and words.CATEGORY_NAMES[category], doctor]
        case JustWho(who):
            said = [_who(who)]
    return " ".join(filter(None, said))


def _visit(visit: Visit) -> Iterator[str | None]:
    """The doctor last: nothing after a name can be taken for more of it."""
    first, *others = visit.parts
    yield from (_who(visit.who), _sum(first), _points(visit.points))
    yield from (_category(first), _recall(visit.recall))
    yield from (
        None if visit.day is None else _day(visit.day),
        words.ADVANCE_SAID if visit.advance else None,
    )
    yield first.doctor
    for part in others:
        yield from ("+", _sum(part), _category(part), part.doctor)


def _who(who: Who) -> str | None:
    return who.code or who.phone


def _sum(part: Part) -> str:
    rubles, kopecks = divmod(part.sum, RUBLE)
    return f"{rubles}{f',{kopecks:02}' if kopecks else ''}{words.RUBLE_SIGN}"


def _category(part: Part) -> str | None:
    return part.category and words.CATEGORY_NAMES[part.category]


def _points(points: int | Most | None) -> str | None:
    if points is None:
        return None
    return words.MOST_SAID if points is MOST else f"{points}{words.POINTS_SAID}"


def _recall(recall: Interval | None) -> str | None:
    if recall is None:
        return None
    if recall.months:
        return f"{recall.months}{words.MONTHS_SAID}"
    return f"{recall.days}{words.DAYS_SAID}"


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
