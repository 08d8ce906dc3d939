"""The webhook answers 200 only for what is on disk; /healthz truly asks."""

import asyncio
import json
import shutil
import threading
from io import BytesIO
from sqlite3 import OperationalError

import pytest
from aiogram.types import Message
from aiohttp.test_utils import TestClient, TestServer

from bot import http
from bot.http import HEALTH, SECRET_HEADER, SILENCE, Vitals, application
from bot.settings import Settings, load_settings
from db import probe
from tests.support.core import SOON
from tests.support.telegram import message

SECRET = "a-webhook-secret"
RIGHT = {SECRET_HEADER: SECRET}


class Body:
    """The bot's vital signs, all well until the test says otherwise."""

    def __init__(self) -> None:
        self.database_fault: Exception | None = None
        self.writer_stuck = False
        self.serves = True
        self.silence: float | None = 1.0
        self.held = True

    def vitals(self) -> Vitals:
        return Vitals(
            database=self._database,
            writer=self._writer,
            serving=lambda: self.serves,
            waiting=lambda: 3,
            since_poll=lambda: self.silence,
            webhook_held=lambda: self.held,
        )

    async def _database(self) -> None:
        if self.database_fault:
            raise self.database_fault

    async def _writer(self) -> None:
        if self.writer_stuck:
            await asyncio.Event().wait()


@pytest.fixture
def body() -> Body:
    return Body()


@pytest.fixture
def settings(complete) -> Settings:
    return load_settings(webhook_url="https://bot.example.ru/hook", webhook_secret=SECRET)


@pytest.fixture
async def client(core, settings, body):
    await core.intake.resume()
    app = application(settings, core.intake, body.vitals())
    async with TestClient(TestServer(app)) as client:
        yield client


# --- the webhook -----------------------------------------------------------------------------


async def test_an_update_is_taken_and_answered(client, core):
    heard = []

    async def hear(said: Message) -> None:
        heard.append(said.text)

    core.on_message(hear)
    answer = await client.post("/hook", json=message(1, "hello"), headers=RIGHT)
    assert (answer.status, await answer.text()) == (200, "")
    await core.settled()
    assert heard == ["hello"]


@pytest.mark.sqlite  # a server has many writers: one that is busy keeps no other waiting
async def test_200_comes_only_when_the_update_is_on_disk(client, core):
    free = threading.Event()
    blocking = asyncio.create_task(core.store.engines.write(lambda _: free.wait(SOON)))
    posting = asyncio.create_task(client.post("/hook", json=message(1), headers=RIGHT))
    async with asyncio.timeout(SOON):
        while not core.store.engines._writer._jobs.qsize():
            await asyncio.sleep(0)
    assert not posting.done()
    assert core.inbox == []
    free.set()
    await blocking
    assert (await posting).status == 200
    assert [update for update, _ in core.inbox] == [1]
    await core.settled()


async def test_a_write_that_fails_is_not_a_200_and_telegram_sends_again(client, core):
    await core.breaks("INSERT")
    assert (await client.post("/hook", json=message(1), headers=RIGHT)).status == 500
    await core.is_mended()
    assert (await client.post("/hook", json=message(1), headers=RIGHT)).status == 200
    await core.settled()
    assert core.inbox == [(1, "done")]


async def test_an_update_sent_again_is_a_200_and_nothing_more(client, core):
    for _ in range(2):
        assert (await client.post("/hook", json=message(1), headers=RIGHT)).status == 200
    await core.settled()
    assert core.inbox == [(1, "done")]


@pytest.mark.parametrize(
    "headers", [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: "wrong"}, {SECRET_HEADER: SECRET + "x"}]
)
async def test_without_the_secret_nobody_gets_in(client, core, headers):
    answer = await client.post("/hook", json=message(1), headers=headers)
    assert answer.status == 403
    assert core.inbox == []


async def test_a_secret_that_is_not_even_text_is_wrong(client):
    """aiohttp hands on bytes that are no UTF-8 as half characters."""
    port = client.server.port
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    header = SECRET_HEADER.encode()
    writer.write(b"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n")
    writer.write(header + b": \xff\xfe\r\nConnection: close\r\n\r\n")
    status = await asyncio.wait_for(reader.readline(), SOON)
    writer.close()
    await writer.wait_closed()
    assert b" 403 " in status


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null",
        b"[]",
        b'"words"',
        b"{}",
        b'{"update_id": "1"}',
        b'{"update_id": null}',
        b"[" * 100_000,
    ],
    ids=lambda garbage: repr(garbage[:20]),
)
async def test_garbage_is_refused(client, core, garbage):
    assert (await client.post("/hook", data=garbage, headers=RIGHT)).status == 400
    assert core.inbox == []


async def test_what_is_larger_than_any_update_is_refused(client, core):
    huge = json.dumps(message(1, "x" * http.LARGEST_UPDATE)).encode()
    assert (await client.post("/hook", data=BytesIO(huge), headers=RIGHT)).status == 413
    assert core.inbox == []


async def test_there_is_no_webhook_where_none_is_set(core, complete, body):
    app = application(load_settings(), core.intake, body.vitals())
    async with TestClient(TestServer(app)) as client:
        assert (await client.post("/", json=message(1), headers=RIGHT)).status == 404
        assert (await client.get(HEALTH)).status == 200


# --- health ----------------------------------------------------------------------------------


async def health(client) -> tuple[int, dict]:
    answer = await client.get(HEALTH)
    return answer.status, await answer.json()


async def test_a_healthy_bot_says_so(client):
    assert await health(client) == (
        200,
        {
            "ok": True,
            "database": True,
            "writer": True,
            "serving": True,
            "telegram": True,
            "seconds_since_poll": 1.0,
            "updates_waiting": 3,
        },
    )


async def test_a_broken_database_is_no_health(client, body):
    body.database_fault = OSError("gone")
    status, report = await health(client)
    assert (status, report["ok"], report["database"], report["writer"]) == (503, False, False, True)


@pytest.mark.sqlite
@pytest.mark.parametrize("folder", ["plain", "a b#c"])
async def test_the_database_is_truly_asked(schema, tmp_path, folder):
    file = tmp_path / folder / "molar.db"
    file.parent.mkdir()
    url = f"sqlite+aiosqlite:///{file}"
    with pytest.raises(OperationalError):
        await probe.answers(url)
    assert not file.exists(), "who asks must not make a database"
    shutil.copy(schema, file)
    await probe.answers(url)


async def test_a_writer_that_is_stuck_is_no_health(client, body, monkeypatch):
    monkeypatch.setattr(http, "PATIENCE", 0)
    body.writer_stuck = True
    status, report = await health(client)
    assert (status, report["ok"], report["writer"]) == (503, False, False)


async def test_a_bot_that_doesnt_serve_yet_is_no_health(client, body):
    body.serves = False
    status, report = await health(client)
    assert (status, report["ok"], report["serving"]) == (503, False, False)


@pytest.mark.parametrize(("silence", "status"), [(SILENCE - 1, 200), (SILENCE, 503)])
async def test_a_telegram_that_has_been_silent_too_long_is_no_health(client, body, silence, status):
    body.silence = silence
    assert (await health(client))[0] == status


async def test_behind_a_webhook_nobody_polls_and_that_is_healthy(client, body):
    body.silence = None
    status, report = await health(client)
    assert (status, report["telegram"], report["seconds_since_poll"]) == (200, True, None)


async def test_a_webhook_that_telegram_does_not_know_is_no_health(client, body):
    body.silence, body.held = None, False
    status, report = await health(client)
    assert (status, report["telegram"]) == (503, False)
