"""A task opens with its reason; more reasons of one household join the call that is open."""

from dataclasses import replace
from datetime import datetime

from loyalty.branches import Branch
from loyalty.people import Account, Patient
from loyalty.ports import Transaction
from loyalty.tasks import never
from loyalty.tasks.changing import keep
from loyalty.tasks.household import household, kept, phone_of
from loyalty.tasks.posting import post
from loyalty.tasks.task import Reason, Task, TaskKind, Wish


def open_task(
    tx: Transaction,
    key: str,
    kind: TaskKind,
    *,
    branch: int,
    patient: int,
    account: int | None = None,
    appointment: int | None = None,
    due: datetime | None = None,
    wish: Wish | None = None,
    doctor: int | None = None,
) -> None:
    """A task for the branch's staff; a key that is there already changes nothing.

    What the patient caused is posted at once; what the clinic noticed waits for its turn among the
    day's ten, and isn't opened at all for who is never to be called, or whose number is wrong.
    `due`: when the visit begins that it is about; `account`: whose wish it is.
    """
    tx.branches.hold(branch)
    if tx.tasks.knows(key):
        return
    whom = kept(tx, patient)
    if whom.erased or (not kind.caused and not may_be_called(tx, whom)):
        return
    task = _call(tx, kind, branch, whom)
    reason = Reason(0, task.id, key, kind, whom.id, tx.now, account, appointment, due, wish, doctor)
    tx.tasks.add_reason(reason)
    if kind.caused:
        post(tx, replace(task, counted=False, promised=False))
    elif task.promised:
        keep(tx, task)
    else:
        keep(tx, replace(task, due_at=tx.now))


def may_be_called(tx: Transaction, patient: Patient) -> bool:
    """Whether the clinic may call of its own accord (programme: never disturb, wrong number)."""
    if never.said(tx, patient.id):
        return False
    phone = phone_of(tx, patient)
    return phone is None or not tx.tasks.is_wrong(tx.papers.mark(phone))


def open_talk(
    tx: Transaction, branch: Branch, account: Account, patient: Patient, source: str
) -> Task:
    """A talk with this account, which is yet to be posted. `source`: the words that begin it."""
    task = tx.tasks.add_task(Task(0, branch.id, True, tx.now, tx.now, account.id))
    key = f"words:{account.id}:{source}"
    tx.tasks.add_reason(Reason(0, task.id, key, TaskKind.WORDS, patient.id, tx.now))
    return task


def _call(tx: Transaction, kind: TaskKind, branch: int, patient: Patient) -> Task:
    """The open one that this reason joins, or a new one."""
    found = tx.tasks.open_call(branch, household(tx, patient))
    if found is not None:
        return found
    new = Task(0, branch, False, tx.now, tx.now, counted=not kind.caused)
    return tx.tasks.add_task(new)
