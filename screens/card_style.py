"""How the clinic's cards look, for an owner: a card of nobody's with the choices under it."""

from aiogram.types import BufferedInputFile, InlineKeyboardButton

from loyalty.cards import Colour, Style
from loyalty.programme import Programme
from loyalty.signboard import Signboard
from screens import recommend
from screens.callbacks.recommending import CardLogoPress, CardStylePress
from screens.callbacks.settings import ShelfPress
from screens.screen import Screen, button, in_pairs, under
from screens.texts import Html, Texts


def open_style(texts: Texts) -> InlineKeyboardButton:
    """The way in, for an owner's settings."""
    return button(texts.plain("card-style-open"), CardStylePress())


def example(
    texts: Texts,
    signboard: Signboard,
    programme: Programme,
    style: Style,
    logo: bytes | None,
    username: str,
) -> BufferedInputFile:
    """A card that leads to the bot alone, as slow as drawing is."""
    gift = programme.welcome + programme.friend_gift
    name = texts.plain("card-style-somebody")
    words = recommend.words(texts, signboard, gift, programme.cap, name)
    return recommend.drawn(words, f"https://t.me/{username}", style, logo)


def page(texts: Texts, style: Style, picture: BufferedInputFile) -> Screen:
    """The card as friends get it; every press draws it anew in the same message."""
    colours = [_colour(texts, one, style) for one in Colour]
    back = button(texts.plain("settings-back"), ShelfPress())
    rows = [*in_pairs(colours), _logo(texts, style), [back]]
    return Screen(texts("card-style"), under(*rows), photo=picture)


def _colour(texts: Texts, one: Colour, style: Style) -> InlineKeyboardButton:
    label = texts.plain("card-colour", colour=Html(one))
    mark = "✓ " if one is style.colour else ""
    return button(f"{mark}{label}", CardStylePress(colour=one))


def _logo(texts: Texts, style: Style) -> list[InlineKeyboardButton]:
    if style.logo is None:
        return [button(texts.plain("card-style-logo"), CardLogoPress())]
    change = button(texts.plain("card-style-other-logo"), CardLogoPress())
    return [change, button(texts.plain("card-style-no-logo"), CardLogoPress(remove=True))]


def ask_logo(texts: Texts) -> Screen:
    """The next picture is the logo."""
    return Screen(texts("card-style-send-logo"), under([_keep(texts)]))


def _keep(texts: Texts) -> InlineKeyboardButton:
    return button(texts.plain("card-style-keep"), CardStylePress())
