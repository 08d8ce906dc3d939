"""A visit in one line and one tap, over the real bot: what the desk and the patient see."""

import asyncio
import re

import pytest

from tests.e2e.desk import Desk, join
from tests.e2e.people import Message, Person
from tests.faults.scene import calm
from tests.support.phones import fresh_phone

CODE = re.compile(r"\d{4}")


async def code_of(patient: Person) -> str:
    """The digits on the patient's screen."""
    await patient.says("/code")
    shown = await patient.sees("Ваш код")
    return CODE.search(shown.text).group()


async def card_of(someone: Person, line: str, wanted: str = "К оплате") -> Message:
    await someone.says(line)
    return await someone.sees(wanted)


async def pressed(someone: Person, card: Message, label: str, *, late: bool = False) -> None:
    button = card.button(label)
    assert button, card
    await someone.presses_button(card.id, button["callback_data"], late=late)


async def test_a_line_and_a_tap_record_a_visit(connected_branch: Desk, registered):
    anna, maria = connected_branch.anna, await registered("Мария")
    code = await code_of(maria)

    card = await card_of(anna, f"{code} 12400 макс")
    assert "Спишем 1 000 баллов" in card.text.replace("\u00a0", " ")
    assert card.protected
    maria.forgets()
    await pressed(anna, card, "✅ Записать")
    receipt = await anna.sees("В кассу и МИС: скидка 1 000 ₽, к оплате 11 400 ₽")

    assert receipt.id == card.id
    await maria.sees("Начислено 570 баллов")


async def test_the_line_goes_once_it_is_read(clinic, connected_branch: Desk, registered):
    anna, maria = connected_branch.anna, await registered("Мария")
    line = f"{await code_of(maria)} 5000"
    await card_of(anna, line)
    await calm(clinic)

    assert line not in [message.text for message in await anna.chat()]


async def test_found_by_phone_the_patient_taps_once(connected_branch: Desk, registered):
    phone = fresh_phone()
    anna, maria = connected_branch.anna, await registered("Мария", phone=phone)
    maria.forgets()
    card = await card_of(anna, f"{phone} 12400 макс", "Ждём пациента")
    await maria.sees("списать 1 000 баллов за сегодняшний визит")

    await pressed(anna, card, "✅ Записать")
    assert "ещё не подтвердил" in (await anna.toast()).text
    anna.forgets()
    await maria.presses("Да, списать")
    redrawn = await anna.sees(re.compile("К оплате 11 400 ₽ · начислим 570"))
    await pressed(anna, redrawn, "✅ Записать")

    await anna.sees("скидка 1 000 ₽")


async def test_somebody_else_of_a_phone_is_asked_about_as_it_is(connected_branch: Desk, registered):
    phone = fresh_phone()
    anna = connected_branch.anna
    await registered("Мария", phone=phone)
    card = await card_of(anna, f"{phone} 12400 0")
    await pressed(anna, card, "Не тот пациент")
    card = await anna.sees_button("Другой, тот же номер")
    await pressed(anna, card, "Другой, тот же номер")
    asked = await anna.sees("Кто на приёме")
    assert "у нас один человек" in asked.text


async def test_an_own_account_is_a_colleague_s_to_record(connected_branch: Desk, registered):
    vera = await registered("Вера")
    here = vera.within(connected_branch.chat)
    await here.joins()
    await join(here, connected_branch.oleg_here)
    line = f"{await code_of(vera)} 12400"
    here.forgets()
    await here.says(line)
    await here.sees("Это ваш счёт, счёт близких или")
    assert not [message for message in here.heard() if "ВЕРА" in message.text]
    await card_of(connected_branch.irina, line, "ВЕРА")


async def test_an_unknown_phone_is_written_down_by_name_and_paper(connected_branch: Desk):
    anna = connected_branch.anna
    card = await card_of(anna, f"{fresh_phone()} 8000", "у нас впервые")
    await anna.says("Пётр Иванов")
    card = await anna.sees("подписано на бумаге")
    await pressed(anna, card, "Да, подписано")
    card = await anna.sees("ПЁТР И.")
    await pressed(anna, card, "✅ Записать")
    await anna.sees("Баллы: 0 → 400")


