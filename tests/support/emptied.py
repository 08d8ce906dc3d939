"""Books that hundreds of examples use one after the other: emptied between them, not made anew.

Migrations take longer than an example, and so does a new engine: it knows no statement yet.
"""

import asyncio
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

import asyncpg
from sqlalchemy import Connection, event

from db import engines
from db.migrate import upgrade
from tests.support.second import Rows

T = TypeVar("T")
KEPT = ("alembic_version", "secrets")  # what migrations have written


class Emptied(Protocol):
    """`change` runs a job in a transaction and commits it, unless it raises; `rows` asks a second
    connection what was committed.
    """

    def empty(self) -> None: ...
    def change(self, job: Callable[[Connection], T]) -> T: ...
    def rows(self, query: str) -> Rows: ...


class OnFile:
    """One connection for all transactions."""

    def __init__(self, file: Path) -> None:
        self._engine = engines.sqlite_writer(f"sqlite:///{file}")
        # No example cuts the power; a flush of the disk costs more than all the rest.
        event.listen(self._engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
        self._connection = self._engine.connect()
        self._reader = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        self._migrated = sqlite3.connect(":memory:")
        self._reader.backup(self._migrated)

    def empty(self) -> None:
        self._migrated.backup(self._connection.connection.driver_connection)

    def change(self, job: Callable[[Connection], T]) -> T:
        with self._connection.begin():
            return job(self._connection)

    def rows(self, query: str) -> Rows:
        return self._reader.execute(query).fetchall()

    def close(self) -> None:
        self._connection.close()
        self._engine.dispose()
        self._reader.close()
        self._migrated.close()


class OnServer:
    """One connection for all transactions, in a loop of its own."""

    def __init__(self, url: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._engine = engines.postgres(url)
        self._connection = self._wait(self._engine.connect())
        self._second = self._wait(_second(url))
        tables = [name for (name,) in self.rows(_TABLES) if name not in KEPT]
        deleted = "; ".join(f"DELETE FROM {name}" for name in tables)
        # Triggers refuse to delete what was written of points: as a replica they are silent.
        self._emptying = f"""
            SET session_replication_role = replica; {deleted}; SET session_replication_role = origin
        """

    def empty(self) -> None:
        self._wait(self._second.execute(self._emptying))

    def change(self, job: Callable[[Connection], T]) -> T:
        return self._wait(self._changed(job))

    def rows(self, query: str) -> Rows:
        return [tuple(row) for row in self._wait(self._second.fetch(query))]

    def close(self) -> None:
        self._wait(self._connection.close())
        self._wait(self._engine.dispose())
        self._wait(self._second.close())
        self._loop.close()

    async def _changed(self, job: Callable[[Connection], T]) -> T:
        async with self._connection.begin():
            return await self._connection.run_sync(job)

    def _wait(self, doing: Any) -> Any:
        async def done() -> Any:
            return await doing

        return self._loop.run_until_complete(done())


async def _second(url: str) -> asyncpg.Connection:
    plain = url.replace("+asyncpg", "")
    return await asyncpg.connect(plain, server_settings={"timezone": "UTC"})


_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


@contextmanager
def on_file() -> Iterator[OnFile]:
    with tempfile.TemporaryDirectory(prefix="molar-emptied-") as folder:
        file = Path(folder) / "molar.db"
        upgrade(f"sqlite:///{file}")
        books = OnFile(file)
        try:
            yield books
        finally:
            books.close()


@contextmanager
def on_server(url: str) -> Iterator[OnServer]:
    """`url` is of a migrated database that nobody else uses."""
    books = OnServer(url)
    try:
        yield books
    finally:
        books.close()
