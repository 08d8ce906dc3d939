"""A clinic's logo, from whatever an owner has sent to what is kept and drawn."""

import io

from PIL import Image, ImageChops, ImageOps

from loyalty.cards import NotAPictureError, PictureTooLargeError
from screens.shapes import rounded

LARGEST_SENT = 10 * 1024 * 1024  # bytes
MOST_PIXELS = 12_000_000  # a phone's photo; decoding takes four bytes and more for each
LOOKED_AT = 1600, 1600  # as large as a logo is worked on
FORMATS = "PNG", "JPEG", "WEBP"  # Pillow would read many more, some of them by other programs
SMOOTH = {"L", "LA", "RGB", "RGBA", "CMYK"}  # of these a smaller copy is made as they are
TILE_WIDE, TILE_HIGH, TILE_ROUND = 220, 120, 28
# Kept twice as large as it is drawn on a card; never half a megabyte, whatever it shows.
WIDE, HIGH = 2 * TILE_WIDE, 2 * TILE_HIGH
MARGIN = 12
ALIKE = 24  # corners that differ less are one background


def prepared(sent: bytes) -> bytes:
    """Without the empty margin around it, on white, small; as a PNG.

    Raises NotAPictureError: it can't be read. PictureTooLargeError: nobody tries to.
    """
    try:
        picture = _read(sent)
    except (PictureTooLargeError, Image.DecompressionBombError) as large:
        raise PictureTooLargeError from large
    except Exception as unreadable:  # a broken file breaks a decoder in ways of its own
        raise NotAPictureError from unreadable
    logo = _trimmed(_on_white(picture))
    logo.thumbnail((WIDE, HIGH), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    logo.save(file, "PNG", optimize=True)
    return file.getvalue()


def _read(sent: bytes) -> Image.Image:
    """Its size is known before any of it is decoded."""
    with Image.open(io.BytesIO(sent), formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise PictureTooLargeError
        opened.draft("RGB", LOOKED_AT)
        smooth = opened.mode in SMOOTH and "transparency" not in opened.info
        picture = opened if smooth else opened.convert("RGBA")
        picture.thumbnail(LOOKED_AT, reducing_gap=None)
        return ImageOps.exif_transpose(picture).convert("RGBA")


def _on_white(picture: Image.Image) -> Image.Image:
    white = Image.new("RGBA", picture.size, "white")
    white.alpha_composite(picture)
    return white.convert("RGB")


def _trimmed(logo: Image.Image) -> Image.Image:
    """Where all four corners are of one colour it is the background; a little of it stays."""
    right, low = logo.width - 1, logo.height - 1
    ground = _at(logo, (0, 0))
    corners = [_at(logo, at) for at in ((right, 0), (0, low), (right, low))]
    if any(_differ(ground, corner) for corner in corners):
        return logo
    besides = ImageChops.difference(logo, Image.new("RGB", logo.size, ground))
    box = besides.convert("L").point(lambda value: 255 if value > ALIKE else 0).getbbox()
    if box is None:
        return logo
    part = logo.crop(box)
    margin = MARGIN * max(part.size) // 100 + 1
    return ImageOps.expand(part, margin, ground)


def _at(logo: Image.Image, place: tuple[int, int]) -> tuple[int, ...]:
    pixel = logo.getpixel(place)
    assert isinstance(pixel, tuple)  # noqa: S101 (RGB has three; told to the types)
    return pixel


def _differ(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return any(abs(a - b) > ALIKE for a, b in zip(one, other, strict=True))


def tile(logo: bytes, scale: int = 1) -> Image.Image:
    """With round corners, so many times as large as it stands on a card."""
    with Image.open(io.BytesIO(logo)) as kept:
        its = kept.convert("RGBA")
    fit = min(1, TILE_WIDE / its.width, TILE_HIGH / its.height) * scale
    size = max(1, round(its.width * fit)), max(1, round(its.height * fit))
    its = its.resize(size, Image.Resampling.LANCZOS)
    white = Image.new("RGBA", its.size, "white")
    white.alpha_composite(its)
    white.putalpha(rounded(its.size, TILE_ROUND * scale))
    return white
