"""Visits written to PostgreSQL: by Molar, and the same rows over bare asyncpg."""

import asyncio
import os
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import asyncpg

from benchmarks.bench import CORES
from benchmarks.visits import BEFORE, BRANCH, VISIT, per_second, visits_of_molar
from db.migrate import upgrade
from tests.support import postgres

CONNECTIONS = 8

TYPES = {"n": "bigint", "at": "timestamptz"}

Statement = tuple[str, list[str]]  # and what it is given, in order


@contextmanager
def server() -> Iterator[str]:
    """TEST_POSTGRES_URL, or a server of its own that flushes as a clinic's does.

    It may use the cores that the benchmark doesn't keep to.
    """
    if given := os.environ.get("TEST_POSTGRES_URL"):
        yield given.rstrip("/")
        return
    kept_to = os.sched_getaffinity(0)
    os.sched_setaffinity(0, set(CORES))
    with postgres.cluster(durable=True) as url:
        os.sched_setaffinity(0, kept_to)
        yield url


def written_by_molar(server: str, visits: int) -> float:
    """Visits a second by the use case, so many at once as there are connections."""
    with _database(server) as url:
        return asyncio.run(visits_of_molar(url, visits, CONNECTIONS))


def written_bare(server: str, visits: int, visit: str = VISIT) -> float:
    """The same rows a second, each visit in a transaction of its own."""
    with _database(server) as url:
        return asyncio.run(_bare(url.replace("+asyncpg", ""), visits, visit))


@contextmanager
def _database(server: str) -> Iterator[str]:
    with postgres.database(server, postgres.named("bench")) as url:
        upgrade(url)
        yield url


async def _bare(url: str, visits: int, visit: str) -> float:
    moment = datetime.now(UTC)
    async with asyncpg.create_pool(url, min_size=CONNECTIONS, max_size=CONNECTIONS) as pool:
        [(branch, _)] = _spelt(BRANCH)
        await pool.execute(branch, moment)
        await asyncio.gather(*_shared(pool, visits, _spelt(BEFORE), moment))
        return await per_second(visits, _shared(pool, visits, _spelt(visit), moment))


def _shared(
    pool: asyncpg.Pool, visits: int, statements: list[Statement], moment: datetime
) -> list[Coroutine[Any, Any, None]]:
    """A share of the visits for each connection."""
    numbers = range(1, visits + 1)
    return [
        _one_after_another(pool, numbers[n::CONNECTIONS], statements, moment)
        for n in range(CONNECTIONS)
    ]


async def _one_after_another(
    pool: asyncpg.Pool, numbers: range, statements: list[Statement], moment: datetime
) -> None:
    async with pool.acquire() as connection:
        for n in numbers:
            given = {"n": n, "at": moment}
            async with connection.transaction():
                for statement, names in statements:
                    await connection.fetch(statement, *(given[name] for name in names))


def _spelt(statements: str) -> list[Statement]:
    """With the numbered parameters of PostgreSQL."""
    spelt = []
    for statement in statements.split(";"):
        names = [name for name in TYPES if f":{name}" in statement]
        for place, name in enumerate(names, 1):
            numbered = f"${place}::{TYPES[name]}"
            statement = statement.replace(f":{name}", numbered)
        spelt.append((statement, names))
    return spelt
