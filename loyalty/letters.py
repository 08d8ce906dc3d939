"""A message on its way to an account."""

from dataclasses import dataclass
from typing import Any


class UntrueError(Exception):
    """What a letter was to say is true no longer."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as data: it is rendered in the recipient's language when it is sent.

    `telegram` is the chat it goes to; None: the account is erased and nobody is there.
    """

    id: int
    kind: str
    account: int | None
    telegram: int | None
    language: str | None
    arguments: dict[str, Any]
    attempts: int
