"""What the bot itself has to tell: to the owners, and to whom it failed to answer."""

from collections.abc import Iterable

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import Update

from db.inbox import Kept
from screens import alerts
from screens.texts import LANGUAGES, Texts, texts_in

log = structlog.get_logger()


class Owners:
    """Everyone in OWNER_IDS; one who can't be reached doesn't keep the others from hearing."""

    def __init__(self, bot: Bot, ids: Iterable[int], texts: Texts) -> None:
        self._bot = bot
        self._ids = tuple(ids)
        self._texts = texts

    async def told_of_second_bot(self) -> None:
        await self._tell(alerts.second_bot(self._texts).text)

    async def told_of_set_aside(self, kept: Kept, update: Update | None) -> None:
        """A dead update: a sentence to the person who waits, and an alert."""
        if (chat := _private_chat(update)) is not None:
            await self._send(chat, alerts.set_aside_person(self._texts_of(update)).text)
        await self._tell(alerts.set_aside_owner(self._texts, kept.update_id).text)

    def _texts_of(self, update: Update | None) -> Texts:
        """In the language of the person's Telegram: what they chose may be unreadable now."""
        event = update and (update.message or update.callback_query)
        spoken = (event.from_user.language_code or "") if event and event.from_user else ""
        language = spoken.partition("-")[0].lower()
        return texts_in(language) if language in LANGUAGES else self._texts

    async def _tell(self, text: str) -> None:
        for owner in self._ids:
            await self._send(owner, text)

    async def _send(self, chat: int, text: str) -> None:
        try:
            await self._bot.send_message(chat, text)
        except AiogramError as refused:
            log.warning("alert.undelivered", chat_id=chat, kind=type(refused).__name__)


def _private_chat(update: Update | None) -> int | None:
    if update is None:
        return None
    message = update.message or (update.callback_query and update.callback_query.message)
    return message.chat.id if message and message.chat.type == "private" else None
