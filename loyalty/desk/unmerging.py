"""A merge is undone: the records were of two people after all (programme: merge)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from loyalty import arriving
from loyalty.branches import Branch
from loyalty.dates import end_after
from loyalty.desk import gifts, merging
from loyalty.desk.recording import take
from loyalty.errors import OutOfTurnError, Refusal
from loyalty.family import same_lot
from loyalty.ledger import post
from loyalty.merges import GivenSince, Merge
from loyalty.people import SpendingOff, both
from loyalty.points import Credit, Debit, Kind, Lot, Move, Reason, Refund
from loyalty.ports import Transaction
from loyalty.requests import Request, RequestKind, RequestState


class MergedFurtherError(Refusal):
    """The patient has been merged again: that is to be undone first."""

    text = "refusal-merged-further"


class ErasedSinceError(Refusal):
    text = "refusal-erased-since"


class AccountsChangedError(Refusal):
    """An account has come to the patient or left: nobody can tell whose of the two it is."""

    text = "refusal-accounts-changed"


class CorrectedSinceError(Refusal):
    """A visit of before the merge was taken back since, into the wallet that both share."""

    text = "refusal-corrected-since"


def undo(tx: Transaction, request: Request) -> Request:
    """Every visit, account and point of the record that had gone goes back; what happened since
    stays with the other one. Done twice, it is done once.

    Points of the one that the other has spent meanwhile come from the other's; what that wallet
    lacks it owes.
    Raises OutOfTurnError: nothing was merged. MergedFurtherError, ErasedSinceError,
    AccountsChangedError, CorrectedSinceError.
    """
    merge = undoable(tx, request.id, hold=True)
    if merge.pours:
        _pour_back(tx, merge, tx.branches.branch(request.branch))
    tx.merges.carry_back(merge)
    _empty_again(tx, merge)
    merging.tell(tx, merge, [merge.kept, merge.gone], "merge-undone")
    undone = replace(request, state=RequestState.UNDONE)
    tx.desk.save_request(undone)
    return undone


def undoable(tx: Transaction, request: int, *, hold: bool = False) -> Merge:
    """The merge, if nothing stands in the way of undoing it.

    Raises OutOfTurnError, MergedFurtherError, ErasedSinceError, AccountsChangedError,
    CorrectedSinceError.
    """
    merge = tx.merges.merge(request)
    if merge is None or merge.undone_at is not None:
        raise OutOfTurnError
    if hold:
        tx.merges.hold(sorted((merge.kept, merge.gone)))
    _check(tx, merge)
    return merge


def _check(tx: Transaction, merge: Merge) -> None:
    kept = tx.people.patient(merge.kept)
    if kept.merged_into is not None:
        raise MergedFurtherError
    if kept.erased:
        raise ErasedSinceError
    if kept.wallet != merge.kept_wallet or not tx.merges.bonds_stand(merge):
        raise AccountsChangedError
    if merge.pours and tx.merges.corrected_since(merge):
        raise CorrectedSinceError


def _empty_again(tx: Transaction, merge: Merge) -> None:
    """What the kept record lacked it lacks again, unless somebody has written it anew."""
    kept, gone = tx.people.patient(merge.kept), tx.people.patient(merge.gone)
    same = [what for what in merge.filled if getattr(kept, what) == getattr(gone, what)]
    nothing: dict[str, Any] = dict.fromkeys(same)
    tx.people.save_patient(replace(kept, **nothing))


# --- points ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Poured:
    """A lot of the emptied wallet, what it became, and how many points that was.

    `was` is None where it was asked for before and came only when the wallet was empty.
    """

    was: Lot | None
    became: Lot
    points: int


@dataclass(frozen=True, slots=True)
class Parting:
    """What dividing the records moves.

    `back` points that can still be spent go to the record that had gone, of which `spent` had paid
    for the other one; that one owes `debt` then.
    """

    moves: Sequence[Move]
    back: int
    spent: int
    debt: int


def parting(tx: Transaction, merge: Merge, branch: Branch) -> Parting | None:
    """To be shown before it is done; None: the wallet was one all along, no point moves."""
    if not merge.pours:
        return None
    return _parting(tx, merge, branch, tx.people.wallet(merge.kept_wallet).debt)


def _parting(tx: Transaction, merge: Merge, branch: Branch, owes: int) -> Parting:
    since = _given_since(tx, merge)
    poured = _poured(tx, merge, since)
    spent = {one.became.id: _spent(tx, one) for one in poured}
    repaid = _repaid(tx, merge, branch, since)
    lacks = sum(spent.values()) + sum(one.points for one in repaid)
    own = _own(tx, merge, poured)
    taken = take(own, lacks)
    welcome, short = _welcome_back(tx, merge, lacks - _sum(taken))
    settled, debt = _debts(merge, owes, short)
    moves: list[Move] = [
        *(Debit(one.became, one.became.remaining) for one in poured if one.became.remaining),
        *taken,
        *(_given_back(merge, one, back) for one in poured if (back := _back(one, spent))),
        *repaid,
        *welcome,
        *_returned(tx, merge, branch, settled),
    ]
    back = sum(_back(one, spent) for one in poured if one.became.ends_at > tx.now)
    back += sum(one.points for one in welcome if one.lot.wallet == merge.gone_wallet)
    back += sum(one.points for one in repaid)
    return Parting(moves, back, lacks, debt)


def _pour_back(tx: Transaction, merge: Merge, branch: Branch) -> None:
    numbers = sorted((merge.kept_wallet, merge.gone_wallet))
    held = {number: tx.people.wallet(number) for number in numbers}
    into, empty = held[merge.kept_wallet], held[merge.gone_wallet]
    _prolong_alike(tx, _poured(tx, merge, ()))
    parts = _parting(tx, merge, branch, into.debt)
    if parts.moves:
        given = [merge.kept, merge.gone]
        post(tx, f"merge-undone:{merge.request}", Kind.MERGE_UNDONE, given, parts.moves)
    kept_off, gone_off = _spending_off(merge, into.spending_off)
    cash = into.cash_paid - merge.cash
    tx.people.save_wallet(replace(into, cash_paid=cash, debt=parts.debt, spending_off=kept_off))
    cash, debt = merge.cash, merge.debt
    tx.people.save_wallet(replace(empty, cash_paid=cash, debt=debt, spending_off=gone_off))


def _given_since(tx: Transaction, merge: Merge) -> Sequence[GivenSince]:
    """What a card brings is told by its lot alone; what is missing of it went into debt."""
    return [
        arriving.in_full(tx, one) if one.kind is RequestKind.FRIENDS else one
        for one in tx.merges.given_since(merge)
    ]


def _poured(tx: Transaction, merge: Merge, since: Sequence[GivenSince]) -> list[Poured]:
    came = [Poured(None, one.lot, one.points) for one in since if one.lot is not None]
    operation = tx.ledger.operation(f"merge:{merge.request}")
    if operation is None:
        return came
    taken, made = tx.ledger.taken_by(operation.id), tx.ledger.lots_of(operation.id)
    pairs = zip(taken, made, strict=True)
    return [*(Poured(was, now, points) for (was, points), now in pairs), *came]


def _repaid(
    tx: Transaction, merge: Merge, branch: Branch, since: Sequence[GivenSince]
) -> list[Credit]:
    """What debt took of gifts of which no lot is left to bring it back: it was paid, whether or
    not the gift would have ended by now, and then it comes as what was paid does.
    """
    back = []
    for one in since:
        if one.settled and (one.lot is None or one.lot.ends_at <= tx.now):
            reason, ends_at = _as_it_came(tx, one)
            if ends_at <= tx.now:
                reason, ends_at = Reason.RETURNED, _end_of_returned(tx, branch)
            back.append(Credit(merge.gone_wallet, reason, one.settled, ends_at))
    return back


def _as_it_came(tx: Transaction, one: GivenSince) -> tuple[Reason, datetime]:
    _, rules = tx.programmes.before(one.at)
    if one.kind is RequestKind.FRIENDS:
        return Reason.FRIEND, arriving.end_of(tx, one.at, rules)
    where = tx.branches.branch(one.branch)
    return gifts.MADE[one.kind][1], gifts.end_of(where, one.at, rules)


def _prolong_alike(tx: Transaction, poured: Sequence[Poured]) -> None:
    """What waits for a visit by now goes on waiting where it was, and not once more."""
    for one in poured:
        if one.was and one.was.prolonged_by is None and one.became.prolonged_by is not None:
            tx.ledger.prolong(one.was.id, one.became.ends_at, one.became.prolonged_by)


def _spent(tx: Transaction, one: Poured) -> int:
    """Points of the lot that paid the other's bills and debt. What has ended is nobody's loss."""
    if one.became.ends_at <= tx.now:
        return 0
    return one.points - one.became.remaining


def _own(tx: Transaction, merge: Merge, poured: Sequence[Poured]) -> list[Lot]:
    """What the kept wallet has besides, in the spending order."""
    others = {one.became.id for one in poured}
    lots = tx.ledger.lots(merge.kept_wallet)
    return [lot for lot in lots if lot.id not in others and lot.ends_at > tx.now]


def _sum(taken: Sequence[Debit]) -> int:
    return sum(debit.points for debit in taken)


def _back(one: Poured, spent: dict[int, int]) -> int:
    return one.became.remaining + spent[one.became.id]


def _given_back(merge: Merge, one: Poured, points: int) -> Move:
    if one.was is not None:
        return Refund(one.was, points)
    return replace(same_lot(one.became, merge.gone_wallet), points=points)


def _welcome_back(tx: Transaction, merge: Merge, short: int) -> tuple[list[Refund], int]:
    """What comes back of a second welcome and gift by a card, and what is short even so: the kept
    wallet's own pay, as if they had never ended.
    """
    back = []
    for lot, points in merging.lapsed(tx, merge):
        pays = lot.wallet == merge.kept_wallet and lot.ends_at > tx.now
        left = max(0, points - short) if pays else points
        short -= points - left
        back += [Refund(lot, left)] if left else []
    return back, short


def _debts(merge: Merge, debt: int, short: int) -> tuple[int, int]:
    """What of the other's debt was paid since and comes back in points, and what the kept wallet
    owes then: its own debt, and what it has spent of the other's points and doesn't hold.
    """
    paid, owed = max(0, merge.debt - debt), max(0, debt - merge.debt) + short
    settled = min(paid, owed)
    return paid - settled, owed - settled


def _returned(tx: Transaction, merge: Merge, branch: Branch, points: int) -> list[Credit]:
    ends_at = _end_of_returned(tx, branch)
    return [Credit(merge.kept_wallet, Reason.RETURNED, points, ends_at)] if points else []


def _end_of_returned(tx: Transaction, branch: Branch) -> datetime:
    ends_on = branch.today(tx.now) + timedelta(days=tx.programme.returned_lot_days)
    return end_after(ends_on, branch.where)


def _spending_off(
    merge: Merge, now: SpendingOff | None
) -> tuple[SpendingOff | None, SpendingOff | None]:
    """As each was before; what was stopped or let go since counts for both."""
    if now is both(merge.kept_off, merge.gone_off):
        return merge.kept_off, merge.gone_off
    return now, now
