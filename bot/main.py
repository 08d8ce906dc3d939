"""A bot's life: open, take up what was left, serve, finish what runs, close."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiohttp import web

from bot import wiring
from bot.clock import Clock, clock_from
from bot.failures import WrongSettingsError, database_errors
from bot.http import Vitals, application
from bot.lock import running_lock
from bot.opening import before, open_line, stop_on_signals
from bot.owners import Owners
from bot.pace import Pace
from bot.scheduling import Scheduling
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
from db import presence, probe
from db.migrate import upgrade
from db.store import Store
from handlers import commands
from loyalty import delivery
from scheduler.rounds import CHORES, LOOKS, Rounds, by_clock
from screens.texts import texts_in

log = structlog.get_logger()

FINISH_WITHIN = 7.0  # seconds for running handlers; all in all a stop takes less than 10

# aiogram leaves 188 000 objects that never die: looking through them again and again would
# cost 265 ms a time (docs/decisions/garbage.md).
GC_THRESHOLDS = (50_000, 20, 100)


async def run(settings: Settings) -> int:
    """Run until SIGTERM or SIGINT; returns the exit code.

    Raises AlreadyRunningError or TakenError: another bot works on the database.
    NewerSchemaError, DatabaseUnreachableError. WrongSettingsError: Telegram refuses the token, or
    the port is taken.
    """
    stop = stop_on_signals()
    with running_lock(settings.database_url):
        with database_errors():
            migrated = await asyncio.to_thread(upgrade, settings.database_url)
        log.info("database.ready", revision=migrated.after, copy=str(migrated.copy or ""))
        async with presence.alone(settings.database_url), _bot_open(settings) as serve:
            await serve(stop)
    log.info("bot.stopped")
    return 0


@asynccontextmanager
async def _bot_open(settings: Settings) -> AsyncIterator["_Serving"]:
    clock = clock_from(settings)
    async with AsyncExitStack() as stack:
        store = Store(settings.database_url, clock, settings.zone)
        stack.push_async_callback(store.close)
        pace = Pace(clock, settings.messages_per_second)
        pace.keep_in(store)
        bot = make_bot(settings, pace)
        stack.push_async_callback(bot.session.close)
        yield _Serving(settings, clock, store, bot, pace)


class _Serving:
    """The serving part of a life."""

    def __init__(
        self, settings: Settings, clock: Clock, store: Store, bot: Bot, pace: Pace
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._store = store
        self._bot = bot
        self._pace = pace
        self._scheduling = Scheduling(settings, clock, store, bot, pace)
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
            if not await before(stop, open_line(self._greet)):
                return
            stack.push_async_callback(self._lanes.finish, FINISH_WITHIN)
            stack.push_async_callback(self._passing.finish)
            await self._hear()
            own = self._own_rounds()
            own.start()
            stack.push_async_callback(own.finish, LOOKS)
            if self._settings.scheduler == "inside":
                await stack.enter_async_context(self._scheduling.running())
            introduction = asyncio.create_task(self._introduce())
            stack.callback(introduction.cancel)
            log.info("bot.started", resumed=await self._intake.resume())
            _calm_the_collector()
            await self._listen(stop)

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

    def _own_rounds(self) -> Rounds:
        """What only the bot itself can look after, wherever the scheduler is."""
        own = Rounds()
        own.every(LOOKS, self._hear)
        if self._webhook:
            own.every(LOOKS, by_clock(self._clock, CHORES, self._webhook.look))
        return own

    async def _hear(self) -> None:
        self._pace.hear(await self._store.ask(delivery.quiet_until))


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
