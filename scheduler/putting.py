"""A rendered letter becomes a message: a new one, an edit, or a copy."""

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import InlineKeyboardMarkup, ReplyParameters

from loyalty.letters import How
from screens.screen import Screen

log = structlog.get_logger()


async def put(bot: Bot, chat: int, screen: Screen, how: How) -> int:
    """The number of the message that it is now. Raises AiogramError: as Telegram answers."""
    keyboard = screen.keyboard
    if how.edits is not None:
        inline = keyboard if isinstance(keyboard, InlineKeyboardMarkup) else None
        await bot.edit_message_text(
            screen.text, chat_id=chat, message_id=how.edits, reply_markup=inline
        )
        return how.edits
    answered = _answers(how)
    if how.copies is not None and (copy := await _copy(bot, chat, screen, how, answered)):
        return copy
    sent = await bot.send_message(
        chat,
        screen.text,
        reply_markup=keyboard,
        reply_parameters=answered,
        disable_notification=how.silent,
        protect_content=chat < 0,  # a staff chat: it speaks of patients
    )
    return sent.message_id


async def _copy(
    bot: Bot, chat: int, screen: Screen, how: How, answered: ReplyParameters | None
) -> int | None:
    """None: what was to be passed on is gone; what was said of it stands alone then."""
    assert how.copies is not None  # noqa: S101 (the caller's promise; told to the types)
    try:
        copied = await bot.copy_message(
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


def _answers(how: How) -> ReplyParameters | None:
    if how.replies_to is None:
        return None
    return ReplyParameters(message_id=how.replies_to, allow_sending_without_reply=True)
