"""SIGTERM under load: running handlers end, the rest waits in the inbox for the next start."""

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest

from tests.faults.crowd import PATIENCE, Crowd
from tests.faults.scene import WAYS, calm, clinic_by, only_long, table, unanswered
from tests.faults.verdict import verdict
from tests.support.bots import Clinic

pytestmark = pytest.mark.faults

REGISTERED, NEWCOMERS, QUESTIONS = 20, 10, 15  # 300 questions at once, next to registrations
TELEGRAM_TAKES = 0.1  # seconds: what is being handled lasts
STOPPED_WITHIN = 10.0


async def test_a_stop_under_load_loses_and_repeats_nothing(tmp_path):
    async with asyncio.TaskGroup() as group:
        runs = [group.create_task(stopped_and_judged(way, tmp_path)) for way in WAYS]
    rows = [run.result() for run in runs]
    table("SIGTERM under load", rows)
    for row in rows:
        assert row["exit code"] == 0
        assert row["seconds"] < STOPPED_WITHIN
        assert row["left waiting"] >= 200
        assert row["replies repeated"] == 0
        assert row["faults"] == {}


async def stopped_and_judged(way: str, folder: Path) -> dict[str, Any]:
    async with clinic_by(way, folder) as clinic:
        crowd = Crowd(clinic.world, f"stop {way}")
        visitors = [await crowd.visitor() for _ in range(REGISTERED)]
        await asyncio.gather(*(visitor.comes() for visitor in visitors))
        await clinic.world.trouble("slow", times=10**9, seconds=TELEGRAM_TAKES)
        newcomers = [await crowd.visitor() for _ in range(NEWCOMERS)]
        async with asyncio.TaskGroup() as everybody:
            for visitor in visitors:
                everybody.create_task(visitor.asks(crowd.questions(QUESTIONS)))
            for newcomer in newcomers:
                everybody.create_task(newcomer.comes())
            await answers(clinic, 50)
            stop = await stopped(clinic)
            await clinic.world.no_trouble()
            await clinic.bot.start()
        await calm(clinic)
        found = verdict(clinic, crowd.visitors)
    return {
        "by": way,
        **stop,
        **found.row,
    }


async def stopped(clinic: Clinic) -> dict[str, Any]:
    began = time.monotonic()
    code = await clinic.bot.stop(within=2 * STOPPED_WITHIN)
    seconds = time.monotonic() - began
    at_telegram = len(clinic.sandbox.world.updates)
    return {
        "exit code": code,
        "seconds": round(seconds, 2),
        "left waiting": unanswered(clinic.bot) + at_telegram,
    }


async def answers(clinic: Clinic, count: int) -> None:
    """Until the bot has said so much more."""
    world, since = clinic.world, clinic.world.seq

    def said() -> bool | None:
        spoken = [e for e in world.events if e["seq"] > since and e["type"] == "message"]
        return sum(e["message"]["from"]["is_bot"] for e in spoken) >= count or None

    await world.until(said, PATIENCE, lambda: f"{count} answers")


@only_long
async def test_a_stop_waits_for_no_telegram_that_hangs(tmp_path):
    async with clinic_by("polling", tmp_path) as clinic:
        crowd = Crowd(clinic.world, "hang")
        visitor = await crowd.visitor()
        await visitor.comes()
        await clinic.world.trouble("slow", times=10**9, seconds=20.0, method="sendMessage")
        async with asyncio.TaskGroup() as group:
            group.create_task(visitor.asks(crowd.questions(QUESTIONS)))
            await being_answered(clinic)
            stop = await stopped(clinic)
            await clinic.world.no_trouble()
            await clinic.bot.start()
        await calm(clinic)
        found = verdict(clinic, crowd.visitors)
    table("SIGTERM while Telegram hangs", [stop | {"faults": found.faults}])
    assert stop["exit code"] == 0
    assert 1 < stop["seconds"] < STOPPED_WITHIN  # a handler got its time, not all of it
    assert found.faults == {}


async def being_answered(clinic: Clinic) -> None:
    """Until all questions are in their lane, and the first one's handler waits for Telegram."""
    async with asyncio.timeout(PATIENCE):
        while (await clinic.bot.health())["updates_waiting"] < QUESTIONS:
            await asyncio.sleep(0.01)
