"""Two records of one person have become one: whoever was to be called twice is called once."""

from collections import defaultdict
from dataclasses import replace

from loyalty.ports import Transaction
from loyalty.tasks.changing import keep
from loyalty.tasks.task import Result, Task


def join(tx: Transaction, patient: int) -> None:
    """Open calls of one branch about this patient become the one that was opened first. Records
    that are parted again stay in that call, as a household does.
    """
    calls: dict[int, list[Task]] = defaultdict(list)
    for task in tx.tasks.about(patient):
        if not task.talk:
            calls[task.branch].append(task)
    for first, *others in calls.values():
        if others:
            _take_over(tx, first, others)


def _take_over(tx: Transaction, first: Task, others: list[Task]) -> None:
    for other in others:
        tx.tasks.hand_over(other.id, first.id)
        keep(tx, replace(other, result=Result.OVERTAKEN, done_at=tx.now, promised=False))
    together = [first, *others]
    keep(
        tx,
        replace(
            first,
            due_at=min(one.due_at for one in together),
            counted=all(one.counted for one in together),
            promised=any(one.promised for one in together),
        ),
    )
