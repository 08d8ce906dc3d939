"""One bot for all the conversations; each test brings people of its own."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser

from bot.clock import SystemClock
from db.store import Store
from loyalty.desk.newcomers import record_patient
from tests.e2e.browser import Pane, Window, chromium, opened
from tests.e2e.desk import connected_branch as connected_branch
from tests.e2e.people import Person
from tests.e2e.takers import dead_buttons
from tests.support.bots import Clinic, open_clinic
from tests.support.phones import fresh_phone

Opens = Callable[..., Awaitable[Window]]
Seats = Callable[..., Awaitable[Pane]]
Newcomer = Callable[..., Awaitable[Person]]
Desk = Callable[..., Awaitable[None]]


@pytest.fixture(scope="session")
async def clinic(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Clinic]:
    folder: Path = tmp_path_factory.mktemp("clinic")
    async with open_clinic(folder) as clinic:
        yield clinic
        dead = list(dead_buttons(clinic.world.events))
    assert not dead, "no handler takes these, where they were shown:\n" + "\n".join(dead)


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
    store = Store(clinic.bot.url, SystemClock(), ZoneInfo("Europe/Moscow"))

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


# --- the page in a browser -------------------------------------------------------------------


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest.fixture
async def opens(browser, clinic) -> AsyncIterator[Opens]:
    """Opens the page; by the end nothing may have gone wrong in it or gone outside."""
    windows: list[Window] = []
    async with AsyncExitStack() as stack:

        async def open_(size: str = "wide", language: str = "ru") -> Window:
            page = opened(browser, clinic.world.base_url, language=language, size=size)
            windows.append(await stack.enter_async_context(page))
            return windows[-1]

        yield open_
    assert [window.complaints for window in windows] == [[] for _ in windows]


@pytest.fixture
def seats(opens) -> Seats:
    """Seats a person at the patient's pane of a fresh page."""

    async def seat(person: Person, size: str = "wide", language: str = "ru") -> Pane:
        pane = await (await opens(size, language)).pane("patient")
        await pane.becomes(person.id)
        return pane

    return seat
