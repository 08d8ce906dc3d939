"""Before anything is served: who ends a life, and the first word with Telegram."""

import asyncio
import signal
from collections.abc import Awaitable, Callable

import structlog
from aiogram.exceptions import TelegramAPIError, TelegramNotFound, TelegramUnauthorizedError

from bot.failures import WrongSettingsError
from bot.sentence import sentence

log = structlog.get_logger()

PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)


def stop_on_signals() -> asyncio.Event:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


async def before(stop: asyncio.Event, doing: Awaitable[None]) -> bool:
    """Whether it was done before somebody wanted to stop. Raises what it raised."""
    stopped = asyncio.create_task(stop.wait())
    done = asyncio.ensure_future(doing)
    await asyncio.wait({stopped, done}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if not done.done():
        done.cancel()
        return False
    done.result()
    return True


async def open_line(greet: Callable[[], Awaitable[object]]) -> None:
    """Greet Telegram, however long it is away; only a refused token ends the start.

    Raises WrongSettingsError.
    """
    for attempt in range(10**9):
        try:
            await greet()
        except (TelegramUnauthorizedError, TelegramNotFound) as refused:
            problem = sentence("start-token-refused")
            raise WrongSettingsError({"BOT_TOKEN": problem}) from refused
        except TelegramAPIError as away:
            log.warning("telegram.away", kind=type(away).__name__)
            await asyncio.sleep(PAUSES[min(attempt, len(PAUSES) - 1)])
        else:
            return
