"""What patients think of a visit: stars, words, how they feel after it, and the case it may be."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SOLVED_WITHIN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Rating:
    """One to five stars of a visit, by the account that tapped first. Never changed."""

    visit: int
    account: int
    stars: int
    at: datetime


class Feels(StrEnum):
    """The answer to the after-care question, the mildest first."""

    FINE = "fine"
    QUESTION = "question"
    PAIN = "pain"

    def outweighs(self, other: "Feels | None") -> bool:
        mildest_first = list(Feels)
        return other is None or mildest_first.index(self) > mildest_first.index(other)


@dataclass(frozen=True, slots=True)
class Feeling:
    """What an account has answered to the after-care question of a visit."""

    visit: int
    account: int
    feels: Feels
    at: datetime


class Side(StrEnum):
    """Who said it."""

    PATIENT = "patient"
    CLINIC = "clinic"


@dataclass(frozen=True, slots=True)
class Words:
    """Something said about a visit, or in a talk (`task`): a text, or a message of Telegram's to be
    passed on.

    `chat` and `message` are that message; `source` is what made it: said once, however often.
    """

    id: int
    visit: int | None
    side: Side
    author: str
    source: str
    at: datetime
    text: str | None = None
    chat: int | None = None
    message: int | None = None
    task: int | None = None


class CaseState(StrEnum):
    NEW = "new"
    TAKEN = "taken"
    SOLVED = "solved"


class Why(StrEnum):
    """What went wrong."""

    PAIN = "pain"
    WAITING = "waiting"
    PRICE = "price"
    MANNERS = "manners"
    RESULT = "result"
    OTHER = "other"


class Call(StrEnum):
    """How the patient wants to be answered."""

    CALL = "call"
    WRITE = "write"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Case:
    """A patient who must be heard, until somebody has solved it. Every change is a new revision.

    `stars`: the few it is about; None: it began with the after-care question, or with words in
    place of stars. `account` is whom we talk with; `taken_*` who is at it, `solved_*` who ended it,
    and `note` how.
    """

    id: int
    visit: int
    patient: int
    branch: int
    account: int
    stars: int | None
    opened_at: datetime
    state: CaseState = CaseState.NEW
    revision: int = 0
    why: Why | None = None
    call: Call | None = None
    taken_by: int | None = None
    taken_name: str | None = None
    solved_name: str | None = None
    solved_at: datetime | None = None
    note: str | None = None

    @property
    def open(self) -> bool:
        return self.state is not CaseState.SOLVED

    def overdue(self, now: datetime) -> bool:
        return self.open and now >= self.opened_at + SOLVED_WITHIN


@dataclass(frozen=True, slots=True)
class Shown:
    """A message in somebody's chat that shows a case. `as_owner`: by whose right they see it."""

    telegram: int
    message: int
    as_owner: bool
