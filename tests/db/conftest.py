"""A clinic's memory on both databases, empty, on a clock that the test moves."""

import asyncio
import itertools
import shutil
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


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database as the migrations leave it, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "molar.db"
    upgrade(f"sqlite+aiosqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def template(postgres_server: str) -> str:
    """The same on the server: a database made from it costs a tenth of the migrations."""
    name = "molar_template"
    asyncio.run(on_server(postgres_server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
    asyncio.run(on_server(postgres_server, f"CREATE DATABASE {name}"))
    upgrade(f"{postgres_server}/{name}")
    return name


@both_databases
def database(request, tmp_path: Path) -> Iterator[str]:
    """The URL of a database that the migrations have made."""
    if request.param == "sqlite":
        file = tmp_path / "molar.db"
        shutil.copy(request.getfixturevalue("migrated_file"), file)
        yield f"sqlite+aiosqlite:///{file}"
        return
    server, template = (request.getfixturevalue(n) for n in ("postgres_server", "template"))
    name = f"molar_{next(numbers)}"
    asyncio.run(on_server(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY"))
    yield f"{server}/{name}"
    asyncio.run(on_server(server, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
async def store(database: str, clock: TestClock) -> AsyncIterator[Store]:
    store = Store(database, clock, ZoneInfo("Europe/Moscow"))
    yield store
    await store.close()
