"""What taking a visit back, whole or in part, moves: worked out before anything has moved
(programme: Reversal).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from loyalty.branches import Branch
from loyalty.counting import KOPECKS, Part, is_outside
from loyalty.desk.purse import Purse, spendable
from loyalty.people import Wallet
from loyalty.points import Credit, Debit, Lot, Move, Operation, Reason, Refund
from loyalty.ports import Transaction
from loyalty.reversing import (
    Recorded,
    Returned,
    Reversed,
    back_until,
    backwards,
    claw,
    reverse,
    reverse_whole,
)
from loyalty.visits import Reversal, Slice, Visit, left


@dataclass(frozen=True, slots=True)
class TakeBack:
    """`slices` are what goes back of the bill's parts. `debt` is how much the wallet's debt grows;
    below nothing: returned points settle some.

    `wallet` is None where no points move: nobody's visit, the training patient's, or of a patient
    who is erased.
    """

    wallet: Wallet | None
    back: Reversed
    slices: tuple[Slice, ...]
    moves: Sequence[Move] = ()
    debt: int = 0

    @property
    def after(self) -> Wallet:
        """The wallet with its tier's progress and its debt as they become."""
        assert self.wallet is not None  # noqa: S101 (asked where points move; told to the types)
        paid = self.wallet.cash_paid - self.back.money_back
        return replace(self.wallet, cash_paid=paid, debt=self.wallet.debt + self.debt)


@dataclass(frozen=True, slots=True)
class Pot:
    """Points within reach: a lot (None: a new one) and what of the spent points returns there."""

    ends_at: datetime
    returned: int
    lot: Lot | None = None

    @property
    def points(self) -> int:
        return self.returned + (self.lot.remaining if self.lot else 0)

    def move(self, wallet: int, taken: int) -> Move | None:
        """What returns here less what is taken from here again."""
        change = self.returned - taken
        if change == 0:
            return None
        if self.lot is None:
            return Credit(wallet, Reason.RETURNED, change, self.ends_at)
        return Refund(self.lot, change) if change > 0 else Debit(self.lot, -change)


def take_back(
    tx: Transaction, visit: Visit, branch: Branch, slices: Sequence[Slice] | None = None
) -> TakeBack:
    """These slices of the bill, or all that is left. The wallet is locked where it is to change.

    Raises ReturnWholeError.
    """
    before = tx.desk.reversals(visit.id)
    named = left(visit, before) if slices is None else tuple(slices)
    part = _Part(visit, _so_far(before), None if slices is None else _split(tx, visit, named))
    operation = tx.ledger.operation(f"visit:{visit.id}")
    if visit.patient is None or operation is None:
        return TakeBack(None, part.reversed(), named)
    patient = tx.people.patient(visit.patient)
    if patient.erased:
        return TakeBack(None, _money_only(part.reversed()), named)
    wallet = tx.people.wallet(patient.wallet)
    lots, made = tx.ledger.lots(wallet.id), tx.ledger.lots_of(operation.id)
    own = _own(lots, made)
    ended = sum(lot.remaining for lot in own if lot.ends_at <= tx.now)
    ended += tx.ledger.swept([lot.id for lot in made])
    back = part.reversed(ended)
    returned = _returned(tx, branch, wallet, operation, part.so_far.points, back.points_back)
    alive = [Pot(lot.ends_at, 0, lot) for lot in lots if lot.ends_at > tx.now]
    pots = _in_order(_merged(alive, returned), own)
    taken, debt = _taken(pots, back, wallet.debt)
    moves = [pot.move(wallet.id, points) for pot, points in zip(pots, taken, strict=True)]
    return TakeBack(wallet, back, named, [move for move in moves if move], debt)


@dataclass(frozen=True, slots=True)
class _Part:
    """What is to go back of a visit; `split` is bill and excluded, None: all that is left."""

    visit: Visit
    so_far: Returned
    split: tuple[int, int] | None

    def reversed(self, ended: int = 0) -> Reversed:
        """Raises ReturnWholeError."""
        visit = self.visit
        bill = visit.bill - visit.excluded
        recorded = Recorded(bill, visit.excluded, visit.points, visit.earned, ended, visit.reward)
        if self.split is None:
            return reverse_whole(recorded, self.so_far)
        bill, excluded = self.split
        return reverse(recorded, self.so_far, bill=bill, excluded=excluded)


