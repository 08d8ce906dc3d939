"""A wallet that owes points over the real bot: the patient and the desk read the same of it."""

import re

import pytest

from sandbox.clinic import OLEG_ID
from tests.e2e.desk import CODE, Desk, pressed, recorded, shown
from tests.e2e.people import Message, Person, plain
from tests.e2e.test_merging import written_down
from tests.e2e.test_returns import asked
from tests.support.phones import fresh_phone

OWES_60 = "Долг 60 баллов: его закроют следующие начисления."
OWES_10 = "Долг 10 баллов: его закроют следующие начисления."


@pytest.fixture
def anna(connected_branch: Desk) -> Person:
    return connected_branch.anna


@pytest.fixture
def debtor(anna, registered):
    """What she had earned yesterday is spent today, and then yesterday's money goes back."""

    async def add(name: str) -> Person:
        patient = await registered(name)
        first = await recorded(anna, patient, "4000 0 вчера")
        await recorded(anna, patient, "4000 макс")
        await pressed(anna, await asked(anna, first, "Весь визит"), "Переделка")
        patient.forgets()
        await pressed(anna, await anna.sees("Вернуть 4 000 ₽?"), "Вернуть")
        done = plain((await anna.sees("Возврат: 4 000 ₽")).text)
        assert "Снято 200 баллов\nИз них на счету не хватило 60 баллов: это долг" in done
        letter = plain((await patient.sees("Возврат за визит")).text)
        assert f"На счету 0 баллов.\n{OWES_60}" in letter
        return patient

    return add


async def read(patient: Person, command: str, wanted: str) -> str:
    await patient.says(command)
    return plain((await patient.sees(wanted)).text)


async def card_of(anna: Person, patient: Person, line: str) -> Message:
    code = CODE.search(await read(patient, "/code", "Ваш код")).group()
    patient.forgets()
    return await shown(anna, f"{code} {line}", "К оплате")


async def records(anna: Person, card: Message) -> str:
    await pressed(anna, card, next(label for label in card.labels if label.startswith("✅")))
    return plain((await anna.sees("В кассу и МИС")).text)


async def test_the_patient_reads_of_the_debt_until_it_is_repaid(anna, debtor):
    maria = await debtor("Долгарь")
    balance = await read(maria, "/balance", "0 баллов")
    assert balance.endswith(f"Сейчас баллов нет.\n\n{OWES_60}")
    assert f"Баллов на счету пока нет. {OWES_60}" in await read(maria, "/code", "Ваш код")

    await records(anna, await card_of(anna, maria, "1000 0"))
    receipt = plain((await maria.sees("Кассовый чек")).text)
    assert (
        f"Начислено 50 баллов, все они ушли в счёт долга.\nНа счету 0 баллов.\n{OWES_10}" in receipt
    )
    await records(anna, await card_of(anna, maria, "1000 0"))
    receipt = plain((await maria.sees("Кассовый чек")).text)
    assert "Начислено 40 баллов, они сохранятся до" in receipt
    assert (
        "Ещё 10 начисленных баллов ушли в счёт долга.\nНа счету 40 баллов.\nДолг закрыт." in receipt
    )

    assert "Долг" not in await read(maria, "/balance", "40 баллов")
    history = await read(maria, "/history", "История")
    assert "Визит · +50 · из них 50 в счёт долга" in history
    assert "Визит · +50 · из них 10 в счёт долга" in history
    assert "Возврат денег · −200 · 60 в долг" in history
    visits = await read(maria, "/visits", "Визиты")
    assert visits.count("баллы: +50 · из них 50 в счёт долга") == 1
    assert "Возвращено 4 000 ₽ · баллы: −200 · 60 в долг" in visits


async def test_the_desk_can_explain_what_debt_takes(anna, debtor):
    maria = await debtor("Должница")
    found = await shown(anna, "/patient Должница", "Кто на приёме?")
    await pressed(anna, found, re.compile("Должница"))
    card = await anna.sees("Напишите сумму счёта")
    assert f"На счету 0 баллов\n{OWES_60}" in plain(card.text)

    card = await card_of(anna, maria, "1000 0")
    assert "начислим 50 баллов\nиз них в счёт долга 50 баллов, останется долг 10 баллов" in plain(
        card.text
    )
    receipt = await records(anna, card)
    assert "(списано 0, начислено 50) · из них в счёт долга 50 баллов" in receipt
    assert OWES_10 in receipt

    card = await card_of(anna, maria, "1000 0")
    assert "из них в счёт долга 10 баллов, долг закроется" in plain(card.text)
    assert "Долг закрыт." in await records(anna, card)


async def test_a_merge_names_the_debt_to_who_asks_and_to_who_decides(clinic, anna, debtor):
    await debtor("Двоеручница")
    phone = fresh_phone()
    await written_down(anna, phone, "Двоеручница Вторая", 10_000)
    found = await shown(anna, "/patient Двоеручница", "Кто на приёме?")
    await pressed(anna, found, re.compile(r"Двоеручница [^В]"))
    await pressed(anna, await anna.sees("Напишите сумму счёта"), "Это один человек с…")
    await anna.sees("Кто ещё этот пациент?")
    await anna.says(phone)
    preview = await anna.sees("Объединить две записи?")
    after = f"После объединения на счету 500 баллов.\n{OWES_60}"
    for side in (" · 0 баллов · долг 60 баллов · есть бот", " · 500 баллов\n"):
        assert side in plain(preview.text)
    assert after in plain(preview.text)
    oleg = clinic.world.person(OLEG_ID)
    oleg.forgets()
    await pressed(anna, preview, "Объединить")
    question = plain((await oleg.sees("Объединить две записи одного пациента")).text)
    assert "долг 60 баллов" in question
    assert after in question