async def test_colleagues_talk_is_no_new_patients_name(clinic, connected_branch: Desk):
    anna, irina = connected_branch.anna, connected_branch.irina
    card = await card_of(anna, f"{fresh_phone()} 8000", "у нас впервые")
    theirs = await irina.says("Где журнал?")
    anna.forgets()
    talk = [
        "Лена, позвони Петровой",
        "ок",
        "Да спасибо",
        "Кабинет 3 свободен?",
        "зубная щётка это 2",
    ]
    for words in talk:
        await anna.says(words)
    await anna.says("Нижний ящик", reply_to=theirs)
    await calm(clinic)
    assert anna.heard() == []
    said = [message.text for message in await anna.chat()]
    assert {*talk, "Нижний ящик"} <= {*said}

    await anna.says("Иванова Мария Петровна")
    assert (await anna.sees("Иванова Мария Петровна")).id == card.id
    await calm(clinic)
    assert "Иванова Мария Петровна" not in [message.text for message in await anna.chat()]


async def test_a_reply_to_the_card_is_the_name_whatever_it_looks_like(connected_branch: Desk):
    anna = connected_branch.anna
    card = await card_of(anna, f"{fresh_phone()} 8000", "у нас впервые")
    await anna.says("Алиев Вагиф Али оглы", reply_to=card.id)
    assert (await anna.sees("Алиев Вагиф Али оглы")).id == card.id


async def test_a_reply_to_a_colleague_is_no_sum(clinic, connected_branch: Desk):
    anna, irina = connected_branch.anna, connected_branch.irina
    await card_of(anna, "0000", "Напишите сумму")
    theirs = await irina.says("Сколько перчаток?")
    anna.forgets()
    await anna.says("300", reply_to=theirs)
    await calm(clinic)
    assert anna.heard() == []
    await anna.says("300")
    await anna.sees("К оплате 300 ₽")


async def test_the_training_patient_changes_nothing(connected_branch: Desk):
    anna = connected_branch.anna
    card = await card_of(anna, "0000 12400 макс", "УЧЕБНЫЙ")
    await pressed(anna, card, "✅ Записать")
    await anna.sees("УЧЕБНАЯ ЗАПИСЬ")


async def test_a_sum_by_itself_is_read_as_in_the_line(connected_branch: Desk):
    anna = connected_branch.anna
    await card_of(anna, "0000", "Напишите сумму")
    await anna.says("3000 макс")
    card = await anna.sees("Спишем 900 баллов")
    for typed, read in (("3 000 руб", "3 000 ₽"), ("12к", "12 000 ₽"), ("12,4 тыс", "12 400 ₽")):
        await pressed(anna, card, "Ещё")
        await pressed(anna, await anna.sees_button("Исправить сумму"), "Исправить сумму")
        await anna.toast()
        await anna.says(typed)
        card = await anna.sees(f"Счёт {read}")


async def test_where_no_points_are_taken_max_gets_a_sentence(connected_branch: Desk):
    anna = connected_branch.anna
    card = await card_of(anna, "0000 60000 аванс", "Аванс")
    await pressed(anna, card, "Ещё")
    await pressed(anna, await anna.sees_button("Исправить сумму"), "Исправить сумму")
    await anna.toast()
    await anna.says("3000 макс")
    await anna.sees("Баллы здесь не списываются. Напишите одну сумму")
    await anna.says("3000")
    await anna.sees("Аванс 3 000 ₽")


async def test_a_line_with_two_readings_asks(connected_branch: Desk):
    anna = connected_branch.anna
    question = await card_of(anna, "0000 12.400", "по-разному")
    assert len(question.buttons) >= 2


async def test_five_presses_and_two_administrators_make_one_visit(
    clinic, connected_branch: Desk, registered
):
    anna, irina = connected_branch.anna, connected_branch.irina
    maria = await registered("Мария")
    card = await card_of(anna, f"{await code_of(maria)} 12400 макс")
    data = card.button("✅ Записать")["callback_data"]
    before = clinic.bot.rows("SELECT count(*) FROM visits")[0][0]

    presses = [(anna, irina)[n % 2].presses_button(card.id, data, late=True) for n in range(5)]
    await asyncio.gather(*presses)
    await anna.sees("В кассу и МИС")

    assert clinic.bot.rows("SELECT count(*) FROM visits")[0][0] == before + 1


async def test_an_old_card_shows_what_it_has_become(connected_branch: Desk, registered):
    anna, maria = connected_branch.anna, await registered("Мария")
    old = await card_of(anna, f"{await code_of(maria)} 12400 макс")
    await pressed(anna, old, "Без списания")
    await anna.sees(re.compile("К оплате 12 400 ₽"))

    await pressed(anna, old, "✅ Записать", late=True)

    assert "изменилась" in (await anna.toast()).text


