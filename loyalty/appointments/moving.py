"""An appointment gets another time, doctor or length."""

from dataclasses import replace
from datetime import datetime

from loyalty.appointments import booking
from loyalty.appointments.appointment import Appointment, State
from loyalty.appointments.changing import check_live, held, save
from loyalty.appointments.telling import redraw, tell
from loyalty.ports import Transaction
from loyalty.tasks import closing
from loyalty.tasks.task import Result
from loyalty.team import Member


def move(
    tx: Transaction,
    by: Member,
    name: str,
    appointment: int,
    revision: int,
    *,
    starts_at: datetime,
    doctor: int | None = None,
    surely: bool = False,
) -> Appointment:
    """A new time voids all that was planned for the old one; the doctor stays where none is
    named. To the time that it has already: nothing happens.

    Raises NotStaffError, OtherBranchError, AppointmentChangedError, AppointmentOverError, and as
    `booking.book` does.
    """
    tx.appointments.hold_book()
    one = held(tx, by, appointment)
    doctor = booking.checked_doctor(tx, doctor) or one.doctor
    if one.live and (one.starts_at, one.doctor) == (starts_at, doctor) and not _asked(one):
        return one
    check_live(one, revision)
    branch = tx.branches.branch(one.branch)
    wanted = replace(one, starts_at=starts_at, doctor=doctor)
    booking.check_time(tx, branch, wanted, surely=surely)
    moved = save(tx, booking.scheduled(branch, _timed(tx, by, name, wanted)))
    whom = tx.people.patient(one.patient).check_kept()
    booking.keep_points(tx, by, whom, branch, moved)
    closing.settled(tx, moved.id, Result.BOOKED, name)
    tell(tx, moved, "moved")
    redraw(tx, moved)
    return moved


def _asked(one: Appointment) -> bool:
    """The patient asked for another time, and this one is meant after all."""
    return one.state is State.TO_MOVE


def _timed(tx: Transaction, by: Member, name: str, wanted: Appointment) -> Appointment:
    """As if it were booked now, by who moved it."""
    return replace(
        wanted,
        state=State.BOOKED,
        timed_at=tx.now,
        confirmed_at=None,
        by_patient=False,
        booked_by=by.telegram,
        booked_name=name,
    )


def last(
    tx: Transaction, by: Member, appointment: int, revision: int, *, minutes: int
) -> Appointment:
    """So long it takes. A second press changes nothing.

    Raises NotStaffError, OtherBranchError, AppointmentChangedError, AppointmentOverError,
    NotALengthError.
    """
    one = held(tx, by, appointment)
    if one.live and one.minutes == minutes:
        return one
    check_live(one, revision)
    kept = save(tx, replace(one, minutes=booking.checked_length(tx, minutes)))
    redraw(tx, kept)
    return kept
