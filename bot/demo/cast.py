"""Who comes to the demo clinic: households, each with the way its members come."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import count
from random import Random

from bot.demo.words import Names, Words

SEED = 2026
PEOPLE = 200
FIRST_TELEGRAM = 2001
PHONES = "+7900000"  # four digits follow: numbers that nobody was given


class Way(StrEnum):
    """How a household comes: what for, how often, and until when."""

    REGULAR = "regular"
    FAMILY = "family"
    IMPLANTS = "implants"
    BRACES = "braces"
    LAPSED = "lapsed"
    NEWCOMER = "newcomer"


# Of twenty households; what is dear is rare.
_WAYS = (
    *([Way.REGULAR] * 8),
    *([Way.FAMILY] * 3),
    *([Way.IMPLANTS] * 2),
    *([Way.BRACES] * 1),
    *([Way.LAPSED] * 4),
    *([Way.NEWCOMER] * 2),
)
_IN_TELEGRAM = {
    Way.REGULAR: 0.85,
    Way.FAMILY: 1.0,
    Way.IMPLANTS: 0.9,
    Way.BRACES: 1.0,
    Way.LAPSED: 0.4,
    Way.NEWCOMER: 0.5,
}


@dataclass(frozen=True, slots=True)
class Human:
    """Somebody invented. `telegram` is None for who has no account of their own."""

    name: str
    surname: str
    phone: str
    born: date
    telegram: int | None = None

    @property
    def full_name(self) -> str:
        return f"{self.name} {self.surname}"


@dataclass(frozen=True, slots=True)
class Household:
    """Who shares a wallet: the one who pays, and their children. `branch` is where they go."""

    number: int
    branch: int
    way: Way
    payer: Human
    children: tuple[Human, ...] = ()

    @property
    def members(self) -> tuple[Human, ...]:
        return (self.payer, *self.children)


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody, in an order that is the same for the same seed and day."""

    households: tuple[Household, ...]

    @property
    def in_telegram(self) -> list[Human]:
        return [h.payer for h in self.households if h.payer.telegram is not None]

    def sent_by(self, household: Household) -> Human | None:
        """Who recommended the clinic to this household: every third was sent by the one before."""
        sent = household.number % 3 == 1
        return self.households[household.number - 1].payer if sent else None


def cast(words: Words, today: date, seed: int = SEED, people: int = PEOPLE) -> Cast:
    """So many invented people, at least."""
    return Cast(tuple(_Inventor(words, today, Random(seed)).households(people)))  # noqa: S311 (repeatable, not secret)


class _Inventor:
    def __init__(self, words: Words, today: date, chance: Random) -> None:
        self._words, self._today, self._chance = words, today, chance
        self._phones = iter(chance.sample(range(10_000), 10_000))
        self._telegram = count(FIRST_TELEGRAM)

    def households(self, people: int) -> list[Household]:
        found: list[Household] = []
        while sum(len(household.members) for household in found) < people:
            found += [self._household(len(found) + n, way) for n, way in enumerate(self._ways())]
        return found

    def _ways(self) -> list[Way]:
        return self._chance.sample(_WAYS, len(_WAYS))

    def _household(self, number: int, way: Way) -> Household:
        surname = self._chance.randrange(len(self._words.surnames_of_men))
        start = self._chance.choice(self._words.surname_starts)
        phone = f"{PHONES}{next(self._phones):04}"
        man = self._chance.random() < _SHARE_OF_MEN
        first = self._words.men if man else self._words.women
        payer = self._human(first, start + self._ending(surname, man=man), phone, 24, 74)
        if self._chance.random() < _IN_TELEGRAM[way]:
            payer = Human(payer.name, payer.surname, phone, payer.born, next(self._telegram))
        children = tuple(self._child(start, surname, phone) for _ in range(self._children(way)))
        branch = 0 if self._chance.random() < _SHARE_OF_FIRST else 1
        return Household(number, branch, way, payer, _different(children, payer))

    def _children(self, way: Way) -> int:
        if way is Way.FAMILY:
            return self._chance.choice((1, 1, 2))
        return 1 if way is Way.BRACES else 0

    def _child(self, start: str, surname: int, phone: str) -> Human:
        boy = self._chance.random() < 0.5
        first = self._words.boys if boy else self._words.girls
        return self._human(first, start + self._ending(surname, man=boy), phone, 6, 15)

    def _ending(self, surname: int, *, man: bool) -> str:
        words = self._words
        return (words.surnames_of_men if man else words.surnames_of_women)[surname]

    def _human(self, first: Names, surname: str, phone: str, youngest: int, oldest: int) -> Human:
        age = timedelta(days=self._chance.randrange(youngest * 365, oldest * 365))
        return Human(self._chance.choice(first), surname, phone, self._today - age)


_SHARE_OF_MEN = 0.42
_SHARE_OF_FIRST = 0.6


def _different(children: tuple[Human, ...], payer: Human) -> tuple[Human, ...]:
    """One name, one person: a family that shares a phone tells its members apart by it."""
    named = {child.name: child for child in children if child.name != payer.name}
    return tuple(named.values())
