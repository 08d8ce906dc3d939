"""What staff read out, and the help that teaches the staff line."""

import re
from datetime import date

import pytest

from loyalty.desk.scripts import Script
from loyalty.line.line import read
from screens import script
from screens.texts import LANGUAGES, texts_in
from tests.unit.test_screens import plain

MOST_LINES = 12
languages = pytest.mark.parametrize("texts", list(map(texts_in, LANGUAGES)), ids=LANGUAGES)


def said(name=None, *, in_bot=False, points=1000, usable=None) -> str:
    found = Script(name, in_bot, points, usable, 3000)
    words = plain(script.script(texts_in("ru"), found))
    return re.sub("[\u00a0\u202f]", " ", re.sub("[\u2066-\u2069]", "", words))


def test_a_newcomer_hears_of_the_gift_and_how_much_of_it_pays_today():
    words = said("Мария Ивановна", usable=600)
    assert "Мария Ивановна, мы перешли" in words
    assert "начислю 1 000 баллов, из них до 600 можно использовать уже сегодня" in words
    assert "1 000 баллов, их можно использовать уже сегодня" in said(usable=1000)
    assert "до 30 % счёта" in said()


def test_a_newcomer_hears_what_to_name_at_the_desk():
    assert "назовите мне четыре цифры с экрана «Мой код» или свой номер телефона" in said()
    assert "четыре цифры" not in said("Мария", in_bot=True, points=5)


def test_where_the_programme_gives_no_welcome_none_is_promised():
    assert "начислю" not in said(points=0, usable=0)


def test_who_has_the_bot_hears_of_their_own_points():
    words = said("Мария", in_bot=True, points=1240, usable=1)
    assert "Мария, на вашем счету 1 240 баллов. Сегодня можно использовать до 1 балла" in words
    assert "до 30 % счёта. Списать или оставить?" in said(in_bot=True, points=5)
    assert "За оплату лечения начисляются новые" in said(in_bot=True, points=0, usable=0)


@languages
def test_help_is_short(texts):
    words = plain(script.help_(texts))
    assert len(words.splitlines()) <= MOST_LINES
    assert plain(script.no_access(texts))


@languages
def test_every_line_that_help_teaches_can_be_read(texts):
    examples = re.findall("<code>([^/<]+)</code>", script.help_(texts).text)
    assert len(examples) >= 8
    for example in examples:
        readings = read(example.replace("\u00a0", " "), date(2026, 11, 21), ["Петрова", "Petrova"])
        assert len(readings) == 1, example
