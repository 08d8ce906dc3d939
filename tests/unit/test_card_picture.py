"""The card for a friend as a picture: its code is read from any copy, its words fit their place."""

import gc
import io
import os
import random
import struct
import zlib
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import ExifTags, Image, ImageDraw, PngImagePlugin

from loyalty.cards import Colour, NotAPictureError, PictureTooLargeError, Style
from loyalty.sharing import Shared
from loyalty.signboard import Signboard
from screens import card_picture, recommend
from screens.lettering import BOLD, can_write, fitted, writable
from screens.logos import HIGH, WIDE, prepared
from screens.texts import texts_in
from tests.support import phone_camera

ZONE = ZoneInfo("Europe/Moscow")
BOT = "UlybkaMolarBot"
LONGEST_BOT = "A" * 29 + "Bot"
PAYLOAD = "r_4fK2-x_9abcd"
LONG_CLINIC = "Центр семейной стоматологии доктора Константинопольского «Жемчужина» на Ордынке"
WARMED, GROWTH = 20, 1.2
CARDS = 1000 if os.environ.get("MOLAR_LONG") else 60


def made(language: str = "ru", clinic: str = "Улыбка", bot: str = BOT, **more) -> recommend.Card:
    facts = {"name": "Мария", "named": True, "gift": 1500, "cap": 3000, "referral": 500, "fixed": 0}
    facts |= {"style": Style(), "address": None} | more
    board = Signboard(clinic, "ООО «Улыбка»", "+7 843 000-00-00", ZONE)
    return recommend.card(texts_in(language), board, Shared(1, PAYLOAD, **facts), bot)


def picture(card: recommend.Card, logo: bytes | None = None) -> bytes:
    return card.picture(logo).data


def png(ground: str, mark: str, size=(900, 300), mode="RGB") -> bytes:
    """A logo as an owner sends it: a mark in the middle of its ground."""
    sent = Image.new(mode, size, ground)
    sent.paste(mark, (400, 100, 500, 200))
    file = io.BytesIO()
    sent.save(file, "PNG")
    return file.getvalue()


LOGO = prepared(png("white", "teal"))


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("bot", [BOT, LONGEST_BOT])
def test_the_code_is_read_from_a_small_copy_and_from_a_photo(language, bot):
    check_read(made(language, bot=bot))


@pytest.mark.parametrize("colour", Colour)
def test_it_is_read_in_every_colour(colour):
    check_read(made(style=Style(colour)))


def check_read(card: recommend.Card) -> None:
    shown = picture(card)

    assert phone_camera.codes(phone_camera.small(shown)) == [card.link]
    assert phone_camera.codes(phone_camera.photographed(shown)) == [card.link]


@pytest.mark.parametrize(
    ("clinic", "name", "gift", "logo"),
    [
        ("Ю", "Я", 1, None),
        (LONG_CLINIC, "Александра-Константина-Феодосия", 1_000_000, LOGO),
        ("Стоматологическаяполиклиника" * 4, "Анна", 0, LOGO),
    ],
)
def test_whatever_stands_there_the_code_is_read(clinic, name, gift, logo):
    card = made(clinic=clinic, name=name, gift=gift)
    assert phone_camera.codes(phone_camera.small(picture(card, logo))) == [card.link]


@pytest.mark.parametrize("words", ["Ю", LONG_CLINIC, "Стоматологическаяполиклиника" * 4])
def test_words_never_leave_their_place(words):
    fits = fitted(words, 400, (46, 40, 32), most=2, weight=BOLD)
    assert 1 <= len(fits.lines) <= 2
    assert all(fits.font.getlength(line) <= 400 for line in fits.lines)
    cut = "".join(fits.lines).replace(" ", "")
    assert words.replace(" ", "").startswith(cut.rstrip("…"))


def test_the_font_writes_the_languages_of_russia_and_says_what_it_cannot():
    for name in ("Мария", "Әлфия", "Ҡәһәрман", "Їжак", "Zoë", "Łucja"):
        assert can_write(name), name
    for name in ("მარიამ", "Նարե", "فاطمة", "🦷"):
        assert not can_write(name), name
    assert writable("🦷 Улыбка ✨") == "Улыбка"


def test_a_name_that_cannot_be_written_is_neither_shown_nor_offered():
    card = made(name="მარიამ")
    assert card.words.who == "Подарок новому пациенту"
    labels = [b.text for row in recommend.shown(texts_in("ru"), card, "x").keyboard.inline_keyboard
              for b in row]  # fmt: skip
    assert labels == ["Скопировать ссылку"]


def test_the_name_stands_there_only_by_the_persons_will():
    assert made(named=True).words.who == "Мария рекомендует"
    assert "Мария" not in repr(made(named=False).words)


