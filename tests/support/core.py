"""The bot's core over a real database: inbox, lanes, forms; the handlers are the test's."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiogram import Bot, Dispatcher
from structlog.testing import capture_logs

from bot.owners import Owners
from bot.pace import Pace
from bot.telegram import Absence, Forgiveness, Patience
from bot.updates.answering import Answering
from bot.updates.closing import Closer
from bot.updates.forms import FormStorage
from bot.updates.intake import Intake
from bot.updates.lanes import Lanes
from bot.updates.passing import Passing
from db.engines import is_sqlite
from db.store import Store
from screens.texts import texts_in
from tests.support.clock import TestClock
from tests.support.databases import POSTGRESQL, clinic_database
from tests.support.second import second
from tests.support.telegram import Sleeps, Wire

OWNERS = (101, 102)
SOON = 10.0  # seconds in which whatever ends by itself has ended


class Core:
    """One life of the bot: what it received waits in the store for the next life."""

    def __init__(self, store: Store, url: str, bot: Bot, clock: TestClock) -> None:
        self.store, self.url, self.clock = store, url, clock
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
        self.passing = Passing(bot, self.dispatcher, self.forms)
        self.intake = Intake(store, bot.id, clock, self.lanes, self.passing)

    def restarted(self) -> "Core":
        """The next life, on the same database; its handlers are to be given again."""
        return Core(self.store, self.url, self.bot, self.clock)

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

    async def breaks(self, change: str) -> None:
        """From now on no update can be written down (INSERT) or closed (UPDATE)."""
        trigger = f"CREATE TRIGGER broken BEFORE {change} ON inbox"
        if is_sqlite(self.url):
            await self.run_sql(f"{trigger} BEGIN SELECT RAISE(ABORT, 'broken'); END")
        else:
            await self.run_sql(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")

    async def is_mended(self) -> None:
        on_inbox = "" if is_sqlite(self.url) else " ON inbox"
        await self.run_sql(f"DROP TRIGGER broken{on_inbox}")

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a second connection reads."""
        with closing(second(self.url)) as behind:
            return behind.rows(query)

    @property
    def inbox(self) -> list[tuple[int, str]]:
        return self.rows("SELECT update_id, state FROM inbox ORDER BY seq")


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def wire() -> Wire:
    return Wire()


class Sleeper:
    """The test's clock, ahead of it by what somebody has slept."""

    def __init__(self, clock: TestClock) -> None:
        self._clock = clock
        self._slept = timedelta()

    def now(self) -> datetime:
        return self._clock.now() + self._slept

    async def sleep(self, seconds: float) -> None:
        self._slept += timedelta(seconds=seconds)
        await asyncio.sleep(0)


@pytest.fixture
def pace(clock: TestClock) -> Pace:
    """Telegram's limits, which cost no time."""
    sleeper = Sleeper(clock)
    return Pace(sleeper, 25, sleeper.sleep)


@pytest.fixture
def line(wire: Wire, pace: Pace) -> Bot:
    """A bot with the product's own manners over a scripted Telegram."""
    wire.middleware(Patience(pace, Sleeps()))
    wire.middleware(Forgiveness())
    wire.middleware(Absence())
    return Bot("42:SANDBOX", session=wire)


@pytest.fixture
def books(schema: Path, tmp_path: Path) -> Iterator[str]:
    """The URL of a clinic's database, empty, of this test alone."""
    if not POSTGRESQL:
        shutil.copy(schema, tmp_path / "molar.db")
    with clinic_database(tmp_path) as url:
        yield url


@pytest.fixture
async def store(books: str, clock: TestClock) -> AsyncIterator[Store]:
    """A clinic's memory in a database of its own, empty."""
    store = Store(books, clock, ZoneInfo("Europe/Moscow"))
    yield store
    await store.close()


@pytest.fixture
def core(store: Store, books: str, line: Bot, clock: TestClock) -> Iterator[Core]:
    with capture_logs():
        yield Core(store, books, line, clock)
