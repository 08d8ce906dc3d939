"""Pictures as they reach a friend: small, or photographed from another screen by a moving hand."""

import io

import zxingcpp
from PIL import Image, ImageFilter

SMALL = 220
TABLE = "#6b5a48"


def codes(picture: Image.Image) -> list[str]:
    """What the QR codes in it say."""
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def small(picture: bytes, width: int = SMALL) -> Image.Image:
    """A preview in a list of chats, squeezed once more."""
    shown = _opened(picture)
    return _squeezed(shown.resize((width, round(width * shown.height / shown.width))))


def photographed(picture: bytes) -> Image.Image:
    """Askew, out of focus, at night."""
    shown = _opened(picture)
    shown = shown.resize((480, round(480 * shown.height / shown.width)))
    wide, high = shown.size
    table = Image.new("RGB", (wide + 160, high + 160), TABLE)
    table.paste(shown, (80, 80))
    corners = (30, 60, 0, high + 150, wide + 110, high + 90, wide + 170, 20)
    skewed = table.transform((700, 900), Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)
    blurred = skewed.rotate(7, expand=True).filter(ImageFilter.GaussianBlur(1.6))
    grain = Image.effect_noise(blurred.size, 40).convert("RGB")
    return _squeezed(Image.blend(blurred, grain, 0.2))


def _opened(picture: bytes) -> Image.Image:
    with Image.open(io.BytesIO(picture)) as opened:
        return opened.convert("RGB")


def _squeezed(picture: Image.Image) -> Image.Image:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=60)
    return Image.open(file)
