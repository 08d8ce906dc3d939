"""Two friends are treated, nothing is to be seen of it, and on the 1st the points are there."""

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.clock import FileClock
from db.audit import audit
from sandbox.clinic import ANNA_ID, OLEG_ID, STAFF_CHAT_ID
from tests.e2e.desk import connect, join, recorded
from tests.e2e.people import Person, plain
from tests.support.bots import Clinic, open_clinic
from tests.support.phones import fresh_phone

LINK = re.compile(r"https://t\.me/\w+\?start=(r_[\w-]+)")
MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.fixture
async def clinic(tmp_path: Path) -> AsyncIterator[Clinic]:
    """One of its own: its clock goes on by a month."""
    async with open_clinic(tmp_path) as clinic:
        yield clinic


@pytest.fixture
async def oleg(clinic) -> Person:
    oleg = clinic.world.person(OLEG_ID)
    await oleg.start()
    await oleg.sees("вы — руководитель")
    return oleg


@pytest.fixture
async def anna(clinic, oleg) -> Person:
    anna, oleg_here = (clinic.world.person(one, STAFF_CHAT_ID) for one in (ANNA_ID, OLEG_ID))
    await connect(oleg_here, "Ленина")
    await join(anna, oleg_here)
    return anna


async def registers(clinic: Clinic, name: str, card: str = "") -> Person:
    person = await clinic.world.add_person(name, phone=fresh_phone(), language="ru")
    await person.start(card)
    await person.presses("Даю согласие")
    await person.presses("📱 Отправить номер")
    await person.presses(f"{name} — верно")
    await person.presses("Пропустить")
    await person.presses("Не сейчас")
    await person.sees("это всё")
    return person


async def read(person: Person, command: str, wanted: str) -> str:
    person.forgets()
    await person.says(command)
    return plain((await person.sees(wanted)).text)


def till_the_1st(folder: Path) -> float:
    """Ten in the morning there."""
    now = FileClock(folder / "clock").now().astimezone(MOSCOW)
    later = now.replace(day=1) + timedelta(days=32)
    return (datetime(later.year, later.month, 1, 10, tzinfo=MOSCOW) - now).total_seconds()


async def test_a_card_brings_friends_and_their_visits_bring_points_on_the_1st(
    clinic, anna, oleg, tmp_path
):
    maria = await registers(clinic, "Мария")
    await maria.presses("Визитка другу")
    await maria.sees("Перешлите тому, кому пригодится")
    card = next(LINK.search(message.text)[1] for message in await maria.chat() if message.photo)
    friends = [await registers(clinic, name, card) for name in ("Вера", "Глеб")]
    for friend in friends:
        assert (await read(friend, "/balance", "1 балл = 1")).startswith("1 500 баллов")
    before = await read(maria, "/balance", "1 балл = 1")
    for friend, line in zip(friends, ("4200 0", "1000 0"), strict=True):
        await recorded(anna, friend, line)
    assert await read(maria, "/balance", "1 балл = 1") == before
    assert "екомендации" not in await read(maria, "/history", "История")

    maria.forgets()
    await clinic.world.clock_add(till_the_1st(tmp_path))
    letter = await maria.sees("За рекомендации на 1")
    assert "250 баллов, до " in plain(letter.text)
    assert "На счету 1 250 баллов." in plain(letter.text)
    await maria.presses("Мои рекомендации")
    page = plain((await maria.sees("По вашей рекомендации")).text)
    assert "пришли 2 человека" in page
    assert "Начислено: 250 баллов, до " in page
    for said in (letter.text, page):
        assert not any(name in said for name in ("Вера", "Глеб"))
    assert "За рекомендации · +250" in await read(maria, "/history", "История")
    assert (await read(maria, "/balance", "1 балл = 1")).startswith("1 250 баллов")

    oleg.forgets()
    await oleg.start()
    await oleg.presses("Рекомендации")
    assert "Из них начислено: 250." in plain((await oleg.sees("Пришли по рекомендации: 2")).text)
    await oleg.presses("Кто кого привёл")
    listed = plain((await oleg.sees("Кто кого привёл")).text)
    assert "Мария" in listed
    assert "Вера" in listed
    assert "210 баллов" in listed
    await oleg.presses("← Рекомендации")
    await oleg.presses("Лучшие")
    assert "друзей 2, платили 2 · 260 баллов" in plain((await oleg.sees("больше всех")).text)

    assert (await audit(clinic.bot.url)).differences == []
