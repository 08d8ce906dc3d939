"""Copies of the database taken while the bot works, and the way back from one."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from bot.backup import postgresql
from bot.backup.refusals import (
    CopyDamagedError,
    CopyExistsError,
    CopyOfAnotherVersionError,
    DatabaseInUseError,
    FolderMissingError,
    NoCopyError,
    NoDatabaseError,
    NotACopyError,
    StillRunningError,
    StorageRefusedError,
)
from bot.database_url import server, sqlite_file
from bot.lock import AlreadyRunningError, nobody_at_work
from bot.revisions import revisions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

SQLITE_MAGIC = b"SQLite format 3\x00"
_PATIENCE = 15.0  # seconds for a writer to finish


def backup(database_url: str, file: Path) -> None:
    """Write a checked copy of the database to a new file that only its owner can read.

    Raises Refusal: when the file exists, or the copy can't be made or is not whole.
    """
    _refuse_to_overwrite(file)
    database = sqlite_file(database_url)
    if database is not None and not database.exists():
        raise NoDatabaseError(file=str(database))
    with _beside(file) as fresh:
        if database is None:
            postgresql.dump(server(database_url), fresh)
        else:
            _copy(database, fresh)
        _refuse_to_overwrite(file)
        _put(fresh, file)


def restore(database_url: str, file: Path, now: datetime) -> Path | None:
    """Put a copy in the place of the database; return where the present one is kept, if any.

    Raises Refusal: when the file is no whole copy of ours, or a bot works on the database.
    """
    if not file.is_file():
        raise NoCopyError(file=str(file))
    database = sqlite_file(database_url)
    if database is None:
        return _restore_server(database_url, file, now)
    _check(file)
    try:
        with _storage_errors(database), nobody_at_work(database):
            return _restore_file(database, file, now)
    except AlreadyRunningError:
        raise StillRunningError from None


def _restore_server(database_url: str, file: Path, now: datetime) -> Path:
    where = server(database_url)
    _refuse_unknown(postgresql.revision(where, file), file)
    if postgresql.in_use(where):
        raise StillRunningError
    kept = file.with_name(f"before-restore-{now:%Y%m%d-%H%M%S}.dump")
    backup(database_url, kept)
    postgresql.load(where, file)
    return kept


def _restore_file(database: Path, file: Path, now: datetime) -> Path | None:
    kept = database.with_name(f"{database.name}.before-restore-{now:%Y%m%d-%H%M%S}")
    _refuse_to_overwrite(kept)
    with _beside(database) as fresh:
        _copy(file, fresh)
        _give_to_owner_of(database, fresh)
        there_was_one = _keep(database, kept)
        _put(fresh, database)
    return kept if there_was_one else None


def _keep(database: Path, kept: Path) -> bool:
    """Give the present database a second name, so that at every moment one stands in place."""
    there_is_one = database.exists()
    if not (there_is_one and _closed(database)):
        # Damaged or gone, which may be why somebody restores. A journal left behind would be
        # played into the fresh file.
        for end in ("-wal", "-shm", "-journal"):
            with suppress(FileNotFoundError):
                database.with_name(database.name + end).rename(kept.with_name(kept.name + end))
    if there_is_one:
        _link(database, kept)
    return there_is_one


def _link(file: Path, other_name: Path) -> None:
    try:
        other_name.hardlink_to(file)
    except OSError:  # a file system without hard links
        shutil.copy2(file, other_name)


def _closed(database: Path) -> bool:
    """Bring the write-ahead log into the file and remove it; False when the file is damaged.

    Raises DatabaseInUseError: leaving WAL mode needs to be alone, so this finds any other user.
    """
    try:
        with closing(sqlite3.connect(database, timeout=2, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:
        if _code(error) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise DatabaseInUseError(file=str(database)) from None
        return False
    return True


def _check(file: Path) -> None:
    """Refuse what is no whole copy of a database of ours."""
    with _storage_errors(file), file.open("rb") as opened:
        if opened.read(len(SQLITE_MAGIC)) != SQLITE_MAGIC:
            raise NotACopyError(file=str(file))
    with _sqlite_errors(file), closing(_reader(file)) as connection:
        _refuse_damaged(connection, file)
        _refuse_unknown(_revision(connection), file)


def _revision(connection: sqlite3.Connection) -> str | None:
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError:
        return None
    return row[0] if row else None


def _refuse_unknown(revision: str | None, file: Path) -> None:
    if revision is None:
        raise NotACopyError(file=str(file))
    if revision not in revisions():
        raise CopyOfAnotherVersionError(file=str(file), revision=revision)


def _refuse_to_overwrite(file: Path) -> None:
    if file.exists():
        raise CopyExistsError(file=str(file))


def _copy(source: Path, target: Path) -> None:
    """Copy a database that others may be writing to, and check what came out."""
    with _sqlite_errors(source):
        with closing(_reader(source)) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
        with closing(_reader(target)) as connection:
            _refuse_damaged(connection, source)


def _refuse_damaged(connection: sqlite3.Connection, file: Path) -> None:
    if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
        raise CopyDamagedError(file=str(file))


def _reader(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", timeout=_PATIENCE, uri=True)
    connection.execute("PRAGMA trusted_schema=OFF")
    return connection


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """An empty private file in the same folder, gone after the block unless it was moved."""
    if not file.parent.is_dir():
        raise FolderMissingError(folder=str(file.parent))
    fresh = file.with_name(f".{file.name}.{os.getpid()}.unfinished")
    with _storage_errors(file):
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL, 0o600))
        try:
            yield fresh
        finally:
            fresh.unlink(missing_ok=True)


def _put(fresh: Path, place: Path) -> None:
    """Move a finished file to its place so that a power cut leaves the old or the new one."""
    _sync(fresh)
    fresh.replace(place)
    _sync(place.parent)


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _give_to_owner_of(database: Path, fresh: Path) -> None:
    """Root may restore for a bot that runs as another user."""
    if os.geteuid() == 0:
        model = database if database.exists() else database.parent
        os.chown(fresh, model.stat().st_uid, model.stat().st_gid)


@contextmanager
def _storage_errors(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageRefusedError(file=str(file), reason=error.strerror or str(error)) from error


@contextmanager
def _sqlite_errors(file: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        match _code(error):
            case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
                raise CopyDamagedError(file=str(file)) from error
            case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
                raise DatabaseInUseError(file=str(file)) from error
        raise StorageRefusedError(file=str(file), reason=str(error)) from error


def _code(error: sqlite3.DatabaseError) -> int:
    """SQLite's primary code; an error of the driver itself carries none."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
