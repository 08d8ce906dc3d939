"""`make sandbox`: the emulated Telegram here, the unchanged bot in a process of its own."""

import asyncio
import os
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import typer

from bot.environment import language
from bot.failures import WrongSettingsError
from bot.sentence import sentence
from bot.setting_words import SETTINGS
from sandbox import OWNER_ID, SANDBOX_TOKEN, Sandbox
from screens.texts import Texts, texts_in

HOST = "127.0.0.1"
STOP_WITHIN = 10.0
HOUSE = Path(__file__).resolve().parent.parent


def run_sandbox(port: int) -> int:
    """Serve until Ctrl-C; returns the exit code. All that was played is forgotten at the end.

    Raises WrongSettingsError: the port is taken.
    """
    with tempfile.TemporaryDirectory(prefix="molar-sandbox-") as folder:
        return asyncio.run(_play(port, Path(folder), texts_in(language())))


async def _play(port: int, folder: Path, texts: Texts) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    sandbox = Sandbox(clock_file=folder / "clock")
    try:
        address = await sandbox.start(HOST, port)
    except OSError as taken:
        problem = sentence("sandbox-port-taken", address=f"{HOST}:{port}")
        raise WrongSettingsError({"--port": problem}) from taken
    try:
        async with bot_process(bot_environment(folder, address, texts), folder) as bot:
            typer.echo(texts.plain("sandbox-ready", address=address))
            return await _until(stop, bot, texts)
    finally:
        await sandbox.stop()


async def _until(stop: asyncio.Event, bot: asyncio.subprocess.Process, texts: Texts) -> int:
    stopped, ended = asyncio.create_task(stop.wait()), asyncio.create_task(bot.wait())
    await asyncio.wait({stopped, ended}, return_when=asyncio.FIRST_COMPLETED)
    ended_by_itself = not stopped.done()
    stopped.cancel()
    ended.cancel()
    if ended_by_itself:
        typer.echo(texts.plain("sandbox-bot-ended"), err=True)
        return 1
    typer.echo(texts.plain("sandbox-stopped"))
    return 0


@asynccontextmanager
async def bot_process(
    environment: dict[str, str], folder: Path
) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m bot run`, ended as a server would end it."""
    bot = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=folder,  # a real clinic's .env must not reach the play
        env=environment,
        start_new_session=True,  # Ctrl-C is for us; we tell the bot
    )
    try:
        yield bot
    finally:
        with suppress(ProcessLookupError):
            bot.terminate()
        try:
            await asyncio.wait_for(bot.wait(), STOP_WITHIN)
        except TimeoutError:
            bot.kill()
            await bot.wait()


def bot_environment(folder: Path, address: str, texts: Texts) -> dict[str, str]:
    """The environment of a bot that works against the sandbox at this address."""
    outside = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    return {
        **outside,
        "PYTHONPATH": str(HOUSE),
        "BOT_TOKEN": SANDBOX_TOKEN,
        "OWNER_IDS": str(OWNER_ID),
        "CLINIC_NAME": texts.plain("sandbox-clinic-name"),
        "CLINIC_LEGAL": texts.plain("sandbox-clinic-legal"),
        "CLINIC_PHONE": "+7 843 000-00-00",
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
