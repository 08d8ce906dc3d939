"""Two administrators and a patient at the page: a visit by one line and one tap, with the mouse."""

from collections.abc import AsyncIterator

import pytest

from sandbox.clinic import ANNA_ID, IRINA_ID
from tests.e2e.browser import Pane
from tests.e2e.conftest import Opens
from tests.e2e.desk import Desk, open_branch
from tests.support.bots import Clinic, open_clinic
from tests.support.phones import fresh_phone

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
async def clinic(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Clinic]:
    """One of its own: what bills are usual is what others of this file have paid."""
    async with open_clinic(tmp_path_factory.mktemp("desk")) as clinic:
        yield clinic


@pytest.fixture(scope="module")
async def connected_branch(clinic: Clinic) -> Desk:
    return await open_branch(clinic)


@pytest.fixture
async def two_desks(opens: Opens) -> tuple[Pane, Pane, Pane]:
    """A patient's pane beside Anna's, and Irina's in a window of her own."""
    here, there = await opens(), await opens()
    patient, anna, irina = (
        await here.pane("patient"),
        await here.pane("staff"),
        await there.pane("staff"),
    )
    await anna.becomes(ANNA_ID)
    await irina.becomes(IRINA_ID)
    return patient, anna, irina


async def test_one_line_and_one_tap(connected_branch: Desk, registered, two_desks):
    """The patient presses nothing but «Мой код»; both administrators see it recorded."""
    patient, anna, irina = two_desks
    await patient.becomes((await registered("Мария")).id)

    await patient.presses("Мой код")
    await anna.types(f"{await patient.reads_code()} 12400 макс")
    await anna.sees("Спишем 1 000 баллов")
    await anna.presses("✅ Записать")

    for desk in (anna, irina):
        await desk.sees("В кассу и МИС: скидка 1 000 ₽, к оплате 11 400 ₽")
    await patient.sees("Начислено 570 баллов")


async def test_by_phone_the_patient_taps_once(connected_branch: Desk, registered, two_desks):
    patient, anna, irina = two_desks
    phone = fresh_phone()
    await patient.becomes((await registered("Мария", phone=phone)).id)

    await anna.types(f"{phone} 12400 макс")
    await anna.sees("Ждём пациента")
    await patient.presses("Да, списать")
    await irina.sees("К оплате 11 400 ₽ · начислим 570")
    await irina.presses("✅ Записать")

    for desk in (anna, irina):
        await desk.sees("Записано")
    await patient.sees("Начислено 570 баллов")
