"""The main menu and the pages behind it that are not about points."""

from aiogram.types import InlineKeyboardButton, KeyboardButton, ReplyKeyboardMarkup

from loyalty.signboard import Signboard
from screens.callbacks import GoPress, LanguagePress, Place
from screens.screen import Screen, below, button, link, under
from screens.texts import LANGUAGES, Texts, texts_in


def keyboard(texts: Texts) -> ReplyKeyboardMarkup:
    code = KeyboardButton(text=texts.plain("menu-code"))
    points = KeyboardButton(text=texts.plain("menu-points"))
    clinic_ = KeyboardButton(text=texts.plain("menu-clinic"))
    card = KeyboardButton(text=texts.plain("menu-card"))
    return below([code], [points, card], [clinic_])


def points_labels() -> frozenset[str]:
    """The menu's words in every language: an old keyboard outlives a change of language.

    They are in lower case: people type them too.
    """
    return frozenset(texts_in(lang).plain("menu-points").lower() for lang in LANGUAGES)


def code_labels() -> frozenset[str]:
    return frozenset(texts_in(lang).plain("menu-code").lower() for lang in LANGUAGES)


def card_labels() -> frozenset[str]:
    return frozenset(texts_in(lang).plain("menu-card").lower() for lang in LANGUAGES)


def clinic_labels() -> frozenset[str]:
    return frozenset(texts_in(lang).plain("menu-clinic").lower() for lang in LANGUAGES)


def home(texts: Texts, name: str | None, points: int) -> Screen:
    """A registered person has come back."""
    text = texts("home-named", name=name, points=points) if name else texts("home", points=points)
    return Screen(text, keyboard(texts))


def language(texts: Texts, origin: Place | None) -> Screen:
    russian = button(texts.plain("language-ru"), LanguagePress(language="ru", origin=origin))
    english = button(texts.plain("language-en"), LanguagePress(language="en", origin=origin))
    back = [_to_clinic(texts)] if origin else []
    return Screen(texts("language"), under([russian, english], back))


def language_chosen(texts: Texts, origin: Place | None) -> Screen:
    return Screen(texts("language-chosen"), under([_to_clinic(texts)]) if origin else None)


def language_menu(texts: Texts) -> Screen:
    """Brings the large buttons in the new language."""
    return Screen(texts("language-menu"), keyboard(texts))


def _to_clinic(texts: Texts) -> InlineKeyboardButton:
    return button(texts.plain("clinic-back"), GoPress(to=Place.CLINIC))


def said_text(texts: Texts, signboard: Signboard) -> Screen:
    """Free words of a patient."""
    return Screen(texts("said-text", phone=signboard.phone), keyboard(texts))


def said_other(texts: Texts, signboard: Signboard) -> Screen:
    """A sticker, a voice message and all else that is not words."""
    return Screen(texts("said-other", phone=signboard.phone), keyboard(texts))


def group(texts: Texts, username: str) -> Screen:
    """In a group the bot speaks of nobody's points."""
    open_ = link(texts.plain("group-open"), f"https://t.me/{username}")
    return Screen(texts("group-private"), under([open_]))
