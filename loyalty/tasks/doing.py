"""Who may do something about a task, and whether they have seen how it stands."""

from dataclasses import dataclass

from loyalty.desk.access import NotStaffError
from loyalty.errors import Refusal
from loyalty.ports import Transaction
from loyalty.tasks.task import Task


class NotYourTaskError(Refusal):
    """Another branch's task is none of this chat's business."""

    text = "refusal-other-task"


class StaleTaskError(Refusal):
    """The card shows what the task was before."""

    text = "refusal-stale-task"


class TaskDoneError(Refusal):
    """Somebody has done it, or the patient has come or booked."""

    text = "refusal-task-done"


@dataclass(frozen=True, slots=True)
class Doer:
    """Who presses: staff of this branch, or (`branch` None) an owner in private, to whom the tasks
    of a branch without a staff chat come. `name` stays with the result.
    """

    telegram: int
    name: str
    branch: int | None


def check_does(tx: Transaction, by: Doer, task: int) -> Task:
    """Raises NotYourTaskError, NotStaffError."""
    found = tx.tasks.task(task)
    if by.branch is None:
        if tx.branches.branch(found.branch).chat is not None:
            raise NotYourTaskError
        return found
    if found.branch != by.branch:
        raise NotYourTaskError
    standing = tx.branches.standing(by.branch, by.telegram)
    if standing is None or not standing.works:
        raise NotStaffError
    return found


def current(tx: Transaction, by: Doer, task: int, revision: int) -> Task:
    """The task as the presser has seen it.

    Raises what `check_does` raises, TaskDoneError, StaleTaskError.
    """
    found = check_does(tx, by, task)
    if not found.open:
        raise TaskDoneError
    if found.revision != revision:
        raise StaleTaskError
    return found
