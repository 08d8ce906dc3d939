"""A task as staff see it: who, why, their last visit, what they have, what is said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loyalty.appointments.appointment import Appointment
from loyalty.branches import Branch
from loyalty.hours import night
from loyalty.letters import PLAIN, How, Letter, UntrueError
from loyalty.moves import awaits_desk
from loyalty.opinions import Words
from loyalty.people import Patient, Relation
from loyalty.ports import Transaction
from loyalty.tasks.doing import Doer, check_does
from loyalty.tasks.household import phone_of
from loyalty.tasks.task import Never, Reason, Task
from loyalty.visits import Visit, VisitKind, is_taken_back

PAGE = 8  # tasks on a page of the list
LOOKED_AT = 10  # latest records, among which the last visit is looked for


@dataclass(frozen=True, slots=True)
class Whom:
    """One of those whom a task is about. `speaker` is who answers for them, if not they
    themselves; `last` their last visit, `points` what they could spend.
    """

    patient: Patient
    reasons: Sequence[Reason]
    phone: str | None
    speaker: str | None
    last: Visit | None
    points: int
    never: Never | None
    wrong_number: bool


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """`strange`: the talk is with an account whose phone has just moved to it. `appointments` are
    those that open reasons are about and that still hold their time, by number.
    """

    task: Task
    branch: Branch
    people: Sequence[Whom]
    doctors: Mapping[int, str]
    words: Sequence[Words]
    appointments: Mapping[int, Appointment]
    strange: bool
    how: How = PLAIN


@dataclass(frozen=True, slots=True)
class BelowFacts:
    """An older card of a task that has come again."""

    people: Sequence[Patient]
    how: How


def facts(tx: Transaction, task: Task, how: How = PLAIN) -> TaskFacts:
    reasons = tx.tasks.reasons(task.id)
    names = dict.fromkeys(reason.patient for reason in reasons)
    return TaskFacts(
        task,
        tx.branches.branch(task.branch),
        [_whom(tx, one, [r for r in reasons if r.patient == one]) for one in names],
        tx.branches.doctors(),
        tx.ratings.words_of_task(task.id),
        _appointments(tx, reasons),
        task.account is not None and awaits_desk(tx, tx.people.account(task.account)),
        how,
    )


def _appointments(tx: Transaction, reasons: Sequence[Reason]) -> dict[int, Appointment]:
    numbers = {one.appointment for one in reasons if one.open and one.appointment is not None}
    found = (tx.appointments.appointment(number) for number in sorted(numbers))
    return {one.id: one for one in found if one.live}


def _whom(tx: Transaction, patient: int, reasons: Sequence[Reason]) -> Whom:
    whom = tx.people.patient(patient)
    asked = next((tx.people.account(r.account).phone for r in reasons if r.account), None)
    phone = whom.phone or asked or phone_of(tx, whom)
    return Whom(
        whom,
        reasons,
        phone,
        _speaker(tx, whom),
        _last(tx, patient),
        sum(lot.remaining for lot in tx.ledger.lots(whom.wallet) if lot.ends_at > tx.now),
        tx.tasks.never(patient),
        phone is not None and tx.tasks.is_wrong(tx.papers.mark(phone)),
    )


def _speaker(tx: Transaction, patient: Patient) -> str | None:
    accounts = tx.people.bound_to(patient.id)
    for account in accounts:
        bonds = {one.id: relation for one, relation in tx.people.spoken_for(account.id)}
        if bonds.get(patient.id) is Relation.SELF:
            return None
    return next((account.name for account in accounts if account.name), None)


def _last(tx: Transaction, patient: int) -> Visit | None:
    for visit in tx.desk.visits_of([patient], 0, LOOKED_AT):
        stands = not is_taken_back(visit, tx.desk.reversals(visit.id))
        if visit.kind is not VisitKind.ADVANCE and stands:
            return visit
    return None


# --- letters, read again as they leave -------------------------------------------------------


def card_of(tx: Transaction, letter: Letter) -> TaskFacts:
    """At night without a sound. Raises UntrueError: it is done, or has come again since."""
    task = tx.tasks.task(letter.arguments["task"])
    branch = tx.branches.branch(task.branch)
    if not task.open or elsewhere(branch, letter):
        raise UntrueError
    return facts(tx, task, How(silent=night(branch, tx.now)))


def elsewhere(branch: Branch, letter: Letter) -> bool:
    """The branch has got a chat since owners were to hear of it, or has another one."""
    private = letter.telegram is not None and letter.telegram > 0
    return branch.chat is not None if private else letter.telegram != branch.chat


def edit_of(tx: Transaction, letter: Letter) -> TaskFacts:
    """A card, drawn anew. Raises UntrueError: a newer edit does that, it shows another thing, or
    the chat is the branch's no longer.
    """
    task, message = tx.tasks.task(letter.arguments["task"]), letter.arguments["message"]
    if _in_a_former_chat(tx.branches.branch(task.branch), letter):
        raise UntrueError
    cards = {(card.chat, card.message) for card in tx.tasks.shown(task.id)}
    if letter.arguments["revision"] < task.revision or (letter.telegram, message) not in cards:
        raise UntrueError
    return facts(tx, task, How(edits=message))


def _in_a_former_chat(branch: Branch, letter: Letter) -> bool:
    """Whoever reads there now need not know more of patients."""
    chat = letter.telegram
    return chat is not None and chat < 0 and chat != branch.chat


def below_of(tx: Transaction, letter: Letter) -> BelowFacts:
    reasons = tx.tasks.reasons(letter.arguments["task"])
    people = [tx.people.patient(one) for one in dict.fromkeys(r.patient for r in reasons)]
    return BelowFacts(people, How(edits=letter.arguments["message"]))


# --- what staff open -------------------------------------------------------------------------


def look(tx: Transaction, by: Doer, task: int) -> TaskFacts:
    """Raises what `check_does` raises."""
    return facts(tx, check_does(tx, by, task))


@dataclass(frozen=True, slots=True)
class TaskLine:
    task: Task
    people: Sequence[Patient]
    reasons: Sequence[Reason]


@dataclass(frozen=True, slots=True)
class TaskList:
    """A page of the branch's open tasks, the best first; `page` is the one that there is."""

    branch: Branch
    lines: Sequence[TaskLine]
    count: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // PAGE))


def listed(tx: Transaction, branch: int, page: int) -> TaskList:
    count, _ = tx.tasks.listed(branch, 0, 1)
    last = max(0, (count - 1) // PAGE)
    here = min(page, last)
    _, tasks = tx.tasks.listed(branch, here * PAGE, PAGE)
    return TaskList(tx.branches.branch(branch), [_line(tx, one) for one in tasks], count, here)


def _line(tx: Transaction, task: Task) -> TaskLine:
    reasons = [reason for reason in tx.tasks.reasons(task.id) if reason.open]
    people = dict.fromkeys(reason.patient for reason in reasons)
    return TaskLine(task, [tx.people.patient(one) for one in people], reasons)
