"""The rating after a visit: when it is asked, what the tap means (programme: autopilot, rating)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from loyalty.branches import Branch
from loyalty.cases import opening
from loyalty.cases.recipients import Owners
from loyalty.categories import Category
from loyalty.desk import receipts
from loyalty.errors import OutOfTurnError, Refusal
from loyalty.hours import at, next_aftercare, next_care
from loyalty.letters import Letter, UntrueError
from loyalty.opinions import Case, Feels, Rating, Why
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
READ_WITHIN = timedelta(seconds=1)  # sooner it is the same thumb on what was another button

SURGICAL = {Category.SURGERY, Category.IMPLANTS}


class VisitCancelledError(Refusal):
    """The visit was taken back: there is nothing to rate."""

    text = "refusal-visit-cancelled"


class TappedTwiceError(Refusal):
    """The stars have just come in the place of the after-care buttons: nobody has read them yet."""

    text = "refusal-tapped-twice"


# --- when it is asked ------------------------------------------------------------------------


def plan(
    tx: Transaction,
    visit: Visit,
    branch: Branch,
    readers: Sequence[Account],
    corrects: int | None = None,
) -> None:
    """Queue the question for who speaks for the patient. Done twice, it is one question.

    After surgery the after-care question goes, and carries this one (`loyalty.aftercare`). Not
    after an advance, and not of a day before yesterday, which nobody remembers. Whose wrong
    record had to be mended (`corrects`) isn't asked for stars, but for their health all the same.
    """
    if visit.patient is None or visit.kind is VisitKind.ADVANCE or visit.training:
        return
    when = due(branch, visit)
    expires_at = visit.recorded_at + USEFUL_FOR
    if when is None or max(when, tx.now) >= expires_at:
        return
    kind = "aftercare" if surgical(visit) else "rating"
    if corrects is not None and kind == "rating":
        return
    for account in readers:
        if corrects is not None and tx.outbox.was_sent(f"{kind}:{corrects}:{account.id}"):
            continue
        key = f"{kind}:{visit.id}:{account.id}"
        tx.outbox.put(
            *(key, kind, account.id), not_before=when, expires_at=expires_at, visit=visit.id
        )


def surgical(visit: Visit) -> bool:
    return any(part.category in SURGICAL for part in visit.parts)


def due(branch: Branch, visit: Visit) -> datetime | None:
    """When the question may be sent first; None: the visit is too long ago."""
    here = visit.recorded_at.astimezone(branch.where)
    next_day = here.date() + timedelta(days=1)
    yesterday = here.date() - timedelta(days=1)
    if visit.day < yesterday:
        return None
    if surgical(visit):
        after = at(branch, visit.day + timedelta(days=1), AFTER_SURGERY)
        return next_aftercare(branch, max(after, visit.recorded_at))
    if visit.day == yesterday:
        return next_care(branch, visit.recorded_at)
    if here.time() >= EVENING:
        return next_care(branch, at(branch, next_day, NEXT_MORNING))
    return next_care(branch, visit.recorded_at + AFTER)


@dataclass(frozen=True, slots=True)
class RatingFacts:
    """A visit to be rated. `name`: of several patients of one account, whose it was."""

    visit: Visit
    branch: Branch
    reader: str | None
    name: str | None


def facts_of(tx: Transaction, letter: Letter) -> RatingFacts:
    """Raises UntrueError: rated, taken back, in the clinic's hands, or another was asked in the
    last 48 hours.
    """
    visit = tx.desk.visit(letter.arguments["visit"])
    account = tx.people.account(letter.account) if letter.account is not None else None
    if visit is None or account is None or not _stands(tx, visit, account):
        raise UntrueError
    if letter.kind == "rating" and _asked_lately(tx, visit, account):
        raise UntrueError
    return question(tx, visit, account)


def question(tx: Transaction, visit: Visit, account: Account) -> RatingFacts:
    """What is asked of this person about the visit."""
    branch = tx.branches.branch(visit.branch)
    return RatingFacts(visit, branch, account.name, whose(tx, account, visit))


def may_ask(tx: Transaction, visit: Visit, account: Account) -> bool:
    """Whether this person may be asked for stars now."""
    return _stands(tx, visit, account) and not _asked_lately(tx, visit, account)


def _asked_lately(tx: Transaction, visit: Visit, account: Account) -> bool:
    """About another visit; repeats are not counted."""
    since = tx.now - NOT_TWICE_WITHIN
    return tx.ratings.asked_since(account.id, since, besides=visit.id)


def _stands(tx: Transaction, visit: Visit, account: Account) -> bool:
    """Still a visit, not rated yet, no correction of another, and nobody waits for help with it."""
    if tx.ratings.rating(visit.id) or _in_hand(tx, visit):
        return False
    if tx.desk.draft(visit.id).corrects is not None:
        return False
    return hears(tx, visit, account)


def _in_hand(tx: Transaction, visit: Visit) -> bool:
    """A question after surgery that is not answered yet, or pain: that one is never to be rated."""
    case = tx.cases.case_of(visit.id)
    return case is not None and (case.open or case.why is Why.PAIN)


def hears(tx: Transaction, visit: Visit, account: Account) -> bool:
    """Nothing of the visit was taken back, and it is the reader's to speak about."""
    return not tx.desk.reversals(visit.id) and opening.reads(tx, account, visit)


