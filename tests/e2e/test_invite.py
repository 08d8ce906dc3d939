"""An owner takes a workbook of invitations, and the invited come by their links."""

from collections.abc import AsyncIterator, Awaitable, Callable
from zoneinfo import ZoneInfo

import pytest
from aiohttp import ClientSession

from bot.clock import SystemClock
from db.store import Store
from loyalty.desk.newcomers import record_patient
from loyalty.ports import Transaction
from loyalty.registration import CONSENT_VERSION
from sandbox.clinic import ANNA_ID, OLEG_ID
from tests.e2e.people import Person
from tests.support.bots import Clinic, open_clinic
from tests.support.papers import Rows, rows_of
from tests.support.phones import fresh_phone

Comes = Callable[..., Awaitable[str]]


@pytest.fixture(scope="module")
async def clinic(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Clinic]:
    """A clinic of its own: who is invited is counted here."""
    async with open_clinic(tmp_path_factory.mktemp("invite")) as clinic:
        yield clinic


@pytest.fixture
def oleg(clinic: Clinic) -> Person:
    return clinic.world.person(OLEG_ID)


@pytest.fixture
async def comes(clinic: Clinic) -> AsyncIterator[Comes]:
    """Somebody comes without the bot and, if asked to, agrees on paper; their phone."""
    store = Store(clinic.bot.url, SystemClock(), ZoneInfo("Europe/Moscow"))

    async def come(name: str, *, signs: bool = True) -> str:
        phone = fresh_phone()
        await store.change(write_down, phone, name, signs)
        return phone

    yield come
    await store.close()


def write_down(tx: Transaction, phone: str, name: str, signs: bool) -> None:
    patient = record_patient(tx, phone, name)
    if signs:
        tx.desk.sign_paper(patient.id, CONSENT_VERSION, ANNA_ID)


async def test_from_the_menu_to_the_file_and_from_its_links_to_the_bot(
    clinic, oleg, comes, newcomer
):
    await oleg.says("/invite")
    nobody = await oleg.sees("Можно пригласить: 0")
    assert nobody.labels == ["← Меню руководителя"]
    own, forwarded = await comes("Ольга"), await comes("Пётр")
    await comes("Вера", signs=False)

    rows = await takes_the_file(clinic, oleg)
    links = {row[1]: row[2] for row in rows[1:]}
    assert links.keys() == {own, forwarded}
    assert all(row[2] in row[3] and row[4] <= 70 for row in rows[1:])

    olga = await newcomer("Ольга", phone=own)
    await opens_and_registers(olga, links[own], knows_nothing_of="Пётр")
    assert joined(clinic, own) == [("desk", olga.id)]

    stranger = await newcomer("Игорь")
    await opens_and_registers(stranger, links[forwarded], knows_nothing_of="Пётр")
    assert joined(clinic, forwarded) == []

    await oleg.says("/invite")
    shown = await oleg.sees("Можно пригласить: 1 пациента")
    assert "уже получили: 2. Из них теперь в боте: 1." in shown.text
    again = {row[1]: row[2] for row in (await takes_the_file(clinic, oleg))[1:]}
    assert again == {forwarded: links[forwarded]}


async def takes_the_file(clinic: Clinic, owner: Person) -> Rows:
    await owner.start()
    menu = await owner.sees_button("Пригласить пациентов")
    await owner.presses_button(menu.id, menu.button("Пригласить пациентов")["callback_data"])
    await owner.sees_button("Получить файл")
    await owner.presses("Получить файл")
    sent = await owner.sees_kind("document")
    assert sent.document["name"] == "приглашения.xlsx"
    async with (
        ClientSession(clinic.world.base_url) as page,
        page.get(sent.document["url"]) as answer,
    ):
        return rows_of(await answer.read())


async def opens_and_registers(person: Person, link: str, knows_nothing_of: str) -> None:
    await person.opens(link)
    await person.sees("Здравствуйте")
    await person.presses("Даю согласие")
    await person.presses("📱 Отправить номер")
    await person.sees("Готово!")
    said = [message.text for message in await person.chat() if message.from_bot]
    assert not any(knows_nothing_of in text for text in said)


def joined(clinic: Clinic, phone: str) -> list[tuple[str, int]]:
    """Which records of this phone somebody speaks for, and who."""
    return clinic.bot.rows(
        "SELECT source, telegram_id FROM patients"
        " JOIN speaks_for ON speaks_for.patient_id = patients.id"
        " JOIN accounts ON accounts.id = account_id"
        f" WHERE patients.phone = '{phone}' AND until IS NULL"
    )
