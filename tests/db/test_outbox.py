"""Letters wait in the outbox until one taker at a time has delivered them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from db.tables import outbox as table
from loyalty import delivery, registration
from loyalty.delivery import LEASE
from loyalty.letters import Letter

MARIA = 7001


@pytest.fixture
async def account(store) -> int:
    return (await store.change(registration.open_account, MARIA)).id


@pytest.fixture
def put(store, account):
    async def put(key: str, **arguments: str | int) -> None:
        await store.change(lambda tx: tx.outbox.put(key, "account-moved", account, **arguments))

    return put


@pytest.fixture
def claim(store):
    async def claim(limit: int = 10) -> list[Letter]:
        return list(await store.change(delivery.claim, limit))

    return claim


async def test_a_letter_is_taken_with_all_that_its_rendering_needs(
    store, account, put, claim, clock
):
    await store.change(registration.choose_language, MARIA, "en")
    await put("moved:1", branch="Центр", points=500)
    (letter,) = await claim()
    arguments = {"branch": "Центр", "points": 500}
    until = clock.now() + LEASE
    assert letter == Letter(
        letter.id, "account-moved", account, MARIA, "en", arguments, 0, leased_until=until
    )


async def test_a_key_puts_one_letter(put, claim):
    await put("moved:1", points=1)
    await put("moved:1", points=2)
    assert [letter.arguments for letter in await claim()] == [{"points": 1}]


async def test_letters_are_taken_in_the_order_they_were_put_and_no_more_than_asked(put, claim):
    for n in range(5):
        await put(f"moved:{n}", n=n)
    assert [letter.arguments["n"] for letter in await claim(3)] == [0, 1, 2]
    assert [letter.arguments["n"] for letter in await claim(3)] == [3, 4]


async def test_a_letter_that_is_taken_is_nobody_elses_until_the_lease_ends(put, claim, clock):
    await put("moved:1")
    (letter,) = await claim()
    clock.moment += LEASE - timedelta(seconds=1)
    assert await claim() == []
    clock.pass_(seconds=1)
    assert await claim() == [replace(letter, leased_until=clock.now() + LEASE)]


async def test_a_letter_whose_sending_was_cut_off_is_sent_again(store, put, claim, clock):
    await put("moved:1")
    (letter,) = await claim()
    assert await store.change(delivery.sending, letter)
    assert await claim() == []
    clock.moment += LEASE
    assert await claim() == [replace(letter, doubtful=True, leased_until=clock.now() + LEASE)]


async def test_a_letter_sent_is_over(store, put, claim, clock):
    await put("moved:1")
    (letter,) = await claim()
    await store.change(delivery.sending, letter)
    await store.change(delivery.sent, letter.id)
    clock.pass_(days=1)
    assert await claim() == []
    assert await stored(store) == [("sent", None, clock.now() - timedelta(days=1))]


async def test_a_letter_that_failed_is_over_and_says_why(store, put, claim, clock):
    await put("moved:1")
    (letter,) = await claim()
    await store.change(delivery.failed, letter.id, "TelegramForbiddenError")
    clock.pass_(days=1)
    assert await claim() == []
    assert await stored(store) == [("failed", "TelegramForbiddenError", None)]


async def test_a_letter_put_off_waits_its_pause_and_counts_its_tries(store, put, claim, clock):
    await put("moved:1")
    (letter,) = await claim()
    await store.change(delivery.put_off, letter.id, timedelta(minutes=10), 3)
    clock.pass_(minutes=9)
    assert await claim() == []
    clock.pass_(minutes=1)
    (again,) = await claim()
    assert (again.id, again.attempts) == (letter.id, 3)


async def test_a_letter_put_by_an_act_that_broke_was_never_there(store, account, claim):
    def break_off(tx) -> None:
        tx.outbox.put("moved:1", "account-moved", account)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.change(break_off)
    assert await claim() == []


async def stored(store) -> list[tuple]:
    query = select(table.c.state, table.c.fault, table.c.sent_at)
    return await store.engines.read(lambda c: [tuple(row) for row in c.execute(query)])


async def test_what_lapses_is_what_is_due_and_nobody_has_taken(store, put, claim, clock):
    await put("moved:taken")
    (taken,) = await claim()
    await put("moved:later")
    (later,) = await claim()
    await store.change(delivery.put_off, later.id, timedelta(hours=1), 0)
    await put("moved:due")
    await store.change(delivery.lapse)
    assert await claim() == []
    clock.pass_(hours=2)
    assert {letter.id for letter in await claim()} == {taken.id, later.id}


@pytest.mark.parametrize(
    ("end", "kept"),
    [
        (delivery.sent, {}),
        (delivery.stale, {}),
        (delivery.unknown, {"name": "Анна"}),
        (lambda tx, letter: delivery.failed(tx, letter, "unreachable"), {"name": "Анна"}),
    ],
)
async def test_what_a_letter_said_stays_only_where_somebody_has_to_look(
    store, put, claim, clock, end, kept
):
    await put("moved:1", name="Анна")
    (letter,) = await claim()
    await store.change(end, letter.id)
    said = select(table.c.arguments)
    assert await store.engines.read(lambda c: c.scalars(said).all()) == [kept]
    await put("moved:1", name="Анна")
    clock.pass_(days=400)
    assert await claim() == [], "its key stands in the way for ever"


async def test_a_letter_whose_lease_ran_out_leaves_by_its_new_taker_alone(store, put, claim, clock):
    await put("moved:1")
    (slow,) = await claim()
    clock.moment += LEASE
    (quick,) = await claim()
    assert not await store.change(delivery.sending, slow)
    assert await store.change(delivery.sending, quick)
    assert not await store.change(delivery.sending, quick), "not twice by the same one either"


async def test_a_lease_begins_anew_as_the_letter_leaves(store, put, claim, clock):
    await put("moved:1")
    (letter,) = await claim()
    clock.moment += LEASE - timedelta(seconds=1)
    await store.change(delivery.sending, letter)
    clock.moment += LEASE - timedelta(seconds=1)
    assert await claim() == []


async def test_what_is_put_back_waits_in_its_place(store, put, claim, clock):
    for n in range(3):
        await put(f"moved:{n}", n=n)
        clock.pass_(seconds=1)
    first, second = await claim(2)
    await store.change(delivery.put_back, [first, second])
    assert [letter.arguments["n"] for letter in await claim()] == [0, 1, 2]


async def test_only_ones_own_letters_are_put_back(store, put, claim, clock):
    await put("moved:1")
    (slow,) = await claim()
    clock.moment += LEASE
    (quick,) = await claim()
    await store.change(delivery.put_back, [slow])
    assert await store.change(delivery.sending, quick)


async def test_letters_to_chats_that_are_left_out_wait(store, put, account, claim, clock):
    await put("moved:1")
    await store.change(lambda tx: tx.outbox.put_in_chat("differ", "books-differ", -5))
    letters = await store.change(delivery.claim, 10, {MARIA})
    assert [letter.telegram for letter in letters] == [-5]
    assert [letter.telegram for letter in await claim()] == [MARIA]


async def test_while_telegram_wants_silence_nothing_is_taken(store, put, claim, clock):
    await put("moved:1")
    await store.change(delivery.be_quiet, clock.now() + timedelta(seconds=30))
    await store.change(delivery.be_quiet, clock.now() + timedelta(seconds=5))
    clock.pass_(seconds=29)
    assert await claim() == []
    clock.pass_(seconds=1)
    assert len(await claim()) == 1


async def test_a_clock_that_was_set_back_ends_the_silence(store, put, claim, clock):
    clock.pass_(days=300)
    await store.change(delivery.be_quiet, clock.now() + timedelta(seconds=30))
    clock.pass_(days=-300)
    await put("moved:1")
    assert len(await claim()) == 1
