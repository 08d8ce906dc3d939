"""Connections as the two databases want them (docs/decisions/database.md has the measurements)."""

import sqlite3

from sqlalchemy import Engine, QueuePool, create_engine, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import PoolProxiedConnection

READERS = 2
PATIENCE_MS = 15_000

_WRITER = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    f"PRAGMA busy_timeout={PATIENCE_MS}",
)
_READER = (
    "PRAGMA query_only=ON",
    "PRAGMA trusted_schema=OFF",
    f"PRAGMA busy_timeout={PATIENCE_MS}",
)


def is_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def sqlite_writer(url: str) -> Engine:
    """The one connection that may write; every transaction takes the lock as it begins."""
    return _sqlite(url, _WRITER, begin="BEGIN IMMEDIATE")


def sqlite_migrator(url: str) -> Engine:
    """As the writer, but tables may be made anew without their rows' references in the way."""
    return _sqlite(url, (*_WRITER, "PRAGMA foreign_keys=OFF"), begin="BEGIN IMMEDIATE")


def sqlite_readers(url: str) -> Engine:
    """A few connections that can't write; each question sees one moment of the database."""
    return _sqlite(url, _READER, begin="BEGIN", connections=READERS)


def _sqlite(url: str, pragmas: tuple[str, ...], begin: str, connections: int = 1) -> Engine:
    engine = create_engine(
        make_url(url).set(drivername="sqlite"),
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"isolation_level": None, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in pragmas:
            connection.execute(pragma)

    def take(connection: PoolProxiedConnection) -> None:
        connection.cursor().execute(begin)

    # Not by the event of this name: one listener makes every statement ask for others.
    engine.dialect.do_begin = take  # type: ignore[method-assign,assignment]
    return engine


def postgres(url: str) -> AsyncEngine:
    return create_async_engine(
        make_url(url).set(drivername="postgresql+asyncpg"),
        pool_size=8,
        max_overflow=0,
        pool_pre_ping=True,
        hide_parameters=True,
    )
