"""The inbox on both databases: kept once, closed with its forms or not at all."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db import inbox
from db.inbox import Arrived, Closing, Form, FormKey
from db.tables import forms
from db.tables import inbox as table
from tests.support.clock import TestClock

BOT, OTHER_BOT = 42, 43
KEY: FormKey = (BOT, 7, 7)
NOW = TestClock().now()
FILLED = Form("Form:name", {"words": "Мария", "pages": [1, None]})


def arrived(*update_ids: int) -> list[Arrived]:
    return [Arrived(n, "7:7", f'{{"update_id":{n}}}') for n in update_ids]


@pytest.fixture
def keep(store, clock):
    async def keep(*update_ids: int, bot: int = BOT) -> list[inbox.Kept]:
        return await store.engines.write(
            lambda connection: inbox.keep(connection, bot, arrived(*update_ids), clock.now())
        )

    return keep


@pytest.fixture
def close(store, clock):
    async def close(*closings: Closing) -> None:
        await store.engines.write(lambda c: inbox.close(c, closings, clock.now()))

    return close


@pytest.fixture
def waiting(store):
    async def waiting(bot: int = BOT) -> list[int]:
        kept = await store.engines.read(lambda connection: inbox.waiting(connection, bot))
        return [update.update_id for update in kept]

    return waiting


async def rows(store, *columns) -> list[tuple]:
    query = select(*columns).order_by(columns[0])
    return await store.engines.read(lambda c: [tuple(row) for row in c.execute(query)])


async def test_kept_updates_wait_in_the_order_they_came_in(keep, waiting):
    kept = await keep(3, 1, 2)
    assert [update.update_id for update in kept] == [3, 1, 2]
    assert [update.seq for update in kept] == sorted(update.seq for update in kept)
    assert kept[0].payload == '{"update_id":3}'
    await keep(5, 4)
    assert await waiting() == [3, 1, 2, 5, 4]


async def test_many_updates_are_kept_in_one_delivery(keep, waiting):
    assert len(await keep(*range(1500))) == 1500
    assert await waiting() == list(range(1500))


async def test_an_update_that_is_there_already_is_passed_over(keep, close, waiting):
    (first,) = await keep(1)
    assert await keep(1) == []
    await close(Closing(first.seq, {}))
    assert [update.update_id for update in await keep(1, 2, 2)] == [2]
    assert await waiting() == [2]


async def test_each_bot_has_its_own_numbers(keep, waiting):
    await keep(1)
    assert len(await keep(1, bot=OTHER_BOT)) == 1
    assert await waiting(OTHER_BOT) == [1]


async def test_a_closed_update_waits_no_more_and_its_words_are_gone(keep, close, waiting, store):
    first, _ = await keep(1, 2)
    await close(Closing(first.seq, {}))
    assert await waiting() == [2]
    stored = await rows(store, table.c.update_id, table.c.state, table.c.payload)
    assert stored == [(1, "done", None), (2, "new", '{"update_id":2}')]


async def test_an_update_set_aside_keeps_its_words_for_whoever_looks(keep, close, waiting, store):
    (first,) = await keep(1)
    await close(Closing(first.seq, {}, "ZeroDivisionError" * 100))
    assert await waiting() == []
    ((state, fault, payload),) = await rows(store, table.c.state, table.c.fault, table.c.payload)
    assert (state, payload) == ("dead", '{"update_id":1}')
    assert fault.startswith("ZeroDivisionError")


async def test_several_updates_are_closed_in_one_write(keep, close, store):
    first, second, third = await keep(1, 2, 3)
    await close(
        Closing(first.seq, {KEY: FILLED}),
        Closing(second.seq, {}, "dead"),
        Closing(third.seq, {KEY: Form(None, {})}),
    )
    states = await rows(store, table.c.update_id, table.c.state)
    assert states == [(1, "done"), (2, "dead"), (3, "done")]
    assert await rows(store, forms.c.bot_id) == []


async def test_a_form_comes_back_as_it_was_kept(keep, close, store):
    (first,) = await keep(1)
    await close(Closing(first.seq, {KEY: FILLED}))
    assert await store.engines.read(lambda c: inbox.form(c, KEY)) == FILLED
    assert (await store.engines.read(lambda c: inbox.form(c, (BOT, 8, 8)))).empty


async def test_a_form_kept_again_takes_the_place_of_the_former(keep, close, store):
    first, second = await keep(1, 2)
    await close(Closing(first.seq, {KEY: FILLED}))
    later = Form(None, {"album": "1"})
    await close(Closing(second.seq, {KEY: later}))
    assert await store.engines.read(lambda c: inbox.form(c, KEY)) == later


async def test_a_closing_write_that_breaks_leaves_neither_form_nor_done(keep, store, waiting):
    (first,) = await keep(1)

    def close_and_break(connection) -> None:
        inbox.close(connection, [Closing(first.seq, {KEY: FILLED})], NOW)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.engines.write(close_and_break)
    assert await waiting() == [1]
    assert (await store.engines.read(lambda c: inbox.form(c, KEY))).empty


async def test_what_ended_two_days_ago_is_tidied_away_and_nothing_else(
    keep, close, store, clock, waiting
):
    done, dead, _ = await keep(1, 2, 3)
    await close(Closing(done.seq, {}))
    await close(Closing(dead.seq, {}, "dead"))
    clock.pass_(hours=47)
    (late,) = await keep(4)
    await close(Closing(late.seq, {}))
    clock.pass_(hours=2)
    before = clock.now() - timedelta(hours=48)
    assert await store.engines.write(lambda c: inbox.tidy(c, before)) == 2
    assert [update for (update,) in await rows(store, table.c.update_id)] == [3, 4]
    assert await waiting() == [3]


async def test_numbers_that_come_again_after_a_quiet_week_are_new_updates(keep, close, store):
    (first,) = await keep(1)
    await close(Closing(first.seq, {}))
    await store.engines.write(lambda c: inbox.tidy(c, NOW + timedelta(days=7)))
    (again,) = await keep(1)
    assert again.seq > first.seq
