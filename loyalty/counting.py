"""What a visit costs in money and in points (programme: Counting a visit).

Everything is a whole number: sums in kopecks, rates in basis points, points. What is rounded
is rounded down, once, on the total of the visit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from loyalty.categories import Category
from loyalty.errors import Refusal
from loyalty.programme import Programme

KOPECKS = 100  # one point pays one rouble
POINT = 10_000 * KOPECKS  # basis points × kopecks that make one point


class TooManyPointsError(Refusal):
    """The visit accepts fewer points than were asked for: `most` of them."""

    text = "refusal-too-many-points"


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the bill, after ordinary discounts. `excluded` is what «Без баллов» says."""

    sum: int
    category: Category | None = None
    excluded: bool = False

    def __post_init__(self) -> None:
        if self.sum < 0:
            raise ValueError(self.sum)


@dataclass(frozen=True, slots=True)
class Counted:
    """The visit in numbers. `shares` are the points that each part accepts, in their order.

    `earned` includes the `bonus` of a regular visit.
    """

    bill: int
    excluded: int
    max_points: int
    points: int
    cash: int
    earn_base: int
    earned: int
    bonus: int
    reward: int
    shares: tuple[int, ...]
    rate: int


def most_points(programme: Programme, parts: Sequence[Part], available: int) -> int:
    """How many points the visit can take from a wallet that has this many to spend."""
    return max(0, min(available, sum(_weights(programme, parts)) // POINT))


def count(
    programme: Programme,
    parts: Sequence[Part],
    *,
    points: int,
    available: int,
    cash_paid: int,
    earns: bool = True,
    takes: bool = True,
    bonus: int = 0,
) -> Counted:
    """Count the visit of a wallet that has paid `cash_paid` before it.

    `bonus` is what a regular visit earns besides.
    `takes` is False for a payment without attendance; `earns` is False where nobody is rewarded.

    Raises TooManyPointsError: if `points` are below nothing or above what the visit takes.
    """
    most = most_points(programme, parts, available) if takes else 0
    if not 0 <= points <= most:
        raise TooManyPointsError(most=most)
    shares = _shares(points, _weights(programme, parts))
    bill, excluded = sum(part.sum for part in parts), _excluded(programme, parts)
    cash = bill - KOPECKS * points
    earn_base = max(0, cash - excluded) if earns else 0
    return Counted(
        bill=bill,
        excluded=excluded,
        max_points=most,
        points=points,
        cash=cash,
        earn_base=earn_base,
        earned=_earned(programme, parts, shares, cash_paid) + bonus if earns else 0,
        bonus=bonus if earns else 0,
        reward=programme.referral * earn_base // POINT,
        shares=shares,
        rate=programme.tier(cash_paid).rate,
    )


def is_outside(programme: Programme, part: Part) -> bool:
    """Whether the line neither earns nor accepts points."""
    return part.excluded or programme.is_excluded(part.category)


def _excluded(programme: Programme, parts: Sequence[Part]) -> int:
    return sum(part.sum for part in parts if is_outside(programme, part))


def _weights(programme: Programme, parts: Sequence[Part]) -> list[int]:
    """How strongly each line draws points: cap × sum, nothing where they are not accepted."""
    return [
        0 if is_outside(programme, part) else programme.cap_for(part.category) * part.sum
        for part in parts
    ]


def _shares(points: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Spread the points by weight; what whole points leave over goes to the heaviest line."""
    if not points:
        return (0,) * len(weights)
    total = sum(weights)
    shares = [points * weight // total for weight in weights]
    shares[weights.index(max(weights))] += points - sum(shares)
    return tuple(shares)


def _earned(
    programme: Programme, parts: Sequence[Part], shares: Sequence[int], cash_paid: int
) -> int:
    earned = sum(
        programme.rate(cash_paid, part.category) * (part.sum - KOPECKS * share)
        for part, share in zip(parts, shares, strict=True)
        if not is_outside(programme, part)
    )
    # The left-over point may be worth more than a line of a few kopecks: that one earns less
    # than nothing, and may not eat what was never earned.
    return max(0, earned) // POINT
