"""A wallet whose owner said «Это не я», at the desk over the real bot."""

import re

import pytest

from tests.e2e.desk import CODE, Desk, pressed, recorded, shown
from tests.e2e.people import Message, Person, plain

STOPPED = "❗ Списание с этого счёта остановлено: сумма без баллов. Начисления идут."


@pytest.fixture
def anna(connected_branch: Desk) -> Person:
    return connected_branch.anna


async def stops_spending(patient: Person) -> None:
    await patient.says("/balance")
    await patient.presses("Списания: это не я")
    await patient.presses("Да, остановить")
    await patient.sees("Списания остановлены")


async def card_of(anna: Person, patient: Person, line: str) -> Message:
    await patient.says("/code")
    code = CODE.search((await patient.sees("Ваш код")).text).group()
    patient.forgets()
    return await shown(anna, f"{code} {line}", "К оплате")


@pytest.mark.parametrize("points", ["макс", "500"])
async def test_the_card_says_it_first_and_one_tap_records_without_points(anna, registered, points):
    maria = await registered("Мария")
    await stops_spending(maria)
    card = await card_of(anna, maria, f"2000 {points}")
    said = plain(card.text).splitlines()
    assert said[1:4] == [STOPPED, "Счёт 2 000 ₽", "К оплате 2 000 ₽ · начислим 100 баллов"]
    assert "Спишем" not in plain(card.text)
    assert not [label for label in card.labels if "Без списания" in label or "Списать" in label]

    await pressed(anna, card, "✅ Записать")
    assert "к оплате 2 000 ₽" in plain((await anna.sees("В кассу и МИС")).text)
    assert "Начислено 100 баллов" in plain((await maria.sees("Кассовый чек")).text)


async def test_stopped_after_the_card_was_drawn_the_sum_is_looked_at_again(anna, registered):
    maria = await registered("Мария")
    card = await card_of(anna, maria, "2000 макс")
    assert "К оплате 1 400 ₽" in plain(card.text)
    await stops_spending(maria)
    await pressed(anna, card, "✅ Записать")
    assert "Списание с этого счёта остановлено" in (await anna.toast()).text
    card = await anna.sees("К оплате 2 000 ₽")
    assert STOPPED in plain(card.text)
    maria.forgets()
    await pressed(anna, card, "✅ Записать")
    await anna.sees("В кассу и МИС: к оплате 2 000 ₽")
    await maria.sees("Кассовый чек")


async def test_a_sum_is_corrected_with_one_tap_as_well(anna, registered):
    maria = await registered("Мария")
    receipt = await recorded(anna, maria, "2000 макс")
    await stops_spending(maria)
    await pressed(anna, receipt, "Исправить сумму")
    card = await anna.sees("Исправляем запись на 2 000 ₽")
    assert STOPPED in plain(card.text)
    await anna.says("3000")
    card = await anna.sees("К оплате 3 000 ₽")
    maria.forgets()
    await pressed(anna, card, "✅ Записать")
    await maria.sees("Оплачено 3 000 ₽")


async def test_the_patient_s_card_says_it_too(anna, registered):
    maria = await registered("Мороз")
    await stops_spending(maria)
    found = await shown(anna, "/patient Мороз", "Кто на приёме?")
    await pressed(anna, found, re.compile("Мороз"))
    card = await anna.sees("Напишите сумму счёта")
    assert plain(card.text).splitlines()[1:3] == [STOPPED, "На счету 1 000 баллов"]
