"""Free text: what a patient writes goes to the staff chat, and an answer comes back."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from loyalty.branches import Branch
from loyalty.errors import OutOfTurnError
from loyalty.hours import night
from loyalty.letters import PLAIN, How, Letter, UntrueError
from loyalty.moves import awaits_desk
from loyalty.opinions import Side, Words
from loyalty.people import Account, Patient, Relation
from loyalty.ports import Transaction
from loyalty.saying import NobodyListensError, Said, copied, write_down
from loyalty.tasks.changing import keep, open_reasons, settle
from loyalty.tasks.doing import Doer, check_does
from loyalty.tasks.looking import elsewhere
from loyalty.tasks.opening import open_talk
from loyalty.tasks.posting import QUIET, post
from loyalty.tasks.task import Result, Task
from loyalty.tasks.timing import Promise, half, other_half, promise
from loyalty.visits import VisitKind


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of a patient's words. `promise`: when an answer will come, if it is to be said:
    once in each half of a day.
    """

    task: Task
    promise: Promise | None


@dataclass(frozen=True, slots=True)
class TalkFacts:
    """Words on their way to the other side of a talk."""

    words: Words
    patient: Patient
    branch: Branch
    how: How = PLAIN


def passes(tx: Transaction, account: Account) -> bool:
    """Whether there is a desk to which this person's words go: not without their consent."""
    return account.registered and _branch(tx, account) is not None


def say(tx: Transaction, telegram: int, said: Said, owners: Collection[int]) -> Heard:
    """The patient's words: into the talk that is open, or a new task of their branch.

    Handled again after a fault, they are passed on once and the same is promised.
    Raises OutOfTurnError: consent was never given or is withdrawn. TooLongError.
    """
    account = tx.people.account_of(telegram)
    branch = _branch(tx, account) if account else None
    if account is None or not account.registered or branch is None:
        raise OutOfTurnError
    tx.branches.hold(branch.id)
    task = tx.tasks.open_talk(None, account.id)
    new = task is None
    if task is None:
        task = open_talk(tx, branch, account, _speaks(tx, account), said.source)
    words = write_down(tx, Side.PATIENT, account.name or "", said, task=task.id)
    if words is not None:
        task = _pass_on(tx, task, words, said, owners, new=new)
    return _promised(tx, task, said)


def _pass_on(
    tx: Transaction, task: Task, words: Words, said: Said, owners: Collection[int], *, new: bool
) -> Task:
    """The first words stand in the card; what comes later, or doesn't fit there, rings too."""
    branch = tx.branches.branch(task.branch)
    if new:
        task = post(tx, task, owners)
    else:
        task = keep(tx, replace(task, due_at=other_half(branch, tx.now)))
    if not new or not said.fits_a_card:
        for chat in _chats(branch, owners):
            key = f"task-words:{words.id}:{chat}"
            tx.outbox.put_in_chat(key, "task-words", chat, words=words.id)
    return task


def _chats(branch: Branch, owners: Collection[int]) -> list[int]:
    return [branch.chat] if branch.chat is not None else sorted(owners)


def _promised(tx: Transaction, task: Task, said: Said) -> Heard:
    branch = tx.branches.branch(task.branch)
    if task.told_for == said.source:
        return Heard(task, promise(branch, task.told_at or tx.now))
    if task.told_at is not None and half(branch, task.told_at) == half(branch, tx.now):
        return Heard(task, None)
    told = replace(task, told_at=tx.now, told_for=said.source)
    tx.tasks.save_task(told)
    return Heard(told, promise(branch, tx.now))


# --- whose words, and for which desk ---------------------------------------------------------


def _speaks(tx: Transaction, account: Account) -> Patient:
    """The patient whom the account is, else the first for whom it speaks."""
    bonds = tx.people.spoken_for(account.id)
    own = (patient for patient, relation in bonds if relation is Relation.SELF)
    found = next(own, None) or next((patient for patient, _ in bonds), None)
    if found is None:
        raise OutOfTurnError
    return found


def _branch(tx: Transaction, account: Account) -> Branch | None:
    """Where they are booked next, else were last, if that has a staff chat; else the first that
    has one, else the first of all, whose words owners read.
    """
    branches = tx.branches.branches()
    by_id = {branch.id: branch for branch in branches}
    last = by_id.get(_booked_next(tx, account) or _last_visited(tx, account) or 0)
    if last is not None and last.chat is not None:
        return last
    open_ones = [branch for branch in branches if branch.chat is not None]
    return next(iter(open_ones), None) or last or next(iter(branches), None)


