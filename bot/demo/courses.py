"""What a household comes for: visits with their days, categories and sums, as a clinic has them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bot.demo.cast import Household, Human, Way
from loyalty.categories import Category
from loyalty.visits import VisitKind

YEARS = timedelta(days=730)
LAPSED_FOR = timedelta(days=240)
SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a bill: whole rubles."""

    category: Category
    rubles: int


@dataclass(frozen=True, slots=True)
class Appointment:
    """One visit to come, of one member of a household."""

    who: Human
    day: date
    lines: tuple[Line, ...]
    kind: VisitKind = VisitKind.ATTENDANCE

    @property
    def rubles(self) -> int:
        return sum(line.rubles for line in self.lines)


# Whole rubles, in steps of a hundred.
_SUMS = {
    Category.HYGIENE: (5_000, 7_100),
    Category.THERAPY: (6_000, 20_100),
    Category.SURGERY: (8_000, 15_100),
    Category.IMPLANTS: (45_000, 90_100),
    Category.PROSTHETICS: (28_000, 60_100),
    Category.ORTHODONTICS: (18_000, 30_100),
    Category.CHILDREN: (3_000, 6_100),
    Category.DIAGNOSTICS: (1_500, 4_100),
}
_INSTALMENT = (8_000, 12_100)


def course(household: Household, today: date, chance: Random) -> list[Appointment]:
    """The household's visits of the last two years, up to yesterday, in order."""
    planned = _Course(household, today, chance)
    come = _WAYS[household.way](planned)
    past = [visit for visit in come if today - YEARS <= visit.day < today]
    return sorted(past, key=lambda visit: visit.day)


class _Course:
    def __init__(self, household: Household, today: date, chance: Random) -> None:
        self.household, self.today, self.chance = household, today, chance
        self.began = today - YEARS

    def visit(
        self,
        who: Human,
        day: date,
        *categories: Category,
        kind: VisitKind = VisitKind.ATTENDANCE,
    ) -> Appointment:
        lines = tuple(Line(category, self._sum(category, kind)) for category in categories)
        return Appointment(who, _working(day), lines, kind)

    def _sum(self, category: Category, kind: VisitKind) -> int:
        if kind is VisitKind.UNPAID:
            return 0
        low, high = _INSTALMENT if kind is VisitKind.ADVANCE else _SUMS[category]
        return self.chance.randrange(low, high, 100)

    def first_day(self, latest: int = 500) -> date:
        return self.began + timedelta(days=self.chance.randrange(3, latest))

    def later(self, day: date, low: int, high: int) -> date:
        return day + timedelta(days=self.chance.randrange(low, high))

    def likely(self, share: float) -> bool:
        return self.chance.random() < share

    def hygiene(self, who: Human, since: date, until: date) -> Iterator[Appointment]:
        """Every half a year or so; what is found then is mended, or looked at for nothing."""
        day = since
        while day < until:
            yield self.visit(who, day, Category.HYGIENE)
            if self.likely(0.45):
                yield self.visit(who, self.later(day, 4, 25), *self._mended())
            elif self.likely(0.2):
                looked_at = self.later(day, 10, 40)
                yield self.visit(who, looked_at, Category.DIAGNOSTICS, kind=VisitKind.UNPAID)
            day = self.later(day, 165, 225)

    def _mended(self) -> Sequence[Category]:
        if self.likely(0.15):
            return Category.SURGERY, Category.DIAGNOSTICS
        return (Category.THERAPY,)


def _regular(course: _Course) -> Iterator[Appointment]:
    yield from course.hygiene(course.household.payer, course.first_day(), course.today)


def _family(course: _Course) -> Iterator[Appointment]:
    since = course.first_day()
    yield from course.hygiene(course.household.payer, since, course.today)
    for child in course.household.children:
        day = course.later(since, 0, 20)
        while day < course.today:
            yield course.visit(child, day, Category.CHILDREN)
            day = course.later(day, 105, 190)


def _implants(course: _Course) -> Iterator[Appointment]:
    """From the X-ray to the crown, with a year of hygiene after."""
    payer, day = course.household.payer, course.first_day(330)
    yield course.visit(payer, day, Category.DIAGNOSTICS)
    for _ in range(course.chance.choice((1, 2, 2, 3))):
        day = course.later(day, 5, 12)
        yield course.visit(payer, day, Category.SURGERY)
        day = course.later(day, 10, 25)
        yield course.visit(payer, day, Category.IMPLANTS)
        day = course.later(day, 90, 120)
        yield course.visit(payer, day, Category.PROSTHETICS)
    yield from course.hygiene(payer, course.later(day, 30, 120), course.today)


def _braces(course: _Course) -> Iterator[Appointment]:
    """A child's braces, paid for month by month; the parent comes for themselves now and then."""
    payer, *children = course.household.members
    day = course.first_day(400)
    yield from course.hygiene(payer, course.later(day, 20, 90), course.today)
    wearer = children[0] if children else payer
    yield course.visit(wearer, day, Category.ORTHODONTICS)
    for month in range(course.chance.randrange(8, 16)):
        day = course.later(day, 27, 36)
        yield course.visit(payer, day, Category.ORTHODONTICS, kind=VisitKind.ADVANCE)
        if month % 2:
            yield course.visit(wearer, day, Category.ORTHODONTICS, kind=VisitKind.UNPAID)


def _lapsed(course: _Course) -> Iterator[Appointment]:
    """Pain, a filling, and nobody has seen them since."""
    payer, day = course.household.payer, course.first_day((YEARS - LAPSED_FOR).days - 60)
    last = course.today - LAPSED_FOR
    yield course.visit(payer, day, Category.THERAPY)
    for _ in range(course.chance.randrange(3)):
        day = min(course.later(day, 6, 200), last)
        yield course.visit(payer, day, course.chance.choice((Category.THERAPY, Category.HYGIENE)))


def _newcomer(course: _Course) -> Iterator[Appointment]:
    """Of this month, most of them of the last days: somebody always came yesterday."""
    days_ago = 1 + int(30 * course.chance.random() ** 2)
    day = course.today - timedelta(days=days_ago)
    yield course.visit(course.household.payer, day, Category.HYGIENE)
    if course.likely(0.5):
        yield course.visit(course.household.payer, course.later(day, 3, 20), Category.THERAPY)


_WAYS: dict[Way, Callable[[_Course], Iterator[Appointment]]] = {
    Way.REGULAR: _regular,
    Way.FAMILY: _family,
    Way.IMPLANTS: _implants,
    Way.BRACES: _braces,
    Way.LAPSED: _lapsed,
    Way.NEWCOMER: _newcomer,
}


def _working(day: date) -> date:
    """The clinic rests on Sundays."""
    return day - timedelta(days=1) if day.weekday() == SUNDAY else day
