"""`make sandbox`: the emulated Telegram here, the unchanged bot in a process of its own."""

import asyncio
import os
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import typer

from bot.clock import FileClock
from bot.demo.cast import Human, cast
from bot.demo.seed import Colleague, Plan, Site, seed
from bot.demo.words import words_in
from bot.environment import language
from bot.failures import WrongSettingsError
from bot.sentence import sentence
from bot.setting_words import SETTINGS
from db.due import next_due
from db.migrate import upgrade
from loyalty.signboard import Signboard
from sandbox import (
    ANNA_ID,
    DINA_ID,
    IRINA_ID,
    LARISA_ID,
    OWNER_ID,
    SANDBOX_TOKEN,
    SECOND_CHAT_ID,
    STAFF_CHAT_ID,
    Clock,
    Person,
    Sandbox,
    Stagehands,
    World,
    clinic_at_work,
    empty_clinic,
)
from screens.texts import Texts, texts_in

HOST = "127.0.0.1"
PHONE = "+7 843 000-00-00"
ZONE = ZoneInfo("Europe/Moscow")  # TIMEZONE's default: the play knows no setting from outside
STOP_WITHIN = 10.0
HOUSE = Path(__file__).resolve().parent.parent


def run_sandbox(port: int, *, empty: bool) -> int:
    """Serve until Ctrl-C; returns the exit code. All that was played is forgotten at the end.

    The clinic is two years at work, or `empty`.
    Raises WrongSettingsError: the port is taken.
    """
    with tempfile.TemporaryDirectory(prefix="molar-sandbox-") as folder:
        return asyncio.run(Play(Path(folder), texts_in(language()), empty=empty).run(port))


