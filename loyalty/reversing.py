"""What goes back when money is returned, whole or in parts (programme: Reversal).

Whatever the parts, their sums are those of the whole: each part is what is due so far, less
what went before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from loyalty.counting import KOPECKS
from loyalty.dates import end_after
from loyalty.errors import Refusal
from loyalty.programme import Programme


class ReturnWholeError(Refusal):
    """After this part more points than money would be left of the visit."""

    text = "refusal-return-whole"


@dataclass(frozen=True, slots=True)
class Recorded:
    """The visit as it was recorded. `bill` is without `excluded`; `earned` includes the bonus
    for regular visits; `ended` is what of the earned lot has ended unused by now; `reward` is
    what the visit brought to the one who recommended the patient.
    """

    bill: int
    excluded: int
    points: int
    earned: int
    ended: int = 0
    reward: int = 0


@dataclass(frozen=True, slots=True)
class Returned:
    """What earlier parts of the visit have taken back already."""

    bill: int = 0
    excluded: int = 0
    points: int = 0
    clawed: int = 0


NOTHING = Returned()


@dataclass(frozen=True, slots=True)
class Reversed:
    """What one part moves: first the points back, then the claw-back, then debt is settled.

    Tier progress falls by `money_back`, what the visit's reward has gathered by `reward_back`.
    """

    bill: int
    excluded: int
    points_back: int
    money_back: int
    claw_back: int
    reward_back: int


def reverse_whole(visit: Recorded, so_far: Returned = NOTHING) -> Reversed:
    """Take back all that is left of the visit."""
    bill, excluded = visit.bill - so_far.bill, visit.excluded - so_far.excluded
    return reverse(visit, so_far, bill=bill, excluded=excluded)


def reverse(visit: Recorded, so_far: Returned, *, bill: int, excluded: int = 0) -> Reversed:
    """Take back a part: so much of the bill, and so much of its excluded lines.

    Raises ReturnWholeError: if the points that stay spent would pay more than what stays billed.
    """
    total = Returned(so_far.bill + bill, so_far.excluded + excluded)
    if min(bill, excluded) < 0 or total.bill > visit.bill or total.excluded > visit.excluded:
        raise ValueError(bill, excluded)
    points_due = _due(visit.points, visit, total)
    points_back = min(points_due - so_far.points, bill // KOPECKS)
    if KOPECKS * (visit.points - so_far.points - points_back) > visit.bill - total.bill:
        raise ReturnWholeError
    money_back = bill + excluded - KOPECKS * points_back
    claw_due = max(0, _due(visit.earned, visit, total) - visit.ended)
    claw_back = max(0, claw_due - so_far.clawed)
    # What ended unused of the patient's lot is no matter of the other's reward.
    reward_back = _due(visit.reward, visit, total) - _due(visit.reward, visit, so_far)
    return Reversed(bill, excluded, points_back, money_back, claw_back, reward_back)


def _due(amount: int, visit: Recorded, total: Returned) -> int:
    """The share of an amount that falls to all parts so far."""
    if visit.bill:
        return amount * total.bill // visit.bill
    # Nothing was billed, yet a regular visit may have had its bonus: it stays to the last line.
    return amount if total.excluded == visit.excluded else 0


def backwards(spent: Sequence[int], already: int, points: int) -> tuple[int, ...]:
    """What goes back to each lot, the last one spent from first.

    `spent` is in the spending order; `already` points of it have gone back before.
    """
    before = _filled(reversed(spent), already)
    now = _filled(reversed(spent), already + points)
    return tuple(new - old for old, new in zip(before, now, strict=True))[::-1]


def _filled(lots: Iterable[int], points: int) -> list[int]:
    """Fill one lot after the other with the points."""
    filled = []
    for lot in lots:
        filled.append(min(lot, points))
        points -= filled[-1]
    return filled


def claw(points: int, lots: Sequence[int]) -> tuple[tuple[int, ...], int]:
    """What is taken from each lot, and the debt that is left.

    `lots` are what remains in them: the visit's own first, the others in the spending order.
    """
    taken = _filled(lots, points)
    return tuple(taken), points - sum(taken)


def back_until(programme: Programme, ends_at: datetime, day: date, zone: ZoneInfo) -> datetime:
    """The end of points that go back to a lot on this day.

    Its own, if that leaves enough days to use them; else they need a new lot with this end.
    """
    return max(ends_at, end_after(day + timedelta(programme.returned_lot_days), zone))
