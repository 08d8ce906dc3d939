"""Words on pictures: the house's font, and words that fit into the place they have.

The font is Onest (SIL Open Font License, fonts/OFL.txt): Latin and all of Cyrillic, one file for
every weight.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageDraw, ImageFont
from PIL.ImageFont import FreeTypeFont

FILE = Path(__file__).with_name("fonts") / "Onest.ttf"
REGULAR, BOLD = 420, 700
KEPT = 32  # sizes and weights, all that a card and a poster are lettered in

_ELLIPSIS = "\u2026"
_NOBODYS = "\U0010fffe"  # no font has it: this is how a missing letter looks


@dataclass(frozen=True, slots=True)
class Lines:
    """Words as they fit: which lines, of what size."""

    font: FreeTypeFont
    lines: Sequence[str]

    @property
    def step(self) -> int:
        """From one line to the next."""
        return round(self.font.size * 1.2)

    @property
    def height(self) -> int:
        return self.step * len(self.lines)


@lru_cache(maxsize=KEPT)
def font(size: int, weight: int = REGULAR) -> FreeTypeFont:
    """Without Raqm, which not every Pillow brings along: the same picture everywhere."""
    face = ImageFont.truetype(FILE, size, layout_engine=ImageFont.Layout.BASIC)
    face.set_variation_by_axes([weight])
    return face


def can_write(words: str) -> bool:
    """Whether the font has every letter of them."""
    return all(map(_has, words))


def writable(words: str) -> str:
    """The words without the letters that the font lacks: flowers and stars, mostly."""
    return " ".join("".join(letter for letter in words if _has(letter)).split())


@lru_cache(maxsize=1024)
def _has(letter: str) -> bool:
    return letter.isspace() or _shape(letter) != _shape(_NOBODYS)


def _shape(letter: str) -> tuple[tuple[int, int], bytes]:
    mask = font(20).getmask(letter)
    return mask.size, bytes(mask)


def fitted(words: str, width: int, sizes: Sequence[int], most: int, weight: int = BOLD) -> Lines:
    """The largest of these sizes in which the words take no more than `most` lines.

    What is too long in the smallest one is cut there.
    """
    for size in sizes:
        face = font(size, weight)
        lines = list(_wrapped(words, width, face))
        if len(lines) <= most and all(face.getlength(line) <= width for line in lines):
            return Lines(face, lines)
    return Lines(face, _cut(words, width, face, most))


def balanced(words: str, width: int, sizes: Sequence[int], most: int, weight: int = BOLD) -> Lines:
    """As `fitted`, with lines of about one length."""
    fits = fitted(words, width, sizes, most, weight)
    narrower = fits
    while len(narrower.lines) == len(fits.lines) and narrower.font.size == fits.font.size:
        fits, width = narrower, width - 24
        narrower = fitted(words, width, sizes, most, weight)
    return fits


def _wrapped(words: str, width: int, face: FreeTypeFont) -> Iterator[str]:
    line = ""
    for word in words.split():
        longer = f"{line} {word}" if line else word
        if line and face.getlength(longer) > width:
            yield line
            line = word
        else:
            line = longer
    yield line


def _cut(words: str, width: int, face: FreeTypeFont, most: int) -> list[str]:
    """As many lines as there is place for; a word longer than a line breaks where the line ends."""
    lines: list[str] = []
    left = " ".join(words.split())
    while left and len(lines) < most:
        line = next(_wrapped(left, width, face))
        while face.getlength(line) > width:
            line = line[:-1]
        lines.append(line)
        left = left[len(line) :].lstrip()
    if left:
        last = lines[-1]
        while face.getlength(last + _ELLIPSIS) > width:
            last = last[:-1]
        lines[-1] = last.rstrip() + _ELLIPSIS
    return lines


def write(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], words: Lines, ink: str, anchor: str = "l"
) -> None:
    """Line by line, `at` the top of the first; `anchor` is where a line begins: l, m, r."""
    x, y = at
    for n, line in enumerate(words.lines):
        top = y + n * words.step + words.step / 2
        draw.text((x, top), line, ink, words.font, anchor=f"{anchor}m")
