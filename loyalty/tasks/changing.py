"""One way to change a task: kept, and drawn anew wherever it is shown."""

from dataclasses import replace

from loyalty.ports import Transaction
from loyalty.tasks.task import Reason, Result, Task


def keep(tx: Transaction, task: Task) -> Task:
    """The task with its next revision; cards that show it are redrawn in place."""
    kept = replace(task, revision=task.revision + 1)
    tx.tasks.save_task(kept)
    redraw(tx, kept)
    return kept


def redraw(tx: Transaction, task: Task) -> None:
    """Cards show an older revision."""
    for card in tx.tasks.shown(task.id):
        key = f"task-edit:{task.id}:{task.revision}:{card.chat}:{card.message}"
        tx.outbox.put_in_chat(
            *(key, "task-edit", card.chat),
            task=task.id,
            message=card.message,
            revision=task.revision,
        )


def settle(
    tx: Transaction, task: Task, reasons: list[Reason], result: Result, name: str | None = None
) -> Task:
    """These reasons are done with; the task is, once none is left. `name`: who did it."""
    for reason in reasons:
        tx.tasks.save_reason(replace(reason, result=result))
    settled = {reason.id for reason in reasons}
    if any(one.open and one.id not in settled for one in tx.tasks.reasons(task.id)):
        return keep(tx, task)
    done = replace(task, result=result, done_name=name, done_at=tx.now, promised=False)
    return keep(tx, done)


def open_reasons(tx: Transaction, task: Task) -> list[Reason]:
    return [reason for reason in tx.tasks.reasons(task.id) if reason.open]
