"""What a letter says when it leaves: the fact is read again, and an untrue letter stays behind."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from loyalty import aftercare, classes, delivery, ratings, reward_posting, undelivered, unreached
from loyalty import arriving as by_card
from loyalty.aftercare import AftercareFacts
from loyalty.appointments import looking as appointments
from loyalty.appointments.looking import AppointmentCard, AppointmentFacts, AppointmentsFacts
from loyalty.branches import Branch
from loyalty.cases import arriving, looking, recipients
from loyalty.cases.looking import CaseFacts, SolvedFacts, WaitingFacts, WordsFacts
from loyalty.cases.recipients import DeputyFacts
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
    merging,
)
from loyalty.desk.access import AccessFacts, ManagerFacts
from loyalty.desk.approving import Question
from loyalty.desk.complaints import ComplaintFacts
from loyalty.desk.consent import SpendFacts, SpendRequestOverError
from loyalty.desk.correcting import ReversalFacts
from loyalty.desk.following import SlipFacts
from loyalty.desk.freezing import FreezeFacts
from loyalty.desk.gifts import GiftFacts
from loyalty.desk.merging import MergeFacts
from loyalty.desk.purse import is_latest
from loyalty.desk.readers import reads_wallet
from loyalty.kinds import KINDS, Class
from loyalty.letters import NEVER_TWICE, PLAIN, How, Letter, UntrueError
from loyalty.people import Patient
from loyalty.ports import Transaction
from loyalty.ratings import RatingFacts
from loyalty.reward_posting import PostedFacts
from loyalty.tasks import looking as tasks
from loyalty.tasks import posting, talking
from loyalty.tasks.looking import BelowFacts, TaskFacts
from loyalty.tasks.talking import TalkFacts
from loyalty.undelivered import DigestFacts
from loyalty.visits import Visit, is_taken_back


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """A visit for the patient's receipt. `name`: of several patients of one account, whose it is.

    `shows_balance`: the points are in the wallet of the one who reads; what it owes now is `debt`.
    `corrects`: it takes the place of a visit that they had a receipt for. `latest`: of the wallet's
    history this visit is the last.
    """

    visit: Visit
    branch: Branch
    doctors: Mapping[int, str]
    name: str | None
    shows_balance: bool
    corrects: bool
    debt: int = 0
    latest: bool = False


@runtime_checkable
class OfBranch(Protocol):
    """Facts of what happens at one branch: its clock and its days off hold."""

    @property
    def branch(self) -> Branch: ...


Said = (
    VisitFacts
    | SpendFacts
    | ComplaintFacts
    | FreezeFacts
    | SlipFacts
    | ReversalFacts
    | GiftFacts
    | MergeFacts
    | Question
    | AccessFacts
    | ManagerFacts
    | RatingFacts
    | AftercareFacts
    | CaseFacts
    | WordsFacts
    | SolvedFacts
    | WaitingFacts
    | DeputyFacts
    | PostedFacts
    | DigestFacts
    | TaskFacts
    | TalkFacts
    | BelowFacts
    | AppointmentFacts
    | AppointmentsFacts
    | AppointmentCard
    | None
)


@dataclass(frozen=True, slots=True)
class Advert:
    """What a letter of promo says, and the marker that it ends with (`loyalty.promo`)."""

    said: Said
    marker: str | None


Facts = Said | Advert

HOW = CaseFacts | WordsFacts | Question | AppointmentCard | TaskFacts | TalkFacts | BelowFacts


def facts(tx: Transaction, letter: Letter, along: Letter | None = None) -> Facts:
    """What there is to say now; None where the letter's own arguments are all. `along`: the letter
    that it leaves with.

    Raises UntrueError: or it is too late for it, or nobody agrees to hear it. NotNowError: its
    class waits. LookupError: a kind that this version lacks.
    """
    kind = KINDS[letter.kind]
    if letter.expires_at is not None and tx.now >= letter.expires_at:
        raise UntrueError
    reads = READ_AGAIN.get(letter.kind)
    said = reads(tx, letter) if reads else None
    classes.check(tx, letter, said.branch if isinstance(said, OfBranch) else None, along)
    return Advert(said, tx.promo.standing().marker) if kind.class_ is Class.PROMO else said


def together(kind: str, several: Sequence[Facts]) -> Facts:
    """What several letters of a kind say in one message."""
    merged = TOGETHER[kind]
    adverts = [one for one in several if isinstance(one, Advert)]
    if adverts:
        return Advert(merged([one.said for one in adverts]), adverts[0].marker)
    return merged(several)


def how(facts: Facts) -> How:
    """How a letter with these facts goes."""
    return facts.how if isinstance(facts, HOW) else PLAIN


def arrived(tx: Transaction, letter: Letter, message: int | None) -> None:
    """The letter was sent as this message: what follows happens in the same transaction."""
    delivery.sent(tx, letter.id)
    if follows := FOLLOWS.get(letter.kind):
        follows(tx, letter, message)


def claim(tx: Transaction, limit: int, without: Collection[int] = ()) -> Sequence[Letter]:
    """Letters to send, as `delivery.claim`. What may have left before, and must not come twice, is
    left in doubt at once: once it is claimed, nothing would tell any more that it may have left.
    """
    letters = delivery.claim(tx, limit, without)
    doubtful = [one for one in letters if one.doubtful and one.kind in NEVER_TWICE]
    for letter in doubtful:
        left_in_doubt(tx, letter)
    return [letter for letter in letters if letter not in doubtful]


def left_in_doubt(tx: Transaction, letter: Letter) -> None:
    """It may have arrived and must not come twice: what follows an arrival follows anyway."""
    delivery.unknown(tx, letter.id)
    if follows := FOLLOWS.get(letter.kind):
        follows(tx, letter, None)


def lost(tx: Transaction, letter: Letter, fault: str, owners: Collection[int] = ()) -> None:
    """The letter can't be delivered; a case must reach somebody all the same."""
    delivery.failed(tx, letter.id, fault)
    if fault == delivery.UNREACHABLE:
        unreached.note(tx, letter, owners)
    else:
        unreached.tell_owners(tx, letter, owners)
    if letter.kind in CASES:
        arriving.lost(tx, letter)
    if letter.kind == "task-answer":
        talking.unheard(tx, letter)


