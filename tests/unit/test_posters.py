"""The stand and the poster: a code that is read from afar, and no promise but the programme's."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from PIL import ImageChops, ImageColor

from loyalty.cards import Colour
from loyalty.programme import DEFAULTS
from loyalty.signboard import Signboard
from loyalty.sources import Place, Source
from screens import card_picture, kit, lettering, posters
from screens.callbacks.kit import Paper
from screens.inks import INKS, thinned
from screens.logos import prepared
from screens.posters import Look
from screens.texts import LANGUAGES, texts_in
from tests.support.papers import inches_of, links_in, page_of, photographed, sent_on
from tests.unit.test_card_picture import png

BOARD = Signboard(
    "Стоматология «Улыбка»", "ООО «Улыбка», ИНН 1655000001", "+7", ZoneInfo("Europe/Moscow")
)
LONG = replace(
    BOARD, name="Стоматологическая клиника профессора Вознесенского и партнёров на Октябрьской"
)
SHORTEST, LONGEST = "Abot", "S" * 29 + "Bot"  # a bot's name in Telegram ends at 32 letters
SOURCE = Source(Place.DESK, 12)
MM = 1 / 25.4
SIZES = {Paper.STAND: (105 * MM, 148 * MM), Paper.POSTER: (210 * MM, 297 * MM)}


PLAIN, WITH_LOGO = Look(), Look(Colour.AMBER, prepared(png("white", "blue")))


def pdf(language: str, paper: Paper, username: str = LONGEST, look: Look = PLAIN) -> bytes:
    return kit.drawn(texts_in(language), SOURCE, username, paper, BOARD, DEFAULTS, look)


def qr_area(page):
    scale = page.width // posters.WIDTH
    left = (posters.WIDTH - posters.QR) // 2 - 60
    box = (left, posters.QR_TOP - 60, posters.WIDTH - left, posters.QR_TOP + posters.QR + 60)
    return page.crop([side * scale for side in box])


@pytest.mark.parametrize("username", [SHORTEST, LONGEST])
@pytest.mark.parametrize("paper", [Paper.STAND, Paper.POSTER])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_is_read_from_a_small_picture_and_from_a_bad_photo(language, paper, username):
    page = page_of(pdf(language, paper, username))
    link = f"https://t.me/{username}?start=s_desk_12"
    assert links_in(sent_on(qr_area(page))) == [link]
    assert links_in(photographed(qr_area(page))) == [link]
    assert links_in(sent_on(page, 480)) == [link]


@pytest.mark.parametrize("colour", Colour)
def test_it_is_read_in_every_colour(colour):
    page = page_of(pdf("ru", Paper.STAND, look=replace(WITH_LOGO, colour=colour)))
    for picture in (sent_on(qr_area(page)), photographed(qr_area(page)), sent_on(page, 480)):
        assert links_in(picture) == [f"https://t.me/{LONGEST}?start=s_desk_12"]


@pytest.mark.parametrize("colour", Colour)
def test_the_sheet_is_inked_in_the_clinics_colour(colour):
    words = kit.words(texts_in("ru"), LONGEST, BOARD, DEFAULTS)
    page = posters.drawn(words, "https://t.me/a", Look(colour))
    ink = ImageColor.getrgb(INKS[colour])
    assert page.getpixel((posters.WIDTH // 2, posters.BLOCK_TOP + 10)) == ink
    inks = {shade for n, shade in page.getcolors(1 << 20) if n > page.width}
    others = {ImageColor.getrgb(INKS[one]) for one in Colour if one is not colour}
    assert not inks & others


@pytest.mark.parametrize("colour", Colour)
def test_every_word_of_sheets_and_cards_is_read_in_every_colour(colour):
    ink, card = INKS[colour], card_picture
    sheet = thinned(ink, posters.SHADE)
    paper, foot = thinned(ink, card.PAPER), thinned(ink, card.FOOT_SHADE)
    pairs = [(posters.WHITE, ink), (posters.DARK, sheet), (posters.SOFT, posters.WHITE)]
    pairs += [(ink, paper), (card.DARK, paper), (card.SOFT, paper), (card.DARK, foot)]
    pairs += [(card.SOFT, "#ffffff"), (card.SOFT, thinned(ink, card.SHADE))]
    assert min(contrast(*pair) for pair in pairs) >= 4.5


def contrast(one: str, other: str) -> float:
    """As WCAG 2 counts it."""
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = (part / 255 for part in ImageColor.getrgb(colour))
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_the_logo_stands_above_the_figure_and_is_as_large_on_the_wall_as_on_the_table():
    table, wall = (blue_of(page_of(pdf("ru", paper, look=WITH_LOGO))) for paper in SIZES)
    assert wall == pytest.approx([2 * side for side in table], abs=10)  # and 6 of white above it
    left, top, right, foot = table
    assert right - left == pytest.approx(foot - top, abs=2)
    assert left > posters.EDGE + posters.PAD
    assert top > posters.BLOCK_TOP
    assert foot < posters.BLOCK_TOP + posters.BLOCK / 2


def blue_of(page):
    """Where the mark of the logo is: nothing else is blue."""
    red, _, blue = page.split()
    box = ImageChops.subtract(blue, red).point(lambda more: 255 if more > 120 else 0).getbbox()
    assert box, "no logo"
    return box


@pytest.mark.parametrize("paper", SIZES)
def test_a_sheet_is_of_its_size_at_300_dots_an_inch(paper):
    made = pdf("ru", paper)
    wide, high = inches_of(made)
    assert wide == pytest.approx(SIZES[paper][0], rel=0.001)
    assert high == pytest.approx(SIZES[paper][1], rel=0.001)
    assert page_of(made).width / wide == pytest.approx(300)


def test_the_code_alone_is_a_picture():
    assert pdf("ru", Paper.QR).startswith(b"\x89PNG")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("board", [BOARD, LONG])
@pytest.mark.parametrize("look", [PLAIN, WITH_LOGO])
def test_no_word_leaves_its_place(language, board, look):
    """Beyond the edges a sheet is white, and so are the margins around the code."""
    words = kit.words(texts_in(language), LONGEST, board, DEFAULTS)
    page = posters.drawn(words, "https://t.me/a", look).convert("L")
    edge = posters.EDGE - 1
    for side in (
        (0, 0, edge, posters.HEIGHT),
        (posters.WIDTH - edge, 0, posters.WIDTH, posters.HEIGHT),
        (0, 0, posters.WIDTH, edge),
        (0, posters.HEIGHT - edge, posters.WIDTH, posters.HEIGHT),
        (edge, posters.QR_TOP - 60, 330, posters.QR_TOP + posters.QR + 60),
    ):
        assert page.crop(side).getextrema() == (255, 255), side


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_font_has_every_letter_of_the_sheet(language):
    for programme in (DEFAULTS, replace(DEFAULTS, welcome=0)):
        words = kit.words(texts_in(language), "UlybkaMolarBot", BOARD, programme)
        for field in words.__slots__:
            assert lettering.can_write(getattr(words, field)), field


def test_the_warning_has_the_twentieth_of_the_sheet_that_the_law_wants():
    assert posters.INSIDE * posters.WARNING / (posters.WIDTH * posters.HEIGHT) > 0.05


def test_it_says_what_the_programme_gives_now():
    generous = replace(DEFAULTS, welcome=1501, welcome_months=3, cap=2500)
    words = kit.words(texts_in("ru"), "UlybkaMolarBot", BOARD, generous)
    assert words.figure.replace("\u00a0", " ") == "1 501"
    assert words.unit == "балл за знакомство"
    assert "25" in words.worth
    assert "3 месяца" in words.terms


def test_a_flower_in_the_clinics_name_is_left_out():
    blooming = replace(BOARD, name="Улыбка 🦷", legal="ООО «Улыбка» ✨")
    words = kit.words(texts_in("ru"), "UlybkaMolarBot", blooming, DEFAULTS)
    assert (words.clinic, words.legal) == ("Улыбка", "ООО «Улыбка»")


def test_without_a_welcome_it_promises_none():
    words = kit.words(texts_in("ru"), "UlybkaMolarBot", BOARD, replace(DEFAULTS, welcome=0))
    said = " ".join(getattr(words, field) for field in words.__slots__)
    assert "знакомство" not in said
    assert "сразу" not in said
