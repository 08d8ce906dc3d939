"""The signs on the door that a bot, or a scheduler, works on this database file."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, Self

from bot.database_url import sqlite_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

BOT, SCHEDULER = "bot", "scheduler"
_PATIENCE = 0.2  # seconds; somebody who only asks (`held`) keeps the door for microseconds
_PAUSE = 0.01


class AlreadyRunningError(Exception):
    """Another process, of this role, works on this database."""

    def __init__(self, role: str) -> None:
        super().__init__(role)
        self.role = role


class RunningLock:
    """Held by a bot, or a scheduler, as long as it runs; the kernel lets go of it at its end.

    Raises AlreadyRunningError: on entering, when another process holds it.
    """

    def __init__(self, database: Path, role: str = BOT, patience: float = _PATIENCE) -> None:
        self._path = lock_file(database, role)
        self._role = role
        self._patience = patience
        self._file = -1

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = _open(self._path)
        deadline = time.monotonic() + self._patience
        while not _taken(file, fcntl.LOCK_EX):
            if time.monotonic() >= deadline:
                os.close(file)
                raise AlreadyRunningError(self._role)
            time.sleep(_PAUSE)
        self._file = file
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._file)


def running_lock(
    database_url: str, role: str = BOT, patience: float = _PATIENCE
) -> AbstractContextManager[object]:
    """The lock of a normalised URL's file; a server needs none of this machine."""
    file = sqlite_file(database_url)
    return RunningLock(file, role, patience) if file else nullcontext()


@contextmanager
def nobody_at_work(database: Path) -> Iterator[None]:
    """Neither a bot nor a scheduler; as long as the block runs none begins.

    Raises AlreadyRunningError.
    """
    with RunningLock(database, BOT), RunningLock(database, SCHEDULER):
        yield


def held(database: Path, role: str = BOT) -> bool:
    """Whether one of this role runs on this database file."""
    try:
        file = os.open(lock_file(database, role), os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        return not _taken(file, fcntl.LOCK_SH)
    finally:
        os.close(file)


def lock_file(database: Path, role: str = BOT) -> Path:
    return database.with_name(database.name + ("" if role == BOT else f".{role}") + ".lock")


def _open(path: Path) -> int:
    """The lock's file, which another user of the machine (root, at a restore) may take too."""
    file = os.open(path, os.O_RDONLY | os.O_CREAT, 0o644)
    with suppress(PermissionError):
        os.fchmod(file, 0o644)
    return file


def _taken(file: int, kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
