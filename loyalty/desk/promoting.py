"""An owner lets advertising leave, or stops it (programme: Messages, promo)."""

import re

from loyalty.errors import Refusal
from loyalty.ports import Transaction
from loyalty.promo import Promo

LONGEST = 80
_MARKER = re.compile(rf"[A-Za-z0-9_-]{{1,{LONGEST}}}")  # as operators of advertising data give it


class PromoMovedError(Refusal):
    """Somebody has decided otherwise since this was shown."""

    text = "refusal-promo-moved"


class NotAMarkerError(Refusal):
    text = "refusal-not-a-marker"


def standing(tx: Transaction) -> Promo:
    return tx.promo.standing()


def switch_on(tx: Transaction, by: int, version: int) -> Promo:
    """After what was shown with `version` has been read. A second press finds it on.

    Raises PromoMovedError: an old button, of before somebody stopped it.
    """
    now = tx.promo.standing()
    if now.on:
        return now
    if now.version != version:
        raise PromoMovedError
    return _keep(tx, by, now, on=True, marker=now.marker)


def switch_off(tx: Transaction, by: int) -> Promo:
    """At once: what is on its way stays behind."""
    now = tx.promo.standing()
    return _keep(tx, by, now, on=False, marker=now.marker) if now.on else now


def put_marker(tx: Transaction, by: int, words: str | None) -> Promo:
    """The token that every advert ends with; None: no token. Raises NotAMarkerError."""
    marker = None if words is None else _cleaned(words)
    now = tx.promo.standing()
    return now if now.marker == marker else _keep(tx, by, now, on=now.on, marker=marker)


def _cleaned(words: str) -> str:
    """Also as it stands in an advert: `erid: 2VtzqwABC`."""
    marker = re.sub(r"^erid\s*[:=]?\s*", "", words.strip(), flags=re.IGNORECASE)
    if not _MARKER.fullmatch(marker):
        raise NotAMarkerError(longest=LONGEST)
    return marker


def _keep(tx: Transaction, by: int, before: Promo, *, on: bool, marker: str | None) -> Promo:
    if not tx.promo.add(by, on=on, marker=marker, after=before.version):
        raise PromoMovedError
    return tx.promo.standing()
