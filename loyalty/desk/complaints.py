"""«Не мой визит», «Не просили списать»: people look into it, nothing moves by itself."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from loyalty.branches import Branch
from loyalty.desk.overseers import overseers
from loyalty.errors import OutOfTurnError
from loyalty.letters import Letter, UntrueError
from loyalty.people import Patient
from loyalty.ports import Transaction
from loyalty.visits import Visit


class Complaint(StrEnum):
    NOT_MINE = "not_mine"
    NOT_ASKED = "not_asked"  # about spending


class Heard(StrEnum):
    """What became of it."""

    NOTED = "noted"
    BEFORE = "before"
    CANCELLED = "cancelled"  # the visit was taken back meanwhile


@dataclass(frozen=True, slots=True)
class ComplaintFacts:
    """A visit that a patient disputes; `card` is its message in the staff chat."""

    complaint: Complaint
    visit: Visit
    branch: Branch
    patient: Patient
    card: int | None


def complain(
    tx: Transaction, telegram: int, visit: int, complaint: Complaint, owners: Collection[int]
) -> Heard:
    """Tell the staff chat, owners and managers, once.

    Raises OutOfTurnError: the presser speaks for nobody in that visit.
    """
    account, disputed = tx.people.account_of(telegram), tx.desk.visit(visit)
    if account is None or disputed is None or disputed.patient is None:
        raise OutOfTurnError
    if all(other.id != account.id for other in tx.people.speaking_for(disputed.patient)):
        raise OutOfTurnError
    if _cancelled(tx, visit):
        return Heard.CANCELLED
    if not tx.desk.complain(visit, account.id, complaint):
        return Heard.BEFORE
    branch = tx.branches.branch(disputed.branch)
    key = f"complaint:{complaint}:{visit}:{account.id}"
    staff = [] if branch.chat is None else [branch.chat]
    for chat in (*staff, *overseers(tx, owners, [branch])):
        tx.outbox.put_in_chat(f"{key}:{chat}", "complaint", chat, visit=visit, complaint=complaint)
    tx.outbox.put(key, "complaint-noted", account.id, visit=visit, complaint=complaint)
    return Heard.NOTED


def facts_of(tx: Transaction, letter: Letter) -> ComplaintFacts:
    """Raises UntrueError: staff have taken the visit back already."""
    visit = tx.desk.visit(letter.arguments["visit"])
    if visit is None or visit.patient is None or _cancelled(tx, visit.id):
        raise UntrueError
    return ComplaintFacts(
        Complaint(letter.arguments["complaint"]),
        visit,
        tx.branches.branch(visit.branch),
        tx.people.patient(visit.patient),
        tx.desk.draft(visit.id).card,
    )


def _cancelled(tx: Transaction, visit: int) -> bool:
    return any(reversal.kind.cancels for reversal in tx.desk.reversals(visit))
