"""Tasks that close by themselves: the patient has come, has booked, or it is settled otherwise."""

from loyalty.ports import Transaction
from loyalty.tasks.changing import open_reasons, settle
from loyalty.tasks.household import kept
from loyalty.tasks.task import Reason, Result, Task


def came(tx: Transaction, patient: int) -> None:
    """A visit of theirs is recorded: nobody need call them. Words still want their answer."""
    _close_calls(tx, patient, Result.CAME)


def booked(tx: Transaction, patient: int) -> None:
    """They have a new appointment."""
    _close_calls(tx, patient, Result.BOOKED)


def settled(tx: Transaction, appointment: int, result: Result = Result.OVERTAKEN) -> None:
    """What was to be asked about this appointment is known: it is confirmed, moved, cancelled."""
    for task in tx.tasks.about_appointment(appointment):
        _settle(
            tx,
            task,
            [one for one in open_reasons(tx, task) if one.appointment == appointment],
            result,
        )


def _close_calls(tx: Transaction, patient: int, result: Result) -> None:
    whom = kept(tx, patient).id
    for task in tx.tasks.about(whom):
        if not task.talk:
            _settle(tx, task, [r for r in open_reasons(tx, task) if r.patient == whom], result)


def _settle(tx: Transaction, task: Task, reasons: list[Reason], result: Result) -> None:
    if reasons:
        settle(tx, task, reasons, result)