def whose(tx: Transaction, account: Account, visit: Visit) -> str | None:
    family: list[Patient] = [patient for patient, _ in tx.people.spoken_for(account.id)]
    return next((p.name for p in family if p.id == visit.patient and len(family) > 1), None)


def asked(tx: Transaction, letter: Letter) -> None:
    """The question has arrived; left alone, it comes once more after a day."""
    visit = tx.desk.visit(letter.arguments["visit"])
    if visit is not None and letter.account is not None:
        ask(tx, visit, letter.account)


def ask(tx: Transaction, visit: Visit, account: int) -> None:
    """The stars stand before this account now. Done twice, there is one repeat."""
    tx.ratings.note_asked(visit.id, account)
    again = next_care(tx.branches.branch(visit.branch), tx.now + REPEATED_AFTER)
    tx.outbox.put(
        f"rating-again:{visit.id}:{account}",
        "rating-again",
        account,
        not_before=again,
        expires_at=again + REPEATED_AFTER,
        visit=visit.id,
    )


def unanswered(tx: Transaction, account: Account) -> RatingFacts | None:
    """The question that was asked in the last two days and waits for its stars.

    Not one whose after-care question is still open: that is answered first.
    """
    number = tx.ratings.unanswered(account.id, tx.now - NOT_TWICE_WITHIN)
    visit = None if number is None else tx.desk.visit(number)
    if visit is None or not _waits_for_stars(tx, visit, account):
        return None
    return question(tx, visit, account)


def _waits_for_stars(tx: Transaction, visit: Visit, account: Account) -> bool:
    """Words in place of stars leave the question before the patient; what was tapped takes it."""
    case, felt = tx.cases.case_of(visit.id), tx.aftercare.feeling(visit.id, account.id)
    if case is not None and case.why is Why.PAIN:
        return False
    if case is not None and case.open and felt is not None and felt.feels is not Feels.FINE:
        return False
    return tx.desk.draft(visit.id).corrects is None and hears(tx, visit, account)


# --- the tap ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rated:
    """What stands now. `stands`: this tap says the same; another one changes nothing.

    `case` is how far the questions after few stars have come.
    """

    rating: Rating
    branch: Branch
    case: Case | None
    stands: bool


def rate(tx: Transaction, telegram: int, visit: int, stars: int, owners: Owners = ()) -> Rated:
    """The first tap stands; up to three stars open a case, which owners and managers hear of.

    The same tap again finds what it made. Raises OutOfTurnError: the visit is not theirs to rate.
    VisitCancelledError, TappedTwiceError.
    """
    rated = as_mended(tx, visit)
    account, _ = opening.reader_of(tx, telegram, visit)
    if rated is None:
        raise VisitCancelledError
    _check_was_read(tx, rated.id, account)
    rating = Rating(rated.id, account.id, stars, tx.now)
    branch = tx.branches.branch(rated.branch)
    if not tx.ratings.add_rating(rating):
        kept = standing(tx, rated.id)
        same = (kept.account, kept.stars) == (account.id, stars)
        case = tx.cases.case_of(rated.id) if kept.stars <= LOW else None
        return Rated(kept, branch, case, stands=same)
    if stars > LOW:
        opening.many_stars(tx, rated.id)
        return Rated(rating, branch, None, stands=True)
    return Rated(rating, branch, opening.few_stars(tx, account, rated, stars, owners), stands=True)


def as_mended(tx: Transaction, visit: int) -> Visit | None:
    """The visit, held, or what was recorded in its place: a sum mended since the question was
    asked changes nothing about how it went, and what was said before stands.

    Held before the wallet is, as the desk does. None: it was taken back, or is somebody else's.
    Raises OutOfTurnError: there is no such visit.
    """
    found = tx.desk.visit(visit)
    if found is None:
        raise OutOfTurnError
    tx.desk.draft(visit)  # held, where it could be taken back at the same moment
    taken_back = any(reversal.kind.cancels for reversal in tx.desk.reversals(visit))
    if not taken_back or tx.ratings.rating(visit) or tx.cases.case_of(visit):
        return found
    mended = receipts.instead_of(tx, found)
    if mended is None or mended.patient != found.patient:
        return None
    return as_mended(tx, mended.id)


def _check_was_read(tx: Transaction, visit: int, account: Account) -> None:
    felt = tx.aftercare.feeling(visit, account.id)
    if felt is not None and tx.now < felt.at + READ_WITHIN:
        raise TappedTwiceError


def standing(tx: Transaction, visit: int) -> Rating:
    """The rating of a visit. Raises OutOfTurnError: there is none."""
    rating = tx.ratings.rating(visit)
    if rating is None:
        raise OutOfTurnError
    return rating
