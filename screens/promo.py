"""Advertising: how every message of it ends, whatever it says."""

from dataclasses import replace

from loyalty.signboard import Signboard
from screens import quiet
from screens.screen import Screen
from screens.texts import Html, Texts


def advert(texts: Texts, said: Screen, signboard: Signboard, marker: str | None) -> Screen:
    """The message with what the law wants under it. All of promo goes through here."""
    text = f"{said.text}\n\n{ending(texts, signboard, marker)}"
    return quiet.offering(texts, replace(said, text=text))


def ending(texts: Texts, signboard: Signboard, marker: str | None) -> str:
    legal = texts("promo-legal", legal=signboard.legal)
    return f"{legal} {texts('promo-marker', marker=Html(marker))}" if marker else legal
