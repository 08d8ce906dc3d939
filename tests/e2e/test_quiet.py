"""Ways out under the messages themselves, and an owner's word on advertising: over the wire."""

import re
from collections.abc import AsyncIterator

import pytest

from sandbox.clinic import ANNA_ID, OLEG_ID, STAFF_CHAT_ID
from tests.e2e.desk import connect, join
from tests.e2e.people import Message, Person
from tests.e2e.test_rating import ASKED, DAY, HOUR, asked, noon, still, visited
from tests.support.bots import Clinic, open_clinic

LEGAL = "Имеются противопоказания, необходима консультация специалиста."


@pytest.fixture(scope="module")
async def clinic(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Clinic]:
    """One of its own: here time passes."""
    async with open_clinic(tmp_path_factory.mktemp("quiet")) as clinic:
        oleg, here = clinic.world.person(OLEG_ID), clinic.world.person(OLEG_ID, STAFF_CHAT_ID)
        await oleg.start()
        await connect(here, "Ленина")
        await join(clinic.world.person(ANNA_ID, STAFF_CHAT_ID), here)
        yield clinic


@pytest.fixture
def oleg(clinic: Clinic) -> Person:
    return clinic.world.person(OLEG_ID)


@pytest.fixture
def anna(clinic: Clinic) -> Person:
    return clinic.world.person(ANNA_ID, STAFF_CHAT_ID)


@pytest.fixture
async def maria(registered) -> Person:
    return await registered("Мария")


async def presses(person: Person, message: Message, label: str, *, late: bool = False) -> None:
    await person.presses_button(message.id, message.button(label)["callback_data"], late=late)


def questions(maria: Person) -> list[Message]:
    """Those that have come since she did anything; her code's screen is redrawn meanwhile."""
    return [one for one in maria.heard() if ASKED in one.text.lower()]


def read(message: Message) -> str:
    return re.sub("[\u2068\u2069]", "", message.text).replace("\u00a0", " ")


async def test_care_is_switched_off_from_a_rating_and_undone_where_it_was_pressed(
    clinic, maria, anna
):
    await noon(clinic)
    await visited(maria, anna)
    question = await asked(clinic, maria)
    await presses(maria, question, "Больше не спрашивать")
    off = await maria.sees("больше не будем спрашивать")
    assert off.id == question.id
    assert "Напоминания о записи и чеки придут как прежде" in read(off)
    assert off.labels == ["Вернуть"]
    await presses(maria, question, "Больше не спрашивать", late=True)  # a second tap
    await presses(maria, off, "Вернуть")
    again = await maria.sees(re.compile(ASKED, re.IGNORECASE))
    assert (again.id, again.labels) == (question.id, question.labels)
    await presses(maria, again, "★★★★★ отлично")
    await maria.sees("нам очень приятно")


async def test_who_has_switched_it_off_gets_the_receipt_and_no_question(clinic, maria, anna):
    await noon(clinic)
    await visited(maria, anna)
    question = await asked(clinic, maria)
    await presses(maria, question, "Больше не спрашивать")
    await maria.sees("больше не будем спрашивать")

    maria.forgets()
    await clinic.world.clock_add(3 * DAY)  # the repeat's time as well
    await still(clinic)
    assert not questions(maria)
    await noon(clinic)
    await visited(maria, anna)  # sees the receipt
    maria.forgets()
    await clinic.world.clock_add(4 * HOUR)
    await still(clinic)
    assert not questions(maria)
    await maria.says("/privacy")
    mine = await maria.sees("Мои данные")
    assert "напоминания об осмотрах: не присылать" in read(mine)
    await presses(maria, mine, "Снова напоминать")
    await maria.sees("напоминания об осмотрах: присылать")
    await presses(maria, await maria.last(), "Не напоминать")
    await maria.sees("напоминания об осмотрах: не присылать")


async def test_in_the_night_a_question_waits_for_the_morning(clinic, maria, anna):
    """The bot stood still when it was due."""
    await noon(clinic)
    await visited(maria, anna)
    maria.forgets()
    await clinic.world.clock_add(11 * HOUR)  # 23:00: from 15:00 on nobody was there to send it
    await still(clinic)
    assert not questions(maria)
    await clinic.world.clock_add(11 * HOUR + 60)
    await maria.sees(re.compile(ASKED, re.IGNORECASE))


async def test_advertising_is_read_about_asked_once_more_and_stopped_at_any_moment(oleg):
    await oleg.says("/settings")
    await oleg.sees_button("Реклама")
    await oleg.presses("Реклама")
    page = await oleg.sees("Сейчас выключена")
    for told in ("Ст. 18", "Ст. 24", "Ст. 18.1", "ст. 5, ч. 10.7", "1 000 000 ₽", LEGAL):
        assert told in read(page)
    await oleg.presses("Включить")
    asked = await oleg.sees("Включить рекламу?")
    assert asked.labels == ["Пока нет", "Да, включить"]
    await oleg.presses("Пока нет")
    await oleg.sees("Сейчас выключена")
    await oleg.presses("Включить")
    await oleg.sees("Включить рекламу?")
    await oleg.presses("Да, включить")
    on = await oleg.sees(re.compile(r"Включена.*вы", re.DOTALL))
    assert on.id == page.id
    await oleg.presses("Выключить")
    await oleg.sees(re.compile(r"Выключена.*вы", re.DOTALL))
    # An old button, of before it was stopped.
    await presses(oleg, asked, "Да, включить", late=True)
    assert "другой руководитель" in (await oleg.toast()).text


async def test_the_token_of_the_register_ends_every_offer(oleg):
    await oleg.says("/settings")
    await oleg.sees_button("Реклама")
    await oleg.presses("Реклама")
    await oleg.sees("Реклама на ресурсах")
    await oleg.presses("Вписать erid")
    await oleg.sees("Пришлите токен")
    await oleg.says("какой токен")
    await oleg.sees("Не похоже на токен")
    await oleg.says("erid: 2VtzqwABC")
    page = await oleg.sees(re.compile(r"erid: 2VtzqwABC"))
    assert "Изменить erid" in page.labels
    await oleg.presses("Убрать erid")
    page = await oleg.sees_button("Вписать erid")
    assert "2VtzqwABC" not in page.text
