"""The scheduler dies while it delivers, and Telegram is rude besides: nothing that must arrive is
missing, nothing that must not come twice has, and of whatever is in doubt somebody hears.
"""

import asyncio
from pathlib import Path
from random import Random
from typing import Any

import pytest

from sandbox.clinic import STAFF_CHAT_ID
from tests.conftest import LONG
from tests.faults.letters import (
    KINDS,
    MUST_ARRIVE,
    NEVER_TWICE,
    PATIENCE,
    Post,
    faster,
    post_office,
    verdict,
)
from tests.faults.scene import table
from tests.support.processes import Forked

pytestmark = pytest.mark.faults

KILLS = 100 if LONG else 5
PEOPLE = 1250 if LONG else 50  # four letters each
TIMES_AS_FAST = 8
TROUBLES = ("429", "502", "drop_before", "drop_after", "429", "drop_after")
BLOCKS = 20  # every so-manieth


async def test_kills_lose_nothing_and_double_nothing_that_may_not_be(tmp_path: Path):
    chance = Random("letters")  # noqa: S311 (chance, not secrets)
    async with post_office(tmp_path, PEOPLE) as post, faster(post, TIMES_AS_FAST):
        blocked = post.block(BLOCKS)
        rude = asyncio.create_task(rudely(post, chance))
        mid_letter = [await a_life(post, chance) for _ in range(KILLS)]
        rude.cancel()
        post.sandbox._scene.play.troubles.clear()
        last = post.begin()
        await post.all_gone()
        await staff_hear(post)
        await stopped(last)
        rows = await verdict(post, blocked)
    title = f"{KILLS} kills, {sum(mid_letter)} with letters on their way, {PEOPLE * len(KINDS)}"
    table(f"{title} letters, among 429, 502, lost requests and lost answers", rows)
    judge(rows)
    assert sum(mid_letter) >= KILLS // 4, "kills that hit no letter prove little"


def judge(rows: list[dict[str, Any]]) -> None:
    of = {row["kind"]: row for row in rows}
    assert {kind: of[kind]["not in the chat"] for kind in MUST_ARRIVE} == dict.fromkeys(
        MUST_ARRIVE, 0
    )
    assert {kind: of[kind]["twice or more"] for kind in NEVER_TWICE} == dict.fromkeys(
        NEVER_TWICE, 0
    )
    assert {row["kind"]: row["of them nowhere to be seen"] for row in rows} == dict.fromkeys(
        KINDS, 0
    )


async def a_life(post: Post, chance: Random) -> bool:
    """Begun, and killed; whether letters were on their way."""
    scheduler = post.begin()
    share = 2 * post.people * len(KINDS) // KILLS
    wanted = post.asked + chance.randint(0, share)
    async with asyncio.timeout(PATIENCE):
        while post.asked < wanted and post.waiting:
            assert scheduler.returncode is None, post.logs
            await asyncio.sleep(0.005)
    await asyncio.sleep(chance.random() * 0.02)
    scheduler.send_signal(9)
    await scheduler.wait()
    sending = post.second.rows("SELECT count(*) FROM outbox WHERE state = 'sending'")
    return bool(sending[0][0])


async def rudely(post: Post, chance: Random) -> None:
    while True:
        trouble = {"kind": chance.choice(TROUBLES), "method": "sendMessage", "retry_after": 2}
        post.sandbox._scene.play.troubles.order(trouble)
        await asyncio.sleep(0.1 + chance.random() * 0.4)


async def staff_hear(post: Post) -> None:
    """A digest of what is in doubt, in the staff chat."""
    chat = post.sandbox.world.chats[STAFF_CHAT_ID]
    async with asyncio.timeout(PATIENCE):
        while not any("дошло не всё" in str(m.wire.get("text")) for m in chat.messages.values()):
            await asyncio.sleep(0.1)


async def stopped(scheduler: Forked) -> None:
    """SIGTERM: it ends well, and soon."""
    scheduler.terminate()
    assert await asyncio.wait_for(scheduler.wait(), 10) == 0
