"""The stand and the poster: a code that is read from afar, and no promise but the programme's."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from loyalty.programme import DEFAULTS
from loyalty.signboard import Signboard
from loyalty.sources import Place, Source
from screens import kit, lettering, posters
from screens.callbacks.kit import Paper
from screens.texts import LANGUAGES, texts_in
from tests.support.papers import inches_of, links_in, page_of, photographed, sent_on

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


def pdf(language: str, paper: Paper, username: str = LONGEST, board: Signboard = BOARD) -> bytes:
    return kit.drawn(texts_in(language), SOURCE, username, paper, board, DEFAULTS)


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
def test_no_word_leaves_its_place(language, board):
    """Beyond the edges a sheet is white, and so are the margins around the code."""
    words = kit.words(texts_in(language), LONGEST, board, DEFAULTS)
    page = posters.drawn(words, "https://t.me/a").convert("L")
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


def test_without_a_welcome_it_promises_none():
    words = kit.words(texts_in("ru"), "UlybkaMolarBot", BOARD, replace(DEFAULTS, welcome=0))
    said = " ".join(getattr(words, field) for field in words.__slots__)
    assert "знакомство" not in said
    assert "сразу" not in said
