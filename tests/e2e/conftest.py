"""One bot for all the conversations; each test brings people of its own."""

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from tests.e2e.people import Person
from tests.support.bots import Clinic, open_clinic

numbers = itertools.count(1)

Newcomer = Callable[..., Awaitable[Person]]


@pytest.fixture(scope="session")
async def clinic(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Clinic]:
    folder: Path = tmp_path_factory.mktemp("clinic")
    async with open_clinic(folder) as clinic:
        yield clinic


@pytest.fixture
def newcomer(clinic: Clinic) -> Newcomer:
    """Adds an invented person with a phone of their own."""

    async def add(first_name: str = "Мария", **profile) -> Person:
        profile.setdefault("phone", f"+7900{next(numbers):07}")
        profile.setdefault("language", "ru")
        return await clinic.world.add_person(first_name, **profile)

    return add


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
        await person.sees("Баллы")
        return person

    return add
