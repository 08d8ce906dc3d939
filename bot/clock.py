"""What time it is: the system's, or the system's moved by an offset in a file."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.settings import Settings

_CENTURY = timedelta(days=36525).total_seconds()


class Clock(Protocol):
    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class FileClock:
    """The system's time plus the seconds written in a file (CLOCK_FILE).

    The file is read again when it changed; while nothing sensible stands in it, the last good
    offset holds.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int, int] | None = None
        self._offset = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._current_offset()

    def _current_offset(self) -> timedelta:
        try:
            stat = self._path.stat()
            seen = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            if seen != self._seen:
                text = self._path.read_text("ascii")
                self._seen = seen
                self._offset = _offset(text)
        except (OSError, ValueError):
            pass  # absent or half written: it will change again
        return self._offset


def _offset(text: str) -> timedelta:
    seconds = float(text)
    if not math.isfinite(seconds) or abs(seconds) > _CENTURY:
        raise ValueError("no offset")
    return timedelta(seconds=seconds)


def clock_from(settings: Settings) -> Clock:
    return FileClock(settings.clock_file) if settings.clock_file else SystemClock()
