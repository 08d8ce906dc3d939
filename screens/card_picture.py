"""The card that a patient sends to a friend, as a picture: upright, for a phone held in a hand.

What it says comes in as words; where they stand and how large is here. Drawing takes tens of
milliseconds: never on the loop (`asyncio.to_thread`).
"""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageOps

from loyalty.cards import Colour
from screens.inks import INKS, darker, thinned
from screens.lettering import BOLD, REGULAR, Lines, balanced, fitted, font, write
from screens.logos import TILE_HIGH, tile
from screens.pictures import qr_modules
from screens.shapes import rounded

WIDTH, HEIGHT = 960, 1320
EDGE = 64
INSIDE = WIDTH - 2 * EDGE
PANEL_TOP, PANEL = 560, 630  # white, with the QR and what to do with it
QR, QR_TOP = 500, PANEL_TOP + 44
GIFT = 362  # where the middle of the figures is
FOOT = 108  # the contraindication line: the law wants a twentieth of the picture, this is more
QUALITY = 92
CAPITALS = 0.7  # how high figures are, of the size of the font

PAPER, SHADE, FOOT_SHADE = 0.09, 0.16, 0.20  # how much of the ink is in them
DARK = "#1c2329"
SOFT = "#525c65"


@dataclass(frozen=True, slots=True)
class Words:
    """All that stands on the card. `figure` is the gift in figures, or a word where it is none."""

    clinic: str
    who: str
    figure: str
    unit: str
    worth: str
    scan: str
    warning: str


def drawn(words: Words, link: str, colour: Colour, logo: bytes | None = None) -> bytes:
    """The card as a JPEG."""
    ink = INKS[colour]
    picture = Image.new("RGB", (WIDTH, HEIGHT), thinned(ink, PAPER))
    _put_sun(picture, ink)
    draw = ImageDraw.Draw(picture)
    _put_clinic(picture, draw, words.clinic, logo)
    _put_gift(draw, words, ink)
    _put_panel(picture, draw, words.scan, link, ink)
    _put_warning(draw, words.warning, ink)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=QUALITY, subsampling=0)
    return file.getvalue()


def _put_sun(picture: Image.Image, ink: str) -> None:
    """A large quiet circle behind the upper corner."""
    radius = 360
    mask = rounded((2 * radius, 2 * radius), radius)
    picture.paste(thinned(ink, SHADE), (WIDTH - radius - 60, -radius - 60), mask)


def _put_clinic(
    picture: Image.Image, draw: ImageDraw.ImageDraw, name: str, logo: bytes | None
) -> None:
    top, middle = 56, 56 + TILE_HIGH // 2
    left = EDGE
    if logo is not None:
        its = tile(logo)
        picture.paste(its, (EDGE, top + (TILE_HIGH - its.height) // 2), its)
        left += its.width + 28
    words = _clinic(name, WIDTH - EDGE - left)
    write(draw, (left, middle - words.height / 2), words, DARK)


def _clinic(name: str, width: int) -> Lines:
    """Two lines, or three small ones."""
    large = fitted(name, width, (46, 40, 36), most=2)
    whole = " ".join(large.lines) == " ".join(name.split())
    return large if whole else fitted(name, width, (32, 28), most=3)


def _put_gift(draw: ImageDraw.ImageDraw, words: Words, ink: str) -> None:
    write(draw, (EDGE, 204), fitted(words.who, INSIDE, (44, 40, 36, 32), 1, REGULAR), DARK)
    unit = Lines(font(64, BOLD), [words.unit])
    place = INSIDE - (unit.font.getlength(words.unit) + 26 if words.unit else 0)
    figure = fitted(words.figure, int(place), (216, 190, 160, 130, 104), 1)
    foot = GIFT + figure.font.size * CAPITALS / 2
    draw.text((EDGE - 6, foot), words.figure, ink, figure.font, anchor="ls")
    beside = EDGE + figure.font.getlength(words.figure) + 20
    draw.text((beside, foot), words.unit, ink, unit.font, anchor="ls")
    write(draw, (EDGE, 480), fitted(words.worth, INSIDE, (38, 34, 30), 1, REGULAR), SOFT)


def _put_panel(
    picture: Image.Image, draw: ImageDraw.ImageDraw, scan: str, link: str, ink: str
) -> None:
    picture.paste("white", (EDGE, PANEL_TOP), rounded((INSIDE, PANEL), 48))
    code = qr_modules(link)
    side = QR // code.width * code.width  # whole pixels a module: nothing is blurred
    dark = ImageOps.invert(code.resize((side, side), Image.Resampling.NEAREST))
    picture.paste(darker(ink), ((WIDTH - side) // 2, QR_TOP), dark)
    words = fitted(scan, INSIDE - 2 * EDGE, (32, 28, 24), 1, REGULAR)
    below = (QR_TOP + side + PANEL_TOP + PANEL) / 2 - words.height / 2 + 4
    write(draw, (WIDTH / 2, below), words, SOFT, anchor="m")


def _put_warning(draw: ImageDraw.ImageDraw, warning: str, ink: str) -> None:
    draw.rectangle((0, HEIGHT - FOOT, WIDTH, HEIGHT), thinned(ink, FOOT_SHADE))
    words = balanced(warning, INSIDE, (34, 30, 28), 2, REGULAR)
    top = HEIGHT - FOOT / 2 - words.height / 2
    write(draw, (WIDTH / 2, top), words, DARK, anchor="m")
