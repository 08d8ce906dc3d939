"""Letters that didn't arrive, or of which nobody knows: what staff and owners see of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from loyalty.branches import Branch
from loyalty.errors import Refusal
from loyalty.given_up import GivenUp, Why
from loyalty.hours import silent
from loyalty.kinds import KINDS, Class
from loyalty.letters import Letter, UntrueError
from loyalty.people import Patient, Relation
from loyalty.ports import Transaction

DIGEST = "undelivered"
SHOWN_FOR = timedelta(days=30)
BETWEEN = timedelta(hours=1)  # of two digests
AT_ONCE = 200
MOST_NAMED = 15
A_PAGE = 5


@dataclass(frozen=True, slots=True)
class Undelivered:
    """`to`: the patient, where it was for one; `branch`, where it was for a staff chat."""

    letter: GivenUp
    to: Patient | None
    branch: str | None


@dataclass(frozen=True, slots=True)
class Page:
    counts: Mapping[Why, int]
    letters: Sequence[Undelivered]
    more: bool


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """What staff hear: `to_call` is worth a call, the others are not. `more` have no line."""

    branch: str
    to_call: Sequence[Undelivered]
    others: Sequence[Undelivered]
    more: int


class NotToBeSentAgainError(Refusal):
    """It is on its way again already, or there is nobody to send it to."""

    text = "refusal-not-again"


def page(tx: Transaction, skip: int) -> Page:
    """What of the last 30 days has not arrived, the newest first."""
    since = tx.now - SHOWN_FOR
    found = tx.outbox.given_up(since, skip, A_PAGE + 1)
    shown = [_of(tx, letter) for letter in found[:A_PAGE]]
    return Page(tx.outbox.count_given_up(since), shown, more=len(found) > A_PAGE)


def one(tx: Transaction, letter: int) -> Undelivered:
    """Raises NotToBeSentAgainError: it is no such letter any more."""
    found = tx.outbox.given_up_letter(letter)
    if found is None:
        raise NotToBeSentAgainError
    return _of(tx, found)


def send_again(tx: Transaction, letter: int) -> None:
    """Raises NotToBeSentAgainError."""
    found = tx.outbox.given_up_letter(letter)
    if found is None or not found.may_go_again:
        raise NotToBeSentAgainError
    tx.outbox.send_again(letter)


def tell_staff(tx: Transaction) -> None:
    """Queue a digest for each branch that is open, at most one an hour."""
    untold = tx.outbox.untold(AT_ONCE)
    told = tx.outbox.told_last() if untold else None
    if told is not None and abs(tx.now - told) < BETWEEN:
        return
    by_branch: dict[int, list[GivenUp]] = {}
    for letter in untold:
        if (branch := _branch_of(tx, letter)) is not None and _is_open(branch, tx.now):
            by_branch.setdefault(branch.id, []).append(letter)
    for number, letters in by_branch.items():
        chat = tx.branches.branch(number).chat
        assert chat is not None  # noqa: S101 (_is_open; told to the types)
        _queue(tx, number, chat, letters)


def _queue(tx: Transaction, branch: int, chat: int, letters: Sequence[GivenUp]) -> None:
    first = sorted(letters, key=lambda letter: not _worth_a_call(letter))
    named = ",".join(str(letter.id) for letter in first[:MOST_NAMED])
    more = max(0, len(letters) - MOST_NAMED)
    key = f"{DIGEST}:{branch}:{max(letter.id for letter in letters)}:{tx.now:%Y%m%d%H%M%S}"
    tx.outbox.put_in_chat(key, DIGEST, chat, branch=branch, letters=named, more=more)
    tx.outbox.tell([letter.id for letter in letters])


def facts_of(tx: Transaction, letter: Letter) -> DigestFacts:
    """Raises UntrueError: all of it has been sent again, or staff read another chat now."""
    branch = tx.branches.branch(letter.arguments["branch"])
    ids = [int(number) for number in str(letter.arguments["letters"]).split(",")]
    still = [found for one in ids if (found := tx.outbox.given_up_letter(one))]
    if not still or letter.telegram != branch.chat:
        raise UntrueError
    shown = [_of(tx, one) for one in still]
    return DigestFacts(
        branch.name,
        [one for one in shown if _worth_a_call(one.letter)],
        [one for one in shown if not _worth_a_call(one.letter)],
        int(letter.arguments["more"]),
    )


def _worth_a_call(letter: GivenUp) -> bool:
    """Nobody is called because a question about a visit, or an offer, didn't come."""
    kind = KINDS.get(letter.kind)
    return kind is not None and kind.class_ in {Class.ANSWER, Class.SERVICE}


def _is_open(branch: Branch, now: datetime) -> bool:
    here = now.astimezone(branch.where)
    open_now = branch.opens <= here.time() < branch.closes
    return branch.chat is not None and open_now and not silent(branch.days_off, here.date())


def _of(tx: Transaction, letter: GivenUp) -> Undelivered:
    branch = tx.branches.branch_of_chat(letter.chat) if letter.chat is not None else None
    return Undelivered(letter, _reader(tx, letter), branch.name if branch else None)


def _reader(tx: Transaction, letter: GivenUp) -> Patient | None:
    """The account's own patient, else the first whom it speaks for."""
    if letter.account is None:
        return None
    patients = tx.people.spoken_for(letter.account)
    own = [patient for patient, relation in patients if relation is Relation.SELF]
    return next(iter([*own, *(patient for patient, _ in patients)]), None)


def _branch_of(tx: Transaction, letter: GivenUp) -> Branch | None:
    """Where the letter's visit was, else the reader's latest, else the clinic's first branch."""
    number = letter.arguments.get("visit")
    visit = tx.desk.visit(number) if isinstance(number, int) else None
    if visit is None and letter.account is not None:
        patients = [patient.id for patient, _ in tx.people.spoken_for(letter.account)]
        visit = next(iter(tx.desk.visits_of(patients, 0, 1)), None) if patients else None
    branch = tx.branches.branch(visit.branch) if visit else None
    if branch is not None and branch.chat is not None:
        return branch
    return next((one for one in tx.branches.branches() if one.chat is not None), None)