def _receipt(tx: Transaction, letter: Letter) -> VisitFacts:
    visit = tx.desk.visit(letter.arguments["visit"])
    if visit is None or visit.patient is None:
        raise UntrueError
    if is_taken_back(visit, tx.desk.reversals(visit.id)):
        raise UntrueError
    patient = tx.people.patient(visit.patient)
    theirs = visit.wallet is not None and reads_wallet(tx, letter, visit.wallet)
    return VisitFacts(
        visit,
        tx.branches.branch(visit.branch),
        tx.branches.doctors(),
        _name(tx, letter, patient),
        shows_balance=theirs,
        corrects=_corrects(tx, visit),
        debt=tx.people.wallet(visit.wallet).debt if theirs and visit.wallet is not None else 0,
        latest=theirs and bool(visit.settled) and is_latest(tx, visit),
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


READ_AGAIN: Mapping[str, Callable[[Transaction, Letter], Said]] = {
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
    "goodwill": gifts.facts_of,
    "friend-gift": by_card.facts_of,
    "merged": merging.facts_of,
    "merge-undone": merging.facts_of,
    "request": approving.facts_of,
    "request-decided": approving.facts_of,
    "access-question": access.question_of,
    "made-manager": access.manager_of,
    "connect-offer": connecting.offer_stands,
    "rating": ratings.facts_of,
    "rating-again": ratings.facts_of,
    "aftercare": aftercare.facts_of,
    "case": looking.facts_of,
    "case-edit": looking.edit_of,
    "case-urgent": looking.facts_of,
    "case-overdue": looking.facts_of,
    "case-words": looking.words_of,
    "case-answer": looking.words_of,
    "rating-words": looking.words_of,
    "case-solved": looking.solved_of,
    "case-waits": looking.waiting_of,
    "deputy": recipients.deputy_of,
    "reward": reward_posting.facts_of,
    "undelivered": undelivered.facts_of,
    "task": tasks.card_of,
    "task-edit": tasks.edit_of,
    "task-below": tasks.below_of,
    "task-words": talking.words_of,
    "task-answer": talking.words_of,
    "task-unheard": talking.unheard_of,
    "appointment-card": appointments.card_of,
    **dict.fromkeys(appointments.NOTICES, appointments.facts_of),
}

# What letters of these kinds say together, each of its own patient, in one message.
TOGETHER: Mapping[str, Callable[[Sequence[Any]], Said]] = {
    "reward": reward_posting.together,
    "remind24": appointments.together,
    "remind2": appointments.together,
    "missed": appointments.together,
}

CASES = {"case", "case-overdue"}
FOLLOWS: Mapping[str, Callable[[Transaction, Letter, int | None], None]] = {
    "rating": lambda tx, letter, _: ratings.asked(tx, letter),
    "aftercare": lambda tx, letter, _: aftercare.asked(tx, letter),
    "case": arriving.alerted,
    "case-overdue": arriving.alerted,
    "case-words": arriving.told,
    "case-urgent": arriving.urged,
    "task": posting.arrived,
    "task-words": talking.told,
}
