"""The bot's line to Telegram, with the patience and the forgiveness that its answers need."""

import asyncio
from contextlib import nullcontext
from typing import Any

import structlog
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import TelegramMethod

from bot.pace import Pace, Sleep, counts, is_new
from bot.session import JsonSession, loads
from bot.settings import Settings

log = structlog.get_logger()

# What an act that is done again meets: the effect is there already, or its place has gone.
ALREADY = (
    "message is not modified",
    "query is too old",
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
    "message can't be deleted",
)


def make_bot(settings: Settings, pace: Pace) -> Bot:
    """A bot that speaks HTML, over the proxy and the Bot API server of the settings."""
    server = settings.telegram_api_url
    session = JsonSession(
        api=TelegramAPIServer.from_base(server) if server else PRODUCTION,
        proxy=settings.proxy_url,
        json_loads=loads,
    )
    session.middleware(Patience(pace))
    session.middleware(Forgiveness())
    session.middleware(Absence())
    return Bot(
        settings.bot_token.get_secret_value(),
        session=session,
        default=DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview_is_disabled=True),
    )


def letters_of(bot: Bot) -> Bot:
    """The same bot on the same line, for delivery."""
    return Letters(bot.token, session=bot.session, default=bot.default)


class Forgiveness(BaseRequestMiddleware):
    """A refusal that only says "this has happened already" counts as success."""

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[Any],
        bot: Bot,
        method: TelegramMethod[Any],
    ) -> Any:  # noqa: ANN401 (whatever the method returns)
        try:
            return await make_request(bot, method)
        except TelegramBadRequest as refused:
            if any(words in refused.message for words in ALREADY):
                log.debug("telegram.already", method=method.__api_method__, words=refused.message)
                return True
            raise


class Absence(BaseRequestMiddleware):
    """A page instead of JSON is said by whatever stands before Telegram while it is away."""

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[Any],
        bot: Bot,
        method: TelegramMethod[Any],
    ) -> Any:  # noqa: ANN401 (whatever the method returns)
        try:
            return await make_request(bot, method)
        except ClientDecodeError as unreadable:
            if isinstance(unreadable.data, str):  # else Telegram itself spoke, and did the deed
                raise TelegramServerError(method, "no JSON") from unreadable
            raise


class Letters(Bot):
    """The bot as delivery has it: its messages have had their turn, and wait for nobody here."""


class Patience(BaseRequestMiddleware):
    """Telegram's limits, and its "too many requests": nothing is sent to anybody for so long.

    Answers wait here until they may leave. A letter doesn't: it goes back to where it was taken
    from, as long as Telegram says. A request that writes to no chat (the bot's description, say)
    waits alone.
    """

    def __init__(self, pace: Pace, sleep: Sleep = asyncio.sleep) -> None:
        self._pace = pace
        self._sleep = sleep

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[Any],
        bot: Bot,
        method: TelegramMethod[Any],
    ) -> Any:  # noqa: ANN401 (whatever the method returns)
        if method.__api_method__ == "getUpdates":  # a poller waits by itself
            return await make_request(bot, method)
        if isinstance(bot, Letters):
            return await self._letter(make_request, bot, method)
        return await self._answer(make_request, bot, method)

    async def _letter(
        self, make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
    ) -> Any:  # noqa: ANN401 (whatever the method returns)
        try:
            return await self._sent(make_request, bot, method, counts(method.__api_method__))
        except TelegramRetryAfter as slow:
            self._pace.hush(slow.retry_after)
            raise

    async def _sent(
        self,
        make_request: NextRequestMiddlewareType[Any],
        bot: Bot,
        method: TelegramMethod[Any],
        in_bulk: bool,
    ) -> Any:  # noqa: ANN401 (whatever the method returns)
        async with self._pace.on_its_way() if in_bulk else nullcontext():
            return await make_request(bot, method)

    async def _answer(
        self, make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
    ) -> Any:  # noqa: ANN401 (whatever the method returns)
        to_a_chat = hasattr(method, "chat_id")
        chat, new = getattr(method, "chat_id", None), is_new(method.__api_method__)
        if counts(method.__api_method__):
            await self._pace.answer(chat, new=new)
        in_bulk = new and isinstance(chat, int) and chat < 0
        while True:
            if to_a_chat:
                await self._pace.silence()
            try:
                return await self._sent(make_request, bot, method, in_bulk)
            except TelegramRetryAfter as slow:
                log.warning("telegram.slow_down", seconds=slow.retry_after)
                if to_a_chat:
                    await self._hush(slow.retry_after)
                else:
                    await self._sleep(slow.retry_after)

    async def _hush(self, seconds: float) -> None:
        until = self._pace.hush(seconds)
        try:
            await self._pace.tell(until)
        except Exception:  # this process is silent all the same
            log.exception("quiet.untold")
