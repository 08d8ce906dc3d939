"""What is due about appointments: reminders, the call after silence, the morning after."""

from dataclasses import replace

from loyalty.appointments import attending
from loyalty.appointments.appointment import Appointment, State
from loyalty.appointments.changing import save
from loyalty.appointments.hearing import hearers
from loyalty.appointments.planned import HOURS_BEFORE, Due, Step, plan
from loyalty.appointments.telling import call, redraw, remind
from loyalty.branches import Branch
from loyalty.ports import Transaction
from loyalty.tasks.task import TaskKind

AT_ONCE = 50


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
        case Step.DAY_BEFORE | Step.HOURS_BEFORE if one.expected:
            _remind(tx, branch, one, due)
        case Step.CALL if one.state is State.BOOKED:
            call(tx, one, TaskKind.SILENT)
        case Step.CLOSE:
            _close(tx, branch, one)


def _remind(tx: Transaction, branch: Branch, one: Appointment, due: Due) -> None:
    """Who speaks for several that come on one day hears of them together (programme)."""
    for account in hearers(tx, one.patient):
        remind(tx, one, due, account.id)
        family = [patient.id for patient, _ in tx.people.spoken_for(account.id)]
        for other in tx.appointments.ahead(family):
            if other.id != one.id and other.expected and _goes_with(branch, one, other, due):
                for its in plan(branch, other):
                    if its.step is due.step and its.at > tx.now:
                        remind(tx, other, its, account.id)


def _goes_with(branch: Branch, one: Appointment, other: Appointment, due: Due) -> bool:
    """The day before all of its day; later on those that come at about the same time."""
    if other.branch != one.branch or other.day(branch) != one.day(branch):
        return False
    return due.step is Step.DAY_BEFORE or other.starts_at - one.starts_at <= HOURS_BEFORE


def _close(tx: Transaction, branch: Branch, one: Appointment) -> None:
    """The day is over. Who had asked for another time has missed nothing."""
    day = one.day(branch)
    if tx.desk.came_on(one.patient, day):
        redraw(tx, save(tx, replace(one, state=State.CAME, due_at=None, by_patient=False)))
    elif one.expected:
        attending.miss(tx, replace(one, due_at=None))
