"""Whether the database answers, asked on a connection that serves nothing else.

The bot's own threads may be busy or stuck; `/healthz` must tell that from a broken file.
"""

from pathlib import Path

import aiosqlite
from sqlalchemy import make_url, text

from db import engines


async def answers(url: str) -> None:
    """Returns when the database has answered; raises what its driver raised."""
    if engines.is_sqlite(url):
        await _sqlite(make_url(url).database or "")
    else:
        await _postgres(url)


async def _sqlite(file: str) -> None:
    async with aiosqlite.connect(_existing(file), uri=True) as connection:
        await connection.execute_fetchall("SELECT count(*) FROM alembic_version")


def _existing(file: str) -> str:
    """An address by which SQLite makes no new file."""
    return f"{Path(file).absolute().as_uri()}?mode=rw"


async def _postgres(url: str) -> None:
    engine = engines.postgres(url)
    try:
        async with engine.connect() as connection:
            await connection.execute(text("SELECT count(*) FROM alembic_version"))
    finally:
        await engine.dispose()
