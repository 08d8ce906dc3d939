"""What points are made of: lots, the operations that move them, the moves of one operation."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Reason(StrEnum):
    """Why a lot exists; the word a person reads is found by it."""

    WELCOME = "welcome"
    CASHBACK = "cashback"
    RETURNED = "returned"  # spent points that came back after their own lot had ended
    GIFT = "gift"
    REGULAR = "regular"  # hygiene again in time
    GOOD_WILL = "good_will"  # in place of points that had ended
    FRIEND = "friend"  # to who came by a card
    REWARD = "reward"  # what friends' visits have gathered


class Kind(StrEnum):
    """What an operation was."""

    WELCOME = "welcome"
    JOIN = "join"  # a patient's wallet poured into that of the account they joined
    ERASURE = "erasure"
    VISIT = "visit"
    REVERSAL = "reversal"  # a visit was written down wrongly
    RETURN = "return"  # its money went back, whole or in part
    GIFT = "gift"
    GOOD_WILL = "good_will"
    FRIEND = "friend"
    EXPIRY = "expiry"  # a lot ended with points in it
    PROLONGED = "prolonged"  # lots wait for a visit; no point moves
    MERGE = "merge"  # two records of one person became one
    MERGE_UNDONE = "merge_undone"
    REWARD = "reward"  # posted on the 1st


@dataclass(frozen=True, slots=True)
class Lot:
    """Points from one accrual. `ends_at` is exclusive: at it they are unspendable.

    `since` is when they came into this wallet, `moved_from` the first lot they were, in another
    wallet. Once a booking has moved the end, `first_ends_at` is the one of before and
    `prolonged_by` the operation that did it.
    """

    id: int
    wallet: int
    reason: str
    remaining: int
    ends_at: datetime
    since: datetime
    moved_from: int | None = None
    first_ends_at: datetime | None = None
    prolonged_by: int | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """Points that come into a wallet as a new lot; `moved_from` names the first lot they were.

    A lot that was prolonged stays so wherever it goes: `first_ends_at`, `prolonged_by` as in `Lot`.
    """

    wallet: int
    reason: str
    points: int
    ends_at: datetime
    moved_from: int | None = None
    first_ends_at: datetime | None = None
    prolonged_by: int | None = None

    @property
    def change(self) -> int:
        """What the wallet gains."""
        return self.points


@dataclass(frozen=True, slots=True)
class Debit:
    """Points that leave a lot."""

    lot: Lot
    points: int

    @property
    def wallet(self) -> int:
        return self.lot.wallet

    @property
    def change(self) -> int:
        return -self.points


@dataclass(frozen=True, slots=True)
class Refund:
    """Points that come back to the lot they were taken from."""

    lot: Lot
    points: int

    @property
    def wallet(self) -> int:
        return self.lot.wallet

    @property
    def change(self) -> int:
        return self.points


@dataclass(frozen=True, slots=True)
class Prolonging:
    """A lot that ends later from now on. No point moves."""

    lot: Lot
    ends_at: datetime

    @property
    def wallet(self) -> int:
        return self.lot.wallet

    @property
    def change(self) -> int:
        return 0


Move = Credit | Debit | Refund | Prolonging


@dataclass(frozen=True, slots=True)
class Operation:
    """A business event as it was written down."""

    id: int
    key: str
    kind: str
    given: str
    at: datetime


PAYMENT = "payment"  # how a history calls a visit that was money without attendance


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One operation as its wallet felt it: what went out of it and what came in.

    Once explained, `earned` and `spent` are what the operation was about, and `debt` is how much of
    that was left as debt; below nothing, how much of what was earned debt took.
    """

    at: datetime
    kind: str
    spent: int
    earned: int
    key: str = ""
    debt: int = 0

    @property
    def points(self) -> int:
        """What the balance gained."""
        return self.earned - self.spent + self.debt
