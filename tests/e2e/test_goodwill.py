"""Points that have ended are given back over the real bot: the desk, the patient, the history."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clock import SystemClock
from db.store import Store
from loyalty.people import Patient
from loyalty.points import Credit, Kind, Reason
from tests.e2e.desk import Desk
from tests.e2e.people import Person
from tests.e2e.test_corrections import pressed, shown


@pytest.fixture
def anna(connected_branch: Desk) -> Person:
    return connected_branch.anna


def ended_yesterday(tx, name: str, points: int) -> None:
    patient: Patient = tx.people.patients_by_name([[name]], 1)[0]
    operation = tx.ledger.add_operation(f"test:{name}", Kind.WELCOME, "")
    entry = tx.ledger.add_entry(operation, patient.wallet, points)
    lot = Credit(patient.wallet, Reason.GIFT, points, tx.now - timedelta(days=1))
    tx.ledger.allocate(entry, tx.ledger.add_lot(operation, lot), points)


async def test_what_ended_yesterday_comes_back(clinic, anna, registered):
    maria = await registered("Аделаида")
    store = Store(clinic.bot.url, SystemClock(), ZoneInfo("Europe/Moscow"))
    await store.change(ended_yesterday, "Аделаида", 640)
    await store.close()
    maria.forgets()

    found = await shown(anna, "/patient Аделаида", "Кто на приёме?")
    await anna.presses_button(found.id, found.buttons[0]["callback_data"])
    await pressed(anna, await anna.sees("Напишите сумму счёта"), "Вернуть сгоревшие")
    question = await anna.sees("Вернуть сгоревшие баллы?")
    assert "Закончилось 640 баллов" in question.text.replace("\u00a0", " ")
    assert question.labels == ["Вернуть 500", "Вернуть 640", "Оставить как есть"]
    await pressed(anna, question, "Вернуть 500")

    done = await anna.sees("Возвращено 500 баллов")
    assert (done.id, done.buttons) == (question.id, [])
    await maria.sees("мы вернули вам")
    await pressed(anna, question, "Вернуть 500", late=True)  # an old button
    await shown(anna, "/patient Аделаида", "Кто на приёме?")
    maria.forgets()
    await maria.says("/history")
    assert (await maria.sees("Вернули сгоревшие")).text.count("Вернули сгоревшие") == 1
