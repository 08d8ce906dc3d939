"""The bot's line to Telegram: what it forgives, how it waits, what it calls absence."""

import asyncio
import json
import socket
from datetime import timedelta

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import BufferedInputFile
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.pace import Pace
from bot.session import loads
from bot.settings import load_settings
from bot.telegram import ALREADY, Absence, Forgiveness, Patience, make_bot
from bot.updates.polling import GetRawUpdates
from tests.support.clock import TestClock
from tests.support.core import SOON
from tests.support.telegram import BAD_GATEWAY_PAGE, BLOCKED, ok, refusal, too_many

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup "
    "are exactly the same as a current content and reply markup of the message"
)
PACE = Pace(TestClock(), 25)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


class Time:
    """A clock that stands until the test moves it, and a sleep that ends then."""

    def __init__(self) -> None:
        self.clock = TestClock()
        self.asleep: asyncio.Queue[float] = asyncio.Queue()
        self._awake = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.asleep.put_nowait(seconds)
        until = self.clock.now() + timedelta(seconds=seconds)
        while self.clock.now() < until:
            await self._awake.wait()

    def pass_(self, seconds: float) -> None:
        self.clock.pass_(seconds=seconds)
        self._awake.set()
        self._awake = asyncio.Event()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def patient(wire, time) -> Bot:
    wire.middleware(Patience(Pace(time.clock, 25, time.sleep), time.sleep))
    return Bot("42:SANDBOX", session=wire)


@pytest.fixture
def forgiving(wire) -> Bot:
    wire.middleware(Forgiveness())
    return Bot("42:SANDBOX", session=wire)


async def turn_the_loop() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


# --- forgiveness -----------------------------------------------------------------------------


@pytest.mark.parametrize("words", [*(f"Bad Request: {words}" for words in ALREADY), NOT_MODIFIED])
async def test_an_edit_that_has_happened_already_is_a_success(forgiving, wire, words):
    wire.script("editMessageText", refusal(400, words))
    assert await forgiving.edit_message_text("hi", chat_id=7, message_id=1) is True


async def test_a_press_too_old_to_be_answered_is_a_success(forgiving, wire):
    wire.script("answerCallbackQuery", refusal(400, TOO_OLD))
    assert await forgiving.answer_callback_query("1") is True


@pytest.mark.parametrize(
    ("status", "words", "error"),
    [
        (400, "Bad Request: can't parse entities", TelegramBadRequest),
        (400, "Bad Request: chat not found", TelegramBadRequest),
        (403, "Forbidden: message is not modified", TelegramForbiddenError),
    ],
)
async def test_any_other_refusal_is_one(forgiving, wire, status, words, error):
    wire.script("editMessageText", refusal(status, words))
    with pytest.raises(error):
        await forgiving.edit_message_text("hi", chat_id=7, message_id=1)


# --- patience --------------------------------------------------------------------------------


async def test_after_too_many_requests_nothing_is_sent_to_anybody(patient, wire, time):
    wire.script("sendMessage", too_many(5))
    first = asyncio.create_task(patient.send_message(7, "first"))
    await asyncio.wait_for(time.asleep.get(), SOON)
    others = [
        asyncio.create_task(patient.send_message(8, "second")),
        asyncio.create_task(patient.edit_message_text("x", chat_id=9, message_id=1)),
    ]
    await turn_the_loop()
    time.pass_(4.5)
    await turn_the_loop()
    assert len(wire.requests) == 1
    time.pass_(0.5)
    await asyncio.wait_for(asyncio.gather(first, *others), SOON)
    assert sorted(wire.sent) == [(7, "first"), (7, "first"), (8, "second")]


async def test_told_again_it_waits_again(patient, wire, time):
    wire.script("sendMessage", too_many(5), too_many(3), BLOCKED)
    sending = asyncio.create_task(patient.send_message(7, "x"))
    await asyncio.wait_for(time.asleep.get(), SOON)
    time.pass_(5)
    await turn_the_loop()
    assert len(wire.requests) == 2
    time.pass_(2.9)
    await turn_the_loop()
    assert len(wire.requests) == 2
    time.pass_(0.1)
    with pytest.raises(TelegramForbiddenError):
        await asyncio.wait_for(sending, SOON)


async def test_a_request_that_writes_to_no_chat_waits_alone(patient, wire, time):
    wire.script("setMyDescription", too_many(600))
    describing = asyncio.create_task(patient.set_my_description("x"))
    assert await asyncio.wait_for(time.asleep.get(), SOON) == 600
    await asyncio.wait_for(patient.send_message(7, "not held up"), SOON)
    time.pass_(600)
    assert await asyncio.wait_for(describing, SOON) is True


