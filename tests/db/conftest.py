"""A clinic's memory on both databases, empty, on a clock that the test moves."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from db.migrate import upgrade
from db.store import Store
from tests.support.clock import TestClock

numbers = itertools.count(1)

both_databases = pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)


async def on_server(server: str, statement: str) -> None:
    engine = create_async_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()


@both_databases
def empty_database(request, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'molar.db'}"
        return
    server = request.getfixturevalue("postgres_server")
    name = f"molar_{next(numbers)}"
    asyncio.run(on_server(server, f"CREATE DATABASE {name}"))
    yield f"{server}/{name}"
    asyncio.run(on_server(server, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def database(empty_database: str) -> str:
    upgrade(empty_database)
    return empty_database


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
async def store(database: str, clock: TestClock) -> AsyncIterator[Store]:
    store = Store(database, clock, ZoneInfo("Europe/Moscow"))
    yield store
    await store.close()
