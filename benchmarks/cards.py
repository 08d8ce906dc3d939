"""A patient's card drawn, beside the bare QR that stands on it."""

import time
from collections.abc import Callable
from zoneinfo import ZoneInfo

from loyalty.cards import Style
from loyalty.sharing import Shared
from loyalty.signboard import Signboard
from screens import pictures, recommend
from screens.texts import texts_in

BOARD = Signboard("Стоматология «Улыбка»", "", "", ZoneInfo("Europe/Moscow"))
SHARED = Shared(1, "r_4fK2-x_9abcd", "Мария", True, 1500, 3000, 500, 0, Style(), None)


def drawings(times: int) -> list[tuple[float, float]]:
    """Seconds of a card and of the bare QR after it, so that the machine's mood hits both."""
    card = recommend.card(texts_in("ru"), BOARD, SHARED, "UlybkaMolarBot")
    card.picture(None)  # the font and the round corners are made once
    return [(_took(lambda: card.picture(None)), _took(lambda: _bare(card))) for _ in range(times)]


def _bare(card: recommend.Card) -> bytes:
    return pictures.qr(card.link)


def _took(draw: Callable[[], object]) -> float:
    began = time.perf_counter()
    draw()
    return time.perf_counter() - began
