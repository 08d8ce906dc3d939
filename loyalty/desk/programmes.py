"""The programme's numbers in the hands of owners: seen, changed one at a time, remembered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from loyalty.counting import KOPECKS, Part, count
from loyalty.errors import Refusal
from loyalty.numbers import NUMBERS, Number, OfTier, changed, number
from loyalty.ports import Transaction
from loyalty.programme import DEFAULTS, Programme, Tier

BILL = 10_000_00  # of the visit by which a change is explained
REMEMBERED = 10


class NumbersMovedError(Refusal):
    """Somebody else has changed the programme since this was shown."""

    text = "refusal-numbers-moved"


class SameNumberError(Refusal):
    """The number is this already."""

    text = "refusal-same-number"


@dataclass(frozen=True, slots=True)
class Example:
    """What a visit of `BILL` takes in points, earns when paid with money, and earns another."""

    points: int
    earned: int
    reward: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A number as it would change, on top of `version`. `examples` are a visit before and after
    of a patient who has paid `cash_paid`, empty where money doesn't depend on it.
    """

    number: Number
    version: int
    before: int | None
    after: int | None
    cash_paid: int
    examples: Sequence[Example]


@dataclass(frozen=True, slots=True)
class Difference:
    number: Number
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """What one owner (Telegram's number) changed at once."""

    at: datetime
    by: int
    differences: Sequence[Difference]


def in_force(tx: Transaction) -> Programme:
    """The numbers that count now."""
    return tx.programme


def propose(tx: Transaction, key: str, value: int | None) -> Proposal:
    """What the change would do. Raises SameNumberError, what `numbers.changed` raises."""
    version, programme = tx.programmes.current()
    one = number(key)
    next_one = changed(programme, key, value)
    if one.read(programme) == value:
        raise SameNumberError
    cash_paid = _cash_paid(one, programme, next_one)
    examples = [_example(each, one, cash_paid) for each in (programme, next_one)]
    return Proposal(
        number=one,
        version=version or 0,
        before=one.read(programme),
        after=value,
        cash_paid=cash_paid,
        examples=examples if examples[0] != examples[1] else (),
    )


def change(tx: Transaction, by: int, key: str, value: int | None, version: int) -> Programme:
    """A new version that counts from now on; earlier days keep theirs. For owners.

    A second press finds the number set and changes nothing.

    Raises NumbersMovedError: `version` isn't the newest any more. What `numbers.changed` raises.
    """
    newest, programme = tx.programmes.current()
    next_one = changed(programme, key, value)
    if next_one == programme:
        return programme
    if version != (newest or 0) or not tx.programmes.add(next_one, by, newest):
        raise NumbersMovedError
    return next_one


def history(tx: Transaction) -> Sequence[Change]:
    """The latest changes, newest first."""
    versions = tx.programmes.latest(REMEMBERED + 1)
    programmes = [version.programme for version in versions]
    if len(versions) <= REMEMBERED:
        programmes.append(DEFAULTS)
    return [
        Change(version.since, version.by, list(_differences(before, after)))
        for version, (after, before) in zip(versions, pairwise(programmes), strict=False)
    ]


def _differences(before: Programme, after: Programme) -> Iterator[Difference]:
    for one in NUMBERS:
        was, is_ = one.read(before), one.read(after)
        if was != is_:
            yield Difference(one, was, is_)


def _example(programme: Programme, one: Number, cash_paid: int) -> Example:
    counted = count(
        programme,
        [Part(BILL, one.category)],
        points=0,
        available=BILL // KOPECKS,
        cash_paid=cash_paid,
    )
    return Example(counted.max_points, counted.earned, counted.reward)


def _cash_paid(one: Number, before: Programme, after: Programme) -> int:
    """What a patient has paid to whom the change of a tier matters."""
    if not isinstance(one, OfTier):
        return 0
    return min(_tier(programme, one.tier).threshold for programme in (before, after))


def _tier(programme: Programme, name: str) -> Tier:
    return next(tier for tier in programme.tiers if tier.name == name)
