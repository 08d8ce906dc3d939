"""A bot's life: open, take up what was left, serve, finish what runs, close."""

import asyncio
import gc
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramNotFound, TelegramUnauthorizedError
from aiohttp import web

from bot import wiring
from bot.clock import Clock, clock_from
from bot.failures import WrongSettingsError, database_errors
from bot.http import Vitals, application
from bot.lock import running_lock
from bot.owners import Owners
from bot.sentence import sentence
from bot.settings import Settings
from bot.telegram import make_bot
from bot.updates.forms import FormStorage
from bot.updates.intake import Intake
from bot.updates.lanes import Lanes
from bot.updates.passing import Passing
from bot.updates.polling import Poller
from bot.updates.rival import Rival
from bot.updates.webhook import Webhook
from db import inbox, presence, probe
from db.audit import audit
from db.migrate import upgrade
from db.store import Store
from handlers import commands
from loyalty import audits, delivery
from scheduler.codes import CodeScreens
from scheduler.delivery import Postman
from scheduler.rounds import CHORES, LOOKS, Rounds, by_clock, by_night, rounds
from screens.texts import texts_in

log = structlog.get_logger()

LETTERS_END_WITHIN = 1.0
FINISH_WITHIN = 7.0  # seconds for running handlers; all in all a stop takes less than 10
KEEP_ANSWERED = timedelta(hours=48)
PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)

# aiogram leaves 188 000 objects that never die: looking through them again and again would
# cost 265 ms a time (docs/decisions/garbage.md).
GC_THRESHOLDS = (50_000, 20, 100)


async def run(settings: Settings) -> int:
    """Run until SIGTERM or SIGINT; returns the exit code.

    Raises AlreadyRunningError or TakenError: another bot works on the database.
    NewerSchemaError, DatabaseUnreachableError. WrongSettingsError: Telegram refuses the token, or
    the port is taken.
    """
    stop = _stop_on_signals()
    with running_lock(settings.database_url):
        with database_errors():
            migrated = await asyncio.to_thread(upgrade, settings.database_url)
        log.info("database.ready", revision=migrated.after, copy=str(migrated.copy or ""))
        async with presence.alone(settings.database_url), _bot_open(settings) as serve:
            await serve(stop)
    log.info("bot.stopped")
    return 0


def _stop_on_signals() -> asyncio.Event:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


@asynccontextmanager
async def _bot_open(settings: Settings) -> AsyncIterator["_Serving"]:
    clock = clock_from(settings)
    async with AsyncExitStack() as stack:
        store = Store(settings.database_url, clock, settings.zone)
        stack.push_async_callback(store.close)
        bot = make_bot(settings)
        stack.push_async_callback(bot.session.close)
        yield _Serving(settings, clock, store, bot)


