"""Puts a screen in front of a person."""

from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from screens.screen import Screen

LONGEST_TOAST = 200


async def say(message: Message, screen: Screen) -> Message:
    """A new message in this chat."""
    if screen.document:
        return await message.answer_document(
            screen.document, caption=screen.text, reply_markup=screen.keyboard
        )
    return await message.answer(screen.text, reply_markup=screen.keyboard)


async def turn(press: CallbackQuery, screen: Screen, words: str | None = None) -> None:
    """The message under the pressed button becomes this screen; `words` pass over the chat.

    A message that Telegram no longer shows to bots can't be edited, nor can large buttons or a
    file come by an edit: then the screen is a new message.
    """
    message, keyboard = press.message, screen.keyboard
    inline = keyboard if isinstance(keyboard, InlineKeyboardMarkup) else None
    if isinstance(message, Message) and inline is keyboard and not screen.document:
        await message.edit_text(screen.text, reply_markup=inline)
    else:
        await below(press, screen)
    await press.answer(words)


async def below(press: CallbackQuery, screen: Screen) -> None:
    """A new message after the one whose button was pressed."""
    if press.message is None:
        return
    if screen.document:
        await press.message.answer_document(
            screen.document, caption=screen.text, reply_markup=screen.keyboard
        )
    else:
        await press.message.answer(screen.text, reply_markup=screen.keyboard)
