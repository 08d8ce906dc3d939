"""The card: a draft with everything that an administrator needs to see before recording it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from loyalty.branches import Branch
from loyalty.counting import Counted, Part, count, most_points
from loyalty.dates import end_after
from loyalty.desk import goodwill
from loyalty.desk.purse import Purse, purse
from loyalty.desk.regular import bonus
from loyalty.desk.takeback import as_if_taken_back
from loyalty.people import Account, Patient
from loyalty.ports import Transaction
from loyalty.programme import Programme
from loyalty.statement import Ending, ending
from loyalty.tasks.task import Never
from loyalty.visits import Draft, FoundBy, Visit, VisitKind, is_taken_back

UNUSUAL = 5  # a sum so many times the usual is asked about once
TRAINING_POINTS = 1000
LATEST = 5  # visits among which another one of the day would stand


class Stage(StrEnum):
    """What the card asks for first."""

    WHO = "who"  # several people, or nobody yet, under what was typed
    NAME = "name"  # an unknown phone: how to call the person
    PAPER = "paper"  # a new person: is the consent signed?
    SUM = "sum"
    READY = "ready"
    RECORDED = "recorded"
    DROPPED = "dropped"


class Spending(StrEnum):
    """How it stands with the patient's agreement to spend."""

    NONE = "none"  # nothing is to be spent
    AGREED = "agreed"
    ASKED = "asked"  # their phone asks; `asked_until`
    CAN_ASK = "can_ask"
    BY_SIGNATURE = "by_signature"  # without Telegram: a signature on paper
    TOO_MUCH_TO_SIGN = "too_much_to_sign"
    OFF = "off"
    WITHDRAWN = "withdrawn"  # no consent to data any longer: nothing is recorded about them


@dataclass(frozen=True, slots=True)
class Weighed:
    """The draft in points and money, as it would be recorded now.

    `points` will be spent; `counted` is None while there is no sum. `programme` is the version in
    force on the visit's day; `readers` are the accounts that hear about the patient.
    """

    draft: Draft
    branch: Branch
    stage: Stage
    patient: Patient | None
    purse: Purse | None
    points: int
    counted: Counted | None
    spending: Spending
    recall_on: date | None
    programme: Programme
    programme_id: int | None
    readers: Sequence[Account]


@dataclass(frozen=True, slots=True)
class Card(Weighed):
    """What the administrator sees besides.

    `usual` is set where the sum is over five times it. `candidates` are whom the typed digits may
    mean; `family` shares the wallet; `corrected` is the visit that this one will replace; `today`
    are the patient's other visits of the same day; `ends_soon` is what of the points ends first, of
    those that end within the days of the first notice; `ended` can be given back;
    `unsaid`: they have paid for no visit, and nobody knows yet who recommended them; `never` who
    said that they are never to be disturbed.
    """

    doctors: Mapping[int, str]
    candidates: Sequence[Patient]
    family: Sequence[Patient]
    usual: int | None
    corrected: Visit | None
    today: Sequence[Visit]
    ends_soon: Ending | None
    ended: int
    unsaid: bool = False
    never: Never | None = None


def card(tx: Transaction, draft: int) -> Card:
    """The draft as it stands now."""
    return lay_out(tx, tx.desk.draft(draft))


def lay_out(tx: Transaction, draft: Draft) -> Card:
    weighed = weigh(tx, draft)
    patient = weighed.patient
    return Card(
        **{field.name: getattr(weighed, field.name) for field in fields(Weighed)},
        doctors=tx.branches.doctors(),
        candidates=candidates(tx, draft),
        family=tx.people.sharing(patient.wallet) if patient else (),
        usual=_usual(tx, draft),
        corrected=tx.desk.visit(draft.corrects) if draft.corrects is not None else None,
        today=_same_day(tx, draft),
        ends_soon=_ends_soon(tx, patient),
        ended=goodwill.ended(tx, patient.wallet).points if patient else 0,
        unsaid=patient is not None and tx.friends.may_be_recommended(patient.id),
        never=tx.tasks.never(patient.id) if patient else None,
    )


def _ends_soon(tx: Transaction, patient: Patient | None) -> Ending | None:
    if patient is None:
        return None
    return next(iter(ending(tx, patient.wallet, tx.programme.notice_first_days)), None)


def _same_day(tx: Transaction, draft: Draft) -> Sequence[Visit]:
    if draft.patient is None:
        return ()
    return [
        visit
        for visit in tx.desk.visits_of([draft.patient], 0, LATEST)
        if visit.day == draft.day
        and visit.id not in {draft.id, draft.corrects}
        and not is_taken_back(visit, tx.desk.reversals(visit.id))
    ]


def weigh(tx: Transaction, draft: Draft) -> Weighed:
    """What recording needs to know, and nothing that is only shown."""
    branch = tx.branches.branch(draft.branch)
    number, programme = programme_on(tx, draft.day, branch)
    patient = tx.people.patient(draft.patient) if draft.patient is not None else None
    money = _purse(tx, draft, patient, branch)
    parts = _parts(draft)
    takes = _takes(draft, money)
    most = most_points(programme, parts, money.available) if money and takes else 0
    points = 0 if money and money.spending_off else _wish(draft, most)
    bound = tx.people.bound_to(patient.id) if patient is not None else ()
    return Weighed(
        draft=draft,
        branch=branch,
        stage=_stage(draft),
        patient=patient,
        purse=money,
        points=points,
        counted=_counted(
            programme, parts, takes, min(points, most), money, bonus(tx, draft, programme)
        ),
        spending=_spending(tx, draft, bound, money, points, programme),
        recall_on=draft.recall_on or _recall(programme, draft),
        programme=programme,
        programme_id=number,
        readers=[account for account in bound if account.registered],
    )


