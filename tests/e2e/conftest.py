"""One bot for all the conversations; each test brings people of its own."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.clock import SystemClock
from db.store import Store
from loyalty.desk.newcomers import record_patient
from tests.e2e.desk import connected_branch as connected_branch
from tests.e2e.people import Person
from tests.support.bots import Clinic, open_clinic
from tests.support.phones import fresh_phone

Newcomer = Callable[..., Awaitable[Person]]
Desk = Callable[..., Awaitable[None]]


@pytest.fixture(scope="session")
async def clinic(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Clinic]:
    folder: Path = tmp_path_factory.mktemp("clinic")
    async with open_clinic(folder) as clinic:
        yield clinic


@pytest.fixture
def newcomer(clinic: Clinic) -> Newcomer:
    """Adds an invented person with a phone of their own."""

    async def add(first_name: str = "Мария", **profile) -> Person:
        profile.setdefault("phone", fresh_phone())
        profile.setdefault("language", "ru")
        return await clinic.world.add_person(first_name, **profile)

    return add


@pytest.fixture
async def desk(clinic: Clinic) -> AsyncIterator[Desk]:
    """What staff would write down; the desk itself comes later, its use case is here."""
    store = Store(f"sqlite:///{clinic.bot.database}", SystemClock(), ZoneInfo("Europe/Moscow"))

    async def record(phone: str, *names: str) -> None:
        for name in names:
            await store.change(record_patient, phone, name, "Петрова")

    yield record
    await store.close()


@pytest.fixture
def registered(newcomer: Newcomer) -> Newcomer:
    """Adds a person and takes them through registration, without the optional answers."""

    async def add(first_name: str = "Мария", **profile) -> Person:
        person = await newcomer(first_name, **profile)
        await person.start()
        await person.presses("Даю согласие")
        await person.presses("📱 Отправить номер")
        await person.presses(f"{first_name} — верно")
        await person.presses("Пропустить")
        await person.presses("Не сейчас")
        await person.sees("это всё")
        return person

    return add
