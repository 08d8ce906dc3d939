"""A card with the mouse: sent on, scanned by two friends, and on the 1st the points are there."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from db.audit import audit
from sandbox.clinic import ANNA_ID, OLEG_ID, STAFF_CHAT_ID
from tests.e2e.browser import Pane
from tests.e2e.conftest import Opens
from tests.e2e.desk import connect, join
from tests.e2e.test_posting import registers, till_the_1st
from tests.support.bots import Clinic, open_clinic
from tests.support.phones import fresh_phone

pytestmark = pytest.mark.browser

FRIENDS = {"Вера": 4_200, "Глеб": 1_000}


@pytest.fixture
async def clinic(tmp_path: Path) -> AsyncIterator[Clinic]:
    """One of its own: its clock goes on by a month."""
    async with open_clinic(tmp_path) as clinic:
        await clinic.world.person(OLEG_ID).start()
        anna, oleg = (clinic.world.person(one, STAFF_CHAT_ID) for one in (ANNA_ID, OLEG_ID))
        await connect(oleg, "Ленина")
        await join(anna, oleg)
        yield clinic


async def scans(pane: Pane, who: str) -> None:
    """Somebody photographs the picture off Maria's phone, and sits here from then on."""
    await pane.node.locator("article img").last.click()
    shown = pane.node.get_by_test_id("photo")
    await shown.get_by_role("button", name="Отсканировать как…", exact=True).click()
    chosen = pane.node.get_by_test_id("choice")
    await chosen.get_by_role("button", name=re.compile(who)).click()


async def registers_here(pane: Pane, name: str) -> None:
    await pane.sees("Вам подарили визитку: 1 500 баллов новому пациенту")
    await pane.presses("Даю согласие")
    await pane.shares_number("📱 Отправить номер", "Поделиться")
    await pane.sees("500 — подарок по визитке")
    await pane.presses(f"{name} — верно")
    await pane.presses("Пропустить")
    await pane.presses("Не сейчас")
    await pane.sees("это всё")


async def test_a_card_brings_two_friends_and_points_on_the_1st(
    clinic: Clinic, opens: Opens, tmp_path: Path
) -> None:
    maria = await registers(clinic, "Мария")
    for name in FRIENDS:
        await clinic.world.add_person(name, phone=fresh_phone(), language="ru")
    window = await opens()
    patient, desk = await window.pane("patient"), await window.pane("staff")
    await desk.becomes(ANNA_ID)
    await patient.becomes(maria.id)
    await patient.presses("Визитка другу")
    await patient.sees("Перешлите тому, кому пригодится")

    for name, bill in FRIENDS.items():
        await patient.becomes(maria.id)
        await scans(patient, name)
        await registers_here(patient, name)
        await patient.presses("Мой код")
        await desk.types(f"{await patient.reads_code()} {bill} 0")
        await desk.presses("✅ Записать")
        await patient.sees("Спасибо, что были у нас!")

    await patient.becomes(maria.id)
    await clinic.world.clock_add(till_the_1st(tmp_path))
    await patient.sees("За рекомендации на 1")
    await patient.sees("250 баллов")
    await patient.presses("Мои рекомендации")
    await patient.sees("пришли 2 человека")
    for told in (*FRIENDS, "4 200"):
        await expect(patient.node.locator(".log")).not_to_contain_text(told)
    assert (await audit(clinic.bot.url)).differences == []