async def test_a_poll_is_neither_held_up_nor_repeated(patient, wire, time):
    wire.script("sendMessage", too_many(5))
    sending = asyncio.create_task(patient.send_message(7, "x"))
    await asyncio.wait_for(time.asleep.get(), SOON)
    wire.script("getUpdates", ok([]), too_many(9))
    assert await patient(GetRawUpdates()) == []
    with pytest.raises(TelegramRetryAfter):
        await patient(GetRawUpdates())
    time.pass_(5)
    await asyncio.wait_for(sending, SOON)


# --- absence ---------------------------------------------------------------------------------


async def test_a_page_instead_of_json_means_that_telegram_is_away(wire):
    wire.middleware(Absence())
    wire.script("sendMessage", BAD_GATEWAY_PAGE)
    with pytest.raises(TelegramServerError):
        await Bot("42:SANDBOX", session=wire).send_message(7, "x")


async def test_an_answer_that_aiogram_doesnt_understand_is_no_absence(wire):
    """The message was sent: to send it again for an hour would be worse than an alert."""
    wire.middleware(Absence())
    wire.script("sendMessage", ok({"what": "?"}))
    with pytest.raises(ClientDecodeError):
        await Bot("42:SANDBOX", session=wire).send_message(7, "x")


# --- the bot ---------------------------------------------------------------------------------


async def test_the_bot_follows_the_settings(complete):
    settings = load_settings(
        telegram_api_url="http://127.0.0.1:8081", proxy_url="http://127.0.0.1:3128"
    )
    bot = make_bot(settings, PACE)
    assert bot.session.api.api_url("42:X", "getMe") == "http://127.0.0.1:8081/bot42:X/getMe"
    assert bot.session.proxy == "http://127.0.0.1:3128"
    assert bot.default.parse_mode == "HTML"
    await bot.session.close()


async def test_the_bot_has_all_its_manners(complete):
    """In this order: patience waits before anything is forgiven, absence is told first."""
    bot = make_bot(load_settings(), PACE)
    manners = [type(manner) for manner in bot.session.middleware]
    assert manners == [Patience, Forgiveness, Absence]
    await bot.session.close()


async def test_requests_travel_as_json_and_files_as_a_form(complete):
    seen = []

    async def telegram(request: web.Request) -> web.Response:
        seen.append((request.content_type, await request.text()))
        status, body = ok({"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}})
        return web.json_response(text=body, status=status)

    app = web.Application()
    app.router.add_post("/bot42:SANDBOX/{method}", telegram)
    async with TestServer(app) as server:
        bot = make_bot(load_settings(telegram_api_url=f"http://127.0.0.1:{server.port}"), PACE)
        await bot.send_message(7, "Мария")
        await bot.send_document(7, BufferedInputFile("Мария".encode(), filename="me.html"))
        await bot.session.close()
    (words_type, words), (file_type, file) = seen
    assert words_type == "application/json"
    sent = json.loads(words)
    assert (sent["chat_id"], sent["text"], sent["parse_mode"]) == ("7", "Мария", "HTML")
    assert file_type == "multipart/form-data"
    assert "Мария" in file


async def test_of_a_message_that_was_sent_only_its_place_is_kept(complete):
    sent = {
        "message_id": 5,
        "date": 0,
        "chat": {"id": 7, "type": "private"},
        "text": "Мария",
        "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]},
    }
    said = loads(ok(sent)[1])
    assert said == {"ok": True, "result": {k: sent[k] for k in ("message_id", "date", "chat")}}
    bot = make_bot(load_settings(), PACE)
    assert bot.session.json_loads is loads
    await bot.session.close()


@pytest.mark.parametrize("result", [True, {"id": 7, "type": "private"}, [{"message_id": 5}]])
def test_everything_else_that_telegram_returns_is_whole(result):
    assert loads(ok(result)[1])["result"] == result


async def test_where_nobody_listens_telegram_is_away(complete):
    with socket.socket() as taken:  # bound, and not listening
        taken.bind(("127.0.0.1", 0))
        bot = make_bot(
            load_settings(telegram_api_url=f"http://127.0.0.1:{taken.getsockname()[1]}"), PACE
        )
        with pytest.raises(TelegramNetworkError):
            await bot.send_message(7, "x")
        await bot.session.close()
