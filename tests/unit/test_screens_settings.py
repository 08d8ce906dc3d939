"""An owner's settings: every number can be read and changed, in both languages."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from loyalty.desk.programmes import Change, Difference, Example, Proposal
from loyalty.numbers import NUMBERS, Group, Unit, changed, number
from loyalty.programme import DEFAULTS
from screens import settings
from screens.texts import LANGUAGES, texts_in
from tests.unit.test_screens import labels, plain

NOW = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Moscow")
CHEAP, RICH = Example(3000, 500, 500), Example(2500, 700, 300)

languages = pytest.mark.parametrize("texts", list(map(texts_in, LANGUAGES)), ids=LANGUAGES)
every_number = pytest.mark.parametrize("one", NUMBERS, ids=lambda one: one.key)


def words(screen) -> str:
    return re.sub("[\u00a0\u202f]", " ", re.sub("[\u2066-\u2069]", "", plain(screen)))


@languages
def test_the_shelves_hold_every_number_once(texts):
    assert plain(settings.shelves(texts))
    on_shelves = 0
    for group in Group:
        screen = settings.shelf(texts, DEFAULTS, group)
        assert plain(screen)
        on_shelves += len(labels(screen)) - 1  # the way back
    assert on_shelves == len(NUMBERS)


@languages
@every_number
def test_every_number_is_shown_and_asked_for(texts, one):
    assert plain(settings.number(texts, DEFAULTS, one))
    assert plain(settings.write(texts, DEFAULTS, one))
    for value in (one.lowest, one.highest):
        proposal = Proposal(one, 10**6, one.read(DEFAULTS), value, 10**9, (CHEAP, RICH))
        assert plain(settings.confirm(texts, proposal))


@languages
def test_a_history_of_long_names_and_sums_fits(texts):
    difference = Difference(number("threshold-gold"), 10**9, None)
    made = [Change(NOW, by, [difference] * 2) for by in range(10)]
    screen = settings.changes(texts, made, dict.fromkeys(range(10), "Ы" * 64), ZONE)
    assert plain(screen)
    assert plain(settings.changes(texts, [], {}, ZONE))


def test_a_number_says_what_it_is_what_it_means_and_how_far_it_goes():
    screen = settings.number(texts_in("ru"), DEFAULTS, number("cap"))
    assert "Сейчас: 30 %" in words(screen)
    assert "Какую часть счёта" in words(screen)
    assert "Можно от 0 до 99 %" in words(screen)
    assert labels(screen) == ["Изменить", "← Оплата баллами"]


def test_a_change_is_shown_before_and_after_with_what_a_visit_would_be():
    before, after = Example(3000, 500, 500), Example(2500, 500, 500)
    proposal = Proposal(number("cap"), 0, 3000, 2500, 0, (before, after))
    said = words(settings.confirm(texts_in("ru"), proposal))
    assert "Сейчас: 30 %\nСтанет: 25 %" in said
    assert "визит на 10 000 ₽:\n• можно оплатить баллами: 3 000 → 2 500" in said
    assert "придёт" not in said


def test_of_a_tier_the_example_says_whose_visit_it_is():
    proposal = Proposal(number("rate-gold"), 0, 1500, 1200, 300_000_00, (CHEAP, RICH))
    said = words(settings.confirm(texts_in("ru"), proposal))
    assert "у пациента, который заплатил уже 300 000 ₽" in said


def test_a_switch_is_turned_by_one_button():
    off = settings.number(texts_in("ru"), DEFAULTS, number("excluded-implants"))
    assert labels(off)[0] == "Да, без баллов"
    on = changed(DEFAULTS, "excluded-implants", 1)
    screen = settings.number(texts_in("ru"), on, number("excluded-implants"))
    assert labels(screen)[0] == "Нет, как обычно"


def test_an_own_number_can_be_taken_away_only_where_there_is_one():
    texts = texts_in("ru")
    absent = settings.number(texts, DEFAULTS, number("cap-implants"))
    assert "Сейчас: как у всех" in words(absent)
    assert "Как у всех" not in labels(absent)
    there = changed(DEFAULTS, "cap-implants", 1000)
    assert "Как у всех" in labels(settings.number(texts, there, number("cap-implants")))
    assert "Не приглашать" in labels(settings.number(texts, DEFAULTS, number("recall-hygiene")))


def test_history_is_dated_by_the_clinics_clock():
    made = [Change(NOW, 1005, [Difference(number("cap-implants"), None, 1000)])]
    said = words(settings.changes(texts_in("ru"), made, {1005: "Олег"}, ZONE))
    assert "21 ноября 2026, 23:30 · Олег\nСвой предел · Импланты: как у всех → 10 %" in said


def test_every_unit_is_written_with_its_own_word():
    said = {
        one.unit: settings.shown(texts_in("ru"), one, one.lowest)
        for one in NUMBERS
        if one.unit is not Unit.SWITCH
    }
    assert len(set(said.values())) == len(Unit) - 1
