"""The poller asks for more only when what it got is on disk, and nothing makes it stop."""

import asyncio
from contextlib import asynccontextmanager
from types import SimpleNamespace

import pytest
from aiogram.types import Message

from bot.updates import polling, rival
from bot.updates.polling import LONG_POLL, PAUSES, Poller
from bot.updates.rival import TOLD_EVERY, Rival
from screens import alerts
from screens.texts import texts_in
from tests.support.core import OWNERS, SOON
from tests.support.telegram import (
    BAD_GATEWAY,
    BAD_GATEWAY_PAGE,
    CONFLICT,
    LINE_BROKEN,
    Sleeps,
    message,
    ok,
    polled,
    too_many,
)

RIVAL = alerts.second_bot(texts_in("ru")).text


@pytest.fixture
def sleeps(monkeypatch) -> Sleeps:
    sleeps = Sleeps()
    monkeypatch.setattr(polling, "asyncio", SimpleNamespace(sleep=sleeps))
    monkeypatch.setattr(polling, "GATHER", 0)
    return sleeps


@pytest.fixture
def monotonic(monkeypatch) -> SimpleNamespace:
    time = SimpleNamespace(moment=1000.0, monotonic=lambda: time.moment)
    for module in (polling, rival):
        monkeypatch.setattr(module, "time", time)
    return time


@pytest.fixture
async def poller(core, sleeps) -> Poller:
    await core.intake.resume()
    return Poller(core.bot, core.intake, ["message"], Rival(core.owners.told_of_second_bot))


@asynccontextmanager
async def running(poller: Poller):
    task = asyncio.create_task(poller.run())
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def run_through(poller: Poller, core) -> None:
    """Until all that is scripted was asked for, and what came of it answered."""
    async with running(poller):
        await asyncio.wait_for(core.wire.polled_out.wait(), SOON)
    await core.settled()


def pauses(sleeps: Sleeps) -> list[float]:
    """The waits for a fault, not those for company."""
    return [seconds for seconds in sleeps.seconds if seconds]


def offsets(core) -> list[int | None]:
    return [poll.offset for poll in core.wire.asked("getUpdates")]


async def test_updates_are_fetched_written_down_and_answered(poller, core):
    heard = []

    async def hear(said: Message) -> None:
        heard.append(said.text)

    core.on_message(hear)
    core.wire.script("getUpdates", polled(message(5, "a"), message(6, "b")), polled(), polled())
    await run_through(poller, core)
    assert heard == ["a", "b"]
    assert offsets(core) == [None, 7, 7, 7]
    (first, *_) = core.wire.asked("getUpdates")
    assert (first.timeout, first.allowed_updates) == (LONG_POLL, ["message"])


async def test_the_offset_moves_on_only_when_the_updates_are_on_disk(poller, core, sleeps):
    heard = []

    async def hear(said: Message) -> None:
        heard.append(said.text)

    async def mend() -> None:
        sleeps.meanwhile = []
        assert core.inbox == []
        await core.is_mended()

    core.on_message(hear)
    await core.breaks("INSERT")
    sleeps.meanwhile = [mend]
    core.wire.script("getUpdates", polled(message(5)), polled(message(5)), polled())
    await run_through(poller, core)
    assert offsets(core) == [None, None, 6, 6]
    assert heard == ["words"]


async def test_updates_that_aiogram_cant_read_are_fetched_with_the_rest(poller, core):
    core.wire.script("getUpdates", polled({"update_id": 5, "message": {"date": "?"}}, message(6)))
    await run_through(poller, core)
    assert core.inbox == [(5, "dead"), (6, "done")]


async def test_nothing_is_fetched_while_too_many_wait(core, line, sleeps):
    stuck = asyncio.Event()

    async def never(_: Message) -> None:
        await stuck.wait()

    core.on_message(never)
    core.lanes._most = 2
    await core.intake.resume()
    poller = Poller(line, core.intake, ["message"], Rival(core.owners.told_of_second_bot))
    core.wire.script("getUpdates", polled(message(1), message(2)))
    async with running(poller):
        async with asyncio.timeout(SOON):
            while core.lanes.waiting < 2:
                await asyncio.sleep(0)
        for _ in range(20):
            await asyncio.sleep(0)
        assert len(core.wire.asked("getUpdates")) == 1
        stuck.set()
        await asyncio.wait_for(core.wire.polled_out.wait(), SOON)
    await core.settled()


@pytest.mark.parametrize("fault", [LINE_BROKEN, BAD_GATEWAY, BAD_GATEWAY_PAGE, ok("what?")])
async def test_a_fault_makes_it_pause_never_stop(poller, core, sleeps, fault):
    core.wire.script("getUpdates", *[fault] * 7, polled(), fault, polled())
    await run_through(poller, core)
    assert pauses(sleeps) == [*PAUSES, PAUSES[-1], PAUSES[-1], PAUSES[0]]


async def test_told_to_slow_down_it_waits_as_long_as_it_was_told(poller, core, sleeps):
    core.wire.script("getUpdates", too_many(17), polled())
    await run_through(poller, core)
    assert pauses(sleeps) == [17]


async def test_a_second_bot_on_the_token_is_told_to_the_owners_and_polling_goes_on(poller, core):
    core.wire.script("getUpdates", CONFLICT, CONFLICT, polled(message(5)))
    await run_through(poller, core)
    assert core.wire.sent == [(owner, RIVAL) for owner in OWNERS]
    assert core.inbox == [(5, "done")]


async def test_the_owners_hear_of_a_second_bot_once_an_hour(poller, core, sleeps, monotonic):
    async def pass_most_of_an_hour() -> None:
        monotonic.moment += TOLD_EVERY * 0.4

    sleeps.meanwhile = [pass_most_of_an_hour]
    core.wire.script("getUpdates", *[CONFLICT] * 6)  # at 0, 0.4, 0.8, 1.2, 1.6 and 2.0 hours
    await run_through(poller, core)
    assert len(core.wire.sent) == 2 * len(OWNERS)


@pytest.mark.parametrize("fault", [LINE_BROKEN, BAD_GATEWAY_PAGE, ok("what?")])
async def test_owners_who_cant_be_told_of_it_dont_end_the_polling(poller, core, fault):
    core.wire.script("sendMessage", fault, fault)
    core.wire.script("getUpdates", CONFLICT, polled(message(5)))
    await run_through(poller, core)
    assert core.inbox == [(5, "done")]


async def test_silence_is_counted_from_the_last_answer(core, monotonic, sleeps):
    await core.intake.resume()
    poller = Poller(core.bot, core.intake, ["message"], Rival(core.owners.told_of_second_bot))
    monotonic.moment += 50
    assert poller.silence() == 50
    core.wire.script("getUpdates", polled())
    await run_through(poller, core)
    assert poller.silence() == 0
