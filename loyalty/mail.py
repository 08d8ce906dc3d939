"""What a letter says when it leaves: the fact is read again, and an untrue letter stays behind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from loyalty.branches import Branch
from loyalty.desk import (
    access,
    approving,
    complaints,
    connecting,
    consent,
    correcting,
    following,
    freezing,
    gifts,
)
from loyalty.desk.access import AccessFacts, ManagerFacts
from loyalty.desk.approving import Question
from loyalty.desk.complaints import ComplaintFacts
from loyalty.desk.consent import SpendFacts, SpendRequestOverError
from loyalty.desk.correcting import ReversalFacts
from loyalty.desk.following import SlipFacts
from loyalty.desk.freezing import FreezeFacts
from loyalty.desk.gifts import GiftFacts
from loyalty.letters import Letter, UntrueError
from loyalty.people import Patient
from loyalty.ports import Transaction
from loyalty.visits import Visit


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """A visit for the patient's receipt. `name`: of several patients of one account, whose it is.

    `shows_balance`: the points are in the wallet of the one who reads. `corrects`: it takes the
    place of a visit that they had a receipt for.
    """

    visit: Visit
    branch: Branch
    doctors: Mapping[int, str]
    name: str | None
    shows_balance: bool
    corrects: bool


Facts = (
    VisitFacts
    | SpendFacts
    | ComplaintFacts
    | FreezeFacts
    | SlipFacts
    | ReversalFacts
    | GiftFacts
    | Question
    | AccessFacts
    | ManagerFacts
    | None
)


def facts(tx: Transaction, letter: Letter) -> Facts:
    """What there is to say now; None where the letter's own arguments are all.

    Raises UntrueError.
    """
    reads = READ_AGAIN.get(letter.kind)
    return reads(tx, letter) if reads else None


def _receipt(tx: Transaction, letter: Letter) -> VisitFacts:
    visit = tx.desk.visit(letter.arguments["visit"])
    if visit is None or visit.patient is None or tx.desk.reversals(visit.id):
        raise UntrueError
    patient = tx.people.patient(visit.patient)
    reader = tx.people.account(letter.account) if letter.account is not None else None
    return VisitFacts(
        visit,
        tx.branches.branch(visit.branch),
        tx.branches.doctors(),
        _name(tx, letter, patient),
        shows_balance=reader is not None and reader.wallet == visit.wallet,
        corrects=_corrects(tx, visit),
    )


def _corrects(tx: Transaction, visit: Visit) -> bool:
    number = tx.desk.draft(visit.id).corrects
    before = None if number is None else tx.desk.visit(number)
    return before is not None and before.patient == visit.patient


def _name(tx: Transaction, letter: Letter, patient: Patient) -> str | None:
    several = letter.account is not None and len(tx.people.spoken_for(letter.account)) > 1
    return patient.name if several else None


def _spend_request(tx: Transaction, letter: Letter) -> SpendFacts:
    draft, points = letter.arguments["draft"], letter.arguments["points"]
    try:
        return consent.request(tx, letter.telegram or 0, draft, points)
    except SpendRequestOverError as over:
        raise UntrueError from over


READ_AGAIN: Mapping[str, Callable[[Transaction, Letter], Facts]] = {
    "receipt": _receipt,
    "spend-request": _spend_request,
    "complaint": complaints.facts_of,
    "complaint-noted": complaints.facts_of,
    "spending-stopped": freezing.facts_of,
    "spending-back": freezing.facts_of,
    "spending-released": freezing.facts_of,
    "slip-strange": following.facts_of,
    "visit-mistaken": correcting.facts_of,
    "money-returned": correcting.facts_of,
    "gift": gifts.facts_of,
    "request": approving.facts_of,
    "request-decided": approving.facts_of,
    "access-question": access.question_of,
    "made-manager": access.manager_of,
    "connect-offer": connecting.offer_stands,
}
