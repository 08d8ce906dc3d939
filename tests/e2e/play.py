"""`make sandbox` as a process of its own, with the demo clinic or an empty one."""

import asyncio
import re
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.people import Person, World
from tests.support.ports import free_port

OPENS_WITHIN = 90.0  # a slow machine plays two years more slowly


@dataclass
class Play:
    """The sandbox as its own process; its books are read by another connection."""

    world: World
    folder: Path

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        file = next(self.folder.glob("*/molar.db"))
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
            return connection.execute(query).fetchall()

    def count(self, what: str) -> int:
        return int(self.rows(f"SELECT COUNT(*) FROM {what}")[0][0])

    def patient(self) -> Person:
        """One who has the bot and some points."""
        query = """SELECT telegram_id FROM accounts a JOIN wallets w ON w.id = a.wallet_id
                   JOIN lots l ON l.wallet_id = w.id AND l.ends_at > datetime('now', '+9 days')
                   WHERE l.remaining > 100 AND w.spending_off IS NULL ORDER BY a.id"""
        return self.world.person(self.rows(query)[0][0])


@asynccontextmanager
async def started(
    folder: Path, port: int, *options: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "sandbox", "--port", str(port), *options),
        env={"TMPDIR": str(folder), "LOCALE": "ru"},
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(process.wait(), 20) == 0


@asynccontextmanager
async def sandbox(folder: Path, *options: str) -> AsyncIterator[Play]:
    async with started(folder, free_port(), *options) as process:
        async with asyncio.timeout(OPENS_WITHIN):
            said = ""
            while not (found := re.search(r"http://\S+", said)):
                said = (await process.stdout.readline()).decode()
        async with World(found[0]) as world:
            await answers(world)
            yield Play(world, folder)


async def answers(world: World, after: int = 0) -> int:
    """Returns when a bot has greeted Telegram: the number of its greeting."""
    async with asyncio.timeout(OPENS_WITHIN):
        while not (greetings := await world.requests(after, "deleteWebhook")):
            await asyncio.sleep(0.1)
    return int(greetings[-1]["n"])
