"""QR codes to be shown and scanned."""

import io

import qrcode

LINK = "https://t.me/UlybkaMolarBot?start=p_4fK2-x_9"


def code_picture(text: str = LINK) -> bytes:
    """A PNG of a QR code."""
    file = io.BytesIO()
    qrcode.make(text).save(file)
    return file.getvalue()