def _split(tx: Transaction, visit: Visit, slices: Sequence[Slice]) -> tuple[int, int]:
    """How much of the slices had a share in the points, and how much was excluded."""
    programme = tx.programmes.numbered(visit.programme)
    excluded = 0
    for one in slices:
        part = visit.parts[one.part]
        if is_outside(programme, Part(part.sum, part.category, part.excluded)):
            excluded += one.sum
    return sum(one.sum for one in slices) - excluded, excluded


def _money_only(back: Reversed) -> Reversed:
    return replace(back, points_back=0, claw_back=0)


def as_if_taken_back(
    tx: Transaction, money: Purse, visit: Visit, branch: Branch, day: date
) -> Purse:
    """The purse with this visit undone: what a card of the day that corrects it counts with."""
    plan = take_back(tx, visit, branch)
    if plan.wallet is None or plan.wallet.id != money.wallet:
        return money
    usable = (m for m in plan.moves if isinstance(m, Credit) or spendable(tx, m.lot, branch, day))
    return replace(
        money,
        balance=money.balance + sum(move.change for move in plan.moves),
        available=money.available + sum(move.change for move in usable),
        cash_paid=plan.after.cash_paid,
        debt=plan.after.debt,
    )


def _so_far(reversals: Sequence[Reversal]) -> Returned:
    """What of a bill was not returned in money was returned in points, also to the erased."""
    bill = sum(r.bill for r in reversals)
    total = sum(r.total for r in reversals)
    return Returned(
        bill=bill,
        excluded=total - bill,
        points=(total - sum(r.money for r in reversals)) // KOPECKS,
        clawed=sum(r.clawed for r in reversals),
    )


def _own(lots: Sequence[Lot], made: Sequence[Lot]) -> set[Lot]:
    """What the visit earned, also where it was poured into the wallet of a family."""
    numbers = {lot.id for lot in made}
    return {lot for lot in lots if lot.id in numbers or lot.moved_from in numbers}


def _returned(
    tx: Transaction, branch: Branch, wallet: Wallet, visit: Operation, already: int, points: int
) -> list[Pot]:
    """To the lots they came from, the last one first. A lot that ends too soon, or stayed behind
    in another wallet, leaves its points to a new one."""
    spent = tx.ledger.taken_by(visit.id)
    shares = backwards([taken for _, taken in spent], already, points)
    today = branch.today(tx.now)
    pots = []
    for (lot, _), share in zip(spent, shares, strict=True):
        ends_at = back_until(tx.programme, lot.ends_at, today, branch.where)
        stays = lot.wallet == wallet.id and ends_at == lot.ends_at
        pots.append(Pot(ends_at, share, lot if stays else None))
    return [pot for pot in pots if pot.returned]


def _merged(alive: Sequence[Pot], returned: Sequence[Pot]) -> list[Pot]:
    """One pot for a lot, and one new lot for all points that end alike."""
    merged: dict[tuple[datetime, int | None], Pot] = {}
    for pot in (*alive, *returned):
        key = (pot.ends_at, pot.lot.id if pot.lot else None)
        before = merged.get(key)
        merged[key] = replace(pot, returned=pot.returned + (before.returned if before else 0))
    return list(merged.values())


def _in_order(pots: Sequence[Pot], own: set[Lot]) -> list[Pot]:
    """As points are clawed back: from what the visit earned, then in the spending order."""

    def place(pot: Pot) -> tuple[bool, datetime, bool, int]:
        return (pot.lot not in own, pot.ends_at, pot.lot is None, pot.lot.id if pot.lot else 0)

    return sorted(pots, key=place)


def _taken(pots: Sequence[Pot], back: Reversed, debt: int) -> tuple[list[int], int]:
    """What leaves each pot for the claw-back and for debt, and how much the debt grows."""
    clawed, short = claw(back.claw_back, [pot.points for pot in pots])
    left = [pot.points - points for pot, points in zip(pots, clawed, strict=True)]
    settled, _ = claw(min(debt, back.points_back), left)
    return [sum(both) for both in zip(clawed, settled, strict=True)], short - sum(settled)
