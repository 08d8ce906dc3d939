"""`python -m scheduler`: the scheduler as a process of its own, beside a bot without one."""

import asyncio
from contextlib import AsyncExitStack

import structlog

from bot.clock import clock_from
from bot.failures import WrongSettingsError, database_errors
from bot.opening import before, open_line, stop_on_signals
from bot.pace import Pace
from bot.scheduling import Scheduling
from bot.sentence import sentence
from bot.settings import Settings
from bot.telegram import make_bot
from db.migrate import is_newest
from db.store import Store

log = structlog.get_logger()

BETWEEN_LOOKS = 1.0  # seconds, at a schema that the bot has yet to bring up to date


async def run(settings: Settings) -> int:
    """Run until SIGTERM or SIGINT; returns the exit code.

    Raises WrongSettingsError: the bot has the scheduler inside, or Telegram refuses the token.
    NewerSchemaError, DatabaseUnreachableError.
    """
    if settings.scheduler != "separate":
        raise WrongSettingsError({"SCHEDULER": sentence("start-scheduler-inside")})
    stop = stop_on_signals()
    if await before(stop, _schema(settings)):
        await _serve(settings, stop)
    log.info("scheduler.stopped")
    return 0


async def _schema(settings: Settings) -> None:
    """Returns when the bot has brought the schema up to date: nobody else does."""
    waits = False
    while True:
        with database_errors():
            if await asyncio.to_thread(is_newest, settings.database_url):
                return
        if not waits:
            log.warning("scheduler.waits", reason="the bot has not migrated the database yet")
        waits = True
        await asyncio.sleep(BETWEEN_LOOKS)


async def _serve(settings: Settings, stop: asyncio.Event) -> None:
    clock = clock_from(settings)
    pace = Pace(clock, settings.messages_per_second)
    async with AsyncExitStack() as stack:
        store = Store(settings.database_url, clock, settings.zone)
        stack.push_async_callback(store.close)
        bot = make_bot(settings, pace)
        stack.push_async_callback(bot.session.close)
        pace.keep_in(store)
        if await before(stop, open_line(bot.me)):
            async with Scheduling(settings, clock, store, bot, pace).running():
                await stop.wait()
