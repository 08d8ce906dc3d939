"""What changes an appointment: every change is a new revision."""

from dataclasses import replace

from loyalty.appointments.appointment import Appointment
from loyalty.desk.access import check_works
from loyalty.desk.drafting import OtherBranchError
from loyalty.errors import Refusal
from loyalty.ports import Transaction
from loyalty.team import Member


class AppointmentChangedError(Refusal):
    """The button is of an older revision: look again."""

    text = "refusal-appointment-changed"


class AppointmentOverError(Refusal):
    """It was cancelled, or its day has decided it."""

    text = "refusal-appointment-over"


def held(tx: Transaction, by: Member, appointment: int) -> Appointment:
    """The appointment, for any staff of its branch. Raises NotStaffError, OtherBranchError."""
    check_works(tx, by)
    one = tx.appointments.appointment(appointment)
    if one.branch != by.branch:
        raise OtherBranchError
    return one


def check_live(one: Appointment, revision: int) -> None:
    """Raises AppointmentChangedError, AppointmentOverError."""
    if one.revision != revision:
        raise AppointmentChangedError
    if not one.live:
        raise AppointmentOverError


def save(tx: Transaction, one: Appointment) -> Appointment:
    """Keep it under a new revision."""
    one = replace(one, revision=one.revision + 1)
    tx.appointments.save(one)
    return one
