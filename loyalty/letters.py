"""A message on its way to an account."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from loyalty.kinds import KINDS

# What must not come twice: of these a letter that may have left, or may not, is left at that.
NEVER_TWICE = frozenset(kind for kind, row in KINDS.items() if row.never_twice)


class UntrueError(Exception):
    """What a letter was to say is true no longer."""


class NotNowError(Exception):
    """Its class may not come now (hours, days, what came before it): the letter waits till then."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


@dataclass(frozen=True, slots=True)
class How:
    """How a letter goes, where it is more than a new message.

    `edits` is the message that it takes the place of, `copies` (chat, message) one that is passed
    on as it is, `replies_to` one that it answers. `silent`: without a sound.
    """

    edits: int | None = None
    copies: tuple[int, int] | None = None
    replies_to: int | None = None
    silent: bool = False


PLAIN = How()


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as data: it is rendered in the recipient's language when it is sent.

    `telegram` is the chat it goes to; None: the account is erased and nobody is there. `doubtful`:
    a former life died while it was being sent. `leased_until` is the end of this taker's claim.
    """

    id: int
    kind: str
    account: int | None
    telegram: int | None
    language: str | None
    arguments: dict[str, Any]
    attempts: int
    expires_at: datetime | None = None
    doubtful: bool = False
    leased_until: datetime | None = None
