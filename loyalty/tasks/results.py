"""What came of a call, as whoever pressed says it. One result a task, whoever else presses."""

from dataclasses import replace
from datetime import datetime, timedelta

from loyalty.appointments import changing, telling
from loyalty.appointments.appointment import Appointment, State
from loyalty.errors import Refusal
from loyalty.ports import Transaction
from loyalty.tasks import never as disturbing
from loyalty.tasks.changing import keep, open_reasons, settle
from loyalty.tasks.doing import Doer, current
from loyalty.tasks.household import kept, phone_of
from loyalty.tasks.task import MOST_TRIES, Result, Task
from loyalty.tasks.timing import half, next_morning, next_open, other_half

FARTHEST = timedelta(days=60)  # ahead: later than that it is another call
HOUR, WEEK = timedelta(hours=1), timedelta(days=7)


class TriedJustNowError(Refusal):
    """The next try is in the other half of the day."""

    text = "refusal-tried-just-now"


class NotThenError(Refusal):
    """The moment is over, or too far away."""

    text = "refusal-not-then"


# Each of these raises what `current` raises.


def no_answer(tx: Transaction, by: Doer, task: int, revision: int) -> Task:
    """Tried in vain: again in the other half of the day; the third time it is given up.

    Raises TriedJustNowError: it is the same half still.
    """
    found = current(tx, by, task, revision)
    branch = tx.branches.branch(found.branch)
    if found.tried_at is not None and half(branch, found.tried_at) == half(branch, tx.now):
        raise TriedJustNowError
    tried = replace(found, tries=found.tries + 1, tried_at=tx.now, promised=False)
    if tried.tries >= MOST_TRIES:
        return settle(tx, tried, open_reasons(tx, tried), Result.NO_ANSWER, by.name)
    return keep(tx, replace(tried, due_at=other_half(branch, tx.now)))


def in_an_hour(tx: Transaction, by: Doer, task: int, revision: int) -> Task:
    return _later(tx, current(tx, by, task, revision), tx.now + HOUR)


def in_the_morning(tx: Transaction, by: Doer, task: int, revision: int) -> Task:
    found = current(tx, by, task, revision)
    return _later(tx, found, next_morning(tx.branches.branch(found.branch), tx.now))


def in_a_week(tx: Transaction, by: Doer, task: int, revision: int) -> Task:
    return _later(tx, current(tx, by, task, revision), tx.now + WEEK)


def later(tx: Transaction, by: Doer, task: int, revision: int, when: datetime) -> Task:
    """At a moment that was typed. Raises NotThenError."""
    found = current(tx, by, task, revision)
    if not tx.now < when <= tx.now + FARTHEST:
        raise NotThenError
    return _later(tx, found, when)


def _later(tx: Transaction, task: Task, when: datetime) -> Task:
    """What was asked for goes before all else of that day."""
    due_at = next_open(tx.branches.branch(task.branch), when)
    return keep(tx, replace(task, due_at=due_at, promised=True))


def comes(tx: Transaction, by: Doer, task: int, revision: int, patient: int) -> Task:
    """They said so on the phone: the appointments that this was about are confirmed."""
    found, whom = current(tx, by, task, revision), kept(tx, patient).id
    theirs = [one for one in open_reasons(tx, found) if one.patient == whom]
    for number in {one.appointment for one in theirs} - {None}:
        _confirm(tx, tx.appointments.appointment(number or 0))
    return settle(tx, found, theirs, Result.CONFIRMED, by.name) if theirs else found


def _confirm(tx: Transaction, one: Appointment) -> None:
    if one.live and one.state is not State.CONFIRMED:
        confirmed = replace(one, state=State.CONFIRMED, confirmed_at=tx.now, by_patient=False)
        telling.redraw(tx, changing.save(tx, confirmed))


def declined(tx: Transaction, by: Doer, task: int, revision: int, patient: int) -> Task:
    """They were reached and want nothing now."""
    return _of_one(tx, by, task, revision, patient, Result.DECLINED)


def elsewhere(tx: Transaction, by: Doer, task: int, revision: int, patient: int) -> Task:
    """The patient is treated by somebody else."""
    return _of_one(tx, by, task, revision, patient, Result.ELSEWHERE)


def wrong_number(tx: Transaction, by: Doer, task: int, revision: int) -> Task:
    """Another person's: the clinic calls it no more of its own accord."""
    found = current(tx, by, task, revision)
    reasons = open_reasons(tx, found)
    patients = [tx.people.patient(one) for one in dict.fromkeys(r.patient for r in reasons)]
    for phone in {phone_of(tx, patient) for patient in patients} - {None}:
        tx.tasks.mark_wrong(found.id, tx.papers.mark(str(phone)))
    return settle(tx, found, reasons, Result.WRONG_NUMBER, by.name)


def never(tx: Transaction, by: Doer, task: int, revision: int, patient: int) -> Task:
    """No call, care or offer reaches the patient any more."""
    found = current(tx, by, task, revision)
    disturbing.say(tx, patient, by.telegram, by.name)
    return tx.tasks.task(found.id)


def _of_one(
    tx: Transaction, by: Doer, task: int, revision: int, patient: int, result: Result
) -> Task:
    found = current(tx, by, task, revision)
    whom = kept(tx, patient).id
    theirs = [reason for reason in open_reasons(tx, found) if reason.patient == whom]
    return settle(tx, found, theirs, result, by.name) if theirs else found
