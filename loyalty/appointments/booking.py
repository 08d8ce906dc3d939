"""An appointment is booked: by the staff line, from the receipt, from a card, from a task."""

from dataclasses import replace
from datetime import datetime

from loyalty import prolonging
from loyalty.appointments import planned, times
from loyalty.appointments.appointment import Appointment
from loyalty.appointments.telling import tell
from loyalty.appointments.times import DoubtfulTimeError, check_ahead
from loyalty.branches import Branch
from loyalty.desk.access import check_works
from loyalty.desk.purse import OwnPocketError, keep_out_of_own_pocket
from loyalty.errors import Refusal
from loyalty.people import Patient
from loyalty.ports import Transaction
from loyalty.tasks import closing
from loyalty.team import Member


class UnknownDoctorError(Refusal):
    """The list has no such doctor any more."""

    text = "refusal-unknown-doctor"


class NotALengthError(Refusal):
    text = "refusal-not-a-length"


def book(
    tx: Transaction,
    by: Member,
    name: str,
    *,
    source: str,
    patient: int,
    branch: int,
    starts_at: datetime,
    doctor: int | None = None,
    minutes: int | None = None,
    surely: bool = False,
) -> Appointment:
    """Book this time. The same `source`, or the same patient, time and doctor, is the same
    appointment, whoever asks again.

    Any staff of the branch may. `minutes` None: as long as appointments here usually are.
    `surely`: what speaks against the time has been shown and meant all the same.

    Raises NotStaffError, PatientErasedError, PatientMergedError, UnknownDoctorError,
    NotALengthError, AppointmentInPastError, AppointmentOverYearError. DoubtfulTimeError: it is
    asked about first.
    """
    check_works(tx, by)
    whom = tx.people.patient(patient).check_kept()
    tx.appointments.hold_book()
    if known := tx.appointments.from_source(source):
        return known
    where = tx.branches.branch(branch)
    wanted = Appointment(
        id=0,
        source=source,
        branch=branch,
        patient=patient,
        doctor=checked_doctor(tx, doctor),
        starts_at=starts_at,
        minutes=checked_length(tx, minutes),
        booked_by=by.telegram,
        booked_name=name,
        booked_at=tx.now,
        timed_at=tx.now,
    )
    if same := _same(tx, wanted):
        return same
    check_time(tx, where, wanted, surely=surely)
    booked = tx.appointments.add(scheduled(where, wanted))
    keep_points(tx, by, whom, where, booked)
    closing.booked(tx, patient, name)
    tell(tx, booked, "booked")
    return booked


def scheduled(branch: Branch, one: Appointment) -> Appointment:
    """With when something is first to be done about it."""
    return replace(one, due_at=min(due.at for due in planned.plan(branch, one)))


def check_time(tx: Transaction, branch: Branch, wanted: Appointment, *, surely: bool) -> None:
    """Raises AppointmentInPastError, AppointmentOverYearError, DoubtfulTimeError."""
    check_ahead(tx, branch, wanted.starts_at)
    found = times.doubts(tx, branch, wanted)
    if found and not surely:
        raise DoubtfulTimeError(found)


def _same(tx: Transaction, wanted: Appointment) -> Appointment | None:
    """The line typed again, or a colleague's of the same call."""
    alike = (wanted.branch, wanted.starts_at, wanted.doctor)
    found = tx.appointments.live_of(wanted.patient)
    return next((one for one in found if (one.branch, one.starts_at, one.doctor) == alike), None)


def checked_doctor(tx: Transaction, doctor: int | None) -> int | None:
    if doctor is not None and doctor not in tx.branches.doctors():
        raise UnknownDoctorError
    return doctor


def checked_length(tx: Transaction, minutes: int | None) -> int:
    """Raises NotALengthError."""
    length = tx.programme.appointment_minutes if minutes is None else minutes
    if not times.SHORTEST <= length <= times.LONGEST:
        raise NotALengthError
    return length


def keep_points(
    tx: Transaction, by: Member, whom: Patient, branch: Branch, one: Appointment
) -> None:
    """Points wait for the visit (programme: expiry pause); nobody's own are made to."""
    day = one.day(branch)
    try:
        keep_out_of_own_pocket(tx, by.telegram, whom)
    except OwnPocketError:
        return
    cause = f"booking:{one.id}:{day.isoformat()}"
    prolonging.prolong(tx, one.patient, branch, cause=cause, booked=day)
