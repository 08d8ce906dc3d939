"""What `doctor` found out about one thing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.sentence import Sentence


class Mark(Enum):
    GOOD = "✓"
    WARNING = "!"
    BAD = "✗"


@dataclass(frozen=True)
class Finding:
    mark: Mark
    sentence: Sentence


def good(key: str, /, **arguments: str | int) -> Finding:
    return Finding(Mark.GOOD, Sentence(key, arguments))


def warn(key: str, /, **arguments: str | int) -> Finding:
    """Nothing is broken, yet somebody should look."""
    return Finding(Mark.WARNING, Sentence(key, arguments))


def bad(key: str, /, **arguments: str | int) -> Finding:
    """The clinic does not work, or will stop working."""
    return Finding(Mark.BAD, Sentence(key, arguments))
