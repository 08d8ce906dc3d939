"""Shapes to paste pictures and inks through."""

from functools import lru_cache

from PIL import Image, ImageDraw


@lru_cache(maxsize=8)
def rounded(size: tuple[int, int], radius: int) -> Image.Image:
    """A mask with round corners, drawn larger so that they are smooth."""
    wide, high = size
    large = Image.new("L", (wide * 2, high * 2), 0)
    box = (0, 0, wide * 2 - 1, high * 2 - 1)
    ImageDraw.Draw(large).rounded_rectangle(box, radius * 2, fill=255)
    return large.reduce(2)
