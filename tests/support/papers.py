"""Files that are printed or opened elsewhere, read back."""

import io
import re

import zxingcpp
from PIL import Image, ImageFilter
from python_calamine import CalamineWorkbook

POINT = 1 / 72  # of an inch

Rows = list[list[str | float]]


def page_of(pdf: bytes) -> Image.Image:
    """The picture that fills the only page."""
    assert pdf.startswith(b"%PDF"), pdf[:20]
    assert pdf.count(b"/MediaBox") == 1, "one page"
    start = pdf.index(b"\xff\xd8\xff")
    return Image.open(io.BytesIO(pdf[start : pdf.index(b"endstream", start)]))


def inches_of(pdf: bytes) -> tuple[float, float]:
    box = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", pdf)
    assert box, "no page"
    return float(box[1]) * POINT, float(box[2]) * POINT


def links_in(picture: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def sent_on(picture: Image.Image, width: int = 220) -> Image.Image:
    """As a messenger makes it: small, and a JPEG."""
    small = picture.resize((width, round(picture.height * width / picture.width)))
    return jpeg(small, 75)


def photographed(picture: Image.Image) -> Image.Image:
    """From aside, by a hand that shakes, in the evening."""
    wide, high = picture.size
    room = Image.new("L", (wide * 3 // 2, high * 3 // 2), 120)
    room.paste(picture.convert("L"), (wide // 4, high // 4))
    seen = (0.08 * wide, 0.02 * high, -0.02 * wide, 1.5 * high)
    seen += (1.42 * wide, 1.38 * high, 1.5 * wide, -0.06 * high)
    aside = room.transform(room.size, Image.Transform.QUAD, seen, Image.Resampling.BICUBIC)
    turned = aside.rotate(7, Image.Resampling.BICUBIC, fillcolor=120)
    small = turned.resize((420, round(420 * turned.height / turned.width)))
    evening = small.filter(ImageFilter.GaussianBlur(1.6)).point(lambda light: 40 + light * 0.55)
    return jpeg(evening, 50)


def jpeg(picture: Image.Image, quality: int) -> Image.Image:
    file = io.BytesIO()
    picture.convert("L").save(file, "JPEG", quality=quality)
    return Image.open(file)


def rows_of(workbook: bytes) -> Rows:
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    return book.get_sheet_by_index(0).to_python()
