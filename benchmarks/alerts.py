"""From the star under a thumb to the owner's chat: beside other letters, and after a 429."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count

from benchmarks.bench import FIRST_PHONE, Bench
from benchmarks.visits import SUM, ZONE, opened_branch
from bot.clock import SystemClock
from db.store import Store
from loyalty.desk import drafting, recording
from loyalty.desk.drafting import Wanted
from loyalty.ports import Transaction
from loyalty.team import Member
from sandbox import OWNER_ID
from screens.callbacks.rating import RatePress

OTHER_LETTERS = 25  # a second
SLOW_DOWN = 30  # seconds that Telegram asks for
lines = count(1)


async def star_to_owner(bench: Bench, times: int) -> list[float]:
    """Seconds each, while other letters leave at their rate."""
    store, anna = await _open(bench)
    try:
        async with _other_letters(store):
            return [await _alert(bench, store, anna, n) for n in range(times)]
    finally:
        await store.close()


async def star_to_owner_after_429(bench: Bench) -> float:
    """Seconds, where Telegram has just asked for half a minute of quiet."""
    store, anna = await _open(bench)
    try:
        trouble = {"kind": "429", "method": "sendMessage", "retry_after": SLOW_DOWN}
        async with bench.page.post("/api/trouble", json=trouble) as answer:
            assert answer.status == 200
        return await _alert(bench, store, anna, 0)
    finally:
        await store.close()


async def _open(bench: Bench) -> tuple[Store, Member]:
    await bench.act([{"person": OWNER_ID, "chat": OWNER_ID, "type": "start"}])
    [file] = bench.folder.glob("*.db")
    store = Store(f"sqlite:///{file}", SystemClock(), ZONE)
    return store, await opened_branch(store, -next(lines))


@asynccontextmanager
async def _other_letters(store: Store) -> AsyncIterator[None]:
    async def pour() -> None:
        while True:
            await store.change(_put, next(lines))
            await asyncio.sleep(1)

    pouring = asyncio.create_task(pour())
    try:
        yield
    finally:
        pouring.cancel()
        with suppress(asyncio.CancelledError):
            await pouring


def _put(tx: Transaction, n: int) -> None:
    for account in range(1, OTHER_LETTERS + 1):
        tx.outbox.put(f"bench:{n}:{account}", "account-confirmed", account)


async def _alert(bench: Bench, store: Store, anna: Member, n: int) -> float:
    person, phone = bench.people[n], f"+{FIRST_PHONE + n}"
    wanted = Wanted([(SUM, None, None)], points=0)
    draft = await store.change(
        *(drafting.open_draft, anna, "Анна"), source=f"a:{next(lines)}", who=phone, wanted=wanted
    )
    await store.change(recording.record, anna, "Анна", draft.id, draft.revision)
    spot = list(bench.sandbox.world.chats[person].messages.values())[-1]
    data = RatePress(visit=draft.id, stars=3).pack()
    press = {"type": "press", "message_id": spot.id, "data": data, "late": True}
    before = _alerts(bench)
    began = time.perf_counter()
    await bench.act([{"person": person, "chat": person, **press}])
    while _alerts(bench) == before:  # noqa: ASYNC110 (looked at as often as a page would)
        await asyncio.sleep(0.01)
    return time.perf_counter() - began


def _alerts(bench: Bench) -> int:
    """Messages in the owner's chat that have a button of a case."""
    messages = bench.sandbox.world.chats[OWNER_ID].messages.values()
    return sum('"case:' in str(m.wire.get("reply_markup")).replace("'", '"') for m in messages)