def _booked_next(tx: Transaction, account: Account) -> int | None:
    """The desk that awaits them: «задержусь на десять минут» is for its eyes."""
    if awaits_desk(tx, account):
        return None
    patients = [patient.id for patient, _ in tx.people.spoken_for(account.id)]
    ahead = [one for patient in patients for one in tx.appointments.live_of(patient)]
    ahead = [one for one in ahead if one.ends_at > tx.now]
    return min(ahead, key=lambda one: one.starts_at).branch if ahead else None


def _last_visited(tx: Transaction, account: Account) -> int | None:
    if awaits_desk(tx, account):
        return None
    patients = [patient.id for patient, _ in tx.people.spoken_for(account.id)]
    visits = tx.desk.visits_of(patients, 0, 5) if patients else ()
    return next((one.branch for one in visits if one.kind is not VisitKind.ADVANCE), None)


# --- the clinic's side -----------------------------------------------------------------------


def answer(tx: Transaction, by: Doer, talk: int, said: Said) -> Task:
    """The clinic's words to the patient; after a day without more the talk closes by itself.

    A reply to that reply belongs to the talk too.
    Raises what `check_does` raises, NobodyListensError, TooLongError.
    """
    task = check_does(tx, by, talk)
    account = tx.people.account(task.account) if task.account is not None else None
    if account is None or not account.registered:
        raise NobodyListensError
    tx.tasks.show(said.chat, said.message, task.id, whole=False)
    words = write_down(tx, Side.CLINIC, by.name, said, task=task.id)
    if words is None:
        return task
    tx.outbox.put(f"task-answer:{words.id}", "task-answer", account.id, words=words.id)
    return keep(tx, replace(task, due_at=tx.now + QUIET) if task.open else task)


def done(tx: Transaction, by: Doer, talk: int) -> Task:
    """«Готово»: what the patient writes next is a new task. Closed already, it stays as it is; an
    old button does as well. Raises what `check_does` raises.
    """
    task = check_does(tx, by, talk)
    if not task.open:
        return task
    return settle(tx, task, open_reasons(tx, task), Result.ANSWERED, by.name)


# --- letters ---------------------------------------------------------------------------------


def words_of(tx: Transaction, letter: Letter) -> TalkFacts:
    """Raises UntrueError: they were erased meanwhile, or staff read another chat now."""
    words = tx.ratings.words_by_id(letter.arguments["words"])
    if words is None or words.task is None or (words.text is None and words.message is None):
        raise UntrueError
    task = tx.tasks.task(words.task)
    branch = tx.branches.branch(task.branch)
    patient = tx.people.patient(tx.tasks.reasons(task.id)[0].patient)
    if letter.kind == "task-answer":
        return TalkFacts(words, patient, branch, How(copies=copied(words)))
    if elsewhere(branch, letter):
        raise UntrueError
    cards = [card.message for card in tx.tasks.shown(task.id) if card.chat == letter.telegram]
    how = How(
        copies=copied(words),
        replies_to=cards[-1] if cards else None,
        silent=night(branch, tx.now),
    )
    return TalkFacts(words, patient, branch, how)


def told(tx: Transaction, letter: Letter, message: int | None) -> None:
    """A reply to this message is an answer in its talk."""
    words = tx.ratings.words_by_id(letter.arguments["words"])
    if words and words.task is not None and letter.telegram is not None and message is not None:
        tx.tasks.show(letter.telegram, message, words.task, whole=False)


def unheard(tx: Transaction, letter: Letter) -> None:
    """The patient can't be reached: said under the reply, in the chat where it was written."""
    words = tx.ratings.words_by_id(letter.arguments["words"])
    if words is not None and words.task is not None:
        chat, _, message = words.source.partition(":")
        key = f"task-unheard:{words.id}"
        tx.outbox.put_in_chat(key, "task-unheard", int(chat), words=words.id, message=int(message))
        tx.outbox.tell([letter.id])  # the hourly digest need not say it again


def unheard_of(tx: Transaction, letter: Letter) -> TalkFacts:
    """Raises UntrueError: it is all forgotten."""
    words = tx.ratings.words_by_id(letter.arguments["words"])
    if words is None or words.task is None:
        raise UntrueError
    task = tx.tasks.task(words.task)
    patient = tx.people.patient(tx.tasks.reasons(task.id)[0].patient)
    branch = tx.branches.branch(task.branch)
    return TalkFacts(words, patient, branch, How(replies_to=letter.arguments["message"]))
