"""Updates of one person in one chat are answered in order, those of others meanwhile."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.updates.lanes import Lanes
from db.inbox import Kept

SOON = 10.0


def kept(seq: int, lane: str = "7:7") -> Kept:
    return Kept(seq, seq, lane, "{}")


class Counter:
    """A handler that holds every update until the test lets it go."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.ended: list[int] = []
        self.running = 0
        self.most_at_once = 0
        self.changed = asyncio.Condition()
        self._let_go: set[int] = set()

    async def __call__(self, update: Kept) -> None:
        async with self.changed:
            self.begun.append(update.seq)
            self.running += 1
            self.most_at_once = max(self.most_at_once, self.running)
            self.changed.notify_all()
            try:
                await self.changed.wait_for(lambda: update.seq in self._let_go)
            finally:
                self.running -= 1
            self.ended.append(update.seq)
            self.changed.notify_all()

    async def let_go(self, *seqs: int) -> None:
        async with self.changed:
            self._let_go.update(seqs)
            self.changed.notify_all()

    async def until_begun(self, *seqs: int) -> None:
        await self._until(lambda: set(seqs) <= set(self.begun))

    async def until_ended(self, *seqs: int) -> None:
        await self._until(lambda: set(seqs) <= set(self.ended))

    async def _until(self, true) -> None:
        async with asyncio.timeout(SOON), self.changed:
            await self.changed.wait_for(true)


@pytest.fixture
def handle() -> Counter:
    return Counter()


async def turn_the_loop() -> None:
    """Let everything that can run do so."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_a_lane_is_answered_in_order_one_after_another(handle):
    lanes = Lanes(handle)
    lanes.put([kept(1), kept(2), kept(3)])
    await handle.let_go(3, 2)
    await turn_the_loop()
    assert handle.begun == [1]
    await handle.let_go(1)
    await handle.until_ended(1, 2, 3)
    assert handle.ended == [1, 2, 3]
    assert handle.most_at_once == 1


async def test_a_lane_that_waits_holds_up_no_other(handle):
    lanes = Lanes(handle)
    lanes.put([kept(1, "7:7"), kept(2, "8:8")])
    await handle.let_go(2)
    await handle.until_ended(2)
    assert handle.running == 1
    await handle.let_go(1)
    await handle.until_ended(1)


async def test_no_more_than_so_many_are_answered_at_a_time(handle):
    lanes = Lanes(handle, abreast=2)
    lanes.put(kept(n, f"lane {n}") for n in range(6))
    await turn_the_loop()
    assert handle.running == 2
    await handle.let_go(*range(6))
    await handle.until_ended(*range(6))
    assert handle.most_at_once == 2


async def test_a_lane_answered_to_its_end_opens_again(handle):
    lanes = Lanes(handle)
    await handle.let_go(1, 2)
    lanes.put([kept(1)])
    await handle.until_ended(1)
    await turn_the_loop()
    lanes.put([kept(2)])
    await handle.until_ended(2)
    await turn_the_loop()
    assert lanes.waiting == 0


async def test_there_is_no_room_while_too_many_wait(handle):
    lanes = Lanes(handle, most=2)
    await lanes.room()
    lanes.put([kept(1), kept(2)])
    room = asyncio.create_task(lanes.room())
    await turn_the_loop()
    assert not room.done()
    await handle.let_go(1)
    await asyncio.wait_for(room, SOON)
    await handle.let_go(2)
    await handle.until_ended(2)


async def test_a_stop_lets_the_running_end_and_starts_no_other(handle):
    lanes = Lanes(handle, abreast=1)
    lanes.put([kept(1, "7:7"), kept(2, "7:7"), kept(3, "8:8")])
    await handle.until_begun(1)
    stopping = asyncio.create_task(lanes.finish(within=SOON))
    await turn_the_loop()
    await handle.let_go(1, 2, 3)
    assert await stopping == 0
    lanes.put([kept(4, "9:9")])
    await turn_the_loop()
    assert handle.begun == handle.ended == [1]


async def test_a_stop_waits_no_longer_than_it_may(handle):
    lanes = Lanes(handle)
    lanes.put([kept(1)])
    await handle.until_begun(1)
    assert await lanes.finish(within=0) == 1
    assert handle.ended == []


async def test_a_stop_with_nothing_running_is_over_at_once(handle):
    assert await Lanes(handle).finish(within=0) == 0


@given(
    lanes_of=st.lists(st.integers(0, 3), max_size=30),
    abreast=st.integers(1, 3),
    turns=st.randoms(use_true_random=False),
)
def test_whatever_comes_every_update_is_answered_once_and_in_its_order(lanes_of, abreast, turns):
    answered: list[Kept] = []

    async def handle(update: Kept) -> None:
        for _ in range(turns.randrange(4)):
            await asyncio.sleep(0)
        answered.append(update)

    async def life() -> None:
        lanes = Lanes(handle, abreast=abreast)
        for seq, lane in enumerate(lanes_of):
            lanes.put([kept(seq, str(lane))])
            for _ in range(turns.randrange(3)):
                await asyncio.sleep(0)
        while lanes._workers:
            await asyncio.wait(lanes._workers)
        assert lanes.waiting == 0

    asyncio.run(life())
    assert sorted(update.seq for update in answered) == list(range(len(lanes_of)))
    for lane in set(lanes_of):
        of_lane = [update.seq for update in answered if update.lane == str(lane)]
        assert of_lane == sorted(of_lane)
