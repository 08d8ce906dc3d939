"""What the patient says to an appointment: they come, want another time, or don't come."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from loyalty.appointments.appointment import Appointment, State
from loyalty.appointments.changing import save
from loyalty.appointments.looking import AppointmentFacts, facts
from loyalty.appointments.telling import call, redraw
from loyalty.appointments.times import of_minute
from loyalty.branches import Branch
from loyalty.errors import OutOfTurnError
from loyalty.moves import awaits_desk
from loyalty.people import Account
from loyalty.ports import Transaction
from loyalty.tasks import closing
from loyalty.tasks.task import Result, TaskKind
from loyalty.tasks.timing import Promise, promise


@dataclass(frozen=True, slots=True)
class Answered:
    """`heard`: the answer is to the appointment as it stands. Else it has another time by now, or
    is over. `call`: when the desk will call.
    """

    facts: AppointmentFacts
    heard: bool
    call: Promise


def confirm(tx: Transaction, telegram: int, appointment: int, minute: int) -> Answered:
    """«Приду», also after all. Raises OutOfTurnError: it is not theirs to answer."""
    account, one = theirs(tx, telegram, appointment)
    if _answerable(tx, one, minute) and one.state is not State.CONFIRMED:
        one = _keep(tx, replace(one, state=State.CONFIRMED, confirmed_at=tx.now))
        closing.settled(tx, one.id, Result.CONFIRMED)
    return _answered(tx, account, one, heard=_answerable(tx, one, minute))


def confirm_all(
    tx: Transaction, telegram: int, appointment: int, minute: int
) -> Sequence[AppointmentFacts]:
    """«Придём»: all of the family that are expected there by then on its day. Returns them; none:
    the time of this one has changed. Raises OutOfTurnError.
    """
    account, last = theirs(tx, telegram, appointment)
    if not _answerable(tx, last, minute):
        return ()
    family = [patient.id for patient, _ in tx.people.spoken_for(account.id)]
    ahead = tx.appointments.ahead(family)
    branch = tx.branches.branch(last.branch)
    expected = [one for one in ahead if one.expected and _said_with(branch, one, last)]
    for one in expected:
        confirm(tx, telegram, one.id, one.minute)
    return [facts(tx, account.id, tx.appointments.appointment(one.id)) for one in expected]


def _said_with(branch: Branch, one: Appointment, last: Appointment) -> bool:
    """Other days and branches have a reminder, and an answer, of their own."""
    its_day = one.branch == last.branch and one.day(branch) == last.day(branch)
    return its_day and one.starts_at <= last.starts_at


def ask_to_move(tx: Transaction, telegram: int, appointment: int, minute: int) -> Answered:
    """«Перенести»: nobody is expected at this time, and the desk calls. Raises OutOfTurnError."""
    account, one = theirs(tx, telegram, appointment)
    if _answerable(tx, one, minute) and one.state is not State.TO_MOVE:
        one = _keep(tx, replace(one, state=State.TO_MOVE, confirmed_at=None))
        closing.settled(tx, one.id)
        call(tx, one, TaskKind.MOVE, account.id)
    return _answered(tx, account, one, heard=_answerable(tx, one, minute))


def look(tx: Transaction, telegram: int, appointment: int, minute: int) -> Answered:
    """Before «Отменить» is meant. Raises OutOfTurnError."""
    account, one = theirs(tx, telegram, appointment)
    return _answered(tx, account, one, heard=_answerable(tx, one, minute))


def cancel(tx: Transaction, telegram: int, appointment: int, minute: int) -> Answered:
    """«Отменить», meant: the time is free, and the desk calls. Raises OutOfTurnError."""
    account, one = theirs(tx, telegram, appointment)
    if heard := _answerable(tx, one, minute):
        one = _keep(tx, replace(one, state=State.CANCELLED, due_at=None))
        closing.settled(tx, one.id)
        call(tx, one, TaskKind.CANCEL, account.id)
    again = one.state is State.CANCELLED and one.by_patient and one.minute == minute
    return _answered(tx, account, one, heard=heard or again)


def theirs(tx: Transaction, telegram: int, appointment: int) -> tuple[Account, Appointment]:
    """Raises OutOfTurnError: none of theirs, or the desk has still to see who they are."""
    account = tx.people.account_of(telegram)
    if account is None or not account.registered or awaits_desk(tx, account):
        raise OutOfTurnError
    try:
        one = tx.appointments.appointment(appointment)
    except LookupError as unknown:
        raise OutOfTurnError from unknown
    if one.patient not in {patient.id for patient, _ in tx.people.spoken_for(account.id)}:
        raise OutOfTurnError
    return account, one


def _answerable(tx: Transaction, one: Appointment, minute: int) -> bool:
    return one.live and one.starts_at == of_minute(minute) and tx.now < one.starts_at


def _keep(tx: Transaction, one: Appointment) -> Appointment:
    kept = save(tx, replace(one, by_patient=True))
    redraw(tx, kept)
    return kept


def _answered(tx: Transaction, account: Account, one: Appointment, *, heard: bool) -> Answered:
    found = facts(tx, account.id, one)
    return Answered(found, heard, promise(found.branch, tx.now))
