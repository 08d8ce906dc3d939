"""A clinic's memory on both databases, empty, on a clock that the test moves."""

import itertools
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from db.migrate import upgrade
from db.store import Store
from tests.support import postgres
from tests.support.clock import TestClock
from tests.support.emptied import Emptied, on_file

numbers = itertools.count(1)

both_databases = pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)


@both_databases
def empty_database(request, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'molar.db'}"
        return
    server = request.getfixturevalue("postgres_server")
    with postgres.database(server, postgres.named(next(numbers))) as url:
        yield url


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database as the migrations leave it, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "molar.db"
    upgrade(f"sqlite+aiosqlite:///{file}")
    return file


@both_databases
def database(request, tmp_path: Path) -> Iterator[str]:
    """The URL of a database that the migrations have made."""
    if request.param == "sqlite":
        file = tmp_path / "molar.db"
        shutil.copy(request.getfixturevalue("migrated_file"), file)
        yield f"sqlite+aiosqlite:///{file}"
        return
    server, template = (request.getfixturevalue(n) for n in ("postgres_server", "template"))
    with postgres.copied(server, template, next(numbers)) as url:
        yield url


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
async def store(database: str, clock: TestClock) -> AsyncIterator[Store]:
    store = Store(database, clock, ZoneInfo("Europe/Moscow"))
    yield store
    await store.close()


@pytest.fixture(scope="module")
def emptied() -> Iterator[Emptied]:
    """Books for hundreds of examples, one after the other."""
    with on_file() as books:
        yield books
