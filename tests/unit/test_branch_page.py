"""What patients read of a branch, and how it is changed: Telegram takes every screen."""

from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.branches import Branch
from loyalty.desk.branch_page import Field
from loyalty.links import LONGEST
from loyalty.signboard import Signboard
from screens import branch_page, clinic
from screens.callbacks.branch_page import PageDaysPress
from screens.hours import hours
from screens.reviews import review_buttons
from screens.texts import texts_in
from tests.unit.test_screens import BIGGEST_ID, labels, languages, plain, signboards

YANDEX = "https://yandex.ru/maps/org/1/reviews/"
FLAMP = "https://www.flamp.ru/firm/1"
LONG = "https://" + "a" * 60 + ".ru/"
LONG += "a" * (LONGEST - len(LONG))
BOARD = Signboard("Улыбка", "ООО «Улыбка»", "+7 843 000-00-00", ZoneInfo("Europe/Moscow"))
LENINA = Branch(
    1,
    "Ленина",
    -1001,
    "Europe/Moscow",
    "ООО «Улыбка»",
    "+7 843 212-34-56",
    days_off=frozenset({6}),
    address="Казань, ул. Ленина, 12",
    directions="https://yandex.ru/maps/-/x",
    reviews=(YANDEX, FLAMP),
)

branches = st.builds(
    Branch,
    id=st.integers(1, BIGGEST_ID),
    name=st.sampled_from(["Ленина", "<b>Мира & Ко</b>", "Ы" * 80]),
    chat=st.sampled_from([-1001, None]),
    zone=st.just("Europe/Moscow"),
    legal=st.just("ООО «<&>»"),
    phone=st.sampled_from(["+7 843 212-34-56", "+" + "1" * 39]),
    opens=st.just(time(8, 30)),
    closes=st.just(time(21)),
    days_off=st.frozensets(st.integers(0, 6)),
    address=st.sampled_from([None, "<i>Ленина & 12</i>", "Ы" * 200]),
    directions=st.sampled_from([None, LONG]),
    reviews=st.sampled_from([(), (YANDEX,), (LONG, FLAMP, YANDEX, YANDEX + "2")]),
)


def words(screen):
    return plain(screen).replace("\u2068", "").replace("\u2069", "").replace("\u00a0", " ")


@given(languages, signboards, branches, st.integers(0, 90), st.booleans())
def test_every_page_fits(texts, signboard, branch, many, for_owner):
    for screen in (
        clinic.clinic(texts, signboard, [branch] * many),
        clinic.branch(texts, branch),
        branch_page.pages(texts, [branch] * many),
        branch_page.page(texts, branch, for_owner=for_owner),
        branch_page.days(texts, branch),
        *(branch_page.write(texts, branch, field) for field in Field),
    ):
        assert plain(screen)


def test_of_a_single_branch_patients_see_all_there_is():
    screen = clinic.clinic(texts_in("ru"), BOARD, [LENINA])
    assert words(screen) == (
        "Улыбка\n\nКазань, ул. Ленина, 12\nТелефон: +7 843 212-34-56\n"
        "Открыто 09:00–20:00, выходной: воскресенье\n\nООО «Улыбка»"
    )
    assert labels(screen)[:3] == ["Как доехать", "Отзыв на Яндекс Картах", "Отзыв на flamp.ru"]


def test_of_several_branches_each_stands_in_brief_with_its_own_links_behind_it():
    mira = replace(LENINA, id=2, name="Мира", address=None)
    screen = clinic.clinic(texts_in("ru"), BOARD, [LENINA, mira])
    assert words(screen).count("выходной: воскресенье") == 2
    assert labels(screen)[:2] == ["Ленина", "Мира"]
    assert "Отзыв на Яндекс Картах" not in labels(screen)
    assert "Отзыв на Яндекс Картах" in labels(clinic.branch(texts_in("ru"), mira))


@pytest.mark.parametrize(
    ("days", "ru", "en"),
    [
        ([], "без выходных", "every day"),
        ([6], "выходной: воскресенье", "day off: Sunday"),
        ([6, 5], "выходные: суббота и воскресенье", "days off: Saturday and Sunday"),
    ],
)
def test_days_off_are_said_in_words(days, ru, en):
    branch = replace(LENINA, days_off=frozenset(days))
    assert hours(texts_in("ru"), branch).endswith(f", {ru}")
    assert hours(texts_in("en"), branch).endswith(f", {en}")


def test_a_review_button_opens_its_link():
    rows = review_buttons(texts_in("en"), LENINA)
    assert [(key.text, key.url) for (key,) in rows] == [
        ("Review on Yandex Maps", YANDEX),
        ("Review on flamp.ru", FLAMP),
    ]
    assert review_buttons(texts_in("en"), replace(LENINA, reviews=())) == []


def test_every_day_switches_to_what_it_is_not():
    keys = branch_page.days(texts_in("ru"), LENINA).keyboard.inline_keyboard
    days = [PageDaysPress.unpack(key.callback_data) for row in keys[:-1] for key in row]
    assert [(press.day, press.off) for press in days] == [(n, n != 6) for n in range(7)]


def test_what_is_there_can_be_taken_away():
    texts = texts_in("ru")
    for field in (Field.ADDRESS, Field.DIRECTIONS):
        assert "Убрать" in labels(branch_page.write(texts, LENINA, field))
        bare = replace(LENINA, address=None, directions=None)
        assert labels(branch_page.write(texts, bare, field)) == ["← Назад"]
    reviews = labels(branch_page.write(texts, LENINA, Field.REVIEWS))
    assert reviews == ["Яндекс Карты", "Убрать", "flamp.ru", "Убрать", "← Назад"]
