"""A second connection to a clinic's books, for tests that look behind the bot's back.

Its questions are plain SQL that both databases understand, asked from tests with or without a
loop of their own: PostgreSQL's driver knows loops only and has one here, in a thread.
"""

import asyncio
import sqlite3
import threading
from collections.abc import Coroutine
from contextlib import closing
from functools import cache
from typing import Any, Protocol, TypeVar

import asyncpg
from sqlalchemy import make_url

from db.engines import is_sqlite

T = TypeVar("T")
Rows = list[tuple[Any, ...]]


class Second(Protocol):
    """What was committed; `execute` commits by itself."""

    def rows(self, query: str) -> Rows: ...
    def execute(self, *statements: str) -> None: ...

    def unsound(self) -> Rows:
        """What the database itself finds wrong with its pages and references."""

    def close(self) -> None: ...


def second(url: str) -> Second:
    """Opened by its first question."""
    if is_sqlite(url):
        return _File(make_url(url).database)
    return _Server(url.replace("+asyncpg", ""))


class _File:
    def __init__(self, file: str) -> None:
        self._file = file

    def rows(self, query: str) -> Rows:
        with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True)) as connection:
            return connection.execute(query).fetchall()

    def execute(self, *statements: str) -> None:
        with closing(sqlite3.connect(self._file, isolation_level=None)) as connection:
            connection.execute("PRAGMA foreign_keys=ON")
            for statement in statements:
                connection.execute(statement)

    def unsound(self) -> Rows:
        pages = [row for row in self.rows("PRAGMA integrity_check") if row != ("ok",)]
        return pages + self.rows("PRAGMA foreign_key_check")

    def close(self) -> None:
        """Nothing stays open."""


class _Server:
    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: asyncpg.Connection | None = None

    def rows(self, query: str) -> Rows:
        return [tuple(row) for row in waited(self._fetch(query))]

    def execute(self, *statements: str) -> None:
        waited(self._execute(statements))

    def unsound(self) -> Rows:
        return []  # a server keeps its own pages, and holds references at every moment

    def close(self) -> None:
        if self._connection is not None:
            waited(self._connection.close())
            self._connection = None

    async def _open(self) -> asyncpg.Connection:
        if self._connection is None:
            settings = {"timezone": "UTC"}
            self._connection = await asyncpg.connect(self._url, server_settings=settings)
        return self._connection

    async def _fetch(self, query: str) -> list[asyncpg.Record]:
        return await (await self._open()).fetch(query)

    async def _execute(self, statements: tuple[str, ...]) -> None:
        connection = await self._open()
        for statement in statements:
            await connection.execute(statement)


def quoted(words: str) -> str:
    """As a literal that both databases read alike."""
    return "'" + words.replace("'", "''") + "'"


def waited(doing: Coroutine[Any, Any, T]) -> T:
    """What it comes to, whether the caller's thread has a loop that runs or not."""
    return asyncio.run_coroutine_threadsafe(doing, _loop()).result()


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="second", daemon=True).start()
    return loop
