"""Letters of the outbox go out: rendered as they leave, in the recipient's language."""

from datetime import timedelta

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramServerError,
)

from loyalty import delivery, mail
from loyalty.delivery import ATTEMPTS
from loyalty.desk import connecting
from loyalty.letters import Letter, UntrueError
from loyalty.ports import Clinic
from loyalty.signboard import Signboard
from screens import outbox
from screens.texts import texts_in

log = structlog.get_logger()

AT_ONCE = 20
FIRST_PAUSE = timedelta(seconds=5)
WHILE_TELEGRAM_IS_AWAY = timedelta(seconds=30)

# Trying again would mend nothing; LookupError is a kind or a text that this version lacks.
FINAL = (TelegramForbiddenError, TelegramNotFound, TelegramBadRequest, LookupError)


class Postman:
    """Takes due letters and sends them one after another."""

    def __init__(
        self, clinic: Clinic, bot: Bot, signboard: Signboard, default_language: str
    ) -> None:
        self._clinic = clinic
        self._bot = bot
        self._signboard = signboard
        self._default_language = default_language

    async def round(self) -> int:
        """Send what is due now; returns how many letters were taken."""
        letters = await self._clinic.change(delivery.claim, AT_ONCE)
        for letter in letters:
            await self._deliver(letter)
        return len(letters)

    async def _deliver(self, letter: Letter) -> None:
        with structlog.contextvars.bound_contextvars(letter_id=letter.id, kind=letter.kind):
            try:
                await self._send(letter)
            except UntrueError:
                await self._clinic.change(delivery.stale, letter.id)
            except TelegramMigrateToChat as moved:
                await self._follow(letter, moved.migrate_to_chat_id)
            except FINAL as final:
                log.warning("letter.refused", reason=type(final).__name__)
                await self._clinic.change(delivery.failed, letter.id, type(final).__name__)
            except (TelegramNetworkError, TelegramServerError) as absent:
                log.warning("letter.waits", reason=type(absent).__name__)
                await self._clinic.change(
                    delivery.put_off, letter.id, WHILE_TELEGRAM_IS_AWAY, letter.attempts
                )
            except AiogramError as passing:
                await self._again(letter, passing)
            else:
                await self._clinic.change(delivery.sent, letter.id)

    async def _send(self, letter: Letter) -> None:
        texts = texts_in(letter.language or self._default_language)
        facts = await self._clinic.ask(mail.facts, letter)
        screen = outbox.render(letter, facts, texts, self._signboard)
        await self._clinic.change(delivery.sending, letter.id)
        if letter.telegram is not None:
            await self._bot.send_message(
                letter.telegram,
                screen.text,
                reply_markup=screen.keyboard,
                protect_content=letter.telegram < 0,  # a staff chat: it speaks of patients
            )

    async def _follow(self, letter: Letter, chat: int) -> None:
        """The group has become a supergroup; this letter goes there with the next round."""
        if letter.telegram is not None:
            await self._clinic.change(connecting.moved, letter.telegram, chat)
        await self._clinic.change(delivery.put_off, letter.id, timedelta(), letter.attempts)

    async def _again(self, letter: Letter, fault: AiogramError) -> None:
        attempts = letter.attempts + 1
        log.warning("letter.put_off", reason=type(fault).__name__, attempts=attempts)
        if attempts >= ATTEMPTS:
            await self._clinic.change(delivery.failed, letter.id, type(fault).__name__)
        else:
            pause = FIRST_PAUSE * 2**attempts
            await self._clinic.change(delivery.put_off, letter.id, pause, attempts)
