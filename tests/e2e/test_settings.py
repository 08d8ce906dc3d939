"""Two owners change the clinic's numbers in chat, and a patient reads the new ones."""

from collections.abc import AsyncIterator

import pytest

from sandbox.clinic import ANNA_ID, IRINA_ID, OLEG_ID
from tests.e2e.people import Message, Person
from tests.support.bots import Clinic, open_clinic


@pytest.fixture(scope="module")
async def clinic(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Clinic]:
    """A clinic of its own: what changes here is nobody else's business."""
    owners = {"OWNER_IDS": f"{OLEG_ID},{IRINA_ID}"}
    async with open_clinic(tmp_path_factory.mktemp("settings"), settings=owners) as clinic:
        yield clinic


@pytest.fixture
def oleg(clinic: Clinic) -> Person:
    return clinic.world.person(OLEG_ID)


@pytest.fixture
def irina(clinic: Clinic) -> Person:
    return clinic.world.person(IRINA_ID)


async def opens(owner: Person, *labels: str) -> None:
    """Older pages have the same buttons: each is pressed where it has just appeared."""
    await owner.says("/settings")
    for label in labels:
        await owner.sees_button(label)
        await owner.presses(label)


async def types(owner: Person, words: str, *labels: str) -> Message:
    """As far as the question whether to save."""
    await opens(owner, *labels, "Изменить")
    await owner.sees("Напишите новое число")
    await owner.says(words)
    return await owner.sees_button("Сохранить")


async def test_a_number_is_changed_and_patients_read_the_new_one(oleg, registered):
    asked = await types(oleg, "25 %", "Оплата баллами", "Предел оплаты баллами")
    for fact in ("Сейчас: 30 %", "Станет: 25 %", "3 000 → 2 500"):
        assert fact in asked.text.replace("\u00a0", " ")
    await oleg.presses("Сохранить")
    assert (await oleg.sees("Сейчас: 25 %")).id == asked.id
    assert (await oleg.toast()).text == "Сохранено"

    maria = await registered("Мария")
    await maria.says("/balance")
    await maria.sees("можно оплатить до 25 % счёта")
    await maria.says("/help")
    await maria.sees("можно оплатить до 25 % счёта")


async def test_walking_about_edits_one_message_and_leads_home(oleg):
    await oleg.says("/settings")
    page = (await oleg.sees("Настройки программы")).id
    for label, sees in (
        ("Срок баллов", "Гигиена — 7 месяцев"),
        ("Терапия", "Сейчас: как у всех"),
        ("← Срок баллов", "Срок баллов за визит — 365 дней"),
        ("← Все настройки", "Настройки программы"),
        ("← Меню руководителя", "вы — руководитель"),
        ("Настройки программы", "По этим числам"),
    ):
        await oleg.presses(label)
        assert (await oleg.sees(sees)).id == page


async def test_what_can_not_be_is_refused_with_the_range_and_asked_again(oleg):
    await opens(oleg, "Уровни", "Золото: процент", "Изменить")
    await oleg.sees("Напишите новое число")
    await oleg.says("много")
    await oleg.sees("от 0 до 50")
    await oleg.says("40")
    await oleg.sees("предел щедрости — 25 %")
    await oleg.says("12,5")
    asked = await oleg.sees_button("Сохранить")
    assert "заплатил уже 300 000 ₽" in asked.text.replace("\u00a0", " ")
    await oleg.presses("← Не менять")
    await oleg.sees("Сейчас: 15 %")


async def test_a_category_gets_its_own_number_and_loses_it(oleg):
    await types(oleg, "12", "Срок баллов", "Терапия")
    await oleg.presses("Сохранить")
    await oleg.sees("Сейчас: 12 месяцев")
    await oleg.presses("Как у всех")
    await oleg.sees("Станет: как у всех")
    await oleg.presses("Сохранить")
    await oleg.sees("Сейчас: как у всех")


async def test_a_switch_is_turned_by_a_tap(oleg):
    await opens(oleg, "Виды без баллов", "Импланты", "Да, без баллов")
    await oleg.sees("2 500 → 0")
    await oleg.presses("Сохранить")
    await oleg.sees_button("Нет, как обычно")


async def test_of_two_owners_the_second_sees_the_present_number_first(oleg, irina):
    where = ("На стойке", "Списание под подпись")
    await types(oleg, "2500", *where)
    await types(irina, "2000", *where)
    await oleg.presses("Сохранить")
    await oleg.sees("Сейчас: 2 500 баллов")

    await irina.presses("Сохранить")
    await irina.sees("Сейчас: 2 500 баллов\nСтанет: 2 000 баллов")
    assert "числа изменились" in (await irina.toast()).text
    await irina.presses("Сохранить")
    await irina.sees("Сейчас: 2 000 баллов")


async def test_history_names_who_changed_what(oleg, irina):
    await types(irina, "1500", "На стойке", "Списание под подпись")
    await irina.presses("Сохранить")
    await irina.sees("Сейчас: 1 500 баллов")

    await opens(oleg, "История изменений")
    history = await oleg.sees("Списание под подпись")
    newest = history.text.replace("\u00a0", " ").split("\n\n")[1]
    assert "Ирина" in newest
    assert newest.endswith("→ 1 500 баллов")


async def test_who_is_no_owner_is_asked_what_a_patient_is_asked(clinic):
    anna = clinic.world.person(ANNA_ID)
    await anna.start()
    await anna.sees("Здравствуйте")
    await anna.says("/settings")
    await anna.sees_button("Даю согласие")
