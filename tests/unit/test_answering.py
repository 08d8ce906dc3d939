"""One update from the inbox to its closing write, whatever breaks on the way."""

import asyncio
import json

import pytest
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.updates.answering import PAUSES
from db.inbox import Closing, Form
from screens import alerts
from screens.texts import texts_in
from tests.support.core import OWNERS, SOON
from tests.support.telegram import (
    BAD_GATEWAY,
    BAD_GATEWAY_PAGE,
    BLOCKED,
    LINE_BROKEN,
    message,
    refusal,
)

PERSON_TOLD = alerts.set_aside_person(texts_in("ru")).text


def owner_told(update_id: int) -> str:
    return alerts.set_aside_owner(texts_in("ru"), update_id).text


async def reply(heard: Message) -> None:
    await heard.answer(f"re: {heard.text}")


async def note_down(heard: Message, state: FSMContext) -> None:
    await state.update_data(words=heard.text)


async def fail_on_bad(heard: Message) -> None:
    if heard.text == "bad":
        raise ZeroDivisionError
    await heard.answer(f"re: {heard.text}")


# --- well and good ---------------------------------------------------------------------------


async def test_an_answered_update_is_done_and_its_words_forgotten(core):
    core.on_message(reply)
    await core.answer(message(1, "hello"))
    assert core.wire.sent == [(7, "re: hello")]
    assert core.rows("SELECT state, payload, fault FROM inbox") == [("done", None, None)]


async def test_an_update_that_nobody_handles_is_done_too(core):
    await core.answer(message(1))
    assert core.inbox == [(1, "done")]


async def test_a_form_and_done_are_one_write(core):
    core.on_message(note_down)
    writes = await writes_during(core, core.answer(message(1, "Мария")))
    assert json.loads(core.rows("SELECT data FROM forms")[0][0]) == {"words": "Мария"}
    assert core.inbox == [(1, "done")]
    assert writes == 2, "one for the inbox, one that closes"


async def writes_during(core, deed) -> int:
    """How many jobs the deed gave to the writing thread."""
    count, write = 0, core.store.engines.write

    async def counted(job):
        nonlocal count
        count += 1
        return await write(job)

    core.store.engines.write = counted
    try:
        await deed
    finally:
        del core.store.engines.write
    return count


# --- a handler that fails --------------------------------------------------------------------


async def test_a_failing_handler_is_tried_three_times_with_the_form_as_it_was(core):
    seen = []

    async def fill_and_fail(_: Message, state: FSMContext) -> None:
        seen.append(await state.get_data())
        await state.update_data(words="half done")
        raise ZeroDivisionError

    core.on_message(fill_and_fail)
    await core.answer(message(1))
    assert seen == [{}, {}, {}]
    assert core.sleeps.seconds == list(PAUSES)
    assert sum(PAUSES) <= 5
    assert core.rows("SELECT * FROM forms") == []


async def test_then_it_is_set_aside_with_its_words_kept(core):
    core.on_message(fail_on_bad)
    await core.answer(message(1, "bad"))
    ((state, fault, payload),) = core.rows("SELECT state, fault, payload FROM inbox")
    assert (state, fault) == ("dead", "ZeroDivisionError")
    assert json.loads(payload) == message(1, "bad")


async def test_the_person_and_every_owner_hear_of_it(core):
    core.on_message(fail_on_bad)
    core.wire.script("sendMessage", BLOCKED, BLOCKED)  # who can't be told keeps nobody from it
    await core.answer(message(1, "bad"))
    told = owner_told(1)
    assert core.wire.sent == [(7, PERSON_TOLD), (OWNERS[0], told), (OWNERS[1], told)]
    assert core.inbox == [(1, "dead")]


async def test_in_a_group_only_the_owners_hear_of_it(core):
    core.on_message(fail_on_bad)
    await core.answer(message(1, "bad", chat=-1001))
    assert [chat for chat, _ in core.wire.sent] == list(OWNERS)


