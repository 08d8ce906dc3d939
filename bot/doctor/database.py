"""`doctor` on the database: there, writable, of this program's schema, in use by a bot."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from bot.database_url import server, sqlite_file
from bot.doctor.files import nearest_folder, readable_by_others
from bot.doctor.finding import Finding, bad, good, warn
from bot.lock import SCHEDULER, held
from bot.masking import masked
from bot.revisions import newest, revisions
from db.unreached import UNREACHED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

# The first without the rare race between connections that write ahead (WAL-reset bug).
_SOUND_SQLITE = (3, 51, 3)
_PATIENCE = 0.3  # seconds
_CONNECT = 3.0


def database(url: str, *, two_processes: bool, owners: Collection[int] = ()) -> Iterator[Finding]:
    file = sqlite_file(url)
    if file is None:
        yield from asyncio.run(_postgresql(url, owners, two_processes=two_processes))
        return
    yield _sqlite_version(two_processes=two_processes)
    if not file.exists():
        yield _no_file_yet(file)
        return
    yield from _file(file, owners)
    yield from readable_by_others(file)
    running = held(file)
    yield good("doctor-running") if running else good("doctor-not-running")
    if two_processes:
        yield _scheduler(running=held(file, SCHEDULER), wanted=running)


def _scheduler(*, running: bool, wanted: bool) -> Finding:
    """Where a bot runs without one, letters wait."""
    if running:
        return good("doctor-scheduler-running")
    return warn("doctor-scheduler-stopped") if wanted else good("doctor-scheduler-not-running")


def _sqlite_version(*, two_processes: bool) -> Finding:
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info >= _SOUND_SQLITE:
        return good("doctor-sqlite", version=version)
    if two_processes:
        return warn("doctor-sqlite-race", version=version)
    return warn("doctor-sqlite-old", version=version)


def _no_file_yet(file: Path) -> Finding:
    folder = nearest_folder(file.parent)
    if os.access(folder, os.W_OK | os.X_OK):
        return good("doctor-database-none", file=str(file))
    return bad("doctor-folder-closed", folder=str(folder))


def _file(file: Path, owners: Collection[int]) -> Iterator[Finding]:
    address = f"{file.absolute().as_uri()}?mode=rw"
    try:
        with closing(sqlite3.connect(address, _PATIENCE, 0, None, uri=True)) as connection:
            revision = _revision(connection)
            refused = connection.execute(UNREACHED).fetchall() if _is_ours(revision) else []
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:
        yield _broken(file, error)
    else:
        yield good("doctor-database", file=str(file))
        yield _schema(revision)
        yield from _unreached({chat for (chat,) in refused}, owners)


def _broken(file: Path, error: sqlite3.DatabaseError) -> Finding:
    if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
        return warn("doctor-database-busy", file=str(file))
    return bad("doctor-database-broken", file=str(file), reason=str(error))


def _revision(connection: sqlite3.Connection) -> str | None:
    there = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
    if connection.execute(there).fetchone() is None:
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


def _is_ours(revision: str | None) -> bool:
    """The tables are those that this program's questions are about."""
    return revision is not None and revision == newest()


def _unreached(chats: Collection[int], owners: Collection[int]) -> Iterator[Finding]:
    """A warning: Start may have been pressed since, and no letter has left yet to show it."""
    for owner in owners:
        if owner in chats:
            yield warn("doctor-owner-unreached", owner=str(owner))


def _schema(revision: str | None) -> Finding:
    if revision is None:
        return warn("doctor-schema-none")
    if revision == newest():
        return good("doctor-schema", revision=revision)
    if revision in revisions():
        return warn("doctor-schema-old", revision=revision, newest=newest() or "")
    return bad("doctor-schema-unknown", revision=revision)


async def _postgresql(url: str, owners: Collection[int], *, two_processes: bool) -> list[Finding]:
    try:
        import asyncpg  # type: ignore[import-untyped]  # it ships no types
    except ImportError:
        return [bad("doctor-driver-missing")]
    where = server(url)
    address = f"{where.host or 'localhost'}/{where.database}"
    try:
        connection = await asyncpg.connect(
            database=where.database,
            host=where.host,
            port=where.port,
            user=where.user,
            password=where.password,
            ssl=where.ssl,
            timeout=_CONNECT,
        )
    except (OSError, TimeoutError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as e:
        return [bad("doctor-server-unreachable", address=address, reason=masked(str(e)))]
    try:
        async with asyncio.timeout(_CONNECT):
            found = await _server(connection, address, owners)
            return found + (await _processes(connection) if two_processes else [])
    finally:
        connection.terminate()


async def _server(
    connection: Any,  # noqa: ANN401 (untyped)
    address: str,
    owners: Collection[int],
) -> list[Finding]:
    if await connection.fetchval("SHOW transaction_read_only") == "on":
        return [bad("doctor-server-read-only", address=address)]
    there = await connection.fetchval("SELECT to_regclass('alembic_version') IS NOT NULL")
    revision = (
        await connection.fetchval("SELECT version_num FROM alembic_version") if there else None
    )
    refused = await connection.fetch(UNREACHED) if _is_ours(revision) else []
    return [
        good("doctor-server", address=address),
        _schema(revision),
        *_unreached({chat for (chat,) in refused}, owners),
    ]


async def _processes(connection: Any) -> list[Finding]:  # noqa: ANN401 (untyped)
    """Whose place is free was taken by nobody; ours is given up with the connection."""
    ask = "SELECT pg_try_advisory_lock(hashtext('molar'), $1::int)"
    bot, scheduler = [not await connection.fetchval(ask, role) for role in (0, 1)]
    return [_scheduler(running=scheduler, wanted=bot)]
