"""What happens in the demo clinic, each of it by the use cases that people press the buttons of.

A deed remembers nothing: whom it is about it finds in the books by phone and name, a visit by the
line it was recorded from.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.demo.cast import Human
from loyalty import registration, rewards
from loyalty.appointments import booking
from loyalty.desk import (
    approving,
    codes,
    complaints,
    consent,
    correcting,
    drafting,
    freezing,
    gifts,
    recording,
    returning,
    slips,
)
from loyalty.desk.card import Card, Spending, weigh
from loyalty.desk.complaints import Complaint
from loyalty.desk.drafting import Wanted
from loyalty.desk.newcomers import record_patient
from loyalty.people import Birthday, Patient
from loyalty.ports import Transaction
from loyalty.registration import Family, Question
from loyalty.requests import RequestState
from loyalty.team import Member
from loyalty.visits import Draft


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done at a moment, in a transaction of its own."""

    at: datetime
    do: Callable[[Transaction], object]


@dataclass(frozen=True, slots=True)
class Desk:
    """Who records: a colleague at their branch."""

    chat: int
    telegram: int

    def at_work(self, tx: Transaction) -> Member:
        branch = tx.branches.branch_of_chat(self.chat)
        member = branch and tx.branches.member(branch.id, self.telegram)
        assert member  # noqa: S101 (hired before anything else; told to the types)
        return member


@dataclass(frozen=True, slots=True)
class Recording:
    """A visit as it comes to the desk: `by_code` with the payer's screen, else by phone.

    `source` names the staff line; what is done to the visit later finds it by that.
    """

    source: str
    desk: Desk
    who: Human
    payer: Human
    wanted: Wanted
    by_code: bool


# --- people ----------------------------------------------------------------------------------


def patient_of(tx: Transaction, who: Human) -> Patient:
    """The patient that this person is in the books. Raises LookupError: they are not there yet."""
    known = tx.people.patients_with_phone(who.phone)
    found = next((p for p in known if p.name in {who.name, who.full_name}), None)
    if found is None:
        raise LookupError(who.full_name)
    return found


def write_down(tx: Transaction, people: Sequence[Human]) -> None:
    """The clinic knew them before it had the bot."""
    for who in people:
        born = Birthday(who.born.day, who.born.month, who.born.year)
        record_patient(tx, who.phone, who.name, who.surname, born)


def register(tx: Transaction, who: Human, payload: str, language: str, *, offers: bool) -> None:
    """They press «Начать» and answer everything that is asked."""
    assert who.telegram is not None  # noqa: S101 (told to the types)
    registration.open_account(tx, who.telegram, payload)
    registration.consent(tx, who.telegram, language=language)
    registered = registration.prove_phone(tx, who.telegram, who.phone)
    if registered.family:
        registration.choose_family(tx, who.telegram, Family.ALL, patient_of(tx, who).id)
    _answer(tx, who, offers=offers)


def _answer(tx: Transaction, who: Human, *, offers: bool) -> None:
    assert who.telegram is not None  # noqa: S101 (told to the types)
    account = registration.answer_name(tx, who.telegram, who.name)
    if registration.next_question(account) is Question.BIRTHDAY:
        me = registration.oneself(tx, account)
        born = Birthday(who.born.day, who.born.month, who.born.year)
        birthday = born if me is not None and me.birthday is None else None
        registration.answer_birthday(tx, who.telegram, birthday)
    registration.answer_advertising(tx, who.telegram, offers)


def register_by_slip(tx: Transaction, desk: Desk, source: str, who: Human, language: str) -> None:
    """The invitation that a walk-in was given on paper leads them to the bot."""
    slip = slips.make(tx, desk.at_work(tx), visit_of(tx, source))
    register(tx, who, slip.payload, language, offers=True)


def recommend(tx: Transaction, who: Human, by: Human) -> None:
    """They were sent by somebody, if that one had come to the clinic by then."""
    if tx.people.patients_with_phone(by.phone):
        rewards.recommend(tx, patient_of(tx, who).id, patient_of(tx, by).id)


def move_phone(tx: Transaction, who: Human, telegram: int) -> None:
    """The same phone comes with a new account: the desk will have to confirm it."""
    registration.consent(tx, telegram)
    registration.prove_phone(tx, telegram, who.phone)


def stop_spending(tx: Transaction, who: Human, owner: int) -> None:
    """«Это не я»."""
    assert who.telegram is not None  # noqa: S101 (told to the types)
    freezing.stop(tx, who.telegram, (owner,))


# --- a visit ---------------------------------------------------------------------------------


def record(tx: Transaction, visit: Recording) -> None:
    by = visit.desk.at_work(tx)
    draft = drafting.open_draft(
        tx, by, by.name, source=visit.source, who=_said(tx, visit), wanted=visit.wanted
    )
    draft = _confirmed_doctor(tx, by, draft)
    draft = _of(tx, by, draft, visit)
    draft = _agreed(tx, by, draft, visit.payer)
    recording.record(tx, by, by.name, draft.id, draft.revision)


