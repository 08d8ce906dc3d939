"""Staff cancel an appointment; nothing that was planned for it happens."""

from dataclasses import replace

from loyalty.appointments.appointment import Appointment, State
from loyalty.appointments.changing import check_live, held, save
from loyalty.appointments.telling import redraw, tell
from loyalty.ports import Transaction
from loyalty.tasks import closing
from loyalty.team import Member


def cancel(tx: Transaction, by: Member, appointment: int, revision: int) -> Appointment:
    """A second press finds it cancelled.

    Raises NotStaffError, OtherBranchError, AppointmentChangedError, AppointmentOverError.
    """
    one = held(tx, by, appointment)
    if one.state is State.CANCELLED:
        return one
    check_live(one, revision)
    kept = save(tx, replace(one, state=State.CANCELLED, due_at=None, by_patient=False))
    closing.settled(tx, kept.id)
    if tx.now < one.starts_at:
        tell(tx, kept, "appointment-cancelled")
    redraw(tx, kept)
    return kept


def forget(tx: Transaction, patient: int) -> None:
    """Who the patient was is being forgotten: nobody can be expected or called any more. What is
    over stays, as visits do, under a number that leads to nobody.
    """
    tx.appointments.forget(patient)
    for one in tx.appointments.live_of(patient):
        gone = save(tx, replace(one, state=State.CANCELLED, due_at=None, by_patient=True))
        closing.settled(tx, gone.id)
        redraw(tx, gone)
