"""The schema is brought to the newest revision; an SQLite file is copied first."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, make_url

from db import engines

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Migrated:
    """Revisions before (None: an empty database) and after; `copy` of the file as it was."""

    before: str | None
    after: str
    copy: Path | None = None


class NewerSchemaError(Exception):
    """The database was made by a newer Molar; this one would not understand it."""


def upgrade(database_url: str, *, copy: bool = True, revision: str = "head") -> Migrated:
    """Bring the database to `revision`; nothing happens where it is there already.

    Raises NewerSchemaError.
    """
    return _with_connection(database_url, lambda c: _upgrade(c, database_url, copy, revision))


def downgrade(database_url: str, revision: str) -> None:
    """Take the schema back to `revision` ("base" for nothing)."""

    def back(connection: Connection) -> None:
        with connection.begin():
            command.downgrade(_config(connection), revision)

    _with_connection(database_url, back)


def is_newest(database_url: str) -> bool:
    """Whether the schema is the one that this Molar was written for.

    Raises NewerSchemaError.
    """
    if engines.is_sqlite(database_url) and not Path(make_url(database_url).database or "").exists():
        return False
    there = _with_connection(database_url, _revision)
    if there is not None and there not in revisions():
        raise NewerSchemaError(there)
    return there == newest()


def newest() -> str:
    """The revision that this Molar was written for."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise LookupError("no migrations")
    return head


def revisions() -> set[str]:
    """All that this Molar knows."""
    script = ScriptDirectory.from_config(_config())
    return {step.revision for step in script.walk_revisions()}


def _upgrade(connection: Connection, url: str, copy: bool, revision: str) -> Migrated:
    before = _revision(connection)
    if before is not None and before not in revisions():
        raise NewerSchemaError(before)
    target = newest() if revision == "head" else revision
    if before == target:
        return Migrated(before, target)
    kept = _copy(url, before) if copy and before else None
    with connection.begin():
        command.upgrade(_config(connection), revision)
    return Migrated(before, target, kept)


def _revision(connection: Connection) -> str | None:
    with connection.begin():
        return MigrationContext.configure(connection).get_current_revision()


def _copy(url: str, revision: str) -> Path | None:
    if not engines.is_sqlite(url):
        return None
    file = Path(make_url(url).database or "")
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    copy = file.with_name(f"{file.name}.before-{revision}-{stamp}")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
    copy.chmod(0o600)
    return copy


def _with_connection(url: str, job: Callable[[Connection], T]) -> T:
    if engines.is_sqlite(url):
        return _on_sqlite(url, job)
    return asyncio.run(_on_postgres(url, job))


def _on_sqlite(url: str, job: Callable[[Connection], T]) -> T:
    Path(make_url(url).database or "").parent.mkdir(parents=True, exist_ok=True)
    engine = engines.sqlite_migrator(url)
    try:
        with engine.connect() as connection:
            return job(connection)
    finally:
        engine.dispose()


async def _on_postgres(url: str, job: Callable[[Connection], T]) -> T:
    engine = engines.postgres(url)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(job)
    finally:
        await engine.dispose()


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = connection
    return config