async def test_the_next_update_of_the_lane_goes_on(core):
    core.on_message(fail_on_bad)
    await core.answer(message(1, "bad"), message(2, "good"))
    assert core.wire.sent[-1] == (7, "re: good")
    assert core.inbox == [(1, "dead"), (2, "done")]


async def test_a_handler_that_comes_round_is_no_trouble_to_anybody(core):
    tries = []

    async def third_time_lucky(heard: Message, state: FSMContext) -> None:
        tries.append(heard.message_id)
        await state.update_data(tries=len(tries))
        if len(tries) < 3:
            raise ZeroDivisionError

    core.on_message(third_time_lucky)
    await core.answer(message(1))
    assert core.inbox == [(1, "done")]
    assert core.rows("SELECT data FROM forms") == [('{"tries": 3}',)]
    assert core.wire.sent == []


# --- an update that can't be read ------------------------------------------------------------


async def test_an_unreadable_update_is_set_aside_and_blocks_nobody(core):
    core.on_message(reply)
    unreadable = message(1)
    unreadable["message"]["date"] = "yesterday"
    await core.answer(unreadable, message(2, "good"))
    assert core.inbox == [(1, "dead"), (2, "done")]
    assert core.rows("SELECT fault FROM inbox WHERE update_id = 1") == [("unreadable",)]
    assert [chat for chat, _ in core.wire.sent] == [*OWNERS, 7]


@pytest.mark.parametrize("half", [chr(0xD83D), chr(0xDC00)], ids=["leading", "trailing"])
async def test_half_a_character_is_answered_like_any_other(core, half):
    core.on_message(reply)
    await core.answer(message(1, half), message(2, "good"))
    assert core.inbox == [(1, "done"), (2, "done")]


async def test_a_person_whose_words_have_control_characters_is_answered(core):
    core.on_message(reply)
    await core.answer(message(1, "a\u0000b\u001b[31m"))
    assert core.inbox == [(1, "done")]


# --- Telegram --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "away",
    [LINE_BROKEN, TimeoutError(), BAD_GATEWAY, BAD_GATEWAY_PAGE],
    ids=["line broken", "no answer in time", "502", "502 as a page"],
)
async def test_while_telegram_is_away_the_update_waits_and_no_try_counts(core, away):
    core.on_message(reply)
    core.wire.script("sendMessage", *[away] * 5)
    await core.answer(message(1, "hello"))
    assert core.wire.sent == [(7, "re: hello")] * 6
    assert core.sleeps.seconds == [1.0, 2.0, 5.0, 10.0, 30.0]
    assert core.inbox == [(1, "done")]


async def test_a_person_who_has_blocked_the_bot_is_nobody_left_to_answer(core):
    async def fill_and_reply(heard: Message, state: FSMContext) -> None:
        await state.update_data(words=heard.text)
        await heard.answer("hello")

    core.on_message(fill_and_reply)
    core.wire.script("sendMessage", BLOCKED)
    await core.answer(message(1))
    assert core.inbox == [(1, "done")]
    assert len(core.wire.sent) == 1
    assert core.rows("SELECT count(*) FROM forms") == [(1,)]


async def test_a_refused_message_is_the_handlers_fault(core):
    core.on_message(reply)
    core.wire.script("sendMessage", *[refusal(400, "Bad Request: can't parse entities")] * 3)
    await core.answer(message(1))
    assert core.rows("SELECT state, fault FROM inbox") == [("dead", "TelegramBadRequest")]


# --- the database ----------------------------------------------------------------------------


@pytest.mark.sqlite  # a server's disk is its own affair
async def test_a_full_disk_makes_the_closing_write_wait_and_loses_nothing(core):
    tries = []

    async def write_much(heard: Message, state: FSMContext) -> None:
        tries.append(heard.message_id)
        await core.run_sql("PRAGMA max_page_count = 1")  # no more than there are already
        await state.update_data(words="x" * 300_000)

    async def make_room() -> None:
        assert core.inbox == [(1, "new")]
        assert core.rows("SELECT * FROM forms") == []
        await core.run_sql("PRAGMA max_page_count = 1000000")

    core.on_message(write_much)
    core.sleeps.meanwhile = [make_room]
    await core.answer(message(1))
    assert core.sleeps.seconds == [1.0]
    assert core.inbox == [(1, "done")]
    assert len(core.rows("SELECT data FROM forms")[0][0]) > 300_000
    assert tries == [1], "the closing write is tried again, not the handler"


