"""Cases as owners and managers see them: the list, one of them, and what its letters say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from loyalty.branches import Branch
from loyalty.cases.opening import reads
from loyalty.cases.recipients import Owners, branches_of, check_handles, name_of, still_hears
from loyalty.desk.access import Decider
from loyalty.hours import night
from loyalty.letters import PLAIN, How, Letter, UntrueError
from loyalty.opinions import Case, CaseState, Words
from loyalty.people import Patient
from loyalty.ports import Transaction
from loyalty.saying import copied
from loyalty.visits import Visit

LISTED = 10
OPEN = (CaseState.NEW, CaseState.TAKEN)


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Everything that is known of a case. `visits`: how often they came, `known_for` how long.

    `rated`: the stars of the visit, of a case that is not about them too.
    `how` says how a letter about it goes; `urgent` what of it can't wait.
    """

    case: Case
    visit: Visit
    branch: Branch
    patient: Patient
    rated: int | None
    doctors: Mapping[int, str]
    words: Sequence[Words]
    visits: int
    known_for: timedelta
    overdue: bool
    reachable: bool
    how: How = PLAIN
    urgent: str | None = None


@dataclass(frozen=True, slots=True)
class WordsFacts:
    """What somebody said about a visit; `stars` if it is rated, `case` where it is one."""

    words: Words
    stars: int | None
    case: Case | None
    patient: Patient
    branch: Branch
    how: How


@dataclass(frozen=True, slots=True)
class SolvedFacts:
    """For the patient whose case was solved."""

    case: Case
    branch: Branch


