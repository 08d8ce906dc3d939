"""The next thing that the clock brings about, as the sandbox asks for it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from db.due import next_due
from loyalty import delivery, registration, rewards
from loyalty.desk import codes
from loyalty.desk.newcomers import record_patient
from tests.db.test_correcting import desk

__all__ = ["desk"]

PHONES = "+79123450001", "+79123450002"

MARIA, MOSCOW = 1001, ZoneInfo("Europe/Moscow")


@pytest.fixture
def database(tmp_path, migrated_file) -> str:
    """Only the sandbox asks, and it plays on SQLite."""
    file = tmp_path / "molar.db"
    file.write_bytes(migrated_file.read_bytes())
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture
def due(database, clock):
    return lambda: next_due(database, clock.moment, MOSCOW)


@pytest.fixture
async def welcome_ends(store):
    await store.change(registration.consent, MARIA)
    registered = await store.change(registration.prove_phone, MARIA, "+79123456788")
    lots = await store.ask(lambda tx: tx.ledger.lots(registered.account.wallet))
    return lots[0].ends_at


def test_in_an_empty_clinic_nothing_is_due(store, due):
    assert due() is None


async def test_points_end(due, welcome_ends, clock):
    assert due() == welcome_ends
    clock.moment = welcome_ends
    assert due() is None


async def test_a_code_that_is_redrawn_is_no_event(store, due, welcome_ends):
    """It comes every quarter of an hour: nobody would get anywhere."""
    await store.change(codes.show, MARIA)
    await store.change(codes.put_on_screen, MARIA, 7)
    assert due() == welcome_ends


async def test_a_letter_waits_for_its_hour(store, due, welcome_ends, clock):
    await store.change(lambda tx: tx.outbox.put("a", "gift", 1))
    assert due() == welcome_ends  # the letter itself is due already: the scheduler has it
    [letter] = await store.change(delivery.claim, 9)
    await store.change(delivery.put_off, letter.id, timedelta(hours=3), 1)
    assert due() == clock.moment + timedelta(hours=3)


async def test_a_letter_that_was_sent_waits_for_nothing(store, due, welcome_ends):
    await store.change(lambda tx: tx.outbox.put("a", "gift", 1))
    [letter] = await store.change(delivery.claim, 9)
    await store.change(delivery.put_off, letter.id, timedelta(hours=3), 1)
    await store.change(delivery.sent, letter.id)
    assert due() == welcome_ends


async def test_the_1st_comes_where_rewards_have_gathered(store, due, desk, clock):
    """Also to who has to wait longer: that is found out then."""
    emma, friend = [await store.change(record_patient, phone, "Эмма") for phone in PHONES]
    await store.change(rewards.recommend, friend.id, emma.id)
    await desk.visit(PHONES[1], 980_00)
    first = datetime(2026, 12, 1, tzinfo=MOSCOW)
    assert due() != first  # 49 points
    await desk.visit(PHONES[1], 20_00)
    assert due() == first
    clock.moment = first
    assert due() == datetime(2027, 1, 1, tzinfo=MOSCOW)
