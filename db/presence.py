"""One bot and one scheduler to a PostgreSQL database; on SQLite locks beside the file say it.

A second one would take up the updates that the first is answering, and trust forms it has not
seen change.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text

from db import engines

ROLES = {"bot": 0, "scheduler": 1}
_TAKE = text("SELECT pg_try_advisory_lock(hashtext('molar'), :role)")


class TakenError(Exception):
    """Another one of this role works on this database."""


@asynccontextmanager
async def alone(url: str, role: str = "bot") -> AsyncIterator[None]:
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
            if not await connection.scalar(_TAKE, {"role": ROLES[role]}):
                raise TakenError
            yield
    finally:
        await engine.dispose()
