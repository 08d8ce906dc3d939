"""Who brought whom, for who runs the clinic or a branch: sums, the best, what looks strange."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from loyalty.bonds import Bond
from loyalty.desk.access import Decider, ManagerOnlyError, run_by
from loyalty.people import Patient
from loyalty.ports import Transaction

T = TypeVar("T")
PAGE = 8
MOST_A_DAY = 5  # registrations by one link
FEW = 3  # friends of whom none has paid: fewer may just not have come yet


class Why(StrEnum):
    """What looks strange about somebody's friends."""

    CROWD = "crowd"  # more in one day than people usually bring
    UNPAID = "unpaid"  # none of them has ever paid
    SAME = "same"  # two of them, or one and the referrer, share a phone or a full name


@dataclass(frozen=True, slots=True)
class Sums:
    """All together. `points` is what visits have brought, `posted` what of it has come to wallets:
    None where a single branch is looked at, for postings are of all branches.
    """

    friends: int
    paying: int
    points: int
    posted: int | None


@dataclass(frozen=True, slots=True)
class Best:
    """What somebody's recommendations have come to."""

    referrer: Patient
    friends: int
    paying: int
    points: int


@dataclass(frozen=True, slots=True)
class Strange:
    """How many friends it is about; `day`: when they came, where it is about a day."""

    referrer: Patient
    why: Why
    friends: int
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """`number` counts from 0."""

    lines: Sequence[T]
    number: int
    more: bool


def sums(tx: Transaction, by: Decider) -> Sums:
    """Raises ManagerOnlyError, as all of these do."""
    bonds = _bonds(tx, by)
    paying = sum(one.paid for one in bonds)
    points = sum(one.points for one in bonds)
    return Sums(len(bonds), paying, points, tx.rewards.posted_in_all() if by.is_owner else None)


def bonds(tx: Transaction, by: Decider, number: int) -> Page[Bond]:
    """Newest first."""
    return _page(sorted(_bonds(tx, by), key=lambda one: (one.at, one.friend.id))[::-1], number)


def best(tx: Transaction, by: Decider, number: int) -> Page[Best]:
    """Who has brought most."""
    found = [
        Best(its[0].referrer, len(its), sum(one.paid for one in its), sum(b.points for b in its))
        for its in _by_referrer(_bonds(tx, by)).values()
    ]
    return _page(sorted(found, key=lambda one: (-one.points, -one.paying, -one.friends)), number)


def strange(tx: Transaction, by: Decider, number: int) -> Page[Strange]:
    """What somebody should look at; none of it proves anything."""
    found = [
        one
        for its in _by_referrer(_bonds(tx, by)).values()
        for one in (*_crowds(its, tx.zone), *_unpaid(its), *_same(its))
    ]
    return _page(sorted(found, key=lambda one: -one.friends), number)


def _bonds(tx: Transaction, by: Decider) -> Sequence[Bond]:
    """An owner's: all of them; a manager's: of friends who were treated at their branches."""
    branches = [branch.id for branch in run_by(tx, by)]
    if not by.is_owner and not branches:
        raise ManagerOnlyError
    return tx.rewards.bonds(None if by.is_owner else branches)


def _page(lines: Sequence[T], number: int) -> Page[T]:
    number = max(number, 0)
    end = (number + 1) * PAGE
    return Page(lines[number * PAGE : end], number, len(lines) > end)


def _by_referrer(bonds: Iterable[Bond]) -> Mapping[int, list[Bond]]:
    found: dict[int, list[Bond]] = defaultdict(list)
    for one in bonds:
        found[one.referrer.id].append(one)
    return found


def _crowds(its: Sequence[Bond], zone: ZoneInfo) -> Iterable[Strange]:
    a_day = Counter(_day(one.at, zone) for one in its)
    for day, friends in a_day.items():
        if friends > MOST_A_DAY:
            yield Strange(its[0].referrer, Why.CROWD, friends, day)


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()


def _unpaid(its: Sequence[Bond]) -> Iterable[Strange]:
    if len(its) >= FEW and not any(one.paid for one in its):
        yield Strange(its[0].referrer, Why.UNPAID, len(its))


def _same(its: Sequence[Bond]) -> Iterable[Strange]:
    everybody = [its[0].referrer, *(one.friend for one in its)]
    marks = Counter(mark for one in everybody for mark in _marks(one))
    alike = [one.friend for one in its if any(marks[mark] > 1 for mark in _marks(one.friend))]
    if alike:
        yield Strange(its[0].referrer, Why.SAME, len(alike))


def _marks(patient: Patient) -> Collection[str]:
    """A first name alone marks nobody."""
    words = f"{patient.name or ''} {patient.surname or ''}".casefold().split()
    named = [" ".join(words)] if len(words) > 1 else []
    return {*named, *([patient.phone] if patient.phone else [])}
