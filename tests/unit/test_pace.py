"""Telegram's limits: letters keep to the rate, answers go first, no chat gets too much."""

import asyncio
from contextlib import nullcontext
from datetime import timedelta
from itertools import count
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pace import (
    ANSWERS_AHEAD,
    GROUP_FOR_ANSWERS,
    GROUP_MOST,
    MOST_PER_SECOND,
    OF_THEM_FOR_ANSWERS,
    PRIVATE_BURST,
    Pace,
    counts,
    is_new,
)
from sandbox.errors import ApiError
from sandbox.limits import FloodControl, Limits
from sandbox.world import Chat, Person
from tests.support.clock import TestClock

GROUP = -100


class Steps:
    """A clock that goes on by what whoever sleeps has asked for, the nearest first."""

    def __init__(self) -> None:
        self.clock = TestClock()
        self.pace = Pace(self.clock, 25, self.sleep)

    async def sleep(self, seconds: float) -> None:
        self.clock.pass_(seconds=seconds)
        await asyncio.sleep(0)

    def seconds(self) -> float:
        return self.clock.now().timestamp()


@pytest.fixture
def steps() -> Steps:
    return Steps()


def test_what_counts_is_what_puts_or_changes_a_message():
    assert all(map(counts, ("sendMessage", "sendPhoto", "copyMessage", "editMessageMedia")))
    none = ("sendChatAction", "answerCallbackQuery", "getChat", "deleteMessage", "getUpdates")
    assert not any(map(counts, none))
    assert is_new("copyMessage")
    assert not is_new("editMessageText")


async def test_letters_leave_at_the_rate(steps):
    began = steps.seconds()
    for chat in range(1, 251):
        assert await steps.pace.turn(chat) == 0
    assert 9.5 <= steps.seconds() - began <= 10.0


async def test_an_answer_goes_at_once_and_takes_its_place_from_the_letters(steps):
    began = steps.seconds()
    for chat in range(1, 101):
        await steps.pace.turn(chat)
        before = steps.seconds()
        await steps.pace.answer(1000 + chat, new=True)
        assert steps.seconds() == before
    assert 7.0 <= steps.seconds() - began <= 8.1


async def test_however_many_answers_there_are_letters_still_leave(steps):
    for chat in range(1, 21):
        for person in range(200):
            await steps.pace.answer(10_000 + 200 * chat + person, new=True)
        before = steps.seconds()
        assert await steps.pace.turn(chat) == 0
        assert steps.seconds() - before <= ANSWERS_AHEAD + 0.1


async def test_an_edit_takes_no_room_of_its_chat(steps):
    began = steps.seconds()
    for _ in range(100):
        await steps.pace.answer(GROUP, new=False)
    assert steps.seconds() == began


async def test_a_group_gets_twenty_a_minute_and_letters_leave_some_of_them_to_answers(steps):
    sent = 0
    while await steps.pace.turn(GROUP) == 0:
        sent += 1
    assert sent == GROUP_MOST - GROUP_FOR_ANSWERS
    began = steps.seconds()
    for _ in range(GROUP_FOR_ANSWERS):
        await steps.pace.answer(GROUP, new=True)
    assert steps.seconds() == began
    await steps.pace.answer(GROUP, new=True)
    assert steps.seconds() - began > 59


async def test_a_person_gets_a_burst_and_then_one_a_second(steps):
    sent = 0
    while await steps.pace.turn(7) == 0:
        sent += 1
    assert PRIVATE_BURST - OF_THEM_FOR_ANSWERS <= sent <= PRIVATE_BURST - OF_THEM_FOR_ANSWERS + 1
    assert 0 < await steps.pace.turn(7) <= 1
    steps.clock.pass_(seconds=1)
    assert await steps.pace.turn(7) == 0


async def test_a_letter_that_said_nothing_leaves_its_turn_to_the_next(steps):
    began = steps.seconds()
    for chat in range(1, 1001):
        await steps.pace.turn(chat)
        steps.pace.forgo()
    assert steps.seconds() - began < 1


async def test_of_what_a_slow_line_holds_back_no_more_than_a_second_allows_is_on_the_way(steps):
    """When the line lets go, all of it is there at once."""
    on_the_way, most, letting_go = 0, 0, asyncio.Event()

    async def letter():
        nonlocal on_the_way, most
        async with steps.pace.on_its_way():
            on_the_way += 1
            most = max(most, on_the_way)
            await letting_go.wait()
            on_the_way -= 1

    letters = [asyncio.create_task(letter()) for _ in range(100)]
    for _ in range(1000):
        await asyncio.sleep(0)
    assert most == MOST_PER_SECOND
    began = steps.seconds()
    letting_go.set()
    await asyncio.gather(*letters)
    assert steps.seconds() - began > 2
    assert most == MOST_PER_SECOND


async def test_while_telegram_wants_silence_no_letter_waits_in_hand(steps):
    steps.pace.hush(30)
    began = steps.seconds()
    assert 29 < await steps.pace.turn(7) <= 30
    assert steps.seconds() == began
    await steps.pace.silence()
    assert steps.seconds() - began >= 30
    assert await steps.pace.turn(7) == 0


async def test_a_shorter_silence_doesnt_cut_a_longer_one(steps):
    steps.pace.hush(30)
    steps.pace.hush(5)
    assert steps.pace.quiet == 30


async def test_a_clock_that_jumps_holds_nobody_up(steps):
    for jump in (timedelta(days=400), timedelta(days=-800)):
        for chat in range(1, 61):
            await steps.pace.turn(chat)
        steps.pace.hush(3600)
        steps.clock.moment += jump
        before = steps.seconds()
        assert await steps.pace.turn(7) == 0
        assert steps.seconds() - before < 0.1


async def test_a_clock_set_back_in_a_queue_holds_nobody_up(steps):
    for chat in range(1, 11):
        await steps.pace.turn(chat)
    waits = asyncio.create_task(steps.pace.turn(99))
    await asyncio.sleep(0)
    steps.clock.moment -= timedelta(days=1)
    before = steps.seconds()
    await waits
    assert steps.seconds() - before < 1


@given(st.integers(0, 2**32), st.floats(0, 1))
def test_the_strict_sandbox_refuses_nothing(seed, answers):
    """Letters and answers in any mixture, most of them to a few chats: its limits are the judge."""
    asyncio.run(_judged(Random(seed), answers))  # noqa: S311 (chance, not secrets)


async def _judged(chance: Random, answers: float) -> None:
    steps = Steps()
    judge = FloodControl(Limits())
    worlds = {chat: _chat(chat) for chat in (*range(1, 101), GROUP, GROUP - 1)}
    for _ in range(200):
        chat = chance.choice([1, 2, GROUP, GROUP - 1, chance.randint(1, 100)])
        if chance.random() < answers:
            worlds[chat].heard_at = steps.seconds()
            await steps.pace.answer(chat, new=True)
            bulk = chat < 0
        elif await steps.pace.turn(chat):
            continue
        else:
            bulk = True
        async with steps.pace.on_its_way() if bulk else nullcontext():
            try:
                judge.check(worlds[chat], steps.seconds())
            except ApiError as refused:
                raise AssertionError(f"429 in {chat}") from refused


def _chat(number: int) -> Chat:
    person = Person(number, "A") if number > 0 else None
    return Chat(number, "private" if person else "supergroup", count(1), person=person)
