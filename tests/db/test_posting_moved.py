"""Who came to a wallet with a phone, and whom the desk has still to see, is told of no friends."""

from dataclasses import replace

import pytest

from loyalty import mail
from loyalty.letters import UntrueError
from loyalty.people import SpendingOff
from tests.db.test_correcting import EMMAS, desk, register
from tests.db.test_posting import (
    books_agree,
    emma,
    friends,
    goes_to,
    letter_of,
    letters,
    november,
    posts,
    treated,
)

__all__ = ["books_agree", "desk", "emma", "friends", "november", "treated"]

NEW = 1099


@pytest.fixture
async def two_friends_paid(clock, treated):
    await treated(0, 100)
    await treated(1, 100)
    goes_to(clock, 2026, 12)


async def becomes(store, wallet: int, off: SpendingOff | None) -> None:
    def change(tx) -> None:
        tx.people.save_wallet(replace(tx.people.wallet(wallet), spending_off=off))

    await store.change(change)


async def test_the_points_come_and_nobody_is_written_to(store, database, emma, two_friends_paid):
    assert await register(store, NEW, EMMAS) == emma.wallet
    assert await posts(store) == 1
    assert await letters(database) == []


async def test_a_letter_that_waits_is_read_again(store, database, clock, emma, two_friends_paid):
    await posts(store)
    letter = await letter_of(store, emma, database)
    goes_to(clock, 2026, 12, 1, 9, 0)
    await becomes(store, emma.wallet, SpendingOff.MOVED)
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, letter)
    await becomes(store, emma.wallet, None)
    assert (await store.ask(mail.facts, letter)).points == 200
