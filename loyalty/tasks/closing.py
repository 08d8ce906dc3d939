"""Tasks that close by themselves: the patient has come, has booked, or it is settled otherwise."""

from loyalty.ports import Transaction
from loyalty.tasks.changing import open_reasons, settle
from loyalty.tasks.household import kept
from loyalty.tasks.task import Reason, Result, TaskKind


def came(tx: Transaction, patient: int) -> None:
    """A visit of theirs is recorded: nobody need call them, but for another visit that is still to
    come. Words want their answer, too.
    """
    _close_calls(tx, patient, Result.CAME)


def booked(tx: Transaction, patient: int, name: str | None = None) -> None:
    """They have a new appointment, which `name` booked."""
    _close_calls(tx, patient, Result.BOOKED, name)


def settled(
    tx: Transaction,
    appointment: int,
    result: Result = Result.OVERTAKEN,
    name: str | None = None,
) -> None:
    """What was to be asked about this appointment is known: it is confirmed, moved, cancelled."""
    for task in tx.tasks.about_appointment(appointment):
        its = [one for one in open_reasons(tx, task) if one.appointment == appointment]
        if its:
            settle(tx, task, its, result, name)


def _close_calls(tx: Transaction, patient: int, result: Result, name: str | None = None) -> None:
    whom = kept(tx, patient).id
    for task in tx.tasks.about(whom):
        theirs = [one for one in open_reasons(tx, task) if one.patient == whom]
        if result is Result.CAME:
            theirs = [one for one in theirs if not _of_another_visit(tx, one)]
        if theirs and not task.talk:
            settle(tx, task, theirs, result, name)


def _of_another_visit(tx: Transaction, reason: Reason) -> bool:
    """It asks what becomes of an appointment that today's visit was not."""
    asks = reason.kind in {TaskKind.MOVE, TaskKind.SILENT}
    if not asks or reason.appointment is None:
        return False
    return tx.appointments.appointment(reason.appointment).live
