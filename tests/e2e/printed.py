"""The card for a friend and the poster as README shows them: drawn, no browser is needed."""

import io
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw

from loyalty.cards import Colour
from loyalty.programme import DEFAULTS
from loyalty.signboard import Signboard
from loyalty.sources import Place, Source
from screens import card_picture, kit, recommend
from screens.callbacks.kit import Paper
from screens.logos import prepared
from screens.posters import Look
from screens.texts import texts_in
from tests.support.papers import page_of

BOT = "UlybkaMolarBot"
PAYLOAD = "r_4fK2-x_9abcd"
CARD = (640, 880)
QUALITY = 82
POSTER = (620, 877)
COLOURS = 64


@dataclass(frozen=True)
class Shown:
    """One clinic as it looks: in its language, its colour, with or without a logo."""

    language: str
    clinic: str
    legal: str
    friend: str
    look: Look

    @property
    def signboard(self) -> Signboard:
        return Signboard(self.clinic, self.legal, "+7 843 212-34-56", ZoneInfo("Europe/Moscow"))


def _ring(ink: str) -> bytes:
    """A logo of nobody's."""
    picture = Image.new("RGB", (400, 400), "white")
    ImageDraw.Draw(picture).ellipse((40, 40, 360, 360), outline=ink, width=80)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return prepared(file.getvalue())


SHOWN = (
    Shown("ru", "Стоматология «Улыбка»", "ООО «Улыбка», ИНН 1655000001", "Мария", Look()),
    Shown(
        "en",
        "Ulybka Dental",
        "Ulybka LLC, INN 1655000001",
        "Emma",
        Look(Colour.BLUE, _ring("#1f5fae")),
    ),
)


def draw_all(folder: Path) -> None:
    for one in SHOWN:
        _draw_card(one, folder / f"card-{one.language}.jpg")
        _draw_poster(one, folder / f"poster-{one.language}.png")


def _draw_card(one: Shown, file: Path) -> None:
    gift = DEFAULTS.welcome + DEFAULTS.friend_gift
    words = recommend.words(texts_in(one.language), one.signboard, gift, DEFAULTS.cap, one.friend)
    link = f"https://t.me/{BOT}?start={PAYLOAD}"
    made = card_picture.drawn(words, link, one.look.colour, one.look.logo)
    with Image.open(io.BytesIO(made)) as picture:
        small = picture.resize(CARD, Image.Resampling.LANCZOS)
    small.save(file, "JPEG", quality=QUALITY, subsampling=0)


def _draw_poster(one: Shown, file: Path) -> None:
    made = kit.drawn(
        texts_in(one.language),
        Source(Place.DESK),
        BOT,
        Paper.POSTER,
        one.signboard,
        DEFAULTS,
        one.look,
    )
    small = page_of(made).resize(POSTER, Image.Resampling.LANCZOS)
    small.convert("RGB").quantize(COLOURS).save(file, optimize=True)