async def test_a_closing_write_that_breaks_in_the_middle_leaves_neither_form_nor_done(core):
    """The form is written first; the trigger breaks the write before *done*."""

    async def look_and_mend() -> None:
        assert core.inbox == [(1, "new")]
        assert core.rows("SELECT * FROM forms") == []
        await core.is_mended()

    core.on_message(note_down)
    core.sleeps.meanwhile = [look_and_mend]
    await core.breaks("UPDATE")
    await core.answer(message(1, "Мария"))
    assert core.inbox == [(1, "done")]
    assert core.rows("SELECT count(*) FROM forms") == [(1,)]


async def test_while_one_closing_write_runs_the_next_gathers_the_others(core):
    core.on_message(reply)
    held, go_on, write = [], asyncio.Event(), core.store.engines.write
    await core.intake.resume()
    await core.intake.keep([message(n, person=n) for n in range(1, 41)])

    async def held_write(job):
        held.append(job)
        await go_on.wait()
        return await write(job)

    core.store.engines.write = held_write
    async with asyncio.timeout(SOON):
        while len(core.wire.sent) < 40 or not held:
            await asyncio.sleep(0)
    go_on.set()
    await core.settled()
    assert len(held) <= 3
    assert {state for _, state in core.inbox} == {"done"}


async def test_a_form_that_no_database_takes_is_the_fault_of_its_own_update_alone(core):
    """Closing writes are shared: the neighbours of a form that isn't JSON are closed."""

    async def strange_form(heard: Message, state: FSMContext) -> None:
        if heard.text == "bad":
            await state.update_data(words=object())

    core.on_message(strange_form)
    async with asyncio.timeout(SOON):
        await core.answer(message(1, "bad", person=8), message(2, "good", person=9))
    assert sorted(core.inbox) == [(1, "dead"), (2, "done")]


# --- a stop in the middle --------------------------------------------------------------------


async def test_an_update_whose_handler_was_cut_off_is_answered_by_the_next_life(core):
    begun, never = asyncio.Event(), asyncio.Event()

    async def slow(_: Message, state: FSMContext) -> None:
        await state.update_data(words="half done")
        begun.set()
        await never.wait()

    core.on_message(slow)
    await core.intake.resume()
    await core.intake.keep([message(1, "hello")])
    await asyncio.wait_for(begun.wait(), SOON)
    assert await core.lanes.finish(within=0) == 1
    assert core.inbox == [(1, "new")]
    assert core.rows("SELECT * FROM forms") == []

    later = core.restarted()
    later.on_message(reply)
    assert await later.intake.resume() == 1
    await later.settled()
    assert later.wire.sent == [(7, "re: hello")]
    assert later.inbox == [(1, "done")]


async def test_a_form_cut_off_between_two_updates_is_as_the_last_closed_left_it(core):
    core.on_message(note_down)
    await core.answer(message(1, "first"))
    later = core.restarted()
    seen = []

    async def look(_: Message, state: FSMContext) -> None:
        seen.append(await state.get_data())

    later.on_message(look)
    await later.answer(message(2))
    assert seen == [{"words": "first"}]


async def test_a_closing_cut_off_by_its_caller_harms_no_other(core):
    await core.run_sql(
        "INSERT INTO inbox (bot_id, update_id, lane, payload, received_at)"
        " VALUES (42, 1, 'a', '{}', '2026-01-01'), (42, 2, 'b', '{}', '2026-01-01')"
    )
    closer = core.answering._closer
    first = asyncio.create_task(closer.close(Closing(1, {(42, 7, 7): Form("s", {})})))
    second = asyncio.create_task(closer.close(Closing(2, {})))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.wait_for(second, SOON)
    assert {state for _, state in core.inbox} == {"done"}