def test_the_contraindication_line_takes_a_twentieth_of_the_picture():
    assert card_picture.FOOT / card_picture.HEIGHT >= 0.05
    shown = Image.open(io.BytesIO(picture(made())))
    ground = shown.getpixel((5, card_picture.HEIGHT - card_picture.FOOT // 2))
    strip = shown.crop((0, card_picture.HEIGHT - card_picture.FOOT + 4, *shown.size))
    darkest = min(value for value, _ in [(sum(c), n) for n, c in strip.getcolors(1 << 20)])
    assert darkest < sum(ground) / 3, "nothing is written there"


# --- what is drawn anew ----------------------------------------------------------------------


def test_the_same_content_has_the_same_mark_and_any_other_another():
    marks = [
        made().mark(1),
        made().mark(2),
        made("en").mark(1),
        made(clinic="Другая").mark(1),
        made(bot="OtherBot").mark(1),
        made(name="Анна").mark(1),
        made(named=False).mark(1),
        made(gift=1600).mark(1),
        made(cap=2500).mark(1),
        made(style=Style(Colour.BLUE)).mark(1),
        made(style=Style(logo="0" * 64)).mark(1),
    ]
    assert len(set(marks)) == len(marks)
    assert made().mark(1) == marks[0]
    assert made(referral=0, address="Казань").mark(1) == marks[0], "these are not drawn"


# --- logos -----------------------------------------------------------------------------------


def test_a_logo_is_kept_small_without_its_empty_margins():
    kept = Image.open(io.BytesIO(prepared(png("white", "teal"))))
    assert kept.width <= WIDE
    assert kept.height <= HIGH
    assert abs(kept.width - kept.height) <= 1, "the mark is square, its margins were not"


def test_what_is_transparent_becomes_white():
    kept = Image.open(io.BytesIO(prepared(png("#00000000", "teal", mode="RGBA"))))
    assert kept.getpixel((0, 0)) == (255, 255, 255)


def test_the_largest_logo_takes_no_more_than_half_a_megabyte():
    noise = Image.effect_noise((1280, 700), 200).convert("RGB")
    file = io.BytesIO()
    noise.save(file, "PNG")
    assert len(prepared(file.getvalue())) <= 512 * 1024


@pytest.mark.parametrize("sent", [b"", b"%PDF-1.7", png("white", "teal")[:200]])
def test_what_is_no_picture_is_refused(sent):
    with pytest.raises(NotAPictureError):
        prepared(sent)


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "DDS", "EPS", "ICO", "PPM", "PCX"])
def test_other_formats_are_nobodys_logo(kind):
    with pytest.raises(NotAPictureError):
        prepared(saved(Image.new("RGB", (64, 48), "teal"), kind))


def saved(picture: Image.Image, kind: str, **how: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **how)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_broken_file_is_no_picture_however_it_is_broken(kind):
    """Noise leaves every part of a decoder something to stumble over."""
    whole = saved(Image.effect_noise((40, 30), 90).convert("RGB"), kind)
    chance = random.Random(kind)  # noqa: S311 (no secret)
    refused = 0
    for _ in range(60):
        broken = bytearray(whole)
        for _ in range(chance.randrange(1, 6)):
            broken[chance.randrange(min(len(broken), 300))] = chance.randrange(256)
        with suppress(NotAPictureError, PictureTooLargeError):
            prepared(bytes(broken[: chance.randrange(len(broken))]))
            refused -= 1
        refused += 1
    assert refused > 20


def test_a_decoder_that_breaks_in_its_own_way_says_no_picture(monkeypatch):
    def breaks(_picture: Image.Image) -> None:
        raise NotImplementedError

    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", breaks)
    with pytest.raises(NotAPictureError):
        prepared(png("white", "teal"))


@pytest.mark.parametrize("size", [(4001, 3000), (30_000, 30_000)])
def test_a_picture_too_large_to_look_at_is_refused_by_its_header(size):
    """Nothing of it is decoded: here nothing is there."""
    with pytest.raises(PictureTooLargeError):
        prepared(headed(size))


def headed(size: tuple[int, int]) -> bytes:
    """A PNG that says how large it is, and no more."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)
    data = struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    head = struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return b"\x89PNG\r\n\x1a\n" + head + data


def test_as_many_points_as_a_photo_has_are_looked_at():
    with pytest.raises(NotAPictureError):
        prepared(headed((4000, 3000)))


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_a_photo_on_its_side_stands_up(kind):
    sideways = Image.new("RGB", (2400, 1800), "white")
    sideways.paste("teal", (300, 300, 2100, 600))
    turned = Image.Exif()
    turned[ExifTags.Base.Orientation] = 6
    kept = Image.open(io.BytesIO(prepared(saved(sideways, kind, exif=turned))))
    assert kept.height > 2 * kept.width


def test_a_logo_of_few_colours_without_a_ground_is_drawn_smoothly_on_white():
    large = Image.new("RGBA", (2000, 2000))
    ImageDraw.Draw(large).ellipse((100, 100, 1900, 1900), fill="teal")
    few = large.quantize(4)
    kept = Image.open(io.BytesIO(prepared(saved(few, "PNG")))).convert("RGB")
    assert kept.getpixel((0, 0)) == (255, 255, 255)
    assert len(kept.getcolors(1 << 18)) > 8, "its edge is a staircase"


# --- memory ----------------------------------------------------------------------------------


@pytest.mark.long
def test_cards_in_a_row_do_not_grow_memory():
    clinics = [f"Клиника {n} «Улыбка»" for n in range(CARDS + WARMED)]
    for n in range(WARMED):
        picture(made(clinic=clinics[n], style=Style(list(Colour)[n % 8])), LOGO)
    gc.collect()
    before = resident()
    for n in range(WARMED, CARDS + WARMED):
        picture(made(clinic=clinics[n], style=Style(list(Colour)[n % 8])), LOGO)
    gc.collect()
    assert resident() <= before * GROWTH, f"{before} KiB before, {resident()} KiB after {CARDS}"


def resident() -> int:
    status = Path("/proc/self/status").read_text("ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])
