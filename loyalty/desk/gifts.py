"""Points given by hand (programme: by hand), and how they reach a wallet, whatever for."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from loyalty.branches import Branch
from loyalty.dates import end_after, last_day
from loyalty.desk.access import check_works
from loyalty.desk.asking import ask_managers
from loyalty.desk.purse import keep_out_of_own_pocket, purse
from loyalty.desk.readers import reads_wallet
from loyalty.errors import Refusal
from loyalty.ledger import post
from loyalty.letters import Letter
from loyalty.people import Patient
from loyalty.points import Credit, Kind, Reason
from loyalty.ports import Transaction
from loyalty.programme import Programme
from loyalty.requests import Request, RequestKind, RequestState
from loyalty.team import Member

LARGEST = 100_000


# What a request makes: good will is given as gifts are, and counted apart from them.
MADE = {
    RequestKind.GIFT: (Kind.GIFT, Reason.GIFT),
    RequestKind.GOOD_WILL: (Kind.GOOD_WILL, Reason.GOOD_WILL),
}


class GiftSizeError(Refusal):
    """A gift is a whole number of points, not less than one."""

    text = "refusal-gift-size"


@dataclass(frozen=True, slots=True)
class Given:
    """What was asked, and the last day of the points: None while it waits for a manager, and
    where all of it settled debt.
    """

    request: Request
    ends_on: date | None


def size(points: int) -> int:
    """The number, if it can be given. Raises GiftSizeError."""
    if not 0 < points <= LARGEST:
        raise GiftSizeError(most=LARGEST)
    return points


def give(
    tx: Transaction,
    by: Member,
    name: str,
    patient: int,
    points: int,
    reason: str,
    *,
    source: str,
    owners: Collection[int],
) -> Given:
    """Give points, or ask for it; the same `source` again is the same gift.

    Any staff may, on no wallet of their own, up to so many points a wallet and a branch; beyond
    that a manager or an owner decides.
    Raises NotStaffError, OwnPocketError, GiftSizeError.
    """
    check_works(tx, by)
    whom = tx.people.patient(patient).check_kept()
    keep_out_of_own_pocket(tx, by.telegram, whom)
    tx.people.wallet(whom.wallet)
    if known := tx.desk.request_from(source):
        return given(tx, known)
    waits = _beyond_limits(tx, by, whom, points)
    request = tx.desk.add_request(
        Request(
            id=0,
            source=source,
            branch=by.branch,
            kind=RequestKind.GIFT,
            amount=size(points),
            reason=reason,
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
    return carry_out(tx, request)


def carry_out(tx: Transaction, request: Request) -> Given:
    """The points that were asked for; they settle debt first."""
    whom = _whom(tx, request).check_kept()
    wallet = tx.people.wallet(whom.wallet)
    settled = min(wallet.debt, request.amount)
    post(
        tx,
        _key(request),
        MADE[request.kind][0],
        [request.id, request.amount],
        _credits(tx, request, wallet.id, request.amount - settled),
        replace(wallet, debt=wallet.debt - settled),
    )
    for account in tx.people.speaking_for(whom.id):
        key = f"{_key(request)}:{account.id}"
        tx.outbox.put(key, request.kind, account.id, request=request.id, settled=settled)
    return given(tx, request)


def given(tx: Transaction, request: Request) -> Given:
    """What has come of the request so far."""
    operation = tx.ledger.operation(_key(request))
    lots = tx.ledger.lots_of(operation.id) if operation else ()
    where = tx.branches.branch(request.branch).where
    return Given(request, last_day(lots[0].ends_at, where) if lots else None)


def _credits(tx: Transaction, request: Request, wallet: int, points: int) -> list[Credit]:
    branch = tx.branches.branch(request.branch)
    ends_at = end_of(branch, tx.now, tx.programme)
    return [Credit(wallet, MADE[request.kind][1], points, ends_at)] if points else []


def end_of(branch: Branch, given_at: datetime, rules: Programme) -> datetime:
    ends_on = branch.today(given_at) + timedelta(days=rules.good_will_days)
    return end_after(ends_on, branch.where)


def _beyond_limits(tx: Transaction, by: Member, whom: Patient, points: int) -> bool:
    rules, branch = tx.programme, tx.branches.hold(by.branch)  # one count of the day at a time
    lately = tx.now - timedelta(days=rules.gift_wallet_days)
    yesterday = branch.today(tx.now) - timedelta(days=1)
    before_today = end_after(yesterday, branch.where) - timedelta(microseconds=1)
    gift = RequestKind.GIFT
    to_wallet = tx.desk.granted(gift, lately, branch=None, wallet=whom.wallet)
    by_branch = tx.desk.granted(gift, before_today, branch=by.branch, wallet=None)
    return to_wallet + points > rules.gift_wallet or by_branch + points > rules.gift_branch


def _whom(tx: Transaction, request: Request) -> Patient:
    assert request.patient is not None  # noqa: S101 (a gift has a patient; told to the types)
    return tx.people.patient(request.patient)


def _key(request: Request) -> str:
    return f"{request.kind}:{request.id}"


# --- read again as the letter leaves ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GiftFacts:
    """Points for who received them: `settled` went into debt. `balance` and `debt` are left.

    Where the points are in another wallet than the reader's, these two are None. `ended_before`:
    they come in place of points that had ended. `by_card`: they are to who came by a card.
    """

    points: int
    settled: int
    ends_on: date | None
    balance: int | None
    debt: int | None
    ended_before: bool = False
    by_card: bool = False


def facts_of(tx: Transaction, letter: Letter) -> GiftFacts:
    request = tx.desk.request(letter.arguments["request"])
    gift, whom = given(tx, request), _whom(tx, request)
    good_will = request.kind is RequestKind.GOOD_WILL
    facts = GiftFacts(
        request.amount, letter.arguments["settled"], gift.ends_on, None, None, good_will
    )
    if not reads_wallet(tx, letter, whom.wallet):
        return facts
    money = purse(tx, whom.wallet, tx.branches.branch(request.branch))
    return replace(facts, balance=money.balance, debt=money.debt)
