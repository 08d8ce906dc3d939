"""Patients' code screens: the next code comes into the same message by itself."""

import asyncio
from zoneinfo import ZoneInfo

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramNetworkError,
    TelegramServerError,
)
from aiogram.types import InlineKeyboardMarkup

from loyalty.desk import codes
from loyalty.desk.codes import NoCodesLeftError, Refreshed
from loyalty.ports import Clinic
from screens import code
from screens.screen import Screen
from screens.texts import texts_in

log = structlog.get_logger()


class CodeScreens:
    """Redraws the screens that are due, one after another."""

    def __init__(self, clinic: Clinic, bot: Bot, zone: ZoneInfo, default_language: str) -> None:
        self._clinic = clinic
        self._bot = bot
        self._zone = zone
        self._default_language = default_language

    async def round(self) -> int:
        """Redraw what is due now; returns how many screens that was."""
        due = await self._clinic.ask(codes.due)
        for account in due:
            try:
                await self._refresh(account)
            except (TelegramNetworkError, TelegramServerError) as away:
                log.warning("code.waits", reason=type(away).__name__)
                break  # the others would wait for nothing too; all are due again in a moment
        return len(due)

    async def _refresh(self, account: int) -> None:
        try:
            refreshed = await self._clinic.change(codes.refresh, account)
        except NoCodesLeftError:
            return
        if refreshed is not None:
            again_at = refreshed.again_at if await self._redraw(refreshed) else None
            await self._clinic.change(codes.redrawn, account, refreshed.message, again_at)

    async def _redraw(self, refreshed: Refreshed) -> bool:
        """Returns whether the message is there: one that is gone needs no next code."""
        screen = await self._screen(refreshed)
        keyboard = screen.keyboard
        assert isinstance(keyboard, InlineKeyboardMarkup)  # noqa: S101 (told to the types)
        if refreshed.account.telegram is None:
            return False
        try:
            redrawn = await self._bot.edit_message_media(
                screen.media,
                chat_id=refreshed.account.telegram,
                message_id=refreshed.message,
                reply_markup=keyboard,
            )
        except (TelegramNetworkError, TelegramServerError):
            raise
        except AiogramError as refused:
            log.warning("code.refused", reason=type(refused).__name__)
            return False
        return redrawn is not True  # True: the message to edit was not found

    async def _screen(self, refreshed: Refreshed) -> Screen:
        texts = texts_in(refreshed.account.language or self._default_language)
        if refreshed.shown is None:
            return code.ended(texts)
        me = await self._bot.me()
        picture = await asyncio.to_thread(code.drawn, refreshed.shown, me.username or "")
        return code.live(texts, refreshed.shown, self._zone, picture)
