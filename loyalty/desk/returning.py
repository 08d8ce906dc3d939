"""Money returned, the whole of a visit (programme: corrections)."""

from collections.abc import Collection
from dataclasses import dataclass

from loyalty.desk.asking import ask_managers
from loyalty.desk.correcting import (
    ReversedAlreadyError,
    beyond_limits,
    correctable,
    held,
    untouched,
    write_reversal,
)
from loyalty.desk.takeback import TakeBack, take_back
from loyalty.ports import Transaction
from loyalty.requests import Request, RequestKind, RequestState
from loyalty.team import Member
from loyalty.visits import Reversal, ReversalKind, Visit


@dataclass(frozen=True, slots=True)
class Returnable:
    """What a return of the visit would move; `waits`: only with a manager's tap."""

    plan: TakeBack
    waits: bool


@dataclass(frozen=True, slots=True)
class MoneyBack:
    """What was asked, and what came of it: without a reversal it waits for a manager."""

    request: Request
    reversal: Reversal | None


def returnable(tx: Transaction, by: Member, visit: int) -> Returnable:
    """Raises OtherBranchError, OwnPocketError, ReversedAlreadyError."""
    return _returnable(tx, correctable(tx, by, visit))


def return_money(
    tx: Transaction,
    by: Member,
    name: str,
    visit: int,
    reason: str,
    owners: Collection[int],
    *,
    place: str = "",
) -> MoneyBack:
    """Return the whole visit, or ask for it; asked twice, it is one request.

    `place` is the chat and the message where it is asked.

    Anyone now on staff of the branch may, up to a sum for a visit in all and so many days after
    it; beyond that a manager or an owner decides.
    Raises OtherBranchError, OwnPocketError, ReversedAlreadyError.
    """
    found = held(tx, by, visit)
    asked = tx.desk.asked_about(visit)
    if asked and asked[-1].state is not RequestState.REFUSED:
        return _asked_before(tx, by, asked[-1])
    allowed = _returnable(tx, correctable(tx, by, visit))
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
        )
    )
    if not allowed.waits:
        return MoneyBack(request, carry_out(tx, request))
    ask_managers(tx, request, owners)
    return MoneyBack(request, None)


def carry_out(tx: Transaction, request: Request) -> Reversal:
    """The return that was asked for, in the name of whoever asked.

    Raises ReversedAlreadyError: something has been taken back meanwhile.
    """
    assert request.visit is not None  # noqa: S101 (a return has a visit; told to the types)
    visit = untouched(tx, request.visit)
    return write_reversal(tx, request.asked_by, request.asked_name, visit, ReversalKind.RETURNED)


def _asked_before(tx: Transaction, by: Member, request: Request) -> MoneyBack:
    reversals = tx.desk.reversals(request.visit or 0)
    if reversals and request.asked_by != by.telegram:
        raise ReversedAlreadyError(name=reversals[-1].made_name)
    return MoneyBack(request, reversals[-1] if reversals else None)


def _returnable(tx: Transaction, visit: Visit) -> Returnable:
    plan = take_back(tx, visit, tx.branches.branch(visit.branch))
    return Returnable(plan, waits=beyond_limits(tx, visit, plan.back.money_back))
