"""The bot's core over a real SQLite file: inbox, lanes, forms; the handlers are the test's."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiogram import Bot, Dispatcher
from structlog.testing import capture_logs

from bot.owners import Owners
from bot.telegram import Absence, Forgiveness, Patience
from bot.updates.answering import Answering
from bot.updates.closing import Closer
from bot.updates.forms import FormStorage
from bot.updates.intake import Intake
from bot.updates.lanes import Lanes
from db.store import Store
from screens.texts import texts_in
from tests.support.clock import TestClock
from tests.support.telegram import Sleeps, Wire

OWNERS = (101, 102)
SOON = 10.0  # seconds in which whatever ends by itself has ended


class Core:
    """One life of the bot: what it received waits in the store for the next life."""

    def __init__(self, store: Store, file: Path, bot: Bot, clock: TestClock) -> None:
        self.store, self.file, self.clock = store, file, clock
        self.bot = bot
        self.wire: Wire = bot.session
        self.sleeps = Sleeps()
        self.forms = FormStorage(store)
        self.dispatcher = Dispatcher(storage=self.forms)
        self.owners = Owners(bot, OWNERS, texts_in("ru"))
        closer = Closer(store, clock)
        self.answering = Answering(
            bot, self.dispatcher, self.forms, closer, self.owners.told_of_set_aside, self.sleeps
        )
        self.lanes = Lanes(self.answering)
        self.intake = Intake(store, bot.id, clock, self.lanes)

    def restarted(self) -> "Core":
        """The next life, on the same file; its handlers are to be given again."""
        return Core(self.store, self.file, self.bot, self.clock)

    def on_message(self, handler: Callable[..., Awaitable[object]]) -> None:
        self.dispatcher.message.register(handler)

    async def answer(self, *updates: dict[str, Any]) -> None:
        """Take updates in and return when all are closed."""
        await self.intake.resume()
        await self.intake.keep(updates)
        await self.settled()

    async def settled(self) -> None:
        async with asyncio.timeout(SOON):
            while self.lanes._workers:
                await asyncio.wait(self.lanes._workers)

    async def run_sql(self, *statements: str) -> None:
        """Over the bot's own writing connection."""

        def execute(connection: Any) -> None:
            for statement in statements:
                connection.exec_driver_sql(statement)

        await self.store.engines.write(execute)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a second connection reads."""
        with closing(sqlite3.connect(f"{self.file.as_uri()}?mode=ro", uri=True)) as connection:
            return connection.execute(query).fetchall()

    @property
    def inbox(self) -> list[tuple[int, str]]:
        return self.rows("SELECT update_id, state FROM inbox ORDER BY seq")


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def line(wire: Wire) -> Bot:
    """A bot with the product's own manners over a scripted Telegram."""
    pause = Sleeps()
    wire.middleware(Patience(sleep=pause, moment=lambda: sum(pause.seconds)))
    wire.middleware(Forgiveness())
    wire.middleware(Absence())
    return Bot("42:SANDBOX", session=wire)


@pytest.fixture
async def store(schema: Path, tmp_path: Path, clock: TestClock) -> AsyncIterator[Store]:
    """A clinic's memory in a file of its own, empty."""
    file = shutil.copy(schema, tmp_path / "core.db")
    store = Store(f"sqlite+aiosqlite:///{file}", clock, ZoneInfo("Europe/Moscow"))
    yield store
    await store.close()


@pytest.fixture
def core(store: Store, tmp_path: Path, line: Bot, clock: TestClock) -> Iterator[Core]:
    with capture_logs():
        yield Core(store, tmp_path / "core.db", line, clock)
