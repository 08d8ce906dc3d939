"""Telegram slow, rude or away: nothing is lost, and what happens happens once."""

import asyncio
from random import Random
from typing import Any

import pytest

from sandbox import OWNER_ID, Sandbox
from sandbox.acts import perform
from tests.conftest import LONG
from tests.e2e.people import World
from tests.faults.crowd import PATIENCE, Crowd, Visitor
from tests.faults.scene import JSON_LOG, calm, only_long, table
from tests.faults.verdict import Verdict, errors_in, verdict_of
from tests.support.bots import BotProcess, Clinic
from tests.support.databases import clinic_database
from tests.support.ports import free_port

pytestmark = pytest.mark.faults

MARIA = 1001
KINDS = ("429", "502", "drop_before", "drop_after")
METHODS = ("sendMessage", "editMessageText", "answerCallbackQuery", "getUpdates")
# Somebody meets each of them; who, is chance.
EACH = [{"kind": kind, "method": method} for method in METHODS for kind in KINDS]
ANY = [{"kind": kind, "times": 3} for kind in KINDS] * 3


async def test_every_trouble_costs_nobody_anything(clinic: Clinic):
    found = await registered_through(EACH if LONG else EACH[:6], clinic)
    table("429, 502, lost requests and lost answers, each once", [found.row])
    assert found.faults == {}


@only_long
async def test_a_storm_of_troubles_costs_nobody_anything(clinic: Clinic):
    troubles = [*ANY, *EACH]
    Random("storm").shuffle(troubles)  # noqa: S311 (chance, not secrets)
    found = await registered_through(troubles, clinic)
    table("a storm of the same", [found.row])
    assert found.faults == {}


async def registered_through(troubles: list[dict[str, Any]], clinic: Clinic) -> Verdict:
    """A crowd registers and asks while all this happens."""
    past = len(clinic.bot.log)
    for trouble in troubles:
        await clinic.world.trouble(**trouble)
    crowd = Crowd(clinic.world, "troubles")
    visitors = [await crowd.visitor() for _ in range(12)]
    async with asyncio.TaskGroup() as everybody:
        for visitor in visitors:
            everybody.create_task(comes_and_asks(crowd, visitor))
    await calm(clinic)
    found = verdict_of(clinic, visitors)
    found.errors = len(errors_in(clinic.bot.log[past:]))
    return found


async def comes_and_asks(crowd: Crowd, visitor: Visitor) -> None:
    await visitor.comes()
    await visitor.asks(crowd.questions(6))


@only_long
async def test_a_bot_that_starts_before_telegram_is_there_waits_for_it(tmp_path):
    port = free_port()
    with clinic_database(tmp_path) as url:
        bot = BotProcess(tmp_path, f"http://127.0.0.1:{port}", url, settings=JSON_LOG)
        sandbox = Sandbox(clock_file=tmp_path / "clock", limits=None)
        starting = asyncio.create_task(bot.start())
        await said_in_log(bot, "telegram.away")

        perform(sandbox.world, {"person": MARIA, "chat": MARIA, "type": "start"})
        async with sandbox.running(port=port) as address, World(address) as world:
            await starting
            clinic = Clinic(sandbox, bot, world)
            visitor = await Crowd(world, "early").visitor()
            await visitor.comes()
            await calm(clinic)
            assert "Здравствуйте" in (await world.person(MARIA).last()).text
            assert await bot.stop() == 0
        bot.second.close()
    assert errors_in(bot.log) == []


async def said_in_log(bot: BotProcess, words: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while not (bot.folder / "bot.log").exists() or words not in bot.log:
            await asyncio.sleep(0.05)


async def test_an_update_that_nobody_can_read_is_set_aside_and_blocks_nobody(clinic: Clinic):
    owner = clinic.world.person(OWNER_ID)
    await owner.start()
    await owner.sees("Бот работает")
    visitor = await Crowd(clinic.world, "unreadable").visitor()
    await visitor.comes()

    queue = clinic.sandbox.world.updates
    number = queue.put("message", {"chat": {"id": visitor.person.id}, "shape": "new"}, MARIA)
    strange = queue.put("callback_query", ["not", "an", "object"], MARIA)
    await visitor.asks(["/balance", "/help"])

    await owner.sees(str(number), PATIENCE)
    await owner.sees(str(strange), PATIENCE)
    await calm(clinic)
    dead = clinic.bot.rows("SELECT update_id, fault FROM inbox WHERE state = 'dead'")
    assert dead == [(number, "unreadable"), (strange, "unreadable")]
    assert visitor.answers_and_repeats == ["/balance", "/help"]
