"""An appointment with the mouse: booked by a line, told, confirmed, reminded of, kept, rated."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from loyalty.hours import NEW_YEAR
from sandbox.clinic import ANNA_ID
from tests.e2e.browser import Pane
from tests.e2e.conftest import Opens
from tests.e2e.desk import open_branch
from tests.support.bots import Clinic, open_clinic
from tests.support.phones import fresh_phone

pytestmark = pytest.mark.browser

MOSCOW = ZoneInfo("Europe/Moscow")
TEN, NOON = 10, 12  # o'clock
HOUR = timedelta(hours=1)
DAYS = 2  # until the visit


@pytest.fixture
async def clinic(tmp_path: Path) -> AsyncIterator[Clinic]:
    """One of its own: its clock goes on by days. It is ten in the morning."""
    async with open_clinic(tmp_path) as clinic:
        await _past_new_year(clinic)
        await _till(clinic, TEN)
        await open_branch(clinic)
        yield clinic


async def _till(clinic: Clinic, hour: int) -> None:
    """To the next time that the clock in Moscow shows this hour."""
    here = await _now(clinic)
    then = here.replace(hour=hour, minute=0, second=5, microsecond=0)
    then += timedelta(days=then <= here)
    await clinic.world.clock_add((then - here).total_seconds())


async def _past_new_year(clinic: Clinic) -> None:
    """In the silent days nobody is asked for stars."""
    while _silent(await _now(clinic) + timedelta(days=DAYS)):
        await clinic.world.clock_add(timedelta(days=1).total_seconds())


def _silent(moment: datetime) -> bool:
    return (moment.month, moment.day) in NEW_YEAR


async def _now(clinic: Clinic) -> datetime:
    return datetime.fromtimestamp((await clinic.world.state())["now"], MOSCOW)


async def test_from_the_line_to_the_stars(clinic: Clinic, registered, opens: Opens) -> None:
    phone = fresh_phone()
    maria = await registered("Мария", phone=phone)
    window = await opens()
    patient, anna = await window.pane("patient"), await window.pane("staff")
    await anna.becomes(ANNA_ID)
    await patient.becomes(maria.id)
    day = (await _now(clinic)).date() + timedelta(days=DAYS)

    await anna.types(f"{phone} запись {day:%d.%m} 12:00 Петрова")
    await anna.sees("Такого врача нет в списке")
    await anna.presses("Добавить врача")
    await anna.sees("30 мин · врач")
    await patient.sees("Вы записаны")

    await _till(clinic, NOON)  # of today
    await _till(clinic, NOON)
    await patient.sees("Придёте?")
    await patient.presses("Приду")
    await patient.sees("Спасибо, ждём вас: завтра")
    await anna.sees("пациент подтвердил")

    await _till(clinic, TEN)
    await patient.sees("Если планы изменились")
    await _comes(patient, anna)
    await anna.sees("визит состоялся")

    await clinic.world.clock_add((3 * HOUR).total_seconds() + 60)
    await patient.sees("как прошёл визит?")
    await patient.presses("★★★★★ отлично")


async def _comes(patient: Pane, anna: Pane) -> None:
    await patient.presses("Мой код")
    await anna.types(f"{await patient.reads_code()} 12400 0")
    await anna.presses("✅ Записать")
    await patient.sees("Кассовый чек")