def programme_on(tx: Transaction, day: date, branch: Branch) -> tuple[int | None, Programme]:
    """The version that was in force when this day ended; today's is the one in force now."""
    if day >= branch.today(tx.now):
        return tx.programmes.current()
    return tx.programmes.before(end_after(day, branch.where))


def candidates(tx: Transaction, draft: Draft) -> Sequence[Patient]:
    """Whom the typed digits may mean, while nobody is chosen."""
    if draft.patient is not None or draft.who is None or not draft.open:
        return ()
    if draft.who.startswith("+"):
        return tx.people.patients_with_phone(draft.who)
    return tx.people.patients_by_phone_end(draft.who, 6)


def _stage(draft: Draft) -> Stage:
    if not draft.open:
        return Stage(draft.state.value)
    known = draft.patient is not None or draft.found_by in {FoundBy.NOBODY, FoundBy.TRAINING}
    if not known and draft.newcomer is not None:
        return Stage.PAPER
    if not known:
        return Stage.WHO
    billed = draft.bill > 0 or draft.kind is VisitKind.UNPAID
    return Stage.READY if draft.parts and billed else Stage.SUM


def _wish(draft: Draft, most: int) -> int:
    """What the card has shown, whatever the wallet holds by now: the till was told that sum.

    A correction spends as many points as before, or as many as fit the right sum.
    """
    if draft.most and draft.points is None:
        return most
    return min(draft.points or 0, most) if draft.corrects is not None else draft.points or 0


def _purse(tx: Transaction, draft: Draft, patient: Patient | None, branch: Branch) -> Purse | None:
    if patient is not None:
        money = purse(tx, patient.wallet, branch, draft.day)
        wrong = _still_wrong(tx, draft)
        return as_if_taken_back(tx, money, wrong, branch, draft.day) if wrong else money
    if draft.training:
        return Purse(0, TRAINING_POINTS, TRAINING_POINTS)
    return None


def _still_wrong(tx: Transaction, draft: Draft) -> Visit | None:
    """The visit that recording this draft will take back first."""
    if draft.corrects is None or tx.desk.reversals(draft.corrects):
        return None
    return tx.desk.visit(draft.corrects)


def _parts(draft: Draft) -> list[Part]:
    return [Part(part.sum, part.category, part.excluded) for part in draft.parts]


def _takes(draft: Draft, money: Purse | None) -> bool:
    """Whether the bill may be paid with points at all."""
    return draft.kind is VisitKind.ATTENDANCE and not (money and money.spending_off)


def _counted(
    programme: Programme,
    parts: Sequence[Part],
    takes: bool,
    points: int,
    money: Purse | None,
    regular: int,
) -> Counted | None:
    if not parts:
        return None
    return count(
        programme,
        parts,
        points=points,
        available=money.available if money else 0,
        cash_paid=money.cash_paid if money else 0,
        earns=money is not None,
        takes=takes,
        bonus=regular,
    )


def _spending(
    tx: Transaction,
    draft: Draft,
    bound: Sequence[Account],
    money: Purse | None,
    points: int,
    programme: Programme,
) -> Spending:
    if bound and not any(account.consented for account in bound):
        return Spending.WITHDRAWN
    if money is not None and money.spending_off:
        return Spending.OFF
    if points == 0:
        return Spending.NONE
    if draft.training or agreed(tx, draft, points):
        return Spending.AGREED
    if draft.patient is None or any(account.registered for account in bound):
        waiting = draft.asked_until is not None and tx.now < draft.asked_until
        return Spending.ASKED if waiting and draft.asked_points == points else Spending.CAN_ASK
    if points > programme.signature:
        return Spending.TOO_MUCH_TO_SIGN
    return Spending.AGREED if draft.signed else Spending.BY_SIGNATURE


def agreed(tx: Transaction, draft: Draft, points: int) -> bool:
    """Whether the patient's code or tap still stands for so many points.

    For a visit that corrects theirs, what they spent on that one was agreed to already.
    """
    before = tx.desk.visit(draft.corrects) if draft.corrects is not None else None
    if before is not None and before.patient == draft.patient and points <= before.points:
        return True
    if draft.consent_until is None or tx.now >= draft.consent_until:
        return False
    return draft.consent_points is None or draft.consent_points == points


def _recall(programme: Programme, draft: Draft) -> date | None:
    """The earliest of what the categories ask for, unless staff said otherwise."""
    if draft.kind is VisitKind.ADVANCE:
        return None
    asked = (programme.recall_for(part.category) for part in draft.parts)
    return min((interval.after(draft.day) for interval in asked if interval), default=None)


def _usual(tx: Transaction, draft: Draft) -> int | None:
    usual = tx.desk.usual_bill(draft.branch)
    return usual if usual is not None and draft.bill > UNUSUAL * usual else None
