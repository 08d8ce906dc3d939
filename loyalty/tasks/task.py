"""A task of the staff chat: why, for whom, and what came of it (programme: call tasks)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

MOST_TRIES = 3


class TaskKind(StrEnum):
    """Why: what the patient did just now, or what the clinic noticed."""

    BOOK = "book"  # wishes to book
    MOVE = "move"  # pressed on a reminder
    CANCEL = "cancel"
    SILENT = "silent"  # has not confirmed a visit
    MISSED = "missed"  # has not come
    UNREACHED = "unreached"  # a message that matters did not arrive
    WORDS = "words"  # free text: an answer is due, not a call

    @property
    def caused(self) -> bool:
        """The patient waits for it: it comes at once, and is none of the day's ten."""
        return self in {TaskKind.BOOK, TaskKind.MOVE, TaskKind.CANCEL, TaskKind.WORDS}


class Wish(StrEnum):
    """When a patient who wishes to book could come."""

    DAYTIME = "daytime"
    EVENING = "evening"
    WEEKEND = "weekend"


class Result(StrEnum):
    BOOKED = "booked"
    CONFIRMED = "confirmed"
    NO_ANSWER = "no-answer"  # after the last try
    DECLINED = "declined"  # not now, thank you
    ELSEWHERE = "elsewhere"
    WRONG_NUMBER = "wrong-number"
    NEVER = "never"
    CAME = "came"
    ANSWERED = "answered"
    OVERTAKEN = "overtaken"  # there is nothing left to do: it was settled otherwise, or is over


@dataclass(frozen=True, slots=True)
class Reason:
    """One of the reasons of a task, with the fact it was born from as its `key`.

    `due`: when what it is about begins, a visit for example. `account` is whose wish it is,
    `doctor` a number of the list.
    """

    id: int
    task: int
    key: str
    kind: TaskKind
    patient: int
    at: datetime
    account: int | None = None
    appointment: int | None = None
    due: datetime | None = None
    wish: Wish | None = None
    doctor: int | None = None
    result: Result | None = None

    @property
    def open(self) -> bool:
        return self.result is None


@dataclass(frozen=True, slots=True)
class Task:
    """One call, or one talk with `account`, until it has a result. Every change is a revision.

    A household gets one call at a time, so the reasons may be of several patients. `due_at`: when
    it comes (again) into the chat; `posted_on` the branch's day on which it last did. `counted`:
    one of the day's ten; `promised`: the patient asked to be called then. `told_at`, `told_for`:
    when an answer was promised last, and for which message.
    """

    id: int
    branch: int
    talk: bool
    opened_at: datetime
    due_at: datetime
    account: int | None = None
    revision: int = 0
    tries: int = 0
    tried_at: datetime | None = None
    counted: bool = False
    promised: bool = False
    posted_on: date | None = None
    told_at: datetime | None = None
    told_for: str | None = None
    result: Result | None = None
    done_name: str | None = None
    done_at: datetime | None = None

    @property
    def open(self) -> bool:
        return self.done_at is None


@dataclass(frozen=True, slots=True)
class TaskMessage:
    """A message that speaks of a task; `whole`: it is a card that shows how the task stands."""

    chat: int
    message: int
    task: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Never:
    """«Никогда»: who said so of a patient, and when."""

    name: str
    at: datetime
