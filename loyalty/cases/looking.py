"""Cases as owners and managers see them: the list, one of them, and what its letters say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from loyalty.branches import Branch
from loyalty.cases.recipients import check_handles
from loyalty.desk.access import Decider, run_by
from loyalty.hours import night
from loyalty.letters import PLAIN, How, Letter, UntrueError
from loyalty.opinions import Case, CaseState, Words
from loyalty.people import Patient
from loyalty.ports import Transaction
from loyalty.visits import Visit

LISTED = 10
EVER = 1000  # visits of one patient that are counted


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Everything that is known of a case. `visits`: how often they came, `since` the first day.

    `how` says how a letter about it goes.
    """

    case: Case
    visit: Visit
    branch: Branch
    patient: Patient
    doctors: Mapping[int, str]
    words: Sequence[Words]
    visits: int
    known_for: timedelta
    overdue: bool
    reachable: bool
    how: How = PLAIN


@dataclass(frozen=True, slots=True)
class WordsFacts:
    """What somebody said about a visit; `stars` of its rating, `case` where it is one."""

    words: Words
    stars: int
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
    """For a staff chat: an owner or manager can't be reached, and something waits for them."""

    branch: Branch


@dataclass(frozen=True, slots=True)
class CaseList:
    """Open cases, overdue first, then the oldest; `solved` lately, the newest first.

    `deputy` is who stands in for the one who looks, while they are away.
    """

    open: Sequence[CaseFacts]
    solved: Sequence[CaseFacts]
    more: int
    deputy: int | None


def theirs(tx: Transaction, by: Decider) -> Sequence[Branch]:
    """The branches whose cases this person sees: where they decide, or deputise for an owner."""
    if by.telegram in tx.cases.absences().values():
        return tx.branches.branches()
    return run_by(tx, by)


def listed(tx: Transaction, by: Decider) -> CaseList:
    branches = [branch.id for branch in theirs(tx, by)]
    open_ = tx.cases.cases(branches, [CaseState.NEW, CaseState.TAKEN], 100)
    open_ = sorted(open_, key=lambda case: (not case.overdue(tx.now), case.opened_at))
    solved = tx.cases.cases(branches, [CaseState.SOLVED], LISTED)
    return CaseList(
        [_facts(tx, case) for case in open_[:LISTED]],
        [_facts(tx, case) for case in solved],
        max(0, len(open_) - LISTED),
        tx.cases.absences().get(by.telegram),
    )


def look(tx: Transaction, by: Decider, case: int) -> CaseFacts:
    """Raises NotTheirCaseError."""
    found = tx.cases.case(case)
    check_handles(tx, by, found)
    return _facts(tx, found)


def _facts(tx: Transaction, case: Case, how: How = PLAIN) -> CaseFacts:
    visit = tx.desk.visit(case.visit)
    if visit is None:
        raise LookupError(f"no visit {case.visit}")
    days = [other.day for other in tx.desk.visits_of([case.patient], 0, EVER)]
    return CaseFacts(
        case,
        visit,
        tx.branches.branch(case.branch),
        tx.people.patient(case.patient),
        tx.branches.doctors(),
        tx.ratings.words(case.visit),
        len(days),
        visit.day - min(days, default=visit.day),
        case.overdue(tx.now),
        any(account.id == case.account for account in tx.people.speaking_for(case.patient)),
        how,
    )


# --- letters, read again as they leave -------------------------------------------------------


def facts_of(tx: Transaction, letter: Letter) -> CaseFacts:
    """A case for an owner or a manager; at night it comes without a sound.

    Raises UntrueError: what was to be remembered is solved.
    """
    case = tx.cases.case(letter.arguments["case"])
    if letter.kind == "case-overdue" and not case.open:
        raise UntrueError
    how = How(
        edits=letter.arguments.get("message"),
        silent=night(tx.branches.branch(case.branch), tx.now),
    )
    return _facts(tx, case, how)


def words_of(tx: Transaction, letter: Letter) -> WordsFacts:
    """Words on their way to the other side. Raises UntrueError: they were erased meanwhile."""
    words = tx.ratings.words_by_id(letter.arguments["words"])
    if words is None or (words.text is None and words.message is None):
        raise UntrueError
    rating, visit = tx.ratings.rating(words.visit), tx.desk.visit(words.visit)
    if rating is None or visit is None or visit.patient is None:
        raise UntrueError
    case, branch = tx.cases.case_of(words.visit), tx.branches.branch(visit.branch)
    alert = _alert(tx, case, letter.telegram) if case else None
    how = How(
        copies=(words.chat, words.message) if words.chat and words.message else None,
        replies_to=alert,
        silent=letter.kind != "case-answer" and night(branch, tx.now),
    )
    return WordsFacts(words, rating.stars, case, tx.people.patient(visit.patient), branch, how)


def _alert(tx: Transaction, case: Case, telegram: int | None) -> int | None:
    alerts = [message for who, message in tx.cases.alerts(case.id) if who == telegram]
    return alerts[-1] if alerts else None


def solved_of(tx: Transaction, letter: Letter) -> SolvedFacts:
    """Raises UntrueError: the branch has no page for reviews, so there is nothing to offer."""
    case = tx.cases.case(letter.arguments["case"])
    branch = tx.branches.branch(case.branch)
    if case.open or not branch.reviews:
        raise UntrueError
    return SolvedFacts(case, branch)


def waiting_of(tx: Transaction, letter: Letter) -> WaitingFacts:
    """Raises UntrueError: somebody else has taken it, or has it before their eyes."""
    case = tx.cases.case(letter.arguments["case"])
    others = tx.cases.alerts(case.id) and not letter.arguments["owner"]
    if case.state is not CaseState.NEW or others:
        raise UntrueError
    return WaitingFacts(tx.branches.branch(case.branch))
