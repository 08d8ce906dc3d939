"""Advertising: how every message of it ends, whatever it says."""

from loyalty.signboard import Signboard
from screens.screen import Screen
from screens.texts import Texts


def advert(texts: Texts, said: Screen, signboard: Signboard, marker: str | None) -> Screen:
    """The message with what the law wants under it. All of promo goes through here."""
    marked = [texts("promo-marker", marker=marker)] if marker else []
    legal = " ".join([texts("promo-legal", legal=signboard.legal), *marked])
    return Screen(f"{said.text}\n\n{legal}", said.keyboard, said.document, said.photo)
