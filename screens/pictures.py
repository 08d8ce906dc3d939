"""Pictures that phones read off a screen: a QR, and the code that people read aloud.

Drawing takes tens of milliseconds: never on the loop (`asyncio.to_thread`).
"""

import io

import qrcode  # type: ignore[import-untyped]  # it ships no types
from PIL import Image, ImageDraw, ImageFont
from qrcode.constants import ERROR_CORRECT_M  # type: ignore[import-untyped]  # as above

WIDTH = 640
MARGIN = 56  # the quiet zone without which a scanner finds no QR
QR = WIDTH - 2 * MARGIN
DIGITS_HIGH = 196
GAP = 24  # between the digits: they are read one by one

WHITE, BLACK, GREY = 255, 0, 176


def qr(link: str) -> bytes:
    """The link alone, as a PNG."""
    picture = _paper(QR + 2 * MARGIN)
    _put_qr(picture, link)
    return _png(picture)


def code(digits: str, link: str) -> bytes:
    """The QR, and the digits very large beneath."""
    picture = _paper(QR + 2 * MARGIN + DIGITS_HIGH)
    _put_qr(picture, link)
    middle = QR + MARGIN + (MARGIN + DIGITS_HIGH) // 2
    _put_digits(ImageDraw.Draw(picture), digits, middle)
    return _png(picture)


def no_code() -> bytes:
    """What stands there when the code has ended: nothing that could be taken for one."""
    picture = _paper(QR + 2 * MARGIN + DIGITS_HIGH)
    draw = ImageDraw.Draw(picture)
    _put_arrow(draw, MARGIN + QR // 2)
    middle = QR + MARGIN + (MARGIN + DIGITS_HIGH) // 2
    for n in range(4):
        x = WIDTH // 2 + (2 * n - 3) * 64
        draw.rounded_rectangle((x - 40, middle - 8, x + 40, middle + 8), 8, fill=GREY)
    return _png(picture)


def _paper(height: int) -> Image.Image:
    return Image.new("L", (WIDTH, height), WHITE)


def _put_qr(picture: Image.Image, link: str) -> None:
    """Whole pixels a module, whatever is left is margin: nothing is blurred."""
    small = qr_modules(link)
    side = QR // small.width * small.width
    corner = (WIDTH - side) // 2
    picture.paste(small.resize((side, side), Image.Resampling.NEAREST), (corner, corner))


def qr_modules(link: str) -> Image.Image:
    """A pixel a module, without any margin."""
    maker = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    maker.add_data(link)
    modules = maker.get_matrix()
    small = Image.new("L", (len(modules), len(modules)), WHITE)
    small.putdata([BLACK if dark else WHITE for row in modules for dark in row])
    return small


def _put_digits(draw: ImageDraw.ImageDraw, digits: str, middle: int) -> None:
    font = ImageFont.load_default(DIGITS_HIGH)
    widths = [draw.textlength(digit, font) for digit in digits]
    x = (WIDTH - sum(widths) - GAP * (len(digits) - 1)) / 2
    for digit, width in zip(digits, widths, strict=True):
        draw.text((x, middle), digit, BLACK, font, anchor="lm", stroke_width=3, stroke_fill=BLACK)
        x += width + GAP


def _put_arrow(draw: ImageDraw.ImageDraw, middle: int) -> None:
    """Round and back to its beginning, as on every button that refreshes."""
    centre, radius, wide = WIDTH // 2, 120, 24
    box = (centre - radius, middle - radius, centre + radius, middle + radius)
    draw.arc(box, 0, 290, fill=GREY, width=wide)
    tip = centre + radius - wide // 2
    draw.polygon(((tip - 60, middle), (tip + 60, middle), (tip, middle - 84)), fill=GREY)


def _png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()
