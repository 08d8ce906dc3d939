"""Bot and scheduler apart, and more schedulers than there should be: nothing comes twice."""

import asyncio
from pathlib import Path

import pytest

from db import migrate
from tests.conftest import LONG
from tests.faults.letters import KINDS, PATIENCE, Post, faster, post_office, verdict
from tests.faults.scene import table
from tests.support.processes import Forked

pytestmark = pytest.mark.faults

PEOPLE = 250 if LONG else 25


async def said(post: Post, words: str, times: int = 1) -> None:
    async with asyncio.timeout(PATIENCE):
        while post.logs.count(words) < times:
            await asyncio.sleep(0.05)


async def ends_well(scheduler: Forked) -> None:
    scheduler.terminate()
    assert await asyncio.wait_for(scheduler.wait(), 10) == 0


async def test_of_two_schedulers_the_second_waits_and_takes_over(tmp_path: Path):
    async with post_office(tmp_path, PEOPLE) as post, faster(post, 5):
        first = post.begin()
        await said(post, "scheduler.started")
        second = post.begin()
        await said(post, "scheduler.waits")
        assert post.logs.count("scheduler.started") == 1
        first.send_signal(9)
        await first.wait()
        await said(post, "scheduler.started", times=2)
        await post.all_gone()
        await ends_well(second)
        rows = await verdict(post, set())
    table("two schedulers by mistake, the first one killed", rows)
    assert {row["kind"]: row["not in the chat"] for row in rows} == dict.fromkeys(KINDS, 0)


async def test_a_scheduler_waits_for_the_bot_to_bring_the_schema_up_to_date(tmp_path: Path):
    async with post_office(tmp_path, 1) as post:
        post.second.execute("UPDATE alembic_version SET version_num = '0001'")
        scheduler = post.begin()
        await said(post, "the bot has not migrated the database yet")
        post.second.execute(f"UPDATE alembic_version SET version_num = '{migrate.newest()}'")
        await said(post, "scheduler.started")
        await ends_well(scheduler)


async def test_beside_a_bot_that_has_it_inside_a_scheduler_leaves_with_one_sentence(
    tmp_path: Path,
):
    async with post_office(tmp_path, 1) as post:
        scheduler = post.begin(SCHEDULER="inside")
        assert await scheduler.wait() == 2
        assert post.logs.startswith("SCHEDULER=inside: планировщик работает внутри бота")
