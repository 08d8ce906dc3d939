"""Advertising, on or off: what it means for the clinic, and an owner's decision."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton

from loyalty.promo import Promo
from loyalty.signboard import Signboard
from screens.callbacks.settings import PromoPress, PromoStep, ShelfPress
from screens.promo import ending
from screens.screen import Screen, button, under
from screens.texts import Html, Texts


def open_promo(texts: Texts) -> InlineKeyboardButton:
    """The way in, for an owner's settings."""
    return button(texts.plain("promo-open"), PromoPress(step=PromoStep.PAGE))


def page(texts: Texts, promo: Promo, signboard: Signboard, name: str) -> Screen:
    """`name`: who decided last; it stands beside the buttons, below what is to be read first."""
    parts = [
        texts("promo-title"),
        texts("promo-what"),
        texts("promo-law"),
        texts("promo-telegram"),
        texts("promo-ending", ending=Html(ending(texts, signboard, promo.marker))),
        _standing(texts, promo, signboard.zone, name),
    ]
    return Screen("\n\n".join(parts), under(*_keys(texts, promo)))


def _standing(texts: Texts, promo: Promo, zone: ZoneInfo, name: str) -> str:
    if promo.since is None:
        return texts("promo-never")
    at = promo.since.astimezone(zone)
    return texts("promo-is", standing=Html("on" if promo.on else "off"), at=at, name=name)


def _keys(texts: Texts, promo: Promo) -> Iterator[list[InlineKeyboardButton]]:
    if promo.on:
        yield [_key(texts.plain("promo-off"), PromoStep.OFF)]
    else:
        yield [_key(texts.plain("promo-on"), PromoStep.ASK)]
    if promo.marker is None:
        yield [_key(texts.plain("promo-add-marker"), PromoStep.MARKER)]
    else:
        change = _key(texts.plain("promo-change-marker"), PromoStep.MARKER)
        yield [change, _key(texts.plain("promo-drop-marker"), PromoStep.NO_MARKER)]
    yield [button(texts.plain("settings-back"), ShelfPress())]


def _key(label: str, step: PromoStep) -> InlineKeyboardButton:
    return button(label, PromoPress(step=step))


def surely(texts: Texts, promo: Promo) -> Screen:
    """Asked once more, on top of what was read."""
    yes = PromoPress(step=PromoStep.ON, version=promo.version)
    return Screen(
        texts("promo-surely"),
        under(
            [_key(texts.plain("promo-not-yet"), PromoStep.PAGE)],
            [button(texts.plain("promo-on-surely"), yes)],
        ),
    )


def ask_marker(texts: Texts) -> Screen:
    """The next words are the token."""
    keep = _key(texts.plain("promo-keep"), PromoStep.PAGE)
    return Screen(texts("promo-send-marker"), under([keep]))
