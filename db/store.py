"""The clinic's memory, opened: use cases and questions run here (`loyalty.ports.Clinic`)."""

from collections.abc import Callable
from datetime import datetime
from typing import Concatenate, ParamSpec, Protocol, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from db import engines
from db.books import Books
from db.worker import Worker
from loyalty.ports import Transaction

P = ParamSpec("P")
T = TypeVar("T")

WRITES_TOGETHER = 100  # in one commit: the hundredth waits some 20 ms
# A question of several statements sees one moment between them all, as a reader of a file does.
ONE_MOMENT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
COLLISIONS = {"40P01", "40001"}  # two writers in each other's way: the server took one back
READS_TOGETHER = 16  # at one moment of the database: a slow one keeps the others waiting


class Clock(Protocol):
    def now(self) -> datetime: ...


class Engines(Protocol):
    """A database that runs whole functions over one of its connections."""

    async def write(self, job: Callable[[Connection], T]) -> T: ...
    async def read(self, job: Callable[[Connection], T]) -> T: ...
    async def close(self) -> None: ...


class Sqlite:
    """One writer, a few readers, each a thread with a connection of its own."""

    def __init__(self, url: str) -> None:
        writer, readers = engines.sqlite_writer(url), engines.sqlite_readers(url)
        self._writer = Worker(writer, "db-writer", writes=True, together=WRITES_TOGETHER)
        self._readers = Worker(
            readers, "db-reader", writes=False, threads=engines.READERS, together=READS_TOGETHER
        )

    async def write(self, job: Callable[[Connection], T]) -> T:
        return await self._writer.run(job)

    async def read(self, job: Callable[[Connection], T]) -> T:
        return await self._readers.run(job)

    async def close(self) -> None:
        self._writer.close()
        self._readers.close()


class Postgres:
    """A pool; the server keeps the writers apart, and one that it took back tries once more."""

    def __init__(self, url: str) -> None:
        self._engine: AsyncEngine = engines.postgres(url)

    async def write(self, job: Callable[[Connection], T]) -> T:
        try:
            return await self._write(job)
        except DBAPIError as fault:
            if getattr(fault.orig, "sqlstate", None) not in COLLISIONS:
                raise
        return await self._write(job)

    async def read(self, job: Callable[[Connection], T]) -> T:
        async with self._engine.connect() as connection:
            connection = await connection.execution_options(**ONE_MOMENT)
            async with connection.begin():
                return await connection.run_sync(job)

    async def close(self) -> None:
        await self._engine.dispose()

    async def _write(self, job: Callable[[Connection], T]) -> T:
        async with self._engine.begin() as connection:
            return await connection.run_sync(job)


class Store:
    """Use cases and questions of the clinic over a database, on a clock."""

    def __init__(self, url: str, clock: Clock, zone: ZoneInfo) -> None:
        self.engines: Engines = Sqlite(url) if engines.is_sqlite(url) else Postgres(url)
        self._clock = clock
        self._zone = zone

    async def change(
        self, use_case: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return await self.engines.write(
            lambda connection: use_case(self._books(connection, writing=True), *args, **kwargs)
        )

    async def ask(
        self, question: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return await self.engines.read(
            lambda connection: question(self._books(connection, writing=False), *args, **kwargs)
        )

    async def close(self) -> None:
        await self.engines.close()

    def _books(self, connection: Connection, *, writing: bool) -> Books:
        return Books(connection, self._clock.now(), self._zone, writing)
