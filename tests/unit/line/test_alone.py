"""What is typed alone, as the answer to the card's question."""

import pytest

from loyalty.categories import Category
from loyalty.line.alone import NotASumError, may_be_a_name, sum_alone
from loyalty.line.line import MOST, Part

DOCTORS = ("Петрова", "Сидоров", "Иванов", "Иванова")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("4000", Part(400000)),
        ("4 000,50 ₽", Part(400050)),
        ("4000 имп Петрова", Part(400000, Category.IMPLANTS, "Петрова")),
        ("имп 4000 у Петровой", Part(400000, Category.IMPLANTS, "Петрова")),
        ("2000 Сидоров", Part(200000, None, "Сидоров")),
        ("2000 Кузнецов", Part(200000, None, "Кузнецов")),
        ("2к5 гиг", Part(250000, Category.HYGIENE)),
    ],
)
def test_a_part_is_read(text, part):
    assert sum_alone(text, DOCTORS) == (part, None)


@pytest.mark.parametrize(
    "text",
    [
        *("", "0", "имп", "Петрова", "макс", "1,500 макс", "4000 + 500", "4000 6м", "1,500"),
        *("4000 вчера", "4000 аванс", "4000 иван", "-4000", "4000 имп гиг", "4821 4000 500", "да"),
    ],
)
def test_what_is_no_part_is_refused(text):
    with pytest.raises(NotASumError):
        sum_alone(text, DOCTORS)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        *(("3000", None), ("3 000 руб", None), ("3000 макс", MOST), ("12,4 тыс max", MOST)),
        *(("3000 500б", 500), ("3000 без списания", 0)),
    ],
)
def test_points_beside_the_sum_are_read_as_in_the_line(text, points):
    assert sum_alone(text, DOCTORS)[1] == points


@pytest.mark.parametrize(
    "text",
    [
        *("Пётр Иванов", "Иванова Мария Петровна", "Анна-Мария", "О'Коннор", "О’Коннор Шон"),
        *("иванова", "Sinéad O'Connor", "Mary Ann Smith", "Иванова М. П.", "Иванова М.П.", "Ли"),
        *("Макс", "Марта Май", "Людмила", "Лев", "June May"),
    ],
)
def test_what_can_be_a_name_is_taken_for_one(text):
    assert may_be_a_name(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "ок", "Ок", "да", "Да.", "спасибо", "Спасибо Лена", "сейчас иду", "нет", "ага"),
        *("Лена, позвони Петровой", "где журнал?", "Мария!", "приём: три", "каб 3", "Мария 1985"),
        *("Лена перезвони срочно Петровой", "- -", "😀", "/start", "хорошо Оля", "thanks", "Ok"),
    ],
)
def test_talk_is_taken_for_no_name(text):
    assert not may_be_a_name(text)
