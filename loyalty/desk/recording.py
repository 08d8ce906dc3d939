"""Recording a visit: open → recorded, once, with its points, its receipt and its letters."""

from collections.abc import Mapping, Sequence
from datetime import date

from loyalty import ratings, rewards
from loyalty.appointments import attending
from loyalty.counting import Counted, TooManyPointsError
from loyalty.dates import last_day
from loyalty.desk.access import check_works
from loyalty.desk.card import Spending, Stage, Weighed, weigh
from loyalty.desk.correcting import supersede
from loyalty.desk.drafting import check_usable
from loyalty.desk.purse import keep_out_of_own_pocket
from loyalty.errors import Refusal
from loyalty.ledger import post
from loyalty.people import Account, Wallet
from loyalty.points import Credit, Debit, Kind, Lot, Move, Reason
from loyalty.ports import Transaction
from loyalty.tasks import closing
from loyalty.team import Member
from loyalty.visits import Draft, DraftState, Visit, VisitKind, VisitPart


class NeedsConsentError(Refusal):
    """The patient has not agreed to spend these points, or the agreement has run out."""

    text = "refusal-needs-consent"


class NeedsSignatureError(Refusal):
    """Nobody's phone can be asked: the patient agrees on paper."""

    text = "refusal-needs-signature"


class SpendingIsOffError(Refusal):
    """It was stopped since the card was drawn: the till has been told a sum with points."""

    text = "refusal-spending-off"


class ConsentWithdrawnError(Refusal):
    """The patient takes no part any longer: the visit can be recorded without a person."""

    text = "refusal-consent-withdrawn"


class NotReadyError(Refusal):
    """Whose visit it is, or its sum, is still missing."""

    text = "refusal-not-ready"


def record(tx: Transaction, by: Member, name: str, draft: int, revision: int) -> Visit:
    """Record the draft. A second press returns what the first one wrote.

    Any staff of the branch may; `name` goes on the operation.

    Raises NotStaffError, what `usable` raises, for a correction what `supersede` raises,
    OwnPocketError, NotReadyError, TooManyPointsError, NeedsConsentError, NeedsSignatureError,
    SpendingIsOffError, ConsentWithdrawnError, PatientErasedError.
    """
    check_works(tx, by)
    kept, twins = tx.desk.draft_with_twins(draft)
    if kept.state is DraftState.RECORDED and kept.branch == by.branch:
        return _recorded(tx, draft)
    check_usable(by, kept, revision)
    supersede(tx, by, name, kept)
    weighed = weigh(tx, kept)
    _check(tx, by, weighed)
    visit = _write(tx, by, name, weighed)
    tx.desk.close_draft(draft, DraftState.RECORDED)
    tx.desk.outdate_twins(kept, twins)  # another card of theirs is to be looked at again
    _tell_patient(tx, visit, weighed.readers)
    ratings.plan(tx, visit, weighed.branch, weighed.readers, kept.corrects)
    attending.came(tx, visit, weighed.branch)
    if visit.patient is not None and visit.kind is not VisitKind.ADVANCE:
        closing.came(tx, visit.patient)
    return visit


def _recorded(tx: Transaction, draft: int) -> Visit:
    visit = tx.desk.visit(draft)
    assert visit is not None  # noqa: S101 (written with the draft's state; told to the types)
    return visit


def _check(tx: Transaction, by: Member, weighed: Weighed) -> None:
    if weighed.stage is not Stage.READY or weighed.counted is None:
        raise NotReadyError
    if weighed.patient is not None:
        keep_out_of_own_pocket(tx, by.telegram, weighed.patient.check_kept())
    if weighed.spending is Spending.WITHDRAWN:
        raise ConsentWithdrawnError
    if weighed.points != weighed.counted.points:
        raise TooManyPointsError(most=weighed.counted.max_points)
    if weighed.spending is Spending.OFF and weighed.draft.points:
        raise SpendingIsOffError
    if weighed.points and weighed.spending is Spending.BY_SIGNATURE:
        raise NeedsSignatureError
    if weighed.points and weighed.spending is not Spending.AGREED:
        raise NeedsConsentError


