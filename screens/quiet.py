"""The way out under every message of care and of promo, and what is said to who takes it."""

from dataclasses import replace

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from loyalty.aftercare import AftercareFacts
from loyalty.caring import Asked
from loyalty.ratings import RatingFacts
from loyalty.signboard import Signboard
from screens import aftercare, rating
from screens.callbacks.quiet import CarePress, OffersPress
from screens.screen import Keyboard, Screen, button, under
from screens.texts import Texts


def asking(texts: Texts, said: Screen, visit: int) -> Screen:
    """A question after a visit."""
    return _with(said, button(texts.plain("care-no-questions"), CarePress(on=False, visit=visit)))


def reminding(texts: Texts, said: Screen) -> Screen:
    """Whatever else is of care."""
    return _with(said, button(texts.plain("care-no-reminders"), CarePress(on=False)))


def offering(texts: Texts, said: Screen) -> Screen:
    return _with(said, button(texts.plain("offers-none"), OffersPress(on=False)))


def _with(said: Screen, key: InlineKeyboardButton) -> Screen:
    """The last of its buttons."""
    return replace(said, keyboard=under(*_rows(said.keyboard), [key]))


def _rows(keyboard: Keyboard | None) -> list[list[InlineKeyboardButton]]:
    if keyboard is None:
        return []
    assert isinstance(keyboard, InlineKeyboardMarkup)  # noqa: S101 (letters have no other)
    return keyboard.inline_keyboard


def care_off(texts: Texts, visit: int | None) -> Screen:
    back = button(texts.plain("quiet-undo"), CarePress(on=True, visit=visit))
    return Screen(texts("care-is-off"), under([back]))


def care_on(texts: Texts, question: Asked | None, visit: int | None) -> Screen:
    """The question stands where it stood, if it is still open."""
    said = _question(texts, question)
    return asking(texts, said, visit) if visit else reminding(texts, said)


def _question(texts: Texts, question: Asked | None) -> Screen:
    match question:
        case AftercareFacts():
            return aftercare.question(texts, question)
        case RatingFacts():
            return rating.question(texts, question)
    return Screen(texts("care-is-on"))


def offers_off(texts: Texts, signboard: Signboard) -> Screen:
    """The way back is a consent, and says so."""
    back = button(texts.plain("quiet-undo"), OffersPress(on=True))
    return Screen(texts("offers-are-off", legal=signboard.legal), under([back]))


def offers_on(texts: Texts) -> Screen:
    return offering(texts, Screen(texts("offers-are-on")))