def visit_of(tx: Transaction, source: str) -> int:
    """The visit that was recorded from this line: it has the draft's number."""
    draft = tx.desk.draft_from(source)
    assert draft is not None  # noqa: S101 (recorded before; told to the types)
    return draft.id


def _said(tx: Transaction, visit: Recording) -> str:
    """What the patient tells the desk: a code, or the phone."""
    if visit.by_code and visit.payer.telegram is not None:
        return codes.show(tx, visit.payer.telegram).code.digits
    return visit.payer.phone


def _confirmed_doctor(tx: Transaction, by: Member, draft: Draft) -> Draft:
    """A name that the list lacks joins it by a tap."""
    for n, part in enumerate(draft.parts):
        if draft.new_doctor is not None and part.doctor is None:
            draft = drafting.confirm_doctor(tx, by, draft.id, draft.revision, n).draft
    return draft


def _of(tx: Transaction, by: Member, draft: Draft, visit: Recording) -> Draft:
    """Whose visit it is: of several under a phone one is chosen, a newcomer is written down."""
    who = visit.who
    if draft.patient is not None and who == visit.payer:
        return draft
    if not tx.people.patients_with_phone(who.phone):
        named = drafting.name_newcomer(tx, by, draft.id, who.full_name).draft
        return drafting.write_down(tx, by, named.id, named.revision).draft
    return drafting.choose(tx, by, draft.id, draft.revision, patient_of(tx, who).id).draft


def _agreed(tx: Transaction, by: Member, draft: Draft, payer: Human) -> Draft:
    """Points are spent by the code, by a tap on the payer's phone, or by a signature."""
    if not draft.points:
        return draft
    weighed = weigh(tx, draft)
    if weighed.spending is Spending.AGREED:
        return draft
    if weighed.spending is Spending.ASKED and payer.telegram is not None:
        consent.answer(tx, payer.telegram, draft.id, weighed.points, True)
        return tx.desk.draft(draft.id)
    if weighed.spending is Spending.BY_SIGNATURE:
        return drafting.sign(tx, by, draft.id, draft.revision).draft
    return drafting.spend(tx, by, draft.id, draft.revision, 0).draft


def book(tx: Transaction, desk: Desk, source: str, who: Human, at: datetime, doctor: str) -> None:
    """Before they leave the next visit is agreed on."""
    by = desk.at_work(tx)
    known = {name: number for number, name in tx.branches.doctors().items()}
    booking.book(
        tx,
        by,
        by.name,
        source=f"{source}:next",
        patient=patient_of(tx, who).id,
        branch=by.branch,
        starts_at=at,
        doctor=known.get(doctor),
        surely=True,
    )


# --- after it --------------------------------------------------------------------------------


def correct_sum(tx: Transaction, desk: Desk, source: str, rubles: int) -> None:
    """A slip of the finger, mended while the till is open."""
    by = desk.at_work(tx)
    draft = correcting.correct_sum(tx, by, by.name, visit_of(tx, source))
    card = drafting.set_sum(tx, by, draft.id, draft.revision, 0, rubles * 100)
    _record_again(tx, by, card)


def correct_patient(tx: Transaction, desk: Desk, source: str, right: Human) -> None:
    """It was another of the same family."""
    by = desk.at_work(tx)
    draft = correcting.correct_patient(tx, by, by.name, visit_of(tx, source))
    card = drafting.not_this_patient(tx, by, draft.id, draft.revision, right.phone)
    if card.patient is None:
        patient = patient_of(tx, right).id
        card = drafting.choose(tx, by, card.draft.id, card.draft.revision, patient)
    _record_again(tx, by, card)


def _record_again(tx: Transaction, by: Member, card: Card) -> None:
    draft = card.draft
    if card.points and card.spending is not Spending.AGREED:
        draft = drafting.spend(tx, by, draft.id, draft.revision, 0).draft
    recording.record(tx, by, by.name, draft.id, draft.revision)


def undo(tx: Transaction, desk: Desk, source: str) -> None:
    by = desk.at_work(tx)
    correcting.undo(tx, by, by.name, visit_of(tx, source))


def return_money(tx: Transaction, desk: Desk, source: str, reason: str, owner: int) -> None:
    """A large sum waits for the owner, who grants it."""
    by = desk.at_work(tx)
    asked = returning.return_money(tx, by, by.name, visit_of(tx, source), reason, (owner,)).request
    if asked.state is RequestState.WAITING:
        approving.decide(tx, owner, asked.id, is_owner=True, granted=True, owners=(owner,))


def give(
    tx: Transaction, desk: Desk, source: str, who: Human, points: int, reason: str, owner: int
) -> None:
    by, patient = desk.at_work(tx), patient_of(tx, who).id
    gifts.give(tx, by, by.name, patient, points, reason, source=source, owners=(owner,))


def complain(tx: Transaction, who: Human, source: str, owner: int) -> None:
    """«Не просили списать»."""
    assert who.telegram is not None  # noqa: S101 (told to the types)
    complaints.complain(tx, who.telegram, visit_of(tx, source), Complaint.NOT_ASKED, (owner,))
