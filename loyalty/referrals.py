"""Who brought whom, for who runs the clinic or a branch: sums, the best, what looks strange."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from loyalty.bonds import Bond, Named
from loyalty.desk.access import Decider, ManagerOnlyError, run_by
from loyalty.people import Patient
from loyalty.ports import Transaction

T = TypeVar("T")
PAGE = 8
FEW = 3  # friends of whom none has paid: fewer may just not have come yet


class Why(StrEnum):
    """What looks strange about somebody's friends."""

    CROWD = "crowd"  # more in one day than may come unasked
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
    found = tx.referrals.sums(_branches(tx, by))
    posted = tx.rewards.posted_in_all() if by.is_owner else None
    return Sums(found.friends, found.paying, found.points, posted)


def bonds(tx: Transaction, by: Decider, number: int) -> Page[Bond]:
    """Newest first."""
    number = max(number, 0)
    return _of_page(tx.referrals.bonds(_branches(tx, by), number * PAGE, PAGE + 1), number)


def best(tx: Transaction, by: Decider, number: int) -> Page[Best]:
    """Who has brought most."""
    number = max(number, 0)
    page = _of_page(tx.referrals.best(_branches(tx, by), number * PAGE, PAGE + 1), number)
    lines = [
        Best(tx.people.patient(one.referrer), one.friends, one.paying, one.points)
        for one in page.lines
    ]
    return Page(lines, number, page.more)


def strange(tx: Transaction, by: Decider, number: int) -> Page[Strange]:
    """What somebody should look at; none of it proves anything."""
    number, branches = max(number, 0), _branches(tx, by)
    found = [*_crowds(tx, branches), *_unpaid(tx, branches), *_same(tx, branches)]
    found.sort(key=lambda one: (-one.friends, one.referrer))
    page = _of_page(found[number * PAGE :], number)
    lines = [
        Strange(tx.people.patient(one.referrer), one.why, one.friends, one.day)
        for one in page.lines
    ]
    return Page(lines, number, page.more)


def _branches(tx: Transaction, by: Decider) -> Collection[int] | None:
    """An owner sees all; a manager, friends who were treated at their branches."""
    branches = [branch.id for branch in run_by(tx, by)]
    if not by.is_owner and not branches:
        raise ManagerOnlyError
    return None if by.is_owner else branches


def _of_page(found: Sequence[T], number: int) -> Page[T]:
    """Of what begins with the page; one more tells that there is another."""
    return Page(found[:PAGE], number, len(found) > PAGE)


# --- what looks strange ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Found:
    """As `Strange`, before its page is known."""

    referrer: int
    why: Why
    friends: int
    day: date | None = None


def _crowds(tx: Transaction, branches: Collection[int] | None) -> Iterator[_Found]:
    """Whether or not a manager let them have anything; two records of one friend are one."""
    unasked = tx.programme.friends_a_day
    days: dict[tuple[int, date], set[int]] = defaultdict(set)
    for by, friend, at in tx.referrals.crowding(branches, unasked):
        days[by, at.astimezone(tx.zone).date()].add(friend)
    for (by, day), friends in days.items():
        if len(friends) > unasked:
            yield _Found(by, Why.CROWD, len(friends), day)


def _unpaid(tx: Transaction, branches: Collection[int] | None) -> Iterator[_Found]:
    for by, friends in tx.referrals.unpaid(branches, FEW):
        yield _Found(by, Why.UNPAID, friends)


def _same(tx: Transaction, branches: Collection[int] | None) -> Iterator[_Found]:
    around: dict[int, dict[int, Collection[str]]] = defaultdict(dict)
    for one in tx.referrals.named(branches):
        around[one.by][one.patient] = _marks(one)
    for by, them in around.items():
        marks = Counter(mark for its in them.values() for mark in its)
        alike = [one for one, its in them.items() if any(marks[mark] > 1 for mark in its)]
        if friends := len(set(alike) - {by}):
            yield _Found(by, Why.SAME, friends)


def _marks(patient: Named) -> Collection[str]:
    """A first name alone marks nobody."""
    words = f"{patient.name or ''} {patient.surname or ''}".casefold().split()
    named = [" ".join(words)] if len(words) > 1 else []
    return {*named, *([patient.phone] if patient.phone else [])}
