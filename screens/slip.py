"""The invitation slip: a QR that leads a walk-in to their points."""

from aiogram.types import BufferedInputFile

from loyalty.desk.slips import Slip
from screens import pictures
from screens.formats import whole
from screens.screen import Screen
from screens.texts import Texts


def slip(texts: Texts, made: Slip, link: str) -> Screen:
    """Drawing takes a while: not on the loop."""
    photo = BufferedInputFile(pictures.qr(link), "invitation.png")
    shown = whole(made.points, texts)
    if made.name:
        caption = texts("slip-caption", name=made.name, points=made.points, shown=shown)
    else:
        caption = texts("slip-caption-unnamed", points=made.points, shown=shown)
    return Screen(caption, photo=photo)
