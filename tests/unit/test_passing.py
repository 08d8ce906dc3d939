"""Queries that are answered at once or not at all: never written down, never tried again."""

import asyncio

import pytest
from aiogram.fsm.context import FSMContext
from aiogram.types import InlineQuery
from structlog.testing import capture_logs

from bot.updates import passing
from bot.updates.passing import MOST
from tests.support.core import SOON
from tests.support.telegram import BAD_GATEWAY, LINE_BROKEN, message, refusal

TOO_OLD = refusal(
    400,
    "Bad Request: query is too old and response timeout expired or query ID is invalid",
)


def query(update_id: int, person: int = 7) -> dict:
    sender = {"id": person, "is_bot": False, "first_name": "Мария"}
    body = {"id": str(update_id), "from": sender, "query": "при", "offset": ""}
    return {"update_id": update_id, "inline_query": body}


@pytest.fixture
def typed(core):
    """Hands queries in; returns when nothing of them runs any more, and what the log says."""

    async def type_(*updates: dict) -> list[str]:
        await core.intake.resume()
        with capture_logs() as logs:
            await core.intake.keep(updates)
            async with asyncio.timeout(SOON):
                while core.passing._running:
                    await asyncio.wait(core.passing._running)
        return [line["event"] for line in logs if line["log_level"] != "debug"]

    return type_


async def answer(asked: InlineQuery) -> None:
    await asked.answer([], cache_time=0, is_personal=True)


async def test_a_query_is_answered_and_written_nowhere(core, typed):
    core.dispatcher.inline_query.register(answer)
    await typed(query(1), query(2))
    assert [call.inline_query_id for call in core.wire.asked("answerInlineQuery")] == ["1", "2"]
    assert core.inbox == []


async def test_what_comes_with_it_is_kept_as_ever(core, typed):
    core.dispatcher.inline_query.register(answer)
    await typed(query(1), message(2))
    await core.settled()
    assert len(core.wire.asked("answerInlineQuery")) == 1
    assert core.inbox == [(2, "done")]


@pytest.mark.parametrize("told", [TOO_OLD, BAD_GATEWAY, LINE_BROKEN])
async def test_what_is_late_or_lost_on_the_way_alarms_nobody(core, typed, told):
    core.dispatcher.inline_query.register(answer)
    core.wire.script("answerInlineQuery", told)
    logs = await typed(query(1))
    assert "query.failed" not in logs
    assert len(core.wire.asked("answerInlineQuery")) == 1
    assert core.wire.sent == []


async def test_a_fault_is_logged_and_neither_repeated_nor_told(core, typed):
    tries = []

    async def break_(asked: InlineQuery) -> None:
        tries.append(asked.id)
        raise ZeroDivisionError

    core.dispatcher.inline_query.register(break_)
    assert await typed(query(1)) == ["query.failed"]
    assert tries == ["1"]
    assert core.wire.sent == []
    assert core.inbox == []


async def test_what_can_not_be_read_stops_nobody(core, typed):
    core.dispatcher.inline_query.register(answer)
    assert "query.failed" in await typed({"update_id": 1, "inline_query": {"id": 5}}, query(2))
    assert len(core.wire.asked("answerInlineQuery")) == 1


async def test_who_takes_too_long_is_cut_off(core, typed, monkeypatch):
    monkeypatch.setattr(passing, "WITHIN", 0.01)

    async def wait(_: InlineQuery) -> None:
        await asyncio.Event().wait()

    core.dispatcher.inline_query.register(wait)
    assert await typed(query(1)) == ["query.unanswered"]


async def test_a_form_that_is_open_stays_as_it_was(core, typed):
    seen = []

    async def look(_: InlineQuery, state: FSMContext) -> None:
        seen.append(await state.get_state())
        await state.set_state("lost")

    core.dispatcher.inline_query.register(look)
    await typed(query(1))
    await typed(query(2))
    assert seen == [None, None]


async def test_a_flood_is_bounded_and_a_stop_waits_for_none_of_it(core):
    running = []

    async def wait(asked: InlineQuery) -> None:
        running.append(asked.id)
        await asyncio.Event().wait()

    core.dispatcher.inline_query.register(wait)
    await core.intake.resume()
    await core.intake.keep([query(n) for n in range(MOST + 5)])
    async with asyncio.timeout(SOON):
        while len(running) < MOST:
            await asyncio.sleep(0)
    await core.passing.finish()
    assert len(running) == MOST
    assert core.passing._running == set()