async def test_the_same_line_within_a_minute_asks(connected_branch: Desk, registered):
    phone = fresh_phone()
    anna = connected_branch.anna
    await registered("Мария", phone=phone)
    await card_of(anna, f"{phone} 12400 0")
    again = await card_of(anna, f"{phone} 12400 0", "Такую же строку")
    assert again.button("✅ Да, записать")


async def test_another_sum_and_a_second_doctor_are_typed(connected_branch: Desk, registered):
    anna, maria = connected_branch.anna, await registered("Мария")
    card = await card_of(anna, f"{await code_of(maria)} 8000 0 гиг")
    await pressed(anna, card, "Второй врач")
    await anna.says("4 000 имп")
    card = await anna.sees("2. 4 000 ₽ · Импланты")
    await pressed(anna, card, "← К карточке")
    card = await anna.sees_button("Другое число")
    await pressed(anna, card, "Другое число")
    await anna.says("500")
    await anna.sees("Спишем 500 баллов")


async def test_the_second_sum_asks_whose_it_is(connected_branch: Desk, registered):
    anna, maria = connected_branch.anna, await registered("Мария")
    card = await card_of(anna, f"{await code_of(maria)} 8000 0")
    await pressed(anna, card, "Второй врач")
    await anna.says("4000")
    card = await anna.sees("Кто врач строки 2: 4 000 ₽?")
    assert card.labels[0] == "✅ Записать"
    await pressed(anna, card, "Другой врач")
    await anna.says("Сидорова")
    card = await anna.sees("Врача Сидорова ещё нет в списке")
    await pressed(anna, card, "Добавить в 2")
    await anna.sees("2. 4 000 ₽ · врач Сидорова")

    await pressed(anna, card, "Второй врач", late=True)
    await anna.says("1000")
    card = await anna.sees("Кто врач строки 3: 1 000 ₽?")
    await pressed(anna, card, "Сидорова")
    await anna.sees("3. 1 000 ₽ · врач Сидорова")


async def test_a_wrong_code_says_what_to_do(connected_branch: Desk):
    await card_of(connected_branch.anna, "9182 5000", "Такого кода нет")


async def test_patient_finds_by_name(connected_branch: Desk, registered):
    anna = connected_branch.anna
    await registered("Аполлинария")
    found = await card_of(anna, "/patient Аполлинария", "Кто на приёме")
    await anna.presses_button(found.id, found.buttons[0]["callback_data"])
    await anna.sees("Напишите сумму счёта")
    await anna.says("3000")
    await anna.sees(re.compile("К оплате 3 000 ₽"))


@pytest.mark.parametrize("line", ["4821 -500", "4821 20000000", "4821 12400 абракадабра7"])
async def test_nonsense_gets_a_sentence_and_records_nothing(connected_branch: Desk, line, clinic):
    before = clinic.bot.rows("SELECT count(*) FROM drafts")
    await connected_branch.anna.says(line)
    await connected_branch.anna.sees(re.compile("[А-я]"))
    assert clinic.bot.rows("SELECT count(*) FROM drafts") == before


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("7382 двенадцать", "число словами («двенадцать») не читается"),
        ("О382 5000", "в «О382» вместо цифры стоит буква"),
        ("абвг 12400 макс", "«абвг» — не код и не телефон"),
        ("/visit Лена 5000", "«Лена» — не код и не телефон"),
    ],
)
async def test_who_meant_a_line_hears_that_nothing_went_through(
    clinic, connected_branch: Desk, line, sentence
):
    tables = ("drafts", "visits", "code_misses")
    before = [clinic.bot.rows(f"SELECT count(*) FROM {name}") for name in tables]
    await connected_branch.anna.says(line)
    told = await connected_branch.anna.sees(sentence)
    assert "Ничего не записано" in told.text
    assert [clinic.bot.rows(f"SELECT count(*) FROM {name}") for name in tables] == before


async def test_colleagues_talk_unanswered(clinic, connected_branch: Desk):
    anna = connected_branch.anna
    anna.forgets()
    for talk in ("буду к 12", "Петрова перенесла на 15", "купили 2 пачки", "12 человек завтра"):
        await anna.says(talk)
    for talk in ("Оля, закажи 300 перчаток", "Лена 5000", "Лена 12 400 ₽"):
        await anna.says(talk)
    await calm(clinic)
    assert anna.heard() == []


async def test_a_patients_name_for_a_code_is_no_talk(connected_branch: Desk, desk):
    await desk(fresh_phone(), "Ксения")
    await connected_branch.anna.says("Ксения 5000")
    await connected_branch.anna.sees("Найдите пациента командой /patient Ксения")
