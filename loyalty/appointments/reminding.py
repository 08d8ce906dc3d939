"""What is due about appointments: reminders, the call after silence, the morning after."""

from dataclasses import replace

from loyalty.appointments import attending
from loyalty.appointments.appointment import Appointment, State
from loyalty.appointments.changing import save
from loyalty.appointments.planned import Due, Step, plan
from loyalty.appointments.telling import call, redraw, tell
from loyalty.branches import Branch
from loyalty.ports import Transaction
from loyalty.tasks.task import TaskKind

AT_ONCE = 50

EXPECTED = {State.BOOKED, State.CONFIRMED}  # who comes is reminded


def round_(tx: Transaction) -> bool:
    """Do what is due, of some; returns whether there was any.

    What was due while nobody looked is done late, as far as it is still of use.
    """
    found = tx.appointments.due(AT_ONCE)
    for one in found:
        _do(tx, one)
    return bool(found)


def _do(tx: Transaction, one: Appointment) -> None:
    branch = tx.branches.branch(one.branch)
    steps, since = plan(branch, one), one.due_at or one.timed_at
    later = [due.at for due in steps if due.at > tx.now]
    tx.appointments.next_step(one.id, min(later, default=None))
    for due in steps:
        if since <= due.at <= tx.now and (due.until is None or tx.now < due.until):
            _step(tx, branch, one, due)


def _step(tx: Transaction, branch: Branch, one: Appointment, due: Due) -> None:
    match due.step:
        case Step.DAY_BEFORE | Step.HOURS_BEFORE if one.state in EXPECTED:
            key = f"{due.step}:{one.id}:{one.starts_at.isoformat()}"
            tell(tx, one, due.step, key=key, expires_at=due.until)
        case Step.CALL if one.state is State.BOOKED:
            call(tx, one, TaskKind.SILENT)
        case Step.CLOSE:
            _close(tx, branch, one)


def _close(tx: Transaction, branch: Branch, one: Appointment) -> None:
    """The day is over. Who had asked for another time has missed nothing."""
    day = one.day(branch)
    if tx.desk.came_on(one.patient, day):
        redraw(tx, save(tx, replace(one, state=State.CAME, due_at=None, by_patient=False)))
    elif one.state in EXPECTED:
        attending.miss(tx, replace(one, due_at=None))
