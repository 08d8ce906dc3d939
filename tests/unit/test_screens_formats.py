"""Money, rates and days as people write them."""

import pytest

from loyalty.people import Birthday
from screens import formats
from screens.texts import texts_in

RU, EN = texts_in("ru"), texts_in("en")


@pytest.mark.parametrize(
    ("kopecks", "russian", "english"),
    [
        (0, "0\u00a0₽", "0\u00a0₽"),
        (1_240_000, "12\u00a0400\u00a0₽", "12,400\u00a0₽"),
        (1_240_050, "12\u00a0400,50\u00a0₽", "12,400.50\u00a0₽"),
        (5, "0,05\u00a0₽", "0.05\u00a0₽"),
    ],
)
def test_money(kopecks, russian, english):
    assert formats.money(kopecks, RU) == russian
    assert formats.money(kopecks, EN) == english


@pytest.mark.parametrize(
    ("basis_points", "russian", "english"),
    [(3000, "30\u00a0%", "30%"), (750, "7,5\u00a0%", "7.5%"), (1, "0,01\u00a0%", "0.01%")],
)
def test_rates(basis_points, russian, english):
    assert formats.percent(basis_points, RU) == russian
    assert formats.percent(basis_points, EN) == english
    assert russian.startswith(formats.rate(basis_points, RU))


def test_points_that_move_carry_their_sign():
    assert formats.signed(1000, RU) == "+1\u00a0000"
    assert formats.signed(-1000, RU) == "\u22121\u00a0000"


def test_a_birthday_with_and_without_a_year():
    assert formats.birthday(Birthday(29, 2), RU) == "29\u00a0февраля"
    assert formats.birthday(Birthday(29, 2), EN) == "29\u00a0February"
    assert formats.birthday(Birthday(5, 3, 1980), RU) == "5\u00a0марта\u00a01980"


@pytest.mark.parametrize(
    ("part", "whole", "full"),
    [
        (0, 100, 0),
        (9, 100, 0),
        (10, 100, 1),
        (99, 100, 9),
        (100, 100, 10),
        (-5, 100, 0),
        (5, 0, 10),
    ],
)
def test_the_strip_is_full_only_at_the_end(part, whole, full):
    assert formats.bar(part, whole) == "▰" * full + "▱" * (10 - full)
