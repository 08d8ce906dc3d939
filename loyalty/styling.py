"""How the clinic's cards look: an owner's choice of a colour and a logo."""

import hashlib

from loyalty.cards import Colour, Style
from loyalty.ports import Transaction

LARGEST_LOGO = 512 * 1024  # bytes


def style(tx: Transaction) -> Style:
    return tx.cards.style()


def logo(tx: Transaction) -> bytes | None:
    return tx.cards.logo()


def choose_colour(tx: Transaction, by: int, colour: Colour) -> Style:
    tx.cards.keep_colour(colour, by)
    return tx.cards.style()


def put_logo(tx: Transaction, by: int, picture: bytes | None) -> Style:
    """None takes it away."""
    mark = None if picture is None else hashlib.sha256(picture).hexdigest()
    tx.cards.keep_logo(picture, mark, by)
    return tx.cards.style()
