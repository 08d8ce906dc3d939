"""Who may try what, and what came of it: the words in which `test_roles.py` writes its table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State

from loyalty.appointments.appointment import Appointment
from loyalty.tasks.task import Task
from loyalty.visits import Draft
from sandbox.world import ANONYMOUS
from tests.e2e.people import Person

ROLES = {
    "stranger": "nobody has met them",
    "patient": "registered",
    "staff": "of this branch",
    "other": "manager of another branch",
    "ex": "was manager of this branch and left its chat: came back, or in private nobody knows yet",
    "waiting": "for access to this branch",
    "manager": "of this branch",
    "owner": "",
    "anonymous": "administrator of the group, with access under the own name",
    "channel": "as which the same administrator writes",
}
PEOPLE = tuple(ROLES)[:8]
CHANNEL_BOT = 136817688
SPOT = "Нажмите кнопку"

UseCase = tuple[Callable[..., Any], *tuple[Any, ...]]


@dataclass
class Things:
    """What a button or a line can be about. All of it is of this branch and of the patient."""

    here: int
    there: int
    staff: int  # members
    waiting: int
    registered: int  # the patient's Telegram
    patient: int
    digits: str
    token: str
    draft: Draft
    nameless: int  # a draft of a phone that nobody has
    asking: Draft  # which has asked for `points`
    points: int
    visit: int
    walk_in: int  # a visit of somebody without Telegram
    moved: int  # a patient whose phone came with another account
    frozen: int  # a wallet
    request: int
    double: int  # another record of the patient, perhaps
    merged: int  # a request that was granted
    rated: int  # a visit with one star
    case: int  # that this star has opened
    manager: int  # their Telegram
    lost: int  # a letter that may not have arrived
    call: Task  # about somebody without Telegram
    talk: int  # a task of the patient's words
    booked: Appointment  # of the patient, in three days


# --- where it is tried -----------------------------------------------------------------------


class Place(StrEnum):
    PRIVATE = "private"
    HERE = "staff chat"
    THERE = "other staff chat"
    FREE = "unconnected group"
    EMPTY = "group without bot"
    SMALL = "basic group"  # a staff chat as well


@dataclass(frozen=True)
class Actor:
    """Somebody where they try something; `spot` is a message of the bot's there."""

    role: str
    person: Person
    phone: str
    spot: int

    @property
    def telegram(self) -> int:
        """Who Telegram says it is."""
        nameless = {"anonymous": int(ANONYMOUS["id"]), "channel": CHANNEL_BOT}
        return nameless.get(self.role, self.person.id)


# --- what is tried ---------------------------------------------------------------------------

Now = Callable[[Things], Any]


@dataclass(frozen=True)
class Says:
    text: str | Now

    async def __call__(self, actor: Actor, things: Things) -> None:
        kind = {"anonymous": "anonymous_text", "channel": "channel_text"}.get(actor.role, "text")
        text = self.text if isinstance(self.text, str) else self.text(things)
        await actor.person.does(kind, text=text)


@dataclass(frozen=True)
class Replies:
    """Words in answer to the bot's message."""

    text: str

    async def __call__(self, actor: Actor, _things: Things) -> None:
        await actor.person.does("text", text=self.text, reply_to=actor.spot)


@dataclass(frozen=True)
class Presses:
    """A button, whether or not the message has it: clients can be made to."""

    button: CallbackData | Callable[[Things], CallbackData]
    under: str = SPOT  # what the message says

    async def __call__(self, actor: Actor, things: Things) -> None:
        button = self.button if isinstance(self.button, CallbackData) else self.button(things)
        await actor.person.presses_button(actor.spot, button.pack(), late=True)


@dataclass(frozen=True)
class Does:
    """Any other act, and the one that makes it undone."""

    kind: str
    more: Mapping[str, str] = field(default_factory=dict)
    undo: "Does | None" = None

    async def __call__(self, actor: Actor, _things: Things) -> None:
        await actor.person.does(self.kind, **self.more)


@dataclass(frozen=True, eq=False)
class Row:
    """One act by every role: the `handlers` it leads to, and for each role a sign of LEGEND.

    `form` is what the bot waits for (a leftover, where the role can't have come to it), `given`
    what happened to the person before.
    """

    handlers: str
    act: Says | Replies | Presses | Does
    expected: str
    at: Place = Place.PRIVATE
    form: tuple[State, Now] | None = None
    given: Callable[[Things, Actor], list[UseCase]] | None = None

    @property
    def names(self) -> list[str]:
        return self.handlers.split()

    @property
    def cells(self) -> dict[str, str]:
        """The roles that can try it; a row that ends before the nameless ones is for people."""
        return {role: mark for role, mark in zip(ROLES, self.expected, strict=False) if mark != "-"}


# --- what came of it -------------------------------------------------------------------------

LEGEND = {
    "D": "does it: the books have changed",
    "S": "is shown or asked something; the books are as before",
    "r": "is told no, or what to press instead; the books are as before",
    ".": "is answered nothing; the books are as before",
    ">": "is answered by another handler",
    "-": "can't try it: people alone press buttons, have private chats, come and go",
    "!": "WRONG: was refused, and the books have changed",
    "X": "WRONG: the handler broke",
}

# Handlers whose whole work is to say no, or what to press instead.
SAY_NO = {
    "errors.out_of_turn",
    "errors.refused",
    "group.pressed",
    "group.private_only",
    "patient.anything.anything",
    "patient.anything.old_button",
    "patient.phone.not_yours",
    "patient.start.somebodys_code",
    "staff.access.nameless",
    "staff.access.not_shared",
    "staff.access.works_without_access",
    "staff.card.not_for_you",
    "staff.tasks.not_for_you",
    "staff.connect.not_an_owner",
    "staff.connect.owner_only",
    "staff.elsewhere.staff_chat_only",
    "staff.script.no_access",
}
FIRST_WORD = "staff.access.first_word"  # speaks by a letter, and hands the message on
VISIBLE = ("send", "edit", "deleteMessage", "answerInlineQuery")

Note = dict[str, Any]


@dataclass(frozen=True)
class Cell:
    """What a try led to, and how that is known."""

    mark: str
    handlers: list[str]
    said: list[str]
    changed: list[str]

    def __str__(self) -> str:
        said = " | ".join(self.said)[:200]
        return f"{self.mark}: {', '.join(self.handlers)}; said «{said}»; changed {self.changed}"


def judged(row: Row, notes: Sequence[Note], changed: list[str], denials: set[str]) -> Cell:
    handlers = [n for n in notes if "handler" in n and not n["handler"].startswith("aiogram")]
    ran = {n["handler"] for n in handlers if not n["raised"] or n["handler"] == FIRST_WORD} - SAY_NO
    said = [note for note in notes if "method" in note and _visible(note)]
    texts = [note["text"] or "" for note in said]
    own = ran & set(row.names) if denials.isdisjoint(texts) else set()
    passed_on = ran - set(row.names) - {FIRST_WORD}
    if any("set_aside" in note for note in notes):
        mark = "X"
    elif own and (changed or said or FIRST_WORD in own):
        mark = "D" if changed else "S"
    elif passed_on and (changed or said):
        mark = ">"
    elif changed:
        mark = "!"
    else:
        mark = "r" if said else "."
    broken = [note["set_aside"] for note in notes if "set_aside" in note]
    return Cell(mark, [note["handler"] for note in handlers], [*broken, *texts], changed)


def _visible(note: Note) -> bool:
    toast = note["method"] == "answerCallbackQuery" and note["text"]
    return bool(toast) or note["method"].startswith(VISIBLE)
