"""Points that ended unused come back, a little and seldom (programme: good will)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from loyalty.dates import last_day
from loyalty.desk import gifts
from loyalty.desk.access import check_works
from loyalty.desk.asking import ask_managers
from loyalty.desk.gifts import Given
from loyalty.desk.purse import keep_out_of_own_pocket
from loyalty.errors import Refusal
from loyalty.ports import Transaction
from loyalty.requests import Request, RequestKind, RequestState
from loyalty.team import Member

A_YEAR = timedelta(days=365)


class NothingEndedError(Refusal):
    """So many points have not ended lately, or are given back already."""

    text = "refusal-nothing-ended"


@dataclass(frozen=True, slots=True)
class Ended:
    """Points that ended lately and have not been given back; `last_day` is the latest of theirs.

    `alone` is how many of them staff may give back without a manager; `days` how long they live;
    `again`: some were given back within a year.
    """

    points: int
    last_day: date | None
    alone: int
    days: int
    again: bool = False


def ended(tx: Transaction, wallet: int, asked_at: datetime | None = None) -> Ended:
    """What may be given back to the wallet now, or to who asked for it then."""
    rules = tx.programme
    lately = (asked_at or tx.now) - timedelta(days=rules.good_will_ended_days)
    lots = tx.ledger.ended(wallet, lately)
    if not lots:  # as nearly always, and every card asks
        return Ended(0, None, 0, rules.good_will_days)
    back = tx.desk.granted_by_anybody(RequestKind.GOOD_WILL, lately, wallet)
    points = max(0, sum(points for _, points in lots) - back)
    this_year = tx.desk.granted_by_anybody(RequestKind.GOOD_WILL, tx.now - A_YEAR, wallet)
    return Ended(
        points,
        last_day(lots[-1][0], tx.zone),
        alone=0 if this_year else min(points, rules.good_will),
        days=rules.good_will_days,
        again=this_year > 0,
    )


def give(
    tx: Transaction,
    by: Member,
    name: str,
    patient: int,
    points: int,
    *,
    source: str,
    owners: Collection[int],
) -> Given:
    """Give so many of them back, or ask for it; the same `source` again is the same request, and
    while one waits for a manager there is no other.

    Any staff may, on no wallet of their own, once a year a wallet and up to a limit; beyond that
    a manager or an owner decides. Not counted among gifts.
    Raises NotStaffError, OwnPocketError, PatientErasedError, PatientMergedError,
    NothingEndedError.
    """
    check_works(tx, by)
    whom = tx.people.patient(patient).check_kept()
    keep_out_of_own_pocket(tx, by.telegram, whom)
    tx.people.wallet(whom.wallet)
    if known := tx.desk.request_from(source) or _waiting(tx, whom.wallet):
        return gifts.given(tx, known)
    may = ended(tx, whom.wallet)
    if not 0 < points <= may.points:
        raise NothingEndedError
    waits = points > may.alone
    request = tx.desk.add_request(
        Request(
            id=0,
            source=source,
            branch=by.branch,
            kind=RequestKind.GOOD_WILL,
            amount=points,
            reason="",
            asked_by=by.telegram,
            asked_name=name,
            asked_at=tx.now,
            state=RequestState.WAITING if waits else RequestState.GRANTED,
            patient=patient,
        )
    )
    if waits:
        ask_managers(tx, request, owners)
        return Given(request, None)
    return gifts.carry_out(tx, request)


def check_still(tx: Transaction, request: Request) -> None:
    """Raises NothingEndedError: of what had ended when it was asked, not so much is left."""
    assert request.patient is not None  # noqa: S101 (good will is somebody's; told to the types)
    wallet = tx.people.wallet(tx.people.patient(request.patient).wallet)
    if request.amount > ended(tx, wallet.id, request.asked_at).points:
        raise NothingEndedError


def about(tx: Transaction, request: Request) -> Ended | None:
    """What ended of the wallet, while a manager thinks about giving it back."""
    asks = request.kind is RequestKind.GOOD_WILL and request.state is RequestState.WAITING
    if not asks or request.patient is None:
        return None
    return ended(tx, tx.people.patient(request.patient).wallet, request.asked_at)


def _waiting(tx: Transaction, wallet: int) -> Request | None:
    """For whomever of a family it is: what ended is the wallet's."""
    for whose in tx.people.sharing(wallet):
        for waiting in tx.desk.waiting_about(whose.id):
            if waiting.kind is RequestKind.GOOD_WILL:
                return waiting
    return None
