"""What an operation's key promises, and what becomes of those who come at once."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from db.ledger import OverdrawnError
from loyalty import ledger, statement
from loyalty.errors import KeyReusedError
from loyalty.points import Credit, Debit, Kind, Reason

END = datetime(2027, 6, 21, 21, tzinfo=UTC)


def open_wallet(tx):
    return tx.people.open_wallet().id


def accrue(tx, key, wallet, points, ends_at=END):
    credit = Credit(wallet, Reason.WELCOME, points, ends_at)
    return ledger.post(tx, key, Kind.WELCOME, [wallet, points], [credit])


def spend(tx, key, wallet, points):
    lot = tx.ledger.lots(wallet)[0]
    return ledger.post(tx, key, Kind.ERASURE, [wallet, points], [Debit(lot, points)])


@pytest.fixture
async def wallet(store):
    return await store.change(open_wallet)


async def balance(store, wallet):
    return (await store.ask(statement.statement, wallet)).points


async def test_the_same_key_twice_is_one_operation(store, wallet):
    first = await store.change(accrue, "a", wallet, 1000)
    again = await store.change(accrue, "a", wallet, 1000)

    assert again.id == first.id
    assert await balance(store, wallet) == 1000


async def test_the_same_key_with_other_input_is_an_error(store, wallet):
    await store.change(accrue, "a", wallet, 1000)

    with pytest.raises(KeyReusedError):
        await store.change(accrue, "a", wallet, 1001)
    assert await balance(store, wallet) == 1000


async def test_the_same_key_at_the_same_moment_is_one_operation(store, wallet):
    tries = [store.change(accrue, "a", wallet, 1000) for _ in range(20)]
    done = await asyncio.gather(*tries, return_exceptions=True)

    lost_the_race = [d for d in done if isinstance(d, Exception)]
    assert all(isinstance(d, IntegrityError) for d in lost_the_race)
    assert await balance(store, wallet) == 1000


async def test_parallel_spends_never_take_more_than_there_is(store, wallet):
    await store.change(accrue, "a", wallet, 1000)

    tries = [store.change(spend, f"s{n}", wallet, 300) for n in range(10)]
    done = await asyncio.gather(*tries, return_exceptions=True)

    faults = [d for d in done if isinstance(d, Exception)]
    assert len(faults) == 7
    assert all(isinstance(fault, OverdrawnError | IntegrityError) for fault in faults)
    assert await balance(store, wallet) == 100


async def test_a_lot_at_its_end_is_worth_nothing_before_any_sweep(store, wallet, clock):
    await store.change(accrue, "a", wallet, 1000)

    clock.moment = END
    assert await balance(store, wallet) == 0
    clock.moment = END.replace(hour=20, minute=59, second=59)
    assert await balance(store, wallet) == 1000


async def test_a_failing_use_case_leaves_nothing(store, wallet):
    def half(tx):
        accrue(tx, "a", wallet, 1000)
        raise RuntimeError("the light went out")

    with pytest.raises(RuntimeError):
        await store.change(half)
    assert await balance(store, wallet) == 0


async def test_one_failing_job_takes_no_other_with_it(store, wallet):
    def fail(_tx):
        raise RuntimeError

    jobs = [
        store.change(accrue, f"a{n}", wallet, 10) if n % 2 else store.change(fail)
        for n in range(40)
    ]
    done = await asyncio.gather(*jobs, return_exceptions=True)

    assert sum(isinstance(d, RuntimeError) for d in done) == 20
    assert await balance(store, wallet) == 200


async def test_a_question_cannot_write(store, wallet):
    with pytest.raises(DBAPIError):
        await store.ask(open_wallet)
