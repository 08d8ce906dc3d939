"""Whether they came: a visit of the day, staff's button, or the morning after."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta

from loyalty.appointments.appointment import LIVE, Appointment, State
from loyalty.appointments.changing import AppointmentChangedError, AppointmentOverError, held, save
from loyalty.appointments.telling import call, redraw, tell
from loyalty.branches import Branch
from loyalty.errors import Refusal
from loyalty.ports import Transaction
from loyalty.tasks import closing
from loyalty.tasks.task import TaskKind
from loyalty.team import Member
from loyalty.visits import Visit, VisitKind

KIND_WORD_AFTER = timedelta(hours=1)  # a finger that slipped takes it back in time
KIND_WORD_UNTIL = timedelta(days=3)
EARLY = timedelta(hours=1)  # who is recorded so long before the time has come to this one

OPEN_TO_A_VISIT = frozenset({*LIVE, State.MISSED})


class NotYetError(Refusal):
    """It has not begun, so nobody can have missed it."""

    text = "refusal-appointment-not-yet"


def missed(tx: Transaction, by: Member, appointment: int, revision: int) -> Appointment:
    """«Не пришёл». A second press finds it so.

    Raises NotStaffError, OtherBranchError, AppointmentChangedError, AppointmentOverError,
    NotYetError.
    """
    one = held(tx, by, appointment)
    if one.state is State.MISSED:
        return one
    if one.revision != revision:
        raise AppointmentChangedError
    if not one.live:
        raise AppointmentOverError
    if tx.now < one.starts_at:
        raise NotYetError
    return miss(tx, one)


def not_missed(tx: Transaction, by: Member, appointment: int, revision: int) -> Appointment:
    """The button was a slip: it stands as it stood, and no morning that is over by now says
    otherwise. A second press changes nothing.

    Raises NotStaffError, OtherBranchError, AppointmentChangedError, AppointmentOverError.
    """
    one = held(tx, by, appointment)
    if one.live:
        return one
    if one.state is not State.MISSED:
        raise AppointmentOverError
    if one.revision != revision:
        raise AppointmentChangedError
    closing.settled(tx, one.id)
    over = one.due_at is not None and one.due_at <= tx.now
    return _save(tx, replace(reopened(one), due_at=None if over else one.due_at))


def reopened(one: Appointment) -> Appointment:
    """As it stood before its day decided it."""
    return replace(one, state=State.CONFIRMED if one.confirmed_at else State.BOOKED)


def miss(tx: Transaction, one: Appointment) -> Appointment:
    """They did not come: a kind word when it is time for one, and staff hear."""
    kept = _save(tx, replace(one, state=State.MISSED, by_patient=False))
    tell(
        tx,
        kept,
        "missed",
        not_before=tx.now + KIND_WORD_AFTER,
        expires_at=tx.now + KIND_WORD_UNTIL,
    )
    closing.settled(tx, kept.id)
    call(tx, kept, TaskKind.MISSED)
    return kept


def came(tx: Transaction, visit: Visit, branch: Branch) -> None:
    """A visit was recorded: what it was booked as has been kept.

    Of several on the day those whose time has come; where there is none, the first: they are
    early.
    """
    if visit.patient is None or visit.kind is VisitKind.ADVANCE:
        return
    today = of_day(tx, visit.patient, branch, visit.day)
    begun = [one for one in today if one.starts_at <= tx.now + EARLY]
    for one in begun or today[:1]:
        _save(tx, replace(one, state=State.CAME, by_patient=False))


def taken_back(tx: Transaction, visit: Visit) -> None:
    """The visit was recorded by mistake: where no other of its day stands, nobody came."""
    if visit.patient is None or tx.desk.came_on(visit.patient, visit.day):
        return
    branch = tx.branches.branch(visit.branch)
    for one in of_day(tx, visit.patient, branch, visit.day, {State.CAME}):
        _save(tx, reopened(one))


def of_day(
    tx: Transaction,
    patient: int,
    branch: Branch,
    day: date,
    states: Collection[State] = OPEN_TO_A_VISIT,
) -> list[Appointment]:
    """The patient's at the branch on this day of its zone, the first first."""
    found = tx.appointments.around(patient, _noon(branch, day))
    return [
        one
        for one in found
        if one.branch == branch.id and one.state in states and one.day(branch) == day
    ]


def _noon(branch: Branch, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=branch.where)


def _save(tx: Transaction, one: Appointment) -> Appointment:
    kept = save(tx, one)
    redraw(tx, kept)
    return kept
