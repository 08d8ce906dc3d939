"""Visits: a draft that several people may change, and what was recorded of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from loyalty.categories import Category


class VisitKind(StrEnum):
    """What kind of visit it was (programme: visit)."""

    ATTENDANCE = "attendance"
    UNPAID = "unpaid"  # insurance, warranty, check-up
    ADVANCE = "advance"  # money without attendance: earns, takes no points, is no visit


class FoundBy(StrEnum):
    """How the desk came to this patient: it decides how spending is agreed to."""

    CODE = "code"
    PHONE = "phone"
    NAME = "name"
    NOBODY = "nobody"  # counted without a person
    TRAINING = "training"  # code 0000: outside every figure


class DraftState(StrEnum):
    OPEN = "open"
    RECORDED = "recorded"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class DraftPart:
    """One line of the bill as it stands on the card: kopecks, a doctor's number."""

    sum: int
    category: Category | None = None
    doctor: int | None = None
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A visit before it is recorded. Every change makes a new revision; buttons name theirs.

    `who` is what was typed to find the patient: digits or a phone; `newcomer` the name of one
    who is not written down yet. `typed` marks equal lines, `repeats`: such a one came just before.
    `new_doctor` is a name that nobody has confirmed yet.
    `points` None: the card asks. `most`: as many as may be, whatever the sum becomes.
    `consent_until`, `consent_points`: how long and for how much the patient agreed to spend
    (`consent_points` None: any sum, the code said so). `asked_*`: what their phone asks now.
    """

    id: int
    source: str
    branch: int
    author: int
    author_name: str
    patient: int | None
    found_by: FoundBy
    kind: VisitKind
    day: date
    parts: tuple[DraftPart, ...]
    created_at: datetime
    typed: str | None = None
    card: int | None = None
    state: DraftState = DraftState.OPEN
    revision: int = 0
    points: int | None = None
    most: bool = False
    recall_on: date | None = None
    consent_until: datetime | None = None
    consent_points: int | None = None
    asked_until: datetime | None = None
    asked_points: int | None = None
    signed: bool = False
    repeats: bool = False
    new_doctor: str | None = None
    who: str | None = None
    newcomer: str | None = None
    corrects: int | None = None

    @property
    def bill(self) -> int:
        return sum(part.sum for part in self.parts)

    @property
    def open(self) -> bool:
        return self.state is DraftState.OPEN

    @property
    def training(self) -> bool:
        return self.found_by is FoundBy.TRAINING


@dataclass(frozen=True, slots=True)
class VisitPart:
    sum: int
    category: Category | None
    doctor: int | None
    excluded: bool
    points: int


@dataclass(frozen=True, slots=True)
class Visit:
    """A recorded visit. Money is kopecks; `rate` basis points; never changed, only reversed.

    `earned` includes the `bonus` of a regular visit, whose points last through `bonus_ends_on`.
    """

    id: int
    branch: int
    patient: int | None
    wallet: int | None
    kind: VisitKind
    found_by: FoundBy
    training: bool
    day: date
    bill: int
    excluded: int
    points: int
    cash: int
    earned: int
    reward: int
    rate: int
    balance_before: int
    balance_after: int
    ends_on: date | None
    recall_on: date | None
    programme: int | None
    legal: str
    recorded_by: int
    recorded_name: str
    recorded_at: datetime
    parts: tuple[VisitPart, ...] = ()
    bonus: int = 0
    bonus_ends_on: date | None = None

    @property
    def settled(self) -> int:
        """How much of what was earned went to the wallet's debt instead of a lot."""
        came = self.balance_after - self.balance_before + self.points
        return max(0, self.earned - came)


class ReversalKind(StrEnum):
    WRONG_SUM = "wrong_sum"
    WRONG_PATIENT = "wrong_patient"
    RETURNED = "returned"
    UNDONE = "undone"

    @property
    def cancels(self) -> bool:
        """The visit was written down wrongly; else it happened, and money went back."""
        return self is not ReversalKind.RETURNED


@dataclass(frozen=True, slots=True)
class Slice:
    """So much (kopecks) of one part of the bill, `part` counted from 0, that goes back."""

    part: int
    sum: int


@dataclass(frozen=True, slots=True)
class Reversal:
    """What took a visit back, whole or in part. Money is kopecks.

    `slices` are the parts of the bill that it names, `bill` their sum without excluded ones.
    `debt` is how much the wallet's debt grew: below nothing, returned points settled some.
    """

    visit: int
    n: int
    kind: ReversalKind
    bill: int
    money: int
    points_back: int
    clawed: int
    debt: int
    made_by: int
    made_name: str
    at: datetime
    slices: tuple[Slice, ...] = ()

    @property
    def total(self) -> int:
        """What it takes from the bill, excluded parts too."""
        return sum(one.sum for one in self.slices)


def left(visit: Visit, reversals: Sequence[Reversal]) -> tuple[Slice, ...]:
    """What of each part of the bill nobody has taken back, where anything is left of it."""
    gone: Counter[int] = Counter()
    for reversal in reversals:
        for one in reversal.slices:
            gone[one.part] += one.sum
    rest = (Slice(n, part.sum - gone[n]) for n, part in enumerate(visit.parts))
    return tuple(one for one in rest if one.sum > 0)


def money_left(visit: Visit, reversals: Sequence[Reversal]) -> int:
    """How much of what was paid has not gone back, in kopecks."""
    return visit.cash - sum(one.money for one in reversals)


def is_taken_back(visit: Visit, reversals: Sequence[Reversal]) -> bool:
    """Whether nothing of the visit stands: it was cancelled, or all its money returned."""
    cancelled = any(one.kind.cancels for one in reversals)
    return cancelled or (bool(reversals) and not left(visit, reversals))


@dataclass(frozen=True, slots=True)
class Code:
    """The four digits on a patient's screen; `token` is the same code in its QR."""

    id: int
    digits: str
    token: str
    account: int
    issued_at: datetime
    ends_at: datetime
    claimed_by: int | None = None
    claimed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CodeScreen:
    """The patient's message that shows the code; it is refreshed in place until `refresh_until`."""

    account: int
    message: int
    refresh_at: datetime | None
    refresh_until: datetime
