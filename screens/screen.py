"""What goes into one message, and the buttons under it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape, unescape

from aiogram.filters.callback_data import CallbackData
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove

NO_MENU = ReplyKeyboardRemove()

LONGEST_CAPTION = 1024  # Telegram's, counted without markup

_ELLIPSIS = "\u2026"
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Screen:
    """One message. `text` is Telegram HTML; with a document or a photo it is the caption.

    A photo that Telegram has already is named by its `file_id`.
    """

    text: str
    keyboard: Keyboard | None = None
    document: BufferedInputFile | None = None
    photo: BufferedInputFile | str | None = None

    @property
    def caption(self) -> str:
        """The text where it goes under what somebody sent: a caption is shorter than a message.

        One that is cut loses its markup, so that nothing of it is left open.
        """
        if len(without_markup(self.text)) <= LONGEST_CAPTION:
            return self.text
        return escape(short(without_markup(self.text), LONGEST_CAPTION), quote=False)

    @property
    def media(self) -> InputMediaPhoto:
        """The photo with its caption, as an edit wants them."""
        assert self.photo  # noqa: S101 (the caller's promise; told to the types)
        return InputMediaPhoto(media=self.photo, caption=self.text)


def button(label: str, press: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=label, callback_data=press.pack())


def link(label: str, url: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=label, url=url)


def under(*rows: Sequence[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Buttons under the message; a row without buttons is left out."""
    return InlineKeyboardMarkup(inline_keyboard=[list(row) for row in rows if row])


def in_pairs(keys: Sequence[InlineKeyboardButton]) -> list[Sequence[InlineKeyboardButton]]:
    """Short labels stand two in a row."""
    return [keys[n : n + 2] for n in range(0, len(keys), 2)]


def below(*rows: Sequence[KeyboardButton], hint: str | None = None) -> ReplyKeyboardMarkup:
    """Large buttons in place of the person's keyboard; they stay until other ones come."""
    return ReplyKeyboardMarkup(
        keyboard=[list(row) for row in rows],
        resize_keyboard=True,
        is_persistent=True,
        input_field_placeholder=hint,
    )


def without_markup(html: str) -> str:
    """What a person reads of it."""
    return unescape(_TAG.sub("", html))


def short(words: str, longest: int) -> str:
    """The words, cut to fit a button; as Telegram counts, a picture is as long as two letters."""
    if _length(words) <= longest:
        return words
    kept = words[: longest - 1]
    while _length(kept) >= longest:
        kept = kept[:-1]
    return kept.rstrip() + _ELLIPSIS


def _length(words: str) -> int:
    return len(words) + sum(letter > "\uffff" for letter in words)
