"""SIGKILL at any moment: every effect once, every reply at least once, in the order asked."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import pytest

from tests.conftest import LONG
from tests.faults.crowd import PATIENCE, Crowd
from tests.faults.scene import WAYS, calm, clinic_by, table, unanswered
from tests.faults.verdict import verdict
from tests.support.bots import Clinic

pytestmark = pytest.mark.faults

KILLS = 32 if LONG else 3  # with an update in flight, by each way
AT_ONCE = 16 if LONG else 12
QUESTIONS = 6
TELEGRAM_TAKES = 0.02  # seconds for a request, about as on the open internet

# After how many events a life ends: with its first answers or later; some haven't one.
LIVES = ((0, 0), (1, 5), (1, 150), (50, 300)) if LONG else ((1, 5), (1, 150))


@dataclass(frozen=True)
class Kill:
    """`in_flight`: updates in the inbox, right after the kill, that no closing write has ended."""

    after_events: int
    in_flight: int


async def test_kills_double_no_effect_and_lose_no_reply(tmp_path):
    async with asyncio.TaskGroup() as group:
        runs = [group.create_task(killed_and_judged(way, tmp_path)) for way in WAYS]
    rows = [run.result() for run in runs]
    table("kill -9 with an update in flight, during registrations", rows)
    assert all(row["in flight"] >= KILLS for row in rows)
    assert [row["faults"] for row in rows] == [{}, {}]


async def killed_and_judged(way: str, folder: Path) -> dict[str, Any]:
    async with clinic_by(way, folder) as clinic:
        await clinic.world.trouble("slow", times=10**9, seconds=TELEGRAM_TAKES)
        crowd, enough = Crowd(clinic.world, f"crowd {way}"), asyncio.Event()
        async with asyncio.TaskGroup() as group:
            group.create_task(crowd.come_until(enough, at_once=AT_ONCE, questions=QUESTIONS))
            kills = await killed_often(clinic, Random(way))  # noqa: S311 (chance, not secrets)
            enough.set()
        await calm(clinic)
        found = verdict(clinic, crowd.visitors)
    hits = [kill for kill in kills if kill.in_flight]
    return {
        "by": way,
        "kills": len(kills),
        "in flight": len(hits),
        "updates in flight (median)": median(kill.in_flight for kill in hits),
        **found.row,
    }


async def killed_often(clinic: Clinic, rng: Random) -> list[Kill]:
    """Kill and start again until enough kills have hit an update; leaves the bot running."""
    kills: list[Kill] = []
    while sum(kill.in_flight > 0 for kill in kills) < KILLS:
        assert len(kills) < 2 * KILLS, kills
        if kills:
            kills.append(await a_life(clinic, rng))
        else:
            kills.append(await killed_soon(clinic, rng))
    await clinic.bot.start()
    return kills


async def a_life(clinic: Clinic, rng: Random) -> Kill:
    """Started, and killed before it has done much, often before it has begun to serve."""
    starting = asyncio.create_task(clinic.bot.start())
    try:
        await greeted(clinic, starting)
        return await killed_soon(clinic, rng)
    finally:
        await asyncio.gather(starting, return_exceptions=True)  # it may never have come to serve


async def killed_soon(clinic: Clinic, rng: Random) -> Kill:
    events = rng.randint(*rng.choice(LIVES))
    await something_happened(clinic, events)
    await clinic.bot.kill()
    return Kill(events, unanswered(clinic.bot))


async def greeted(clinic: Clinic, starting: asyncio.Task[None]) -> None:
    """Until the new process has asked Telegram who it is."""
    journal = clinic.sandbox.world.journal
    before = journal.requests(0)[-1]["n"]
    async with asyncio.timeout(PATIENCE):
        while not any(call["method"] == "getMe" for call in journal.requests(before)):
            if starting.done():
                starting.result()  # raises what kept the bot from starting
            await asyncio.sleep(0.01)


async def something_happened(clinic: Clinic, times: int) -> None:
    """Until people and bot have said and pressed so much more."""
    world = clinic.world
    wanted = world.seq + times
    await world.until(
        lambda: True if world.seq >= wanted else None, PATIENCE, lambda: f"{times} events"
    )
