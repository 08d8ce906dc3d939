"""The day after surgery the patient is asked how they feel (programme: autopilot, after-care).

The question carries the rating's: one message, and stars in it for who is well. Who has a question
or is in pain is heard at once instead, as a case.
"""

from dataclasses import dataclass

from loyalty import ratings
from loyalty.branches import Branch
from loyalty.cases import opening
from loyalty.cases.recipients import Owners
from loyalty.errors import Refusal
from loyalty.letters import Letter, UntrueError
from loyalty.opinions import Case, Feeling, Feels
from loyalty.people import Account
from loyalty.ports import Transaction
from loyalty.ratings import NOT_TWICE_WITHIN, RatingFacts
from loyalty.visits import Visit


class VisitTakenBackError(Refusal):
    """The record was a mistake and leads nowhere; who is in pain all the same has the phone."""

    text = "refusal-aftercare-cancelled"


# --- the question ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AftercareFacts:
    """After which visit it is asked. `reader` and `name` as with a rating."""

    visit: Visit
    branch: Branch
    reader: str | None
    name: str | None


def facts_of(tx: Transaction, letter: Letter) -> AftercareFacts:
    """It goes whatever else was asked lately.

    Raises UntrueError: taken back, or the reader speaks for the patient no longer.
    """
    visit = tx.desk.visit(letter.arguments["visit"])
    account = tx.people.account(letter.account) if letter.account is not None else None
    if visit is None or account is None or not ratings.hears(tx, visit, account):
        raise UntrueError
    return _facts(tx, visit, account)


def _facts(tx: Transaction, visit: Visit, account: Account) -> AftercareFacts:
    branch = tx.branches.branch(visit.branch)
    return AftercareFacts(visit, branch, account.name, ratings.whose(tx, account, visit))


def asked(tx: Transaction, letter: Letter) -> None:
    """The question has arrived, and with it the rating's, where that one may be asked.

    So of the two what is left alone is repeated once, as a rating.
    """
    visit = tx.desk.visit(letter.arguments["visit"])
    if visit is None or letter.account is None:
        return
    tx.aftercare.note_asked(visit.id, letter.account)
    if ratings.may_ask(tx, visit, tx.people.account(letter.account)):
        ratings.ask(tx, visit, letter.account)


def unanswered(tx: Transaction, account: Account) -> AftercareFacts | None:
    """The question that was asked in the last two days and waits for its answer."""
    number = tx.aftercare.unanswered(account.id, tx.now - NOT_TWICE_WITHIN)
    visit = None if number is None else tx.desk.visit(number)
    if visit is None or not ratings.hears(tx, visit, account):
        return None
    return _facts(tx, visit, account)


# --- the tap ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """What the clinic knows now of `visit`. `stands`: this tap says the same.

    `case` is theirs who has a question or is in pain; `stars` is what is asked of who is well.
    """

    visit: int
    feels: Feels
    branch: Branch
    case: Case | None
    stars: RatingFacts | None
    stands: bool


def tell(tx: Transaction, telegram: int, visit: int, feels: Feels, owners: Owners = ()) -> Told:
    """The first tap stands, but what is worse is heard whenever it is pressed.

    A question or pain is a case: every owner and the branch's managers hear of it. The same tap
    again finds what it made; of a case that is solved it is a new beginning.
    Raises OutOfTurnError: the visit is not theirs to speak about. VisitTakenBackError.
    """
    treated = ratings.as_mended(tx, visit)
    account, asked_about = opening.reader_of(tx, telegram, visit)
    branch = tx.branches.branch(asked_about.branch)
    if treated is None:
        raise VisitTakenBackError(phone=branch.phone)
    kept = _keep(tx, treated.id, account, feels)
    if kept is not feels:
        return Told(treated.id, kept, branch, tx.cases.case_of(treated.id), None, stands=False)
    if feels is Feels.FINE:
        return Told(treated.id, feels, branch, None, _stars(tx, treated, account), stands=True)
    case = opening.unwell(tx, account, treated, feels, owners)
    return Told(treated.id, feels, branch, case, None, stands=True)


def _keep(tx: Transaction, visit: int, account: Account, feels: Feels) -> Feels:
    """What they have said by now, the worst of it."""
    before = tx.aftercare.feeling(visit, account.id)
    if before is not None and not feels.outweighs(before.feels):
        return before.feels
    tx.aftercare.save_feeling(Feeling(visit, account.id, feels, tx.now))
    return feels


def _stars(tx: Transaction, visit: Visit, account: Account) -> RatingFacts | None:
    if not ratings.may_ask(tx, visit, account):
        return None
    ratings.ask(tx, visit, account.id)
    return ratings.question(tx, visit, account)