class _Serving:
    """The serving part of a life."""

    def __init__(self, settings: Settings, clock: Clock, store: Store, bot: Bot) -> None:
        self._settings = settings
        self._clock = clock
        self._store = store
        self._bot = bot
        forms = FormStorage(store)
        owners = Owners(bot, settings.owner_ids, texts_in(settings.locale))
        self._dispatcher = dp = wiring.dispatcher(settings, store, forms)
        self._lanes = Lanes(wiring.answering(bot, dp, forms, store, clock, owners))
        self._passing = Passing(bot, dp, forms)
        self._intake = Intake(store, bot.id, clock, self._lanes, self._passing)
        rival = Rival(owners.told_of_second_bot)
        # What is heard is known once Telegram has greeted back.
        self._poller = Poller(bot, self._intake, (), rival)
        self._webhook = _webhook(settings, bot, rival)

    async def __call__(self, stop: asyncio.Event) -> None:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self._http())
            stopped = asyncio.create_task(stop.wait())
            opened = asyncio.create_task(self._open_line())
            await asyncio.wait({stopped, opened}, return_when=asyncio.FIRST_COMPLETED)
            if not opened.done():
                opened.cancel()
                return
            opened.result()
            stack.push_async_callback(self._lanes.finish, FINISH_WITHIN)
            stack.push_async_callback(self._passing.finish)
            await self._store.change(delivery.release)
            postman = self._postman()
            scheduler = self._scheduler(postman)
            scheduler.start()
            stack.push_async_callback(scheduler.finish, LETTERS_END_WITHIN)
            stack.callback(postman.stop)
            introduction = asyncio.create_task(self._introduce())
            stack.callback(introduction.cancel)
            log.info("bot.started", resumed=await self._intake.resume())
            _calm_the_collector()
            await self._listen(stop)

    async def _open_line(self) -> None:
        """Greet Telegram, however long it is away; only a refused token ends the start."""
        for attempt in range(10**9):
            try:
                await self._greet()
            except (TelegramUnauthorizedError, TelegramNotFound) as refused:
                raise _wrong("BOT_TOKEN", "start-token-refused") from refused
            except TelegramAPIError as away:
                log.warning("telegram.away", kind=type(away).__name__)
                await asyncio.sleep(PAUSES[min(attempt, len(PAUSES) - 1)])
            else:
                return

    async def _greet(self) -> None:
        heard = wiring.allowed_updates(self._dispatcher, await self._bot.me())
        self._poller.allowed = heard
        if self._webhook:
            self._webhook.allowed = heard
            await self._webhook.take()
        else:
            await self._bot.delete_webhook()

    async def _introduce(self) -> None:
        """The menu of commands and the description: nobody waits for them."""
        board = wiring.signboard(self._settings)
        try:
            await commands.publish(self._bot, board, self._settings.locale)
        except TelegramAPIError as refused:
            log.warning("commands.unpublished", kind=type(refused).__name__)
        await commands.publish_to_staff(self._bot, self._store, texts_in(self._settings.locale))

    async def _listen(self, stop: asyncio.Event) -> None:
        if self._webhook:
            await stop.wait()
            return
        polling = asyncio.create_task(self._poller.run())
        await stop.wait()
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)

    @asynccontextmanager
    async def _http(self) -> AsyncIterator[None]:
        app = application(self._settings, self._intake, self._vitals())
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._settings.http_host, self._settings.http_port).start()
        except OSError as taken:
            await runner.cleanup()
            address = f"{self._settings.http_host}:{self._settings.http_port}"
            raise _wrong("HTTP_PORT", "start-port-taken", address=address) from taken
        try:
            yield
        finally:
            await runner.cleanup()

    def _vitals(self) -> Vitals:
        return Vitals(
            database=partial(probe.answers, self._settings.database_url),
            writer=partial(self._store.engines.write, lambda _: None),
            serving=lambda: self._intake.resumed,
            waiting=lambda: self._lanes.waiting,
            since_poll=lambda: None if self._webhook else self._poller.silence(),
            webhook_held=lambda: self._webhook is not None and self._webhook.held,
        )

    def _postman(self) -> Postman:
        board = wiring.signboard(self._settings)
        return Postman(self._store, self._bot, board, self._settings.locale)

    def _scheduler(self, postman: Postman) -> Rounds:
        board = wiring.signboard(self._settings)
        screens = CodeScreens(self._store, self._bot, board.zone, self._settings.locale)
        owners = self._settings.owner_ids
        scheduler = rounds(self._store, postman, screens, self._tidy, self._clock, owners)
        scheduler.every(LOOKS, by_night(self._clock, self._settings.zone, self._audit))
        if self._webhook:
            scheduler.every(LOOKS, by_clock(self._clock, CHORES, self._webhook.look))
        return scheduler

    async def _tidy(self) -> None:
        before = self._clock.now() - KEEP_ANSWERED
        await self._store.engines.write(partial(inbox.tidy, before=before))

    async def _audit(self) -> None:
        found = await audit(self._settings.database_url)
        checks = [one.check for one in found.differences]
        log.info("books.compared", **found.counts, differ=checks)
        if checks:
            await self._store.change(audits.tell, self._settings.owner_ids, len(checks))


def _wrong(setting: str, key: str, **arguments: str) -> WrongSettingsError:
    return WrongSettingsError({setting: sentence(key, **arguments)})


def _webhook(settings: Settings, bot: Bot, rival: Rival) -> Webhook | None:
    if not settings.webhook_url or not settings.webhook_secret:
        return None
    secret = settings.webhook_secret.get_secret_value()
    return Webhook(bot, settings.webhook_url, secret, (), rival)


def _calm_the_collector() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)
