"""What a patient's words are about: a question that stands before them, or a talk they are in.

Asked of the books, not of what the bot last did: an update that is handled again after a fault
finds the same.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from loyalty import aftercare, ratings
from loyalty.aftercare import AftercareFacts
from loyalty.branches import Branch
from loyalty.cases import talking
from loyalty.errors import OutOfTurnError
from loyalty.people import Account
from loyalty.ports import Transaction
from loyalty.ratings import RatingFacts

Question = AftercareFacts | RatingFacts


@dataclass(frozen=True, slots=True)
class Talk:
    """A visit that is spoken about, and when that was done last."""

    visit: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Addressed:
    """`question`: the words stand in place of its answer, and are the first that do; None: they go
    on with a talk. `stars`: a digit would be the stars.
    """

    visit: int
    question: Question | None
    stars: bool


def addressed(
    tx: Transaction, account: Account, source: str, listening: Talk | None = None
) -> Addressed | None:
    """`source` is the message with the words; `listening`: what more was asked about.

    The newer of question and talk is meant. None: the words are about no visit.
    """
    question, talk = _question(tx, account), _talk(tx, account, listening)
    if question is None:
        return Addressed(talk.visit, None, stars=False) if talk else None
    visit, asked_at = question.visit.id, _asked_at(tx, question, account)
    rates = isinstance(question, RatingFacts)
    if talk is not None and talk.visit != visit and talk.at >= asked_at:
        return Addressed(talk.visit, None, stars=False)
    if _has_written(tx, account, visit, besides=source):
        return Addressed(visit, None, stars=rates and not talking.clinic_has_spoken(tx, visit))
    return Addressed(visit, question, stars=rates)


def branch_of(tx: Transaction, visit: int) -> Branch:
    """Where the visit was, for its phone. Raises OutOfTurnError: there is none."""
    found = tx.desk.visit(visit)
    if found is None:
        raise OutOfTurnError
    return tx.branches.branch(found.branch)


def _question(tx: Transaction, account: Account) -> Question | None:
    """The one of the newer visit, of those that wait for an answer."""
    waiting = (aftercare.unanswered(tx, account), ratings.unanswered(tx, account))
    return max((one for one in waiting if one), key=lambda one: one.visit.id, default=None)


def _asked_at(tx: Transaction, question: Question, account: Account) -> datetime:
    asks = tx.ratings if isinstance(question, RatingFacts) else tx.aftercare
    return asks.asked_at(question.visit.id, account.id)


def _talk(tx: Transaction, account: Account, listening: Talk | None) -> Talk | None:
    """What the bot listens for, or else the case that they talk about."""
    if listening is None and (case := talking.under_way(tx, account)):
        listening = Talk(case.visit, case.opened_at)
    if listening is None:
        return None
    words = tx.ratings.words(listening.visit)
    return replace(listening, at=max([listening.at, *(said.at for said in words[-1:])]))


def _has_written(tx: Transaction, account: Account, visit: int, besides: str) -> bool:
    """Whether this person has, in their own chat; a family shares its visits."""
    own = f"{account.telegram}:"
    sources = (words.source for words in tx.ratings.words(visit))
    return any(source.startswith(own) and source != besides for source in sources)
