"""Letters of the outbox go out: rendered as they leave, in the recipient's language."""

from collections.abc import Sequence
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
from aiogram.types import InlineKeyboardMarkup, ReplyParameters

from loyalty import delivery, leaving, mail
from loyalty.delivery import ATTEMPTS, UNREACHABLE
from loyalty.desk import connecting
from loyalty.leaving import Leaving, TakenError
from loyalty.letters import NEVER_TWICE, How, Letter, NotNowError, UntrueError
from loyalty.ports import Clinic, Transaction
from loyalty.signboard import Signboard
from screens import outbox
from screens.screen import Screen
from screens.texts import texts_in

log = structlog.get_logger()

AT_ONCE = 20
FIRST_PAUSE = timedelta(seconds=5)
WHILE_TELEGRAM_IS_AWAY = timedelta(seconds=30)

NEVER_LEFT = "ClientConnectorError"  # as aiogram names a connection that was refused

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
        self._stopping = False

    def stop(self) -> None:
        """After the letter that is on its way no other leaves."""
        self._stopping = True

    async def round(self) -> int:
        """Send all that is due now, what is urgent first; returns how many letters were taken."""
        taken = 0
        while not self._stopping and (letters := await self._claim()):
            for letter in letters:
                if not self._stopping:
                    await self._take(letter)
            taken += len(letters)
        return taken

    async def _claim(self) -> Sequence[Letter]:
        return await self._clinic.change(delivery.claim, AT_ONCE)

    async def _take(self, letter: Letter) -> None:
        """A fault of ours is met again when the lease is over; those taken with it go on now, or
        they would wait behind it each time.
        """
        with structlog.contextvars.bound_contextvars(letter_id=letter.id, kind=letter.kind):
            try:
                if letter.doubtful and letter.kind in NEVER_TWICE:
                    await self._clinic.change(mail.left_in_doubt, letter)
                else:
                    await self._deliver(letter)
            except Exception:
                log.exception("letter.broken")

    async def _deliver(self, letter: Letter) -> None:
        try:
            left = await self._clinic.change(leaving.leave, letter)
        except TakenError:
            return
        except UntrueError:
            await self._clinic.change(delivery.stale, letter.id)
        except NotNowError as closed:
            await self._clinic.change(delivery.hold, letter.id, closed.until, letter.attempts)
        except LookupError as unknown:
            log.warning("letter.refused", reason=type(unknown).__name__)
            await self._clinic.change(mail.lost, letter, type(unknown).__name__)
        else:
            await self._send(left)

    async def _send(self, left: Leaving) -> None:
        letter, letters = left.letters[0], left.letters
        try:
            texts = texts_in(letter.language or self._default_language)
            screen = outbox.render(letter, left.facts, texts, self._signboard)
            message = await self._put(letter.telegram, screen, left.how)
        except TelegramMigrateToChat as moved:
            await self._follow(letter, moved.migrate_to_chat_id)
        except FINAL as final:
            log.warning("letter.refused", reason=type(final).__name__)
            await self._clinic.change(leaving.each, letters, mail.lost, _fault(final))
        except (TelegramNetworkError, TelegramServerError) as absent:
            await self._wait_for_telegram(letters, absent)
        except AiogramError as passing:
            await self._again(letters, passing)
        else:
            await self._clinic.change(leaving.each, letters, mail.arrived, message)

    async def _put(self, chat: int | None, screen: Screen, how: How) -> int | None:
        """The number of the message that it is now; None: there is nobody to send it to."""
        if chat is None:
            return None
        keyboard = screen.keyboard
        if how.edits is not None:
            inline = keyboard if isinstance(keyboard, InlineKeyboardMarkup) else None
            await self._bot.edit_message_text(
                screen.text, chat_id=chat, message_id=how.edits, reply_markup=inline
            )
            return how.edits
        answered = _answers(how)
        if how.copies is not None and (copy := await self._copy(chat, screen, how, answered)):
            return copy
        sent = await self._bot.send_message(
            chat,
            screen.text,
            reply_markup=keyboard,
            reply_parameters=answered,
            disable_notification=how.silent,
            protect_content=chat < 0,  # a staff chat: it speaks of patients
        )
        return sent.message_id

    async def _copy(
        self, chat: int, screen: Screen, how: How, answered: ReplyParameters | None
    ) -> int | None:
        """None: what was to be passed on is gone; what was said of it stands alone then."""
        assert how.copies is not None  # noqa: S101 (the caller's promise; told to the types)
        try:
            copied = await self._bot.copy_message(
                chat,
                *how.copies,
                caption=screen.caption,
                reply_markup=screen.keyboard,
                reply_parameters=answered,
                disable_notification=how.silent,
                protect_content=chat < 0,
            )
        except TelegramBadRequest as gone:
            log.warning("letter.original_gone", reason=str(gone))
            return None
        return copied.message_id

    async def _wait_for_telegram(self, letters: Sequence[Letter], absent: AiogramError) -> None:
        """Who was never reached has not got it; of an answer that never came nobody can tell."""
        log.warning("letter.waits", reason=type(absent).__name__)
        if letters[0].kind in NEVER_TWICE and NEVER_LEFT not in str(absent):
            await self._clinic.change(leaving.each, letters, mail.left_in_doubt)
            return
        await self._clinic.change(leaving.each, letters, _put_off, WHILE_TELEGRAM_IS_AWAY)

    async def _follow(self, letter: Letter, chat: int) -> None:
        """The group has become a supergroup; this letter goes there with the next round."""
        if letter.telegram is not None:
            await self._clinic.change(connecting.moved, letter.telegram, chat)
        await self._clinic.change(delivery.put_off, letter.id, timedelta(), letter.attempts)

    async def _again(self, letters: Sequence[Letter], fault: AiogramError) -> None:
        attempts = letters[0].attempts + 1
        log.warning("letter.put_off", reason=type(fault).__name__, attempts=attempts)
        if attempts >= ATTEMPTS:
            await self._clinic.change(leaving.each, letters, mail.lost, type(fault).__name__)
        else:
            pause = FIRST_PAUSE * 2**attempts
            await self._clinic.change(leaving.each, letters, _put_off, pause, attempts)


def _put_off(
    tx: Transaction, letter: Letter, pause: timedelta, attempts: int | None = None
) -> None:
    """Without a number of tries this was none."""
    tries = letter.attempts if attempts is None else attempts
    delivery.put_off(tx, letter.id, pause, tries)


def _fault(final: Exception) -> str:
    """Telegram has two ways to say that there is nobody; all else is a fault of ours."""
    gone = isinstance(final, TelegramForbiddenError) or "chat not found" in str(final)
    return UNREACHABLE if gone else type(final).__name__


def _answers(how: How) -> ReplyParameters | None:
    if how.replies_to is None:
        return None
    return ReplyParameters(message_id=how.replies_to, allow_sending_without_reply=True)
