"""The scheduler's life, inside the bot or in a process of its own: of a database one at a time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial

import structlog
from aiogram import Bot

from bot import wiring
from bot.clock import Clock
from bot.lock import SCHEDULER, AlreadyRunningError, running_lock
from bot.pace import Pace
from bot.settings import Settings
from bot.telegram import letters_of
from db import inbox, presence
from db.audit import audit
from db.presence import TakenError
from db.store import Store
from loyalty import audits, delivery
from scheduler.codes import CodeScreens
from scheduler.delivery import Postman
from scheduler.rounds import LOOKS, by_night, rounds

log = structlog.get_logger()

LETTERS_END_WITHIN = 1.0
KEEP_ANSWERED = timedelta(hours=48)
BETWEEN_TRIES = 1.0  # seconds


class Scheduling:
    """Letters, code screens, chores, the nightly audit."""

    def __init__(
        self, settings: Settings, clock: Clock, store: Store, bot: Bot, pace: Pace
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._store = store
        self._pace = pace
        board = wiring.signboard(settings)
        owners = settings.owner_ids
        self._postman = Postman(store, letters_of(bot), pace, board, settings.locale, owners)
        screens = CodeScreens(store, bot, board.zone, settings.locale)
        self._rounds = rounds(store, self._postman, screens, self._tidy, clock, owners)
        self._rounds.every(LOOKS, by_night(clock, settings.zone, self._audit))

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The rounds go while the block runs, from when no other process goes them."""
        async with AsyncExitStack() as place:
            beginning = asyncio.create_task(self._begin(place))
            try:
                yield
            finally:
                beginning.cancel()
                await asyncio.gather(beginning, return_exceptions=True)
                self._postman.stop()
                if self._rounds.running:
                    await self._rounds.finish(LETTERS_END_WITHIN)

    async def _begin(self, place: AsyncExitStack) -> None:
        await _alone(self._settings.database_url, place)
        while True:
            try:
                await self._store.change(delivery.release)
                self._pace.hear(await self._store.ask(delivery.quiet_until))
            except Exception:
                log.exception("scheduler.not_yet")
                await asyncio.sleep(BETWEEN_TRIES)
            else:
                break
        self._rounds.start()
        log.info("scheduler.started")

    async def _tidy(self) -> None:
        before = self._clock.now() - KEEP_ANSWERED
        await self._store.engines.write(partial(inbox.tidy, before=before))

    async def _audit(self) -> None:
        found = await audit(self._settings.database_url)
        checks = [one.check for one in found.differences]
        log.info("books.compared", **found.counts, differ=checks)
        if checks:
            await self._store.change(audits.tell, self._settings.owner_ids, len(checks))


async def _alone(database_url: str, place: AsyncExitStack) -> None:
    """Returns when no other process delivers from this database; `place` keeps it so.

    Leases and keys hold where this is passed by: docs/decisions/delivery.md.
    """
    waits = False
    while True:
        try:
            async with AsyncExitStack() as taken:
                taken.enter_context(running_lock(database_url, SCHEDULER, patience=0))
                await taken.enter_async_context(presence.alone(database_url, SCHEDULER))
                await place.enter_async_context(taken.pop_all())
                return
        except (AlreadyRunningError, TakenError):
            if not waits:
                log.warning("scheduler.waits", reason="another one works on this database")
            waits = True
        except Exception:
            log.exception("scheduler.not_yet")
        await asyncio.sleep(BETWEEN_TRIES)
