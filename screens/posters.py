"""What a clinic prints and puts up: a stand of A6 and a poster of A4, one drawing in two sizes.

What it says comes in as words; where they stand and how large is here, in pixels of an A6 sheet
at 300 dpi. A sheet of A4 takes a second: never on the loop (`asyncio.to_thread`).
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image, ImageDraw

from loyalty.cards import Colour
from screens.inks import INKS, thinned
from screens.lettering import BOLD, REGULAR, Lines, balanced, fitted, write
from screens.logos import tile
from screens.pictures import qr_modules
from screens.shapes import rounded

DPI = 300
WIDTH, HEIGHT = 1240, 1748
EDGE = 60  # 5 mm: what a printer at a desk leaves white
INSIDE = WIDTH - 2 * EDGE
PAD = 72  # within the block
TEXT = INSIDE - 2 * PAD

BLOCK_TOP, BLOCK = EDGE, 580
SCAN_MIDDLE = 704
QR_TOP, QR = 806, 540  # the largest code; white all around it
ADDRESS_MIDDLE = 1432
TERMS_MIDDLE, LEGAL_MIDDLE = 1484, 1536
WARNING = 108  # the law wants a twentieth of the sheet; inside the edges this is a bit more
ROUND = 52
LOGO_GAP = 36  # from the logo to the name
FIGURES = (250, 220, 190, 160, 130, 104, 84)
QUALITY = 95
CAPITALS = 0.7  # how high figures are, of the size of the font

DARK, SOFT, WHITE = "#1c2329", "#59636c", "#ffffff"
SHADE = 0.10  # of the ink is under the warning


class Sheet(StrEnum):
    """The sizes: A4 is A6 twice as large."""

    A6 = "a6"
    A4 = "a4"


SCALE = {Sheet.A6: 1, Sheet.A4: 2}
SIZES = {Sheet.A6: (WIDTH, HEIGHT), Sheet.A4: (2480, 3508)}


@dataclass(frozen=True, slots=True)
class Words:
    """All that stands on the sheet. `figure` is the welcome, or words where there is none."""

    clinic: str
    figure: str
    unit: str
    worth: str
    scan: str
    address: str
    terms: str
    legal: str
    warning: str


@dataclass(frozen=True, slots=True)
class Look:
    """The clinic's colour and logo, as on its patients' cards."""

    colour: Colour = Colour.TEAL
    logo: bytes | None = None


def pdf(words: Words, link: str, sheet: Sheet, look: Look) -> bytes:
    """The sheet at 300 dpi, to be printed."""
    file = io.BytesIO()
    picture = _of_size(drawn(words, link, look, SCALE[sheet]), SIZES[sheet])
    size = {"quality": QUALITY, "subsampling": 0, "resolution": DPI}
    picture.save(file, "PDF", title=words.clinic, **size)
    return file.getvalue()


def _of_size(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """A sheet of A4 is a hair higher than two of A6: white above and below."""
    page = Image.new("RGB", size, WHITE)
    page.paste(picture, ((size[0] - picture.width) // 2, (size[1] - picture.height) // 2))
    return page


def drawn(words: Words, link: str, look: Look, scale: int = 1) -> Image.Image:
    """The sheet as a picture, so many times the size of A6."""
    return _Drawing(scale, look).of(words, link)


class _Drawing:
    """One sheet, in pixels of A6 whatever its size."""

    def __init__(self, scale: int, look: Look) -> None:
        self._scale, self._ink, self._logo = scale, INKS[look.colour], look.logo
        self._picture = Image.new("RGB", (WIDTH * scale, HEIGHT * scale), WHITE)
        self._draw = ImageDraw.Draw(self._picture)

    def of(self, words: Words, link: str) -> Image.Image:
        self._put_block(words)
        self._put_line(words.scan, SCAN_MIDDLE, (66, 58, 50), DARK, BOLD)
        self._put_qr(link)
        self._put_line(words.address, ADDRESS_MIDDLE, (40, 36, 32, 28), self._ink, BOLD)
        self._put_line(words.terms, TERMS_MIDDLE, (30, 28, 26), SOFT, REGULAR)
        self._put_line(words.legal, LEGAL_MIDDLE, (26, 24, 22), SOFT, REGULAR, most=2)
        self._put_warning(words.warning)
        return self._picture

    def _put_block(self, words: Words) -> None:
        """The clinic's name on top, the gift at the foot; what is left is the figure's."""
        self._round(EDGE, BLOCK_TOP, INSIDE, BLOCK, self._ink)
        left, top, foot = EDGE + PAD, BLOCK_TOP + 52, BLOCK_TOP + BLOCK - 56.0
        name = self._put_clinic(words.clinic, left, top)
        foot -= self._write_up(left, foot, self._fitted(words.worth, (48, 44, 40, 36), 1, REGULAR))
        foot -= self._write_up(left, foot - 14, self._fitted(words.unit, (78, 68, 58, 50, 44), 1))
        room = foot - 26 - top - name
        sizes = [size for size in FIGURES if size <= room] or FIGURES[-1:]
        figure = self._fitted(words.figure, sizes, most=1)
        self._put_figure(figure, left, (top + name + foot) / 2)

    def _put_clinic(self, name: str, left: int, top: int) -> float:
        """The logo and the name beside it, middle by middle; returns how high the two stand."""
        logo = tile(self._logo, self._scale) if self._logo else None
        beside = logo.width // self._scale + LOGO_GAP if logo else 0
        words = self._name(name, TEXT - beside)
        high = max(self._high(words), logo.height / self._scale if logo else 0)
        if logo:
            at = round((top + high / 2) * self._scale - logo.height / 2)
            self._picture.paste(logo, (left * self._scale, at), logo)
        self._write(left + beside, top + (high - self._high(words)) / 2, words, WHITE)
        return high

    def _name(self, name: str, width: int) -> Lines:
        """Two lines, or three small ones."""
        large = self._fitted(name, (60, 54, 48, 42), 2, width=width)
        whole = " ".join(large.lines) == " ".join(name.split())
        return large if whole else self._fitted(name, (42, 38, 34), 3, width=width)

    def _put_figure(self, figure: Lines, left: int, middle: float) -> None:
        """The stroke of the first figure, not the air before it, stands where the words begin."""
        (line,) = figure.lines
        air = figure.font.getbbox(line, anchor="ls")[0]
        at = (left * self._scale - air, middle * self._scale + figure.font.size * CAPITALS / 2)
        self._draw.text(at, line, WHITE, figure.font, anchor="ls")

    def _put_qr(self, link: str) -> None:
        """Whole pixels a module, whatever is left is margin: nothing is blurred."""
        code = qr_modules(link)
        side = QR * self._scale // code.width * code.width
        big = code.resize((side, side), Image.Resampling.NEAREST)
        top = QR_TOP * self._scale + (QR * self._scale - side) // 2
        self._picture.paste(big, ((WIDTH * self._scale - side) // 2, top))

    def _put_warning(self, warning: str) -> None:
        top = HEIGHT - EDGE - WARNING
        self._round(EDGE, top, INSIDE, WARNING, thinned(self._ink, SHADE))
        sizes = [size * self._scale for size in (42, 38, 34, 30)]
        words = balanced(warning, TEXT * self._scale, sizes, 2, REGULAR)
        self._write(WIDTH / 2, top + (WARNING - self._high(words)) / 2, words, DARK, "m")

    def _put_line(
        self, words: str, middle: int, sizes: Sequence[int], ink: str, weight: int, most: int = 1
    ) -> None:
        line = self._fitted(words, sizes, most, weight, INSIDE)
        self._write(WIDTH / 2, middle - self._high(line) / 2, line, ink, "m")

    def _fitted(
        self, words: str, sizes: Sequence[int], most: int, weight: int = BOLD, width: int = TEXT
    ) -> Lines:
        larger = [size * self._scale for size in sizes]
        return fitted(words, width * self._scale, larger, most, weight)

    def _high(self, lines: Lines) -> float:
        return lines.height / self._scale

    def _write_up(self, x: float, foot: float, lines: Lines) -> float:
        """Down to this foot; returns how high it stands."""
        self._write(x, foot - self._high(lines), lines, WHITE)
        return self._high(lines)

    def _write(self, x: float, y: float, lines: Lines, ink: str, anchor: str = "l") -> None:
        write(self._draw, (x * self._scale, y * self._scale), lines, ink, anchor)

    def _round(self, left: int, top: int, wide: int, high: int, ink: str) -> None:
        mask = rounded((wide * self._scale, high * self._scale), ROUND * self._scale)
        self._picture.paste(ink, (left * self._scale, top * self._scale), mask)
