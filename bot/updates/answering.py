"""One update from the inbox to its closing write: tried again, and set aside if all fails."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import (
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramServerError,
)
from aiogram.types import Update
from pydantic import ValidationError
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.updates.closing import Closer
from bot.updates.forms import FormStorage
from db.inbox import Closing, Kept

log = structlog.get_logger()

Sleep = Callable[[float], Awaitable[None]]
SetAside = Callable[[Kept, Update | None], Awaitable[None]]

PAUSES = (0.5, 2.0)  # between the three tries: all within 5 s
PAUSES_WHILE_AWAY = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
MOST_PAUSES = 64  # about an hour

# Nobody's fault, and it passes: Telegram or the database can't be reached.
AWAY = (
    TelegramNetworkError,
    TelegramServerError,
    OperationalError,
    InterfaceError,
    ConnectionError,
)


class StillAwayError(Exception):
    """What an answer needs could not be reached for about an hour."""


class Answering:
    """Handles an update of the inbox and closes it.

    A fault of the handler is tried again twice, then the update is dead: `set_aside` tells the
    person and the owners. Telegram or the database being away isn't counted, for an hour.
    """

    def __init__(
        self,
        bot: Bot,
        dispatcher: Dispatcher,
        forms: FormStorage,
        closer: Closer,
        set_aside: SetAside,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._forms = forms
        self._closer = closer
        self._set_aside = set_aside
        self._sleep = sleep

    async def __call__(self, kept: Kept) -> None:
        with structlog.contextvars.bound_contextvars(update_id=kept.update_id):
            try:
                update = Update.model_validate_json(kept.payload, context={"bot": self._bot})
            except ValidationError as unknown:
                log.warning("update.unreadable", faults=unknown.error_count())
                await self._give_up(kept, None, "unreadable")
            else:
                await self._answer(kept, update)

    async def _answer(self, kept: Kept, update: Update) -> None:
        fault = ""
        for pause in (*PAUSES, None):
            try:
                changes = await self._attempt(update)
            except StillAwayError:
                fault = "away"
                break
            except Exception as failure:
                fault = type(failure).__name__
                log.exception("update.failed")
                if pause is not None:
                    await self._sleep(pause)
            else:
                await self._close(Closing(kept.seq, changes))
                self._forms.kept(changes)
                return
        await self._give_up(kept, update, fault)

    async def _attempt(self, update: Update) -> dict[Any, Any]:
        for away in range(MOST_PAUSES):
            changes = self._forms.begin()
            try:
                await self._dispatcher.feed_update(self._bot, update)
            except TelegramForbiddenError:
                log.info("update.blocked")  # the person has gone: nobody is left to answer
            except AWAY as absent:
                log.warning("answer.waits", kind=type(absent).__name__)
                await self._sleep(PAUSES_WHILE_AWAY[min(away, len(PAUSES_WHILE_AWAY) - 1)])
                continue
            return changes
        raise StillAwayError

    async def _give_up(self, kept: Kept, update: Update | None, fault: str) -> None:
        log.error("update.set_aside", fault=fault)
        try:
            await self._set_aside(kept, update)
        except Exception:
            log.exception("update.set_aside_untold")
        await self._close(Closing(kept.seq, {}, fault))

    async def _close(self, closing: Closing) -> None:
        """The database may be away for a while; until it is back this lane waits."""
        pauses = iter(PAUSES_WHILE_AWAY)
        while True:
            try:
                return await self._closer.close(closing)
            except Exception:
                log.exception("inbox.unwritable")
                await self._sleep(next(pauses, PAUSES_WHILE_AWAY[-1]))
