"""What an owner reads of the places that bring people, however many branches there are."""

import pytest

from loyalty.branches import Branch
from loyalty.sources import Came, Place, Source
from screens import kit
from screens.screen import Screen, without_markup
from screens.texts import LANGUAGES, texts_in

LONGEST = "Стоматология на Ордынке " * 3 + "корпус 2"
LONGEST_MESSAGE = 4096  # Telegram's
UNSEEN = {0xA0: " ", 0x2068: None, 0x2069: None}


def branches(many: int) -> dict[int, Branch]:
    return {n: _branch(n) for n in range(1, many + 1)}


def _branch(n: int) -> Branch:
    return Branch(n, f"{LONGEST}{n}"[-80:], -n, "Europe/Moscow", "ООО", "+7 843 212-34-56")


def came(many: int) -> dict[Source, Came]:
    return {Source(place, n): Came(900, 30) for place in kit.OF_A_BRANCH for n in branches(many)}


def plain(page: Screen) -> str:
    return without_markup(page.text).translate(UNSEEN)


@pytest.mark.parametrize("many", [1, 8, 9, 90])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_places_of_any_number_of_branches_are_one_message(language, many):
    page = kit.places(texts_in(language), came(many), branches(many))
    assert len(without_markup(page.text)) <= LONGEST_MESSAGE


def test_of_many_branches_each_place_is_summed_up_and_a_branch_has_its_own_page():
    texts, there = texts_in("ru"), branches(9)
    page = plain(kit.places(texts, came(9), there))
    assert "Стойка: открыли 8 100, зарегистрировались 270" in page
    source = Source(Place.DESK, 3)
    own = plain(kit.place(texts, source, there, "Bot", texts, came(9)[source]))
    assert own.endswith(f"Стойка, {there[3].name}: открыли 900, зарегистрировались 30")
    assert "открыли" not in kit.place(texts, source, there, "Bot", texts, None).text
