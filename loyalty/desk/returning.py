"""Money returned, the whole of a visit or a part of it (programme: corrections, Reversal)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from loyalty.desk.asking import ask_managers
from loyalty.desk.correcting import (
    ReversedAlreadyError,
    beyond_limits,
    held,
    standing,
    write_reversal,
)
from loyalty.desk.takeback import TakeBack, take_back
from loyalty.errors import Kopecks, Refusal
from loyalty.ports import Transaction
from loyalty.requests import Request, RequestKind, RequestState
from loyalty.team import Member
from loyalty.visits import Reversal, ReversalKind, Slice, Visit, left


class TooMuchToReturnError(Refusal):
    """Of that part of the bill less is left (`left`), or nothing was asked for."""

    text = "refusal-too-much-to-return"


class ReturnedMeanwhileError(Refusal):
    """Somebody returned a part since the question was asked: its sums are of before."""

    text = "refusal-returned-meanwhile"


class ReturnWaitsError(Refusal):
    """A manager has still to decide about another return of this visit."""

    text = "refusal-return-waits"


@dataclass(frozen=True, slots=True)
class Returnable:
    """What a return of the visit would move; `waits`: only with a manager's tap.

    `left` is what of the bill's parts can go back at all, `n` the number of the reversal.
    """

    plan: TakeBack
    waits: bool
    left: Sequence[Slice]
    n: int


@dataclass(frozen=True, slots=True)
class MoneyBack:
    """What was asked, and what came of it: without a reversal it waits for a manager."""

    request: Request
    reversal: Reversal | None


def returnable(
    tx: Transaction,
    by: Member,
    visit: int,
    slices: Sequence[Slice] | None = None,
    *,
    n: int | None = None,
) -> Returnable:
    """What these slices would move, or all that is left; `n` is the reversal that was asked about.

    Raises OtherBranchError, OwnPocketError, ReversedAlreadyError, TooMuchToReturnError,
    ReturnWholeError, ReturnWaitsError, ReturnedMeanwhileError.
    """
    held(tx, by, visit)
    found = standing(tx, visit)
    _check_none_waits(tx, visit)
    back = _returnable(tx, found, slices)
    if n is not None and n != back.n:
        raise ReturnedMeanwhileError(name=tx.desk.reversals(visit)[-1].made_name)
    return back


def return_money(
    tx: Transaction,
    by: Member,
    name: str,
    visit: int,
    reason: str,
    owners: Collection[int],
    *,
    slices: Sequence[Slice] | None = None,
    n: int = 1,
    place: str = "",
) -> MoneyBack:
    """Return these slices of the visit, or all that is left, as its reversal number `n`; or ask
    for it. Asked twice, it is one request.

    `place` is the chat and the message where it is asked.

    Anyone now on staff of the branch may, up to a sum for a visit in all and so many days after
    it; beyond that a manager or an owner decides.
    Raises what `returnable` raises.
    """
    found = held(tx, by, visit)
    asked = tx.desk.asked_about(visit)
    if before := _asked_before(tx, by, asked, slices, n):
        return before
    allowed = returnable(tx, by, visit, slices, n=n)
    request = tx.desk.add_request(
        Request(
            id=0,
            source=f"return:{visit}:{len(asked)}:{place}",
            branch=found.branch,
            kind=RequestKind.RETURN,
            amount=allowed.plan.back.money_back,
            reason=reason,
            asked_by=by.telegram,
            asked_name=name,
            asked_at=tx.now,
            state=RequestState.WAITING if allowed.waits else RequestState.GRANTED,
            patient=found.patient,
            visit=visit,
            n=n,
            slices=None if slices is None else tuple(slices),
        )
    )
    if not allowed.waits:
        return MoneyBack(request, carry_out(tx, request))
    ask_managers(tx, request, owners)
    return MoneyBack(request, None)


def carry_out(tx: Transaction, request: Request) -> Reversal:
    """The return that was asked for, in the name of whoever asked.

    Raises ReversedAlreadyError: all has been taken back meanwhile.
    """
    assert request.visit is not None  # noqa: S101 (a return has a visit; told to the types)
    visit, kind = standing(tx, request.visit), ReversalKind.RETURNED
    by, name = request.asked_by, request.asked_name
    return write_reversal(tx, by, name, visit, kind, request.slices)


def made_for(request: Request, reversals: Sequence[Reversal]) -> Reversal | None:
    """The reversal that this request has led to."""
    if request.state is not RequestState.GRANTED or request.n is None:
        return None
    return next((one for one in reversals if one.n == request.n), None)


def _asked_before(
    tx: Transaction,
    by: Member,
    asked: Sequence[Request],
    slices: Sequence[Slice] | None,
    n: int,
) -> MoneyBack | None:
    """The same choice of the same question: whoever presses while it waits, who pressed after."""
    chosen = None if slices is None else tuple(slices)
    alike = [one for one in asked if (one.n, one.slices) == (n, chosen)]
    if not alike or alike[-1].state is RequestState.REFUSED:
        return None
    reversal = made_for(alike[-1], tx.desk.reversals(alike[-1].visit or 0))
    if reversal and alike[-1].asked_by != by.telegram:
        raise ReversedAlreadyError(name=reversal.made_name)
    return MoneyBack(alike[-1], reversal)


def _check_none_waits(tx: Transaction, visit: int) -> None:
    if waiting := tx.desk.waiting_for_return(visit):
        raise ReturnWaitsError(name=waiting[0].asked_name)


def _returnable(tx: Transaction, visit: Visit, slices: Sequence[Slice] | None) -> Returnable:
    reversals = tx.desk.reversals(visit.id)
    rest = left(visit, reversals)
    _check_fits(rest, slices)
    plan = take_back(tx, visit, tx.branches.branch(visit.branch), slices)
    money = sum(one.money for one in reversals) + plan.back.money_back
    return Returnable(plan, beyond_limits(tx, visit, money), rest, len(reversals) + 1)


def _check_fits(rest: Sequence[Slice], slices: Sequence[Slice] | None) -> None:
    """A part of the bill is named once, and no more of it than is left."""
    left_of = {one.part: one.sum for one in rest}
    for one in slices or ():
        most = left_of.pop(one.part, 0)
        if not 0 < one.sum <= most:
            raise TooMuchToReturnError(left=Kopecks(most))
