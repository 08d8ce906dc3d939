"""The patient's tap: points found by phone or name are spent only when their phone agrees."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from loyalty.branches import Branch
from loyalty.desk.card import Spending, lay_out
from loyalty.desk.drafting import ASKED_FOR
from loyalty.errors import Refusal
from loyalty.ports import Transaction
from loyalty.visits import Draft, DraftState


class SpendRequestOverError(Refusal):
    """Ten minutes have passed, the sum has changed, or the visit is recorded."""

    text = "refusal-spend-request-over"


@dataclass(frozen=True, slots=True)
class SpendFacts:
    """What a phone asks: so many points for a visit, what is left to pay in kopecks.

    `past_day`: of a visit that wasn't today. `name`: of several patients of one account, whose it
    is. It can be answered till `until`.
    """

    draft: int
    points: int
    cash: int
    past_day: date | None
    name: str | None
    branch: Branch
    until: datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """What the patient said; `cash` is what is left to pay, in kopecks."""

    draft: int
    agreed: bool
    points: int
    cash: int


def request(tx: Transaction, telegram: int, draft: int, points: int) -> SpendFacts:
    """The question as it stands now. Raises SpendRequestOverError."""
    kept = _draft_of(tx, telegram, draft)
    if kept.asked_until is None or not _waits(tx, kept, points):
        raise SpendRequestOverError
    branch = tx.branches.branch(kept.branch)
    return SpendFacts(
        draft=kept.id,
        points=points,
        cash=kept.bill - 100 * points,
        past_day=None if kept.day == branch.today(tx.now) else kept.day,
        name=_name(tx, telegram, kept),
        branch=branch,
        until=kept.asked_until,
    )


def _name(tx: Transaction, telegram: int, draft: Draft) -> str | None:
    account = tx.people.account_of(telegram)
    family = [patient for patient, _ in tx.people.spoken_for(account.id)] if account else []
    several = len(family) > 1
    return next((p.name for p in family if several and p.id == draft.patient), None)


def answer(tx: Transaction, telegram: int, draft: int, points: int, agrees: bool) -> Answered:
    """What the patient tapped. It stands for these points and this visit only; tapped twice, once.

    Raises SpendRequestOverError.
    """
    kept = _draft_of(tx, telegram, draft)
    if agrees:
        _agree(tx, kept, points)
    else:
        _decline(tx, kept, points)
    return Answered(kept.id, agrees, points, kept.bill - 100 * points * agrees)


def refuse(tx: Transaction, telegram: int, draft: int) -> int:
    """Nothing is spent at this draft, whatever was asked or agreed; a recorded one stays as it is.

    Raises SpendRequestOverError: the presser speaks for nobody there.
    """
    kept = _draft_of(tx, telegram, draft)
    if kept.open and not _spends_nothing(kept):
        tx.desk.save_draft(_unspent(kept))
    return kept.id


def _draft_of(tx: Transaction, telegram: int, draft: int) -> Draft:
    """The draft of somebody for whom the presser speaks. Raises SpendRequestOverError."""
    try:
        kept = tx.desk.draft(draft)
    except LookupError as unknown:
        raise SpendRequestOverError from unknown
    account = tx.people.account_of(telegram)
    if account is None or kept.patient is None:
        raise SpendRequestOverError
    if all(other.id != account.id for other in tx.people.speaking_for(kept.patient)):
        raise SpendRequestOverError
    return kept


def _waits(tx: Transaction, draft: Draft, points: int) -> bool:
    """Whether the card still asks for exactly these points."""
    if draft.asked_until is None or tx.now >= draft.asked_until or draft.asked_points != points:
        return False
    laid = lay_out(tx, draft)
    return draft.open and laid.spending is not Spending.OFF and laid.points == points


def _agree(tx: Transaction, draft: Draft, points: int) -> None:
    if _agreed_before(tx, draft, points):
        return
    if not _waits(tx, draft, points):
        raise SpendRequestOverError
    until = tx.now + ASKED_FOR
    agreed = replace(draft, consent_until=until, consent_points=points, asked_until=None)
    tx.desk.save_draft(agreed)


def _decline(tx: Transaction, draft: Draft, points: int) -> None:
    if draft.open and _spends_nothing(draft):
        return  # said before, or staff have thought better of it
    agreed = draft.open and _agreed_before(tx, draft, points)  # and has changed their mind
    if not agreed and not _waits(tx, draft, points):
        raise SpendRequestOverError
    tx.desk.save_draft(_unspent(draft))


def _spends_nothing(draft: Draft) -> bool:
    return draft.points == 0 and not draft.most


def _unspent(draft: Draft) -> Draft:
    return replace(
        draft,
        points=0,
        most=False,
        asked_until=None,
        asked_points=None,
        consent_until=None,
        consent_points=None,
        revision=draft.revision + 1,
    )


def _agreed_before(tx: Transaction, draft: Draft, points: int) -> bool:
    if draft.consent_points != points or draft.consent_until is None:
        return False
    if draft.state is DraftState.RECORDED:
        visit = tx.desk.visit(draft.id)
        return visit is not None and visit.points == points
    return draft.open and tx.now < draft.consent_until