def _write(tx: Transaction, by: Member, name: str, weighed: Weighed) -> Visit:
    draft, counted = weighed.draft, weighed.counted
    assert counted is not None  # noqa: S101 (checked; told to the types)
    before = after = weighed.purse.balance if weighed.purse else 0
    made: dict[Reason, Credit] = {}
    if weighed.patient is not None:
        made = _move_points(tx, weighed, counted)
        after = before - counted.points + sum(credit.points for credit in made.values())
    elif draft.training:
        after = before - counted.points + counted.earned
    ends_on = {reason: _last_day(weighed, credit) for reason, credit in made.items()}
    visit = _visit(tx, by, name, weighed, counted, (before, after), ends_on)
    rewards.gather(tx, visit, tx.desk.add_visit(visit), weighed.programme.friend_fixed)
    return visit


def _last_day(weighed: Weighed, credit: Credit) -> date:
    return last_day(credit.ends_at, weighed.branch.where)


def _move_points(tx: Transaction, weighed: Weighed, counted: Counted) -> dict[Reason, Credit]:
    """Redeem, earn, then the tier's progress; an accrual settles debt first."""
    assert weighed.purse is not None  # noqa: S101 (a patient has a purse; told to the types)
    draft, purse = weighed.draft, weighed.purse
    settled = min(purse.debt, counted.earned)
    made = _earned(weighed, purse.wallet, counted, settled)
    moves: list[Move] = [*take(purse.lots, counted.points), *made.values()]
    given = [draft.id, draft.revision, weighed.points]
    after = Wallet(
        purse.wallet,
        debt=purse.debt - settled,
        cash_paid=purse.cash_paid + counted.cash,
        spending_off=purse.spending_off,
    )
    post(tx, f"visit:{draft.id}", Kind.VISIT, given, moves, after)
    return made


def take(lots: Sequence[Lot], points: int) -> list[Debit]:
    """So many points from these lots in their order, or as many as there are."""
    taken = []
    for lot in lots:
        share = min(points, lot.remaining)
        if share:
            taken.append(Debit(lot, share))
            points -= share
    return taken


def _earned(weighed: Weighed, wallet: int, counted: Counted, settled: int) -> dict[Reason, Credit]:
    """Cashback and the bonus of a regular visit, a lot of each; debt takes from the bonus first."""
    draft, programme, where = weighed.draft, weighed.programme, weighed.branch.where
    from_bonus = min(counted.bonus, settled)
    bonus = counted.bonus - from_bonus
    cashback = counted.earned - counted.bonus - (settled - from_bonus)
    categories = [part.category for part in draft.parts]
    ends = {
        Reason.CASHBACK: (cashback, programme.cashback_ends(draft.day, categories, where)),
        Reason.REGULAR: (bonus, programme.regular_ends(draft.day, where)),
    }
    return {
        reason: Credit(wallet, reason, points, ends_at)
        for reason, (points, ends_at) in ends.items()
        if points > 0
    }


def _visit(
    tx: Transaction,
    by: Member,
    name: str,
    weighed: Weighed,
    counted: Counted,
    balance: tuple[int, int],
    ends_on: Mapping[Reason, date],
) -> Visit:
    draft = weighed.draft
    return Visit(
        id=draft.id,
        branch=draft.branch,
        patient=draft.patient,
        wallet=weighed.patient.wallet if weighed.patient else None,
        kind=draft.kind,
        found_by=draft.found_by,
        training=draft.training,
        day=draft.day,
        bill=counted.bill,
        excluded=counted.excluded,
        points=counted.points,
        cash=counted.cash,
        earned=counted.earned,
        reward=counted.reward,
        rate=counted.rate,
        balance_before=balance[0],
        balance_after=balance[1],
        ends_on=ends_on.get(Reason.CASHBACK),
        recall_on=weighed.recall_on,
        programme=weighed.programme_id,
        legal=weighed.branch.legal,
        recorded_by=by.telegram,
        recorded_name=name,
        recorded_at=tx.now,
        parts=_parts(draft, counted),
        bonus=counted.bonus,
        bonus_ends_on=ends_on.get(Reason.REGULAR),
    )


def _parts(draft: Draft, counted: Counted) -> tuple[VisitPart, ...]:
    return tuple(
        VisitPart(part.sum, part.category, part.doctor, part.excluded, points)
        for part, points in zip(draft.parts, counted.shares, strict=True)
    )


def _tell_patient(tx: Transaction, visit: Visit, readers: Sequence[Account]) -> None:
    """Everyone who speaks for the patient gets the receipt; a child's goes to the parent."""
    for account in readers:
        tx.outbox.put(f"receipt:{visit.id}:{account.id}", "receipt", account.id, visit=visit.id)
