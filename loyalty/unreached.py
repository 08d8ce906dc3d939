"""Letters that came back: who can't be reached any more, and faults of ours that owners hear of."""

from collections.abc import Collection
from dataclasses import replace

from loyalty.appointments import telling
from loyalty.appointments.hearing import hearers
from loyalty.appointments.looking import NOTICES
from loyalty.desk import connecting
from loyalty.letters import Letter
from loyalty.ports import Transaction
from loyalty.tasks.task import TaskKind

REFUSED, CHAT_LOST = "letters-refused", "chat-lost"
OF_VISITS = NOTICES.keys() - {"missed"}  # which has a task of its own


def note(tx: Transaction, letter: Letter, owners: Collection[int] = ()) -> None:
    """There is nobody at its address: the bot was blocked or removed, or the account has gone.

    Who doesn't hear of a visit to come is called, unless somebody else who speaks for them hears.
    """
    if letter.account is None:
        _note_chat(tx, letter, owners)
        return
    tx.people.lose_account(letter.account)
    if letter.kind in OF_VISITS:
        _call(tx, letter)


def _note_chat(tx: Transaction, letter: Letter, owners: Collection[int]) -> None:
    """A staff chat without the bot is none: owners hear, and have its tasks till there is one."""
    branch = None if letter.telegram is None else tx.branches.branch_of_chat(letter.telegram)
    if branch is None or branch.chat is None:
        return
    connecting.disconnect(tx, branch.chat)
    for owner in owners:
        key = f"{CHAT_LOST}:{letter.id}:{owner}"
        tx.outbox.put_in_chat(key, CHAT_LOST, owner, branch=branch.name)
    if (number := _task_of(tx, letter)) is not None:
        task = tx.tasks.task(number)
        tx.tasks.save_task(replace(task, due_at=min(task.due_at, tx.now)))


def _task_of(tx: Transaction, letter: Letter) -> int | None:
    """The task that staff were to see, or the talk whose words they were."""
    if letter.kind == "task":
        return int(letter.arguments["task"])
    words = (
        tx.ratings.words_by_id(letter.arguments["words"]) if letter.kind == "task-words" else None
    )
    return words.task if words is not None else None


def _call(tx: Transaction, letter: Letter) -> None:
    one = tx.appointments.appointment(letter.arguments["appointment"])
    unheard = all(reader.unreachable_since for reader in hearers(tx, one.patient))
    if unheard and tx.now < one.starts_at:
        telling.call(tx, one, TaskKind.UNREACHED)


def speaks_again(tx: Transaction, account: int) -> None:
    """They have written or pressed something, so letters reach them."""
    tx.people.find_account(account)


def tell_owners(tx: Transaction, letter: Letter, owners: Collection[int]) -> None:
    """Telegram refused it as it was written. Of a kind of letter owners hear once a day."""
    if letter.kind == REFUSED:
        return
    day = tx.now.astimezone(tx.zone).date()
    for owner in owners:
        key = f"{REFUSED}:{letter.kind}:{day}:{owner}"
        tx.outbox.put_in_chat(key, REFUSED, owner, what=letter.kind)