@dataclass(frozen=True, slots=True)
class WaitingFacts:
    """For a staff chat: an owner or manager can't be reached, and something waits for them.

    `name` as in `recipients.Colleague`.
    """

    branch: Branch
    name: str | None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in the list."""

    case: Case
    patient: Patient
    day: date
    overdue: bool


@dataclass(frozen=True, slots=True)
class CaseList:
    """Open cases, who is in pain first, then the oldest; `solved` lately, newest first.

    `new`, `taken`, `overdue` count all of them. `deputy` stands in while who looks is away.
    """

    open: Sequence[CaseLine]
    solved: Sequence[CaseLine]
    new: int
    taken: int
    overdue: int
    deputy: int | None

    @property
    def more(self) -> int:
        return self.new + self.taken - len(self.open)


def sees_any(tx: Transaction, by: Decider, owners: Owners) -> bool:
    return bool(branches_of(tx, owners, by.telegram))


def listed(tx: Transaction, by: Decider, owners: Owners) -> CaseList:
    branches = sorted(branches_of(tx, owners, by.telegram))
    counts = tx.cases.counts(branches, tx.now)
    return CaseList(
        [_line(tx, case) for case in tx.cases.cases(branches, OPEN, LISTED)],
        [_line(tx, case) for case in tx.cases.solved(branches, LISTED)],
        *counts,
        tx.cases.absences().get(by.telegram),
    )


def _line(tx: Transaction, case: Case) -> CaseLine:
    visit = _visit(tx, case)
    return CaseLine(case, tx.people.patient(case.patient), visit.day, case.overdue(tx.now))


def look(tx: Transaction, by: Decider, owners: Owners, case: int) -> CaseFacts:
    """Raises NotTheirCaseError."""
    found = tx.cases.case(case)
    check_handles(tx, by, owners, found)
    return _facts(tx, found)


def _facts(tx: Transaction, case: Case, how: How = PLAIN, urgent: str | None = None) -> CaseFacts:
    visit = _visit(tx, case)
    visits, first = tx.desk.attendances(case.patient)
    rating = tx.ratings.rating(case.visit)
    return CaseFacts(
        case,
        visit,
        tx.branches.branch(case.branch),
        tx.people.patient(case.patient),
        None if rating is None else rating.stars,
        tx.branches.doctors(),
        tx.ratings.words(case.visit),
        visits,
        visit.day - (first or visit.day),
        case.overdue(tx.now),
        any(account.id == case.account for account in tx.people.speaking_for(case.patient)),
        how,
        urgent,
    )


def _visit(tx: Transaction, case: Case) -> Visit:
    visit = tx.desk.visit(case.visit)
    if visit is None:
        raise LookupError(f"no visit {case.visit}")
    return visit


# --- letters, read again as they leave -------------------------------------------------------


def facts_of(tx: Transaction, letter: Letter) -> CaseFacts:
    """A case for an owner or a manager; at night it comes without a sound.

    So does one that a colleague has solved before it could leave: every owner and manager hears of
    few stars, and nobody can end that by being quick.
    Raises UntrueError: it is solved, and stands in their chat already or is only a reminder; or who
    was to hear of it decides there no longer.
    """
    case = tx.cases.case(letter.arguments["case"])
    _check_hears(tx, letter, case)
    if not case.open and (letter.kind != "case" or _shown(tx, case, letter.telegram)):
        raise UntrueError
    silent = not case.open or night(tx.branches.branch(case.branch), tx.now)
    if letter.kind != "case-urgent":
        return _facts(tx, case, How(silent=silent))
    how = How(replies_to=_shown(tx, case, letter.telegram), silent=silent)
    return _facts(tx, case, how, letter.arguments["what"])


def edit_of(tx: Transaction, letter: Letter) -> CaseFacts:
    """A message that shows the case, drawn anew. Raises UntrueError: a newer one does that."""
    case, message = tx.cases.case(letter.arguments["case"]), letter.arguments["message"]
    shown = (one for one in tx.cases.shown(case.id) if one.telegram == letter.telegram)
    if letter.arguments["revision"] < case.revision or message not in {o.message for o in shown}:
        raise UntrueError
    return _facts(tx, case, How(edits=message))


def words_of(tx: Transaction, letter: Letter) -> WordsFacts:
    """Words on their way to the other side. Raises UntrueError: they were erased meanwhile."""
    words = tx.ratings.words_by_id(letter.arguments["words"])
    if words is None or words.visit is None or (words.text is None and words.message is None):
        raise UntrueError
    rating, visit = tx.ratings.rating(words.visit), tx.desk.visit(words.visit)
    if visit is None or visit.patient is None:
        raise UntrueError
    case, branch = tx.cases.case_of(words.visit), tx.branches.branch(visit.branch)
    if case is not None and letter.kind == "case-words":
        _check_hears(tx, letter, case)
    how = How(
        copies=copied(words),
        replies_to=_shown(tx, case, letter.telegram) if case else None,
        silent=letter.kind != "case-answer" and night(branch, tx.now),
    )
    stars = None if rating is None else rating.stars
    return WordsFacts(words, stars, case, tx.people.patient(visit.patient), branch, how)


def _check_hears(tx: Transaction, letter: Letter, case: Case) -> None:
    who, as_owner = letter.telegram, bool(letter.arguments["owner"])
    if who is None or not still_hears(tx, case, who, as_owner=as_owner):
        raise UntrueError


def _shown(tx: Transaction, case: Case, telegram: int | None) -> int | None:
    """The newest message there that shows the case."""
    there = [shown.message for shown in tx.cases.shown(case.id) if shown.telegram == telegram]
    return there[-1] if there else None


def solved_of(tx: Transaction, letter: Letter) -> SolvedFacts:
    """Raises UntrueError: it is open again, it began without stars (who was in pain isn't asked
    for a review), the branch has no page for reviews, or the patient hears of it no longer.
    """
    case = tx.cases.case(letter.arguments["case"])
    branch = tx.branches.branch(case.branch)
    account = tx.people.account(case.account)
    rated = case.stars is not None
    if case.open or not rated or not branch.reviews or not reads(tx, account, _visit(tx, case)):
        raise UntrueError
    return SolvedFacts(case, branch)


def waiting_of(tx: Transaction, letter: Letter) -> WaitingFacts:
    """Raises UntrueError: somebody else has taken it, or has it before their eyes."""
    case = tx.cases.case(letter.arguments["case"])
    told = tx.cases.shown(case.id) or tx.outbox.was_sent(f"case-waits:{case.id}:1")
    if case.state is not CaseState.NEW or (told and not letter.arguments["owner"]):
        raise UntrueError
    whom = letter.arguments.get("whom")
    name = name_of(tx, whom) if whom else None
    return WaitingFacts(tx.branches.branch(case.branch), name)
