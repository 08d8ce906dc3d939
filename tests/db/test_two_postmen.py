"""Two who deliver from one database at once, by mistake: leases keep each letter to one of them."""

import asyncio
from collections import Counter
from contextlib import asynccontextmanager
from zoneinfo import ZoneInfo

import pytest
from aiogram import Bot
from structlog.testing import capture_logs

from bot.pace import Pace
from bot.telegram import Absence, Forgiveness, Patience, letters_of
from db.store import Store
from loyalty import delivery, mail, registration
from loyalty.signboard import Signboard
from scheduler.delivery import Postman
from tests.support.clock import TestClock
from tests.support.telegram import Wire, ok

ZONE = ZoneInfo("Europe/Moscow")
BOARD = Signboard("Улыбка", "ООО «Улыбка»", "+7 843 212-34-56", ZONE)
PEOPLE = 60
KIND = "account-confirmed"


class Slow(Wire):
    """Each answer takes its time, so that the two are never in step."""

    async def _answer(self, method):
        await asyncio.sleep(0.001 * (len(self.requests) % 5))
        return ok(self._success(method))


@pytest.fixture
def clock():
    return TestClock()


class Unlimited(Pace):
    @asynccontextmanager
    async def on_its_way(self):
        yield


class Side:
    """One process's worth: its own connections, its own line to Telegram."""

    def __init__(self, database: str, clock: TestClock) -> None:
        self.store = Store(database, clock, ZONE)
        self.wire = Slow()
        pace = Unlimited(clock, 30)
        pace.turn = self._at_once  # it is not the limiter that keeps them apart
        for manner in (Patience(pace), Forgiveness(), Absence()):
            self.wire.middleware(manner)
        bot = letters_of(Bot("42:SANDBOX", session=self.wire))
        self.postman = Postman(self.store, bot, pace, BOARD, "ru")

    async def _at_once(self, _chat=None):
        await asyncio.sleep(0)
        return 0.0

    async def delivers(self) -> None:
        while await self.postman.round():
            pass


@pytest.fixture
async def sides(database, clock):
    both = [Side(database, clock) for _ in range(2)]
    with capture_logs():
        yield both
    for side in both:
        await side.store.close()


def _letters(tx):
    for person in range(1, PEOPLE + 1):
        account = registration.open_account(tx, person)
        for n in range(3):
            tx.outbox.put(f"{KIND}:{person}:{n}", KIND, account.id)


async def test_each_letter_leaves_by_one_of_them(sides, store):
    await store.change(_letters)
    await asyncio.gather(*(side.delivers() for side in sides))
    sent = Counter(chat for side in sides for chat, _ in side.wire.sent)
    assert sent == dict.fromkeys(range(1, PEOPLE + 1), 3)
    assert all(len(side.wire.sent) > PEOPLE // 4 for side in sides), "else nobody was in the way"


async def test_what_must_not_come_twice_doesnt_even_where_leases_are_let_go(
    sides, store, monkeypatch
):
    """A server that lost its connections lets go of the scheduler's place while it still works."""
    monkeypatch.setattr(mail, "NEVER_TWICE", {KIND})
    monkeypatch.setattr("scheduler.delivery.NEVER_TWICE", {KIND})
    await store.change(_letters)

    async def lets_go():
        for _ in range(30):
            await store.change(delivery.release)
            await asyncio.sleep(0.005)

    await asyncio.gather(lets_go(), *(side.delivers() for side in sides))
    await asyncio.gather(*(side.delivers() for side in sides))
    sent = Counter(chat for side in sides for chat, _ in side.wire.sent)
    ended = await store.ask(lambda tx: tx.outbox.count_given_up(tx.now.replace(year=2000)))
    assert max(sent.values()) <= 3
    assert sum(sent.values()) <= PEOPLE * 3 <= sum(sent.values()) + sum(ended.values())
