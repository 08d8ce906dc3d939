"""What waits for a manager's tap: what staff may not do alone."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from loyalty.visits import Slice


class RequestKind(StrEnum):
    GIFT = "gift"  # amount in points
    RETURN = "return"  # amount in kopecks
    GOOD_WILL = "goodwill"  # amount in points
    FRIENDS = "friends"  # amount in friends: how many of the day came unasked
    MERGE = "merge"  # amount in points: what the two wallets hold together


class RequestState(StrEnum):
    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"
    UNDONE = "undone"  # granted, and taken back: only a merge can be


@dataclass(frozen=True, slots=True)
class Request:
    """`source` is the message or button it came from: asked twice, it is one request.

    It ends with the chat and the message that waits there for the answer. A return asks for the
    visit's reversal number `n`, of these `slices` of the bill; None: of all that is left.
    A merge is of `patient` and `other`. Friends came by the card of `patient`; nobody asked.
    """

    id: int
    source: str
    branch: int
    kind: RequestKind
    amount: int
    reason: str
    asked_by: int
    asked_name: str
    asked_at: datetime
    state: RequestState = RequestState.WAITING
    patient: int | None = None
    visit: int | None = None
    n: int | None = None
    slices: tuple[Slice, ...] | None = None
    other: int | None = None
    decided_by: int | None = None
    decided_at: datetime | None = None

    def waits_in(self, chat: int | None) -> int | None:
        """The message of this chat that says so; None: it was asked elsewhere, or long ago."""
        _, there, message = f"::{self.source}".rsplit(":", 2)
        return int(message) if there == str(chat) else None
