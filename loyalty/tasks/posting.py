"""Tasks come into the staff chat: at once, in their turn, and again while they are not done."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta

from loyalty.branches import Branch
from loyalty.letters import Letter
from loyalty.ports import Transaction
from loyalty.tasks.changing import open_reasons, redraw, settle
from loyalty.tasks.task import Result, Task, TaskKind
from loyalty.tasks.timing import day_ends, is_open, other_half, within_hours

A_DAY = 10  # calls that the clinic asks a branch's staff to make (programme: call tasks)
QUIET = timedelta(hours=24)  # after the clinic's answer: nobody has more to say


def post(tx: Transaction, task: Task, owners: Collection[int] = ()) -> Task:
    """Into the branch's staff chat, or where there is none, to every owner. It comes again in the
    other half of the working day, unless it is done by then.

    Without a chat and without `owners` it waits for the next round, which knows them.
    """
    branch = tx.branches.branch(task.branch)
    chats = [branch.chat] if branch.chat is not None else sorted(owners)
    if not chats:
        waiting = replace(task, revision=task.revision + 1, due_at=tx.now)
        tx.tasks.save_task(waiting)
        return waiting
    posted = replace(
        task,
        revision=task.revision + 1,
        posted_on=branch.today(tx.now),
        due_at=other_half(branch, tx.now),
        promised=False,
    )
    tx.tasks.save_task(posted)
    for chat in chats:
        key = f"task:{task.id}:{posted.revision}:{chat}"
        tx.outbox.put_in_chat(key, "task", chat, task=task.id, revision=posted.revision)
    return posted


def plan(tx: Transaction, owners: Collection[int]) -> None:
    """Post what is due now, the best first. Done twice, it changes nothing.

    Staff are asked only while they are at the desk; what a patient caused at night is in the chat
    already, and comes again in the morning.
    """
    for branch in tx.branches.branches():
        if branch.chat is not None and not within_hours(branch, tx.now):
            continue
        due = tx.tasks.due(branch.id)
        if branch.chat is not None and not is_open(branch, tx.now):
            due = [task for task in due if _of_coming_visit(tx, task)]
        if due:
            _post_due(tx, tx.branches.hold(branch.id), due, owners)


def _of_coming_visit(tx: Transaction, task: Task) -> bool:
    """Nobody waits with it till New Year is over: who has visits then is at the desk."""
    return any(reason.kind is TaskKind.SILENT for reason in open_reasons(tx, task))


def _post_due(
    tx: Transaction, branch: Branch, due: Sequence[Task], owners: Collection[int]
) -> None:
    today = branch.today(tx.now)
    room = A_DAY - tx.tasks.posted_on(branch.id, today)
    kept_free = tx.tasks.promised_before(branch.id, day_ends(branch, tx.now))
    for task in due:
        if _is_over(tx, task):
            continue
        if task.counted and task.posted_on != today:
            if room <= (0 if task.promised else kept_free):
                continue
            room -= 1
        post(tx, task, owners)


def _is_over(tx: Transaction, task: Task) -> bool:
    """Nothing is left to do: what it was about has begun, or the talk has come to its end."""
    if task.talk and tx.tasks.clinic_spoke_last(task.id):
        settle(tx, task, open_reasons(tx, task), Result.ANSWERED)
        return True
    begun = [
        reason
        for reason in open_reasons(tx, task)
        if reason.kind is TaskKind.SILENT and reason.due is not None and reason.due <= tx.now
    ]
    return bool(begun) and not settle(tx, task, begun, Result.OVERTAKEN).open


def arrived(tx: Transaction, letter: Letter, message: int | None) -> None:
    """The message shows the task from now on; an older card says that there is a newer one."""
    task, chat = letter.arguments["task"], letter.telegram
    if chat is None or message is None:
        return
    for old in tx.tasks.shown(task):
        if old.chat == chat and old.message != message:
            tx.tasks.show(chat, old.message, task, whole=False)
            key = f"task-below:{task}:{chat}:{old.message}"
            tx.outbox.put_in_chat(key, "task-below", chat, task=task, message=old.message)
    tx.tasks.show(chat, message, task, whole=True)
    found = tx.tasks.task(task)
    if found.revision != letter.arguments["revision"]:
        redraw(tx, found)
