"""Updates come in: on disk before anybody hears that they arrived, once each, in order."""

import asyncio

import pytest
from aiogram.types import Message
from sqlalchemy.exc import DBAPIError

from bot.updates.intake import lane
from tests.support.core import SOON
from tests.support.telegram import message


async def test_what_was_kept_is_on_disk(core):
    await core.intake.resume()
    await core.intake.keep([message(1), message(2, person=8)])
    assert core.rows("SELECT update_id, lane FROM inbox ORDER BY seq") == [(1, "7:7"), (2, "8:8")]
    await core.settled()


async def test_an_update_that_comes_again_is_passed_over(core):
    heard = []

    async def hear(said: Message) -> None:
        heard.append(said.message_id)

    core.on_message(hear)
    await core.answer(message(1), message(2))
    await core.answer(message(1), message(2), message(3))
    assert heard == [1, 2, 3]


async def test_an_update_that_comes_again_while_it_is_being_answered_is_passed_over(core):
    heard, go_on = [], asyncio.Event()

    async def hear(said: Message) -> None:
        heard.append(said.message_id)
        await go_on.wait()

    core.on_message(hear)
    await core.intake.resume()
    await core.intake.keep([message(1)])
    await core.intake.keep([message(1)])
    go_on.set()
    await core.settled()
    assert heard == [1]


async def test_an_update_twice_in_one_delivery_is_answered_once(core):
    heard = []

    async def hear(said: Message) -> None:
        heard.append(said.message_id)

    core.on_message(hear)
    await core.answer(message(1), message(1))
    assert heard == [1]


async def test_a_new_life_goes_on_in_order_where_the_last_one_ended(core):
    stuck = asyncio.Event()

    async def never(_: Message) -> None:
        await stuck.wait()

    core.on_message(never)
    await core.intake.resume()
    await core.intake.keep([message(n, person=7 + n % 2) for n in range(1, 8)])
    await core.lanes.finish(within=0)

    later, heard = core.restarted(), []

    async def hear(said: Message) -> None:
        heard.append(said.message_id)

    later.on_message(hear)
    assert await later.intake.resume() == 7
    await later.settled()
    assert [n for n in heard if n % 2] == [1, 3, 5, 7]
    assert [n for n in heard if not n % 2] == [2, 4, 6]
    assert await core.restarted().intake.resume() == 0


async def test_new_updates_wait_until_those_of_the_last_life_are_taken_up(core):
    await core.intake.resume()
    core.lanes._stopping = True  # the first life is cut off before it answers anybody
    await core.intake.keep([message(1, "old")])
    later, heard = core.restarted(), []

    async def hear(said: Message) -> None:
        heard.append(said.text)

    later.on_message(hear)
    keeping = asyncio.create_task(later.intake.keep([message(2, "new")]))
    for _ in range(20):
        await asyncio.sleep(0)
    assert not keeping.done()
    assert not later.intake.resumed
    await later.intake.resume()
    await asyncio.wait_for(keeping, SOON)
    await later.settled()
    assert heard == ["old", "new"]


async def test_what_could_not_be_written_is_heard_of(core):
    await core.breaks("INSERT")
    await core.intake.resume()
    with pytest.raises(DBAPIError):
        await core.intake.keep([message(1)])
    assert core.lanes.waiting == 0
    await core.is_mended()
    await core.answer(message(1))
    assert core.inbox == [(1, "done")]


async def test_nothing_new_is_nothing_to_write(core):
    await core.intake.resume()
    await core.intake.keep([])
    assert core.inbox == []


PERSON, CHAT = {"id": 7, "first_name": "M"}, {"id": -1001, "type": "supergroup"}


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        ({"message": {"chat": CHAT, "from": PERSON}}, "-1001:7"),
        ({"edited_message": {"chat": CHAT, "from": PERSON}}, "-1001:7"),
        ({"callback_query": {"from": PERSON, "message": {"chat": CHAT}}}, "-1001:7"),
        ({"callback_query": {"from": PERSON, "inline_message_id": "x"}}, "None:7"),
        ({"my_chat_member": {"chat": CHAT, "from": PERSON}}, "-1001:7"),
        ({"message_reaction": {"chat": CHAT, "user": PERSON}}, "-1001:7"),
        ({"channel_post": {"chat": CHAT}}, "-1001:None"),
        ({"poll": {"id": "5"}}, "None:None"),
        ({"message": {"chat": "?", "from": ["?"]}}, "None:None"),
        ({"message": "?"}, "?"),
        ({}, "?"),
    ],
)
def test_the_lane_is_one_person_in_one_chat(update, expected):
    assert lane({"update_id": 1, **update}) == expected


async def test_a_commit_made_but_not_acknowledged_is_answered(core):
    heard = []

    async def hear(said):
        heard.append(said.text)

    core.on_message(hear)
    await core.intake.resume()
    write = core.store.engines.write

    async def lose_the_answer(job):
        core.store.engines.write = write
        await write(job)
        raise ConnectionError

    core.store.engines.write = lose_the_answer
    with pytest.raises(ConnectionError):
        await core.intake.keep([message(1)])
    await core.intake.keep([message(1)])
    await core.settled()

    assert heard == ["words"]
