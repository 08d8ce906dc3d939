"""The poller: the offset moves on only when the inbox has the updates."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError, TelegramRetryAfter
from aiogram.methods import TelegramMethod

from bot.updates.intake import Intake
from bot.updates.rival import Rival

log = structlog.get_logger()

LONG_POLL = 30
# Seconds between polls: what comes meanwhile comes together, and costs half as much.
GATHER = 0.01
PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates without the parsing: an update that aiogram can't read must not stop the rest."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int = 100
    timeout: int = LONG_POLL
    allowed_updates: list[str] | None = None


class Poller:
    """Polls until cancelled. A fault makes it pause, never stop."""

    def __init__(
        self,
        bot: Bot,
        intake: Intake,
        allowed_updates: Sequence[str],
        rival: Rival,
    ) -> None:
        self._bot = bot
        self._intake = intake
        self.allowed = allowed_updates
        self._rival = rival
        self._offset: int | None = None
        self._last_poll = time.monotonic()

    def silence(self) -> float:
        """Seconds since Telegram last answered a poll."""
        return time.monotonic() - self._last_poll

    async def run(self) -> None:
        faults = 0
        while True:
            try:
                await self._once()
                faults = 0
            except TelegramRetryAfter as slow:
                await asyncio.sleep(slow.retry_after)
            except TelegramConflictError:
                await self._rival.seen()
                await asyncio.sleep(PAUSES[2])
            except Exception as fault:  # noqa: BLE001 (whatever it is, patients still write)
                log.warning("poll.failed", kind=type(fault).__name__)
                await asyncio.sleep(PAUSES[min(faults, len(PAUSES) - 1)])
                faults += 1

    async def _once(self) -> None:
        await self._intake.room()
        poll = GetRawUpdates(offset=self._offset, allowed_updates=list(self.allowed))
        updates = await self._bot(poll, request_timeout=LONG_POLL + 15)
        self._last_poll = time.monotonic()
        await self._intake.keep(updates)
        if updates:
            self._offset = updates[-1]["update_id"] + 1
        if len(updates) < poll.limit:
            await asyncio.sleep(GATHER)
