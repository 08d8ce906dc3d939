"""Somebody else with the same token, or on the same database: told of, survived."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession

from sandbox import OWNER_ID, SANDBOX_TOKEN
from tests.conftest import LONG
from tests.e2e.people import Message
from tests.faults.crowd import PATIENCE, Crowd
from tests.faults.scene import JSON_LOG, calm, only_long, unanswered
from tests.faults.verdict import errors_in
from tests.support.bots import BotProcess, Clinic, open_clinic

pytestmark = pytest.mark.faults

ALARM = "С этим же токеном запущен ещё один бот"


@asynccontextmanager
async def rival(address: str) -> AsyncIterator[None]:
    """Another program that polls with our token and confirms nothing."""

    async def poll() -> None:
        url = f"{address}/bot{SANDBOX_TOKEN}/getUpdates"
        async with ClientSession() as session:
            while True:
                async with session.get(url, params={"timeout": 50}) as answer:
                    await answer.read()
                    if answer.status == 200:  # it works on what it got, and we need ours
                        await asyncio.sleep(0.5)

    polling = asyncio.create_task(poll())
    try:
        yield
    finally:
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)


async def test_the_owner_hears_once_of_a_second_bot_on_the_token(clinic: Clinic):
    visitor = await Crowd(clinic.world, "rival").visitor()
    await visitor.comes()
    owner = clinic.world.person(OWNER_ID)
    await owner.start()
    await owner.sees("Бот работает")
    process, past = clinic.bot.process, len(clinic.bot.log)

    owner.forgets()
    async with rival(clinic.world.base_url):
        await owner.sees(ALARM, PATIENCE)
        await conflicts(clinic, 6 if LONG else 1)
    await visitor.asks(["/balance", "/help"])

    await calm(clinic)
    assert alarms(clinic) == 1
    assert clinic.bot.process is process
    assert process.returncode is None
    assert visitor.answers_and_repeats == ["/balance", "/help"]
    assert [line for line in errors_in(clinic.bot.log[past:]) if "telegram.rival" not in line] == []


def alarms(clinic: Clinic) -> int:
    events = clinic.world.since(0, OWNER_ID)
    said = (Message(event["message"]) for event in events if event["type"] == "message")
    return sum(ALARM in message.text for message in said)


async def conflicts(clinic: Clinic, count: int) -> None:
    """Until bot and rival have driven each other away so often."""
    journal = clinic.sandbox.world.journal
    async with asyncio.timeout(PATIENCE):
        while sum(call["error_code"] == 409 for call in journal.requests(0)) < count:
            await asyncio.sleep(0.05)


async def test_a_webhook_that_somebody_took_away_is_taken_back_and_told(tmp_path):
    async with open_clinic(tmp_path, webhook=True) as clinic:
        owner = clinic.world.person(OWNER_ID)
        await owner.start()
        await owner.sees("Бот работает")
        visitor = await Crowd(clinic.world, "hooked").visitor()
        await visitor.comes()

        url = f"{clinic.world.base_url}/bot{SANDBOX_TOKEN}/deleteWebhook"
        async with ClientSession() as session, session.get(url) as answer:
            assert (await answer.json())["result"] is True
        asked = asyncio.create_task(visitor.asks(["/balance", "/help"]))
        await clinic.world.clock_add(120)
        await owner.sees(ALARM, PATIENCE)
        await asked
        await calm(clinic)
        await clinic.world.clock_add(120)  # nobody has taken it since: it is told once
        await calm(clinic)

        assert alarms(clinic) == 1
        assert visitor.answers_and_repeats == ["/balance", "/help"]
        assert (await clinic.bot.health())["telegram"] is True


@only_long
async def test_a_second_bot_on_the_database_leaves_with_one_sentence(clinic: Clinic, tmp_path):
    visitor = await Crowd(clinic.world, "second").visitor()
    await visitor.comes()
    second = beside(clinic, tmp_path)

    with pytest.raises(AssertionError):
        await second.start()

    assert second.process.returncode == 1
    assert second.log.splitlines() == ["На этой базе уже работает бот. Остановите его и повторите."]
    await visitor.asks(["/balance", "/help"])
    await calm(clinic)
    assert visitor.answers_and_repeats == ["/balance", "/help"]
    assert unanswered(clinic.bot) == 0


def beside(clinic: Clinic, folder: Any) -> BotProcess:
    """Another process with the first one's settings, but a port of its own."""
    return BotProcess(folder, clinic.bot.telegram, clinic.bot.url, settings=JSON_LOG)
