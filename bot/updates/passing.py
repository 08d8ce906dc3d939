"""What is worth an answer only at once: never written down, never tried again.

Why: docs/decisions/inline.md.
"""

import asyncio
from collections.abc import Iterable
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramForbiddenError
from aiogram.types import Update

from bot.updates.answering import AWAY
from bot.updates.forms import FormStorage

log = structlog.get_logger()

WITHIN = 10.0  # seconds that Telegram waits for an answer
MOST = 64  # at once; who types again is asked again

RawUpdate = dict[str, Any]


def passes(update: RawUpdate) -> bool:
    return "inline_query" in update


class Passing:
    """Answers side by side. What can't be answered in time is forgotten, and nobody is alarmed."""

    def __init__(self, bot: Bot, dispatcher: Dispatcher, forms: FormStorage) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._forms = forms
        self._running: set[asyncio.Task[None]] = set()

    def put(self, updates: Iterable[RawUpdate]) -> None:
        for update in updates:
            if len(self._running) >= MOST:
                log.info("query.passed_over")
                continue
            task = asyncio.create_task(self._answer(update))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def finish(self) -> None:
        """After a restart nobody waits for these any more."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _answer(self, raw: RawUpdate) -> None:
        self._forms.begin()  # whatever a form would keep goes with the task
        with structlog.contextvars.bound_contextvars(update_id=raw["update_id"]):
            try:
                async with asyncio.timeout(WITHIN):
                    update = Update.model_validate(raw, context={"bot": self._bot})
                    await self._dispatcher.feed_update(self._bot, update)
            except (TimeoutError, TelegramForbiddenError, *AWAY) as late:
                log.info("query.unanswered", kind=type(late).__name__)
            except Exception:
                log.exception("query.failed")