class Play:
    """A sandbox with its bot; a fresh one takes their place behind the same address."""

    def __init__(self, folder: Path, texts: Texts, *, empty: bool = False) -> None:
        self._folder, self._texts, self._empty = folder, texts, empty
        self._clock = FileClock(folder / "clock")
        self._sandbox = Sandbox(
            clock_file=folder / "clock",
            zone=ZONE.key,
            build=self._world,
            stage=Stagehands(restart=self.restart, next_event=self.next_event),
        )
        self._address = ""
        self._bot: asyncio.subprocess.Process | None = None
        self._changing = asyncio.Lock()  # nobody looks while bot and books are exchanged

    async def run(self, port: int) -> int:
        """Raises WrongSettingsError: the port is taken."""
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        try:
            self._address = await self._sandbox.start(HOST, port)
        except OSError as taken:
            problem = sentence("sandbox-port-taken", address=f"{HOST}:{port}")
            raise WrongSettingsError({"--port": problem}) from taken
        try:
            return await self._until(stop)
        finally:
            async with self._changing:
                await self._end_bot()
            await self._sandbox.stop()

    async def restart(self) -> None:
        """Everything from the beginning: the clock, the books, the chats, the bot."""
        async with self._changing:
            await self._end_bot()
            await self._sandbox.renew(self._world)
            await self._furnish(lambda _: None)
            await self._begin_bot()

    async def next_event(self) -> float | None:
        """When something is due next, as seconds since 1970."""
        async with self._changing:
            due = await asyncio.to_thread(next_due, self._database, self._clock.now(), ZONE)
        return None if due is None else due.timestamp()

    async def _until(self, stop: asyncio.Event) -> int:
        opened = asyncio.create_task(self._open())
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait({opened, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if opened.done():
            opened.result()
            await self._bot_ends(stopped)
        opened.cancel()
        with suppress(asyncio.CancelledError):
            await opened
        if not stopped.done():
            stopped.cancel()
            typer.echo(self._texts.plain("sandbox-bot-ended"), err=True)
            return 1
        typer.echo(self._texts.plain("sandbox-stopped"))
        return 0

    async def _open(self) -> None:
        async with self._changing:  # the page is there already, and may wish for a fresh clinic
            if self._empty:
                await self._furnish(lambda _: None)
            else:
                await self._furnish_in_sight()
            await self._begin_bot()
        typer.echo(self._texts.plain("sandbox-ready", address=self._address))

    async def _bot_ends(self, stopped: asyncio.Task[bool]) -> None:
        """Returns when it is all over: somebody wants to stop, or the bot has ended by itself."""
        while not stopped.done():
            async with self._changing:
                bot = self._bot
            if bot is None or bot.returncode is not None:
                return
            ended = asyncio.create_task(bot.wait())
            await asyncio.wait({ended, stopped}, return_when=asyncio.FIRST_COMPLETED)
            ended.cancel()

    # the books

    @property
    def _database(self) -> str:
        return f"sqlite+aiosqlite:///{self._folder / 'molar.db'}"

    async def _furnish_in_sight(self) -> None:
        plan = demo_plan(self._texts, self._today())
        label = self._texts.plain("sandbox-demo")
        with typer.progressbar(length=len(plan.deeds()), label=label) as bar:
            await self._furnish(bar.update)

    async def _furnish(self, tell: Callable[[int], object]) -> None:
        """The books that the bot finds: without a line, or those of the demo clinic."""
        for old in self._folder.glob("molar.db*"):
            old.unlink()
        if self._empty:
            await asyncio.to_thread(upgrade, self._database)
            return
        played = self._folder / f"demo-{self._today()}.db"
        if not played.exists():
            await play_demo(played, demo_plan(self._texts, self._today()), tell)
        await asyncio.to_thread(shutil.copy, played, self._folder / "molar.db")

    def _world(self, clock: Clock) -> World:
        if self._empty:
            world = empty_clinic(clock)
        else:
            world = demo_world(clock, demo_plan(self._texts, self._today()), self._texts)
        world.inline = True  # whoever looks around sees all that a bot can be given
        return world

    def _today(self) -> date:
        return self._clock.now().astimezone(ZONE).date()

    # the bot

    async def _begin_bot(self) -> None:
        self._bot = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            cwd=self._folder,  # a real clinic's .env must not reach the play
            env=bot_environment(self._folder, self._address, self._texts),
            start_new_session=True,  # Ctrl-C is for us; we tell the bot
        )

    async def _end_bot(self) -> None:
        """As a server would end it."""
        bot, self._bot = self._bot, None
        if bot is None:
            return
        with suppress(ProcessLookupError):
            bot.terminate()
        try:
            await asyncio.wait_for(bot.wait(), STOP_WITHIN)
        except TimeoutError:
            bot.kill()
            await bot.wait()


# --- the demo clinic -------------------------------------------------------------------------


def demo_plan(texts: Texts, today: date) -> Plan:
    """Two years of a clinic with the sandbox's own staff at its desks."""
    words = words_in(texts)
    anna, irina, larisa, dina = words.team
    teams = (
        (STAFF_CHAT_ID, (Colleague(ANNA_ID, anna), Colleague(IRINA_ID, irina, manages=True))),
        (SECOND_CHAT_ID, (Colleague(LARISA_ID, larisa, manages=True), Colleague(DINA_ID, dina))),
    )
    named = zip(words.branches, teams, strict=True)
    return Plan(
        cast=cast(words, today),
        words=words,
        language=texts.language,
        board=_signboard(texts),
        today=today,
        owner=OWNER_ID,
        sites=tuple(Site(name, chat, team) for name, (chat, team) in named),
    )


async def play_demo(file: Path, plan: Plan, tell: Callable[[int], object]) -> None:
    """The demo clinic's books in a new file; a file half written never bears the name."""
    draft = file.with_suffix(".new")
    draft.unlink(missing_ok=True)
    url = f"sqlite+aiosqlite:///{draft}"
    await asyncio.to_thread(upgrade, url)
    await seed(url, ZONE, plan, tell)
    draft.replace(file)


def demo_world(clock: Clock, plan: Plan, texts: Texts) -> World:
    """The sandbox's people and those of the plan: the same clinic, as Telegram knows it."""
    second = plan.sites[1]
    return clinic_at_work(
        clock,
        second_chat=texts.plain("demo-second-chat"),
        team=[
            Person(who.telegram, who.name, language=texts.language, extra=True)
            for who in second.team
        ],
        patients=[_person(human, texts.language) for human in plan.cast.in_telegram],
    )


def _person(human: Human, language: str) -> Person:
    assert human.telegram is not None  # noqa: S101 (told to the types)
    born = {"day": human.born.day, "month": human.born.month, "year": human.born.year}
    return Person(
        human.telegram,
        human.name,
        human.surname,
        language=language,
        phone=human.phone,
        birthdate=born,
        extra=True,
    )


def _signboard(texts: Texts) -> Signboard:
    name, legal = texts.plain("sandbox-clinic-name"), texts.plain("sandbox-clinic-legal")
    return Signboard(name, legal, PHONE, ZONE)


def bot_environment(folder: Path, address: str, texts: Texts) -> dict[str, str]:
    """The environment of a bot that works against the sandbox at this address."""
    outside = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    board = _signboard(texts)
    return {
        **outside,
        "PYTHONPATH": str(HOUSE),
        "BOT_TOKEN": SANDBOX_TOKEN,
        "OWNER_IDS": str(OWNER_ID),
        "CLINIC_NAME": board.name,
        "CLINIC_LEGAL": board.legal,
        "CLINIC_PHONE": board.phone,
        "LOCALE": texts.language,
        "TELEGRAM_API_URL": address,
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'molar.db'}",
        "CLOCK_FILE": str(folder / "clock"),
        "HTTP_PORT": str(_free_port()),
        "LOG_LEVEL": "WARNING",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
