"""The sign on the door that a bot works on this database file."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING, Self

from bot.database_url import sqlite_file

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

_PATIENCE = 0.2  # seconds; somebody who only asks (`held`) keeps the door for microseconds
_PAUSE = 0.01


class AlreadyRunningError(Exception):
    """Another process holds this database."""


class RunningLock:
    """Held by a bot as long as it runs; the kernel lets go of it when the process ends.

    Raises AlreadyRunningError: on entering, when another process holds it.
    """

    def __init__(self, database: Path) -> None:
        self._path = lock_file(database)
        self._file = -1

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = _open(self._path)
        deadline = time.monotonic() + _PATIENCE
        while not _taken(file, fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                os.close(file)
                raise AlreadyRunningError(self._path)
            time.sleep(_PAUSE)
        self._file = file
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._file)


def running_lock(database_url: str) -> AbstractContextManager[object]:
    """The lock of a normalised URL's file; a server needs none of this machine."""
    file = sqlite_file(database_url)
    return RunningLock(file) if file else nullcontext()


def held(database: Path) -> bool:
    """Whether a bot runs on this database file."""
    try:
        file = os.open(lock_file(database), os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        return not _taken(file, fcntl.LOCK_SH)
    finally:
        os.close(file)


def lock_file(database: Path) -> Path:
    return database.with_name(f"{database.name}.lock")


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
