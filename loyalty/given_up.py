"""A letter that is not being tried any more, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Why(StrEnum):
    """In the words of those who read it, not of Telegram."""

    UNREACHED = "unreached"  # the bot is blocked, or the account has gone
    DOUBTFUL = "doubtful"  # the line broke: it may have arrived
    REFUSED = "refused"  # Telegram didn't take it as it was written


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A letter that is not being tried any more. `may_go_again`: somebody is there to read it."""

    id: int
    kind: str
    account: int | None
    chat: int | None
    why: Why
    at: datetime
    arguments: Mapping[str, str | int | None]
    may_go_again: bool
