"""The rating after a visit: when it is asked, what the tap means (programme: autopilot, rating)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from loyalty.branches import Branch
from loyalty.cases import opening
from loyalty.categories import Category
from loyalty.errors import OutOfTurnError, Refusal
from loyalty.hours import at, next_care
from loyalty.letters import Letter, NotNowError, UntrueError
from loyalty.opinions import Rating
from loyalty.people import Account, Patient
from loyalty.ports import Transaction
from loyalty.visits import Visit, VisitKind

AFTER = timedelta(hours=3)
EVENING, NEXT_MORNING = time(18), time(10)
AFTER_SURGERY = time(11)  # of the next day
REPEATED_AFTER = timedelta(hours=24)
NOT_TWICE_WITHIN = timedelta(hours=48)
USEFUL_FOR = timedelta(days=4)
LOW = 3  # stars; so many or fewer are a case

SURGICAL = {Category.SURGERY, Category.IMPLANTS}


class VisitCancelledError(Refusal):
    """The visit was taken back: there is nothing to rate."""

    text = "refusal-visit-cancelled"


# --- when it is asked ------------------------------------------------------------------------


def plan(tx: Transaction, visit: Visit) -> None:
    """Queue the question for everyone who speaks for the patient. Done twice, it is one question.

    Not after an advance, and not of a day before yesterday, which nobody remembers.
    """
    if visit.patient is None or visit.kind is VisitKind.ADVANCE or visit.training:
        return
    branch = tx.branches.branch(visit.branch)
    when = due(branch, visit)
    if when is None or when + USEFUL_FOR <= tx.now:
        return
    for account in tx.people.speaking_for(visit.patient):
        tx.outbox.put(
            f"rating:{visit.id}:{account.id}",
            "rating",
            account.id,
            not_before=when,
            expires_at=when + USEFUL_FOR,
            visit=visit.id,
        )


def due(branch: Branch, visit: Visit) -> datetime | None:
    """When the question may be sent first; None: the visit is too long ago."""
    here = visit.recorded_at.astimezone(branch.where)
    next_day = here.date() + timedelta(days=1)
    if visit.day < here.date():
        yesterday = visit.day == here.date() - timedelta(days=1)
        return next_care(branch, visit.recorded_at) if yesterday else None
    if any(part.category in SURGICAL for part in visit.parts):
        return next_care(branch, at(branch, next_day, AFTER_SURGERY))
    if here.time() >= EVENING:
        return next_care(branch, at(branch, next_day, NEXT_MORNING))
    return next_care(branch, visit.recorded_at + AFTER)


@dataclass(frozen=True, slots=True)
class RatingFacts:
    """A visit to be rated. `name`: of several patients of one account, whose it was."""

    visit: Visit
    reader: str | None
    name: str | None


def facts_of(tx: Transaction, letter: Letter) -> RatingFacts:
    """Raises UntrueError: rated, taken back, or another was asked in the last 48 hours.

    NotNowError: the hour for it is over, after an outage for example.
    """
    visit = tx.desk.visit(letter.arguments["visit"])
    account = tx.people.account(letter.account) if letter.account is not None else None
    if visit is None or account is None or not _stands(tx, visit, account):
        raise UntrueError
    since = tx.now - NOT_TWICE_WITHIN
    if letter.kind == "rating" and tx.ratings.asked_since(account.id, since, besides=visit.id):
        raise UntrueError
    opens = next_care(tx.branches.branch(visit.branch), tx.now)
    if opens > tx.now:
        raise NotNowError(opens)
    return RatingFacts(visit, account.name, _whose(tx, account, visit))


def _stands(tx: Transaction, visit: Visit, account: Account) -> bool:
    """Still a visit, not rated yet, and the reader speaks for its patient."""
    if visit.patient is None or tx.desk.reversals(visit.id) or tx.ratings.rating(visit.id):
        return False
    return account.id in {other.id for other in tx.people.speaking_for(visit.patient)}


def _whose(tx: Transaction, account: Account, visit: Visit) -> str | None:
    family: list[Patient] = [patient for patient, _ in tx.people.spoken_for(account.id)]
    return next((p.name for p in family if p.id == visit.patient and len(family) > 1), None)


def asked(tx: Transaction, letter: Letter) -> None:
    """The question has arrived; left alone, it comes once more after a day."""
    visit = tx.desk.visit(letter.arguments["visit"])
    if visit is None or letter.account is None:
        return
    tx.ratings.note_asked(visit.id, letter.account)
    again = next_care(tx.branches.branch(visit.branch), tx.now + REPEATED_AFTER)
    tx.outbox.put(
        f"rating-again:{visit.id}:{letter.account}",
        "rating-again",
        letter.account,
        not_before=again,
        expires_at=again + USEFUL_FOR,
        visit=visit.id,
    )


# --- the tap ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rated:
    """What stands now. `first`: this tap made it so; a later one changes nothing."""

    rating: Rating
    branch: Branch
    first: bool

    @property
    def low(self) -> bool:
        return self.rating.stars <= LOW


def rate(
    tx: Transaction, telegram: int, visit: int, stars: int, owners: Collection[int] = ()
) -> Rated:
    """The first tap stands; up to three stars open a case, which owners and managers hear of.

    Raises OutOfTurnError: the presser speaks for nobody in that visit. VisitCancelledError.
    """
    account, rated = reader_of(tx, telegram, visit)
    if any(reversal.kind.cancels for reversal in tx.desk.reversals(visit)):
        raise VisitCancelledError
    rating = Rating(visit, account.id, stars, tx.now)
    branch = tx.branches.branch(rated.branch)
    if not tx.ratings.add_rating(rating):
        return Rated(standing(tx, visit), branch, first=False)
    if stars <= LOW:
        opening.open_case(tx, account, rated, stars, owners)
    return Rated(rating, branch, first=True)


def standing(tx: Transaction, visit: int) -> Rating:
    """The rating of a visit. Raises OutOfTurnError: there is none."""
    rating = tx.ratings.rating(visit)
    if rating is None:
        raise OutOfTurnError
    return rating


def reader_of(tx: Transaction, telegram: int, visit: int) -> tuple[Account, Visit]:
    """The account that speaks for the visit's patient, and the visit. Raises OutOfTurnError."""
    account, found = tx.people.account_of(telegram), tx.desk.visit(visit)
    if account is None or found is None or found.patient is None:
        raise OutOfTurnError
    if account.id not in {other.id for other in tx.people.speaking_for(found.patient)}:
        raise OutOfTurnError
    return account, found
