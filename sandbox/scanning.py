"""Reading QR codes off photos, as a phone held before the screen does."""

import io
from typing import Any

from sandbox.acts.registry import found
from sandbox.errors import ActError, ApiError
from sandbox.world import World


def scanned_text(world: World, body: dict[str, Any]) -> str:
    """What the QR code says in the photo that `file_id`, or `chat` and `message_id`, names.

    Raises ActError: no such photo, no code in it, or nothing here reads codes.
    """
    try:
        upload = world.files.by_id(_file_id(world, body)).upload
    except ApiError:
        raise ActError("there is no such photo any more") from None
    return _read(upload.data)


def _file_id(world: World, body: dict[str, Any]) -> str:
    if body.get("file_id") is not None:
        return str(body["file_id"])
    chat = world.chat(body.get("chat"))
    message = found(chat.messages, body.get("message_id")) if chat else None
    if message is None or "photo" not in message.wire:
        raise ActError("there is no photo in that message")
    return str(message.wire["photo"][-1]["file_id"])


def _read(picture: bytes) -> str:
    # Loaded only when somebody scans: developers and tests have it, a clinic needs it not.
    try:
        import zxingcpp  # type: ignore[import-not-found, unused-ignore]  # may be missing
        from PIL import Image
    except ImportError:
        raise ActError("nothing here reads QR codes: install zxing-cpp") from None
    try:
        with Image.open(io.BytesIO(picture)) as image:
            codes = zxingcpp.read_barcodes(image.convert("L"))
    except OSError:
        raise ActError("that is no photo") from None
    if not codes:
        raise ActError("there is no QR code in the photo")
    return str(codes[0].text)
