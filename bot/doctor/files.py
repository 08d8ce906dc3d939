"""`doctor` on files: who may read them, how much room is left, how old the last copy is."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bot.database_url import sqlite_file
from bot.doctor.finding import Finding, bad, good, warn
from bot.environment import ENV_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

_OTHERS = 0o007
_MEGABYTE = 1 << 20
_FULL, _TIGHT = 100, 1024  # megabytes
_DAY = 86_400
_OLD_COPY = 7  # days
_COPY_STARTS = (b"SQLite format 3\x00", b"PGDMP")
_MANY = 2000


def env_file() -> Iterator[Finding]:
    if not ENV_FILE.exists():
        yield warn("doctor-env-none")
    else:
        yield from readable_by_others(ENV_FILE)


def readable_by_others(file: Path) -> Iterator[Finding]:
    if file.stat().st_mode & _OTHERS:
        yield warn("doctor-readable-by-others", file=str(file))


def disk(url: str) -> Iterator[Finding]:
    folder = nearest_folder(_folder(url))
    free = shutil.disk_usage(folder).free // _MEGABYTE
    if free < _FULL:
        yield bad("doctor-disk-full", folder=str(folder), megabytes=free)
    elif free < _TIGHT:
        yield warn("doctor-disk-tight", folder=str(folder), megabytes=free)
    else:
        yield good("doctor-disk", folder=str(folder), gigabytes=free // _TIGHT)


def copies(url: str) -> Iterator[Finding]:
    """The age of the last copy, which only matters once there is something to lose."""
    database, folder = sqlite_file(url), _folder(url)
    if database is not None and not database.exists():
        return
    last = max(_copies(folder, database), key=_changed, default=None)
    if last is None:
        yield warn("doctor-copy-none", folder=str(folder))
        return
    days = int((time.time() - _changed(last)) // _DAY)
    if days >= _OLD_COPY:
        yield warn("doctor-copy-old", file=str(last), days=days)
    else:
        yield good("doctor-copy", file=str(last), days=days)


def nearest_folder(folder: Path) -> Path:
    """The folder itself or the first above it that exists."""
    return next((f for f in (folder, *folder.absolute().parents) if f.is_dir()), Path("/"))


def _folder(url: str) -> Path:
    """Where the clinic's data lie, and copies by habit; a server's data are elsewhere."""
    database = sqlite_file(url)
    return Path("data") if database is None else database.parent


def _copies(folder: Path, database: Path | None) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for _, file in zip(range(_MANY), folder.iterdir(), strict=False):
        if file != database and file.is_file() and _is_copy(file):
            yield file


def _is_copy(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(16).startswith(_COPY_STARTS)
    except OSError:
        return False


def _changed(file: Path) -> float:
    return file.stat().st_mtime
