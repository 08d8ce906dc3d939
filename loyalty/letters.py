"""A message on its way to an account."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as data: it is rendered in the recipient's language when it is sent."""

    id: int
    kind: str
    account: int
    telegram: int | None
    language: str | None
    arguments: dict[str, Any]
    attempts: int
