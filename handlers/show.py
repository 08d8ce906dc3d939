"""Puts a screen in front of a person."""

from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, InaccessibleMessage, InlineKeyboardMarkup, Message

from screens.screen import Screen

LONGEST_TOAST = 200


async def say(message: Message | InaccessibleMessage, screen: Screen) -> Message:
    """A new message in this chat."""
    keyboard = screen.keyboard
    kept = message.chat.type != ChatType.PRIVATE or None  # what is said at a desk stays there
    if screen.document:
        return await message.answer_document(
            screen.document, caption=screen.text, reply_markup=keyboard, protect_content=kept
        )
    if screen.photo:
        return await message.answer_photo(
            screen.photo, caption=screen.text, reply_markup=keyboard, protect_content=kept
        )
    return await message.answer(screen.text, reply_markup=keyboard, protect_content=kept)


async def turn(press: CallbackQuery, screen: Screen, words: str | None = None) -> int | None:
    """The message under the pressed button becomes this screen; `words` pass over the chat.

    Returns the number of the message that shows it now.

    A message that Telegram no longer shows to bots can't be edited, nor can large buttons or a
    file come by an edit, nor a photo go: then the screen is a new message.
    """
    message = press.message
    if isinstance(message, Message) and _can_become(message, screen):
        await _edit(message, screen)
        shows: Message | None = message
    else:
        shows = await below(press, screen)
    await press.answer(words)
    return shows.message_id if shows else None


def _can_become(message: Message, screen: Screen) -> bool:
    inline = screen.keyboard is None or isinstance(screen.keyboard, InlineKeyboardMarkup)
    return inline and not screen.document and (screen.photo is not None or not message.photo)


async def _edit(message: Message, screen: Screen) -> None:
    keyboard = screen.keyboard if isinstance(screen.keyboard, InlineKeyboardMarkup) else None
    if screen.photo:
        await message.edit_media(screen.media, reply_markup=keyboard)
    else:
        await message.edit_text(screen.text, reply_markup=keyboard)


async def below(press: CallbackQuery, screen: Screen) -> Message | None:
    """A new message after the one whose button was pressed."""
    return await say(press.message, screen) if press.message else None
