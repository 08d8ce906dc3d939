"""One bot to a PostgreSQL database; on SQLite a lock beside the file says the same.

A second one would take up the updates that the first is answering, and trust forms it has not
seen change.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text

from db import engines

_TAKE = text("SELECT pg_try_advisory_lock(hashtext('molar'), 0)")


class TakenError(Exception):
    """Another bot works on this database."""


@asynccontextmanager
async def alone(url: str) -> AsyncIterator[None]:
    """Held as long as the block runs; the server lets go when the process ends.

    Raises TakenError.
    """
    if engines.is_sqlite(url):
        yield
        return
    engine = engines.postgres(url)
    try:
        async with engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")  # open for ever
            if not await connection.scalar(_TAKE):
                raise TakenError
            yield
    finally:
        await engine.dispose()
