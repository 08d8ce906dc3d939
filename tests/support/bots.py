"""The real bot as a process, and the emulated Telegram it works against."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from bot.sandbox import bot_environment
from sandbox import Limits, Pauses, Sandbox
from screens.texts import texts_in
from tests.e2e.people import World
from tests.support.databases import clinic_database
from tests.support.ports import free_port
from tests.support.processes import UNLIMITED, Forked, fork
from tests.support.second import Rows, Second, second

SECRET = "a-webhook-secret"
START_WITHIN = 30.0
RUN = ("-m", "bot", "run")


@dataclass
class BotProcess:
    """`python -m bot run` against a sandbox, started and killed as a test likes."""

    folder: Path
    telegram: str
    url: str
    webhook: bool = False
    settings: dict[str, str] = field(default_factory=dict)
    process: Forked | None = None
    launcher: tuple[str, ...] = RUN
    port: int = field(default_factory=free_port)
    limited: bool = False

    @cached_property
    def second(self) -> Second:
        """A connection to the books that is not the bot's."""
        return second(self.url)

    @property
    def log(self) -> str:
        return (self.folder / "bot.log").read_text("utf-8")

    async def start(self) -> None:
        """Returns when the bot answers updates."""
        log = self.folder / "bot.log"
        self.process = fork(self.launcher, self.folder, self._environment(), log)
        async with asyncio.timeout(START_WITHIN):
            while not await self._healthy():
                assert self.process.returncode is None, self.log
                await asyncio.sleep(0.05)

    async def stop(self, within: float = 10.0) -> int:
        """SIGTERM; returns the exit code, and fails when it takes longer than it may."""
        self.process.terminate()
        return await asyncio.wait_for(self.process.wait(), within)

    async def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    def rows(self, query: str) -> Rows:
        """What a second connection reads."""
        return self.second.rows(query)

    async def health(self) -> dict[str, Any]:
        async with (
            ClientSession() as session,
            session.get(f"http://127.0.0.1:{self.port}/healthz") as answer,
        ):
            return await answer.json()

    async def _healthy(self) -> bool:
        try:
            return bool((await self.health())["serving"])
        except (OSError, ValueError, KeyError):
            return False

    def _environment(self) -> dict[str, str]:
        webhook = {
            "WEBHOOK_URL": f"http://127.0.0.1:{self.port}/telegram",
            "WEBHOOK_SECRET": SECRET,
        }
        return {
            **bot_environment(self.folder, self.telegram, texts_in("ru")),
            "DATABASE_URL": self.url,
            "HTTP_PORT": str(self.port),
            "LOG_LEVEL": "INFO",
            **({} if self.limited else {UNLIMITED: "yes"}),
            **(webhook if self.webhook else {}),
            **self.settings,
        }


@dataclass
class Clinic:
    """Telegram, the bot, and the people."""

    sandbox: Sandbox
    bot: BotProcess
    world: World


@asynccontextmanager
async def open_clinic(
    folder: Path,
    *,
    webhook: bool = False,
    limits: Limits | None = None,
    settings: dict[str, str] | None = None,
    launcher: tuple[str, ...] = RUN,
    database: str | None = None,
    inline: bool = False,
) -> AsyncIterator[Clinic]:
    """A sandbox in this process and a bot in its own; both gone at the end.

    The books are on the run's database, or where the URL `database` says. `inline`: BotFather has
    switched the bot's inline mode on.
    """
    quick = Pauses(first=0.05, longest=0.2)
    sandbox = Sandbox(clock_file=folder / "clock", limits=limits, webhook_pauses=quick)
    sandbox.world.inline = inline
    async with sandbox.running() as address:
        with nullcontext(database) if database else clinic_database(folder) as url:
            bot = BotProcess(
                *(folder, address, url, webhook, settings or {}),
                launcher=launcher,
                limited=limits is not None,
            )
            await bot.start()
            try:
                async with World(address) as world:
                    yield Clinic(sandbox, bot, world)
            finally:
                if bot.process.returncode is None:
                    await bot.stop()
                bot.second.close()
