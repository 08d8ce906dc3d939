import asyncio
import contextlib
import os
import shutil
import sqlite3
import time
from collections import namedtuple
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import asyncpg
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.database_url import normalised
from bot.doctor import examine as doctor
from bot.doctor.database import database as about_database
from bot.doctor.finding import Mark
from bot.doctor.online import telegram
from bot.lock import RunningLock
from bot.settings import load_settings
from db import migrate
from loyalty.delivery import UNREACHABLE
from screens.texts import LANGUAGES, texts_in

Disk = namedtuple("Disk", "total used free")
GIGABYTE = 1 << 30


def findings():
    """What `doctor` says without Telegram: key → mark."""
    return marked(doctor._findings(online=False))


def marked(found):
    found = list(found)
    for finding in found:
        for language in LANGUAGES:
            assert finding.sentence.said(texts_in(language)), "every finding has its sentence"
    return {finding.sentence.key: finding.mark for finding in found}


@pytest.fixture
def clinic(complete, database):
    """A clinic in good order: settings, `.env`, database, a fresh copy."""
    env = complete / ".env"
    env.touch(mode=0o600)
    database.chmod(0o600)
    shutil.copy(database, database.with_name("copy.db"))
    return complete


@pytest.fixture
def newest_sqlite(monkeypatch):
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 51, 3))


def test_all_is_well(clinic, newest_sqlite):
    said = []
    assert doctor.examine(online=False, say=said.append)
    assert [line[0] for line in said] == ["✓"] * len(said)
    assert "✓ База открывается и пишется: data/molar.db." in said
    assert "✓ Последняя копия базы: data/copy.db, сегодня." in said
    assert set(findings()) == {
        "doctor-python",
        "doctor-settings",
        "doctor-timezone",
        "doctor-sqlite",
        "doctor-database",
        "doctor-schema",
        "doctor-not-running",
        "doctor-disk",
        "doctor-copy",
    }


def test_every_wrong_setting_is_named_and_fails(clinic, monkeypatch):
    monkeypatch.setenv("HTTP_PORT", "0")
    monkeypatch.setenv("BOT_TOKEN", "")
    found = findings()
    assert found["wrong-http-port"] is found["missing-bot-token"] is Mark.BAD
    assert "doctor-database" in found, "the rest is looked at all the same"
    assert not doctor.examine(online=False, say=lambda _: None)


def test_a_wrong_database_url_is_named_once(clinic, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "molar.db")
    found = findings()
    assert found["wrong-database-url"] is Mark.BAD
    assert not [key for key in found if key.startswith("doctor-database")]


def test_telegram_is_not_asked_with_wrong_settings(alone):
    assert marked(doctor._findings(online=True))["doctor-online-skipped"] is Mark.WARNING


def test_slips_in_the_file_are_pointed_out_once(clinic, caplog):
    (clinic / ".env").write_text("BOT_TOKN=42:SANDBOX\nCLINIC NAME=Улыбка\n", "utf-8")
    said = []
    doctor.examine(online=False, say=said.append)
    assert any(line.startswith("! В .env есть BOT_TOKN, похоже на BOT_TOKEN.") for line in said)
    assert any(line.startswith("! Строка 2 в .env не разобрана.") for line in said)
    assert caplog.messages == []


def test_files_that_others_can_read_are_named(clinic):
    (clinic / ".env").chmod(0o644)
    (clinic / "data" / "molar.db").chmod(0o604)
    said = []
    assert doctor.examine(online=False, say=said.append), "a warning, no failure"
    assert any("chmod 600 .env" in line for line in said)
    assert any("chmod 600 data/molar.db" in line for line in said)


def test_no_file_of_settings_is_worth_a_word(clinic):
    (clinic / ".env").unlink()
    assert findings()["doctor-env-none"] is Mark.WARNING


def test_a_phone_that_cannot_be_real_is_doubted(clinic, monkeypatch):
    monkeypatch.setenv("CLINIC_PHONE", "+7 000 000-00-00")
    assert findings()["doctor-phone"] is Mark.WARNING


@pytest.mark.parametrize(
    ("free", "key", "mark"),
    [
        (50 << 20, "doctor-disk-full", Mark.BAD),
        (500 << 20, "doctor-disk-tight", Mark.WARNING),
        (5 * GIGABYTE, "doctor-disk", Mark.GOOD),
    ],
)
def test_free_space(clinic, monkeypatch, free, key, mark):
    monkeypatch.setattr("shutil.disk_usage", lambda _: Disk(10 * GIGABYTE, 0, free))
    assert findings()[key] is mark


def test_before_the_first_start_there_is_nothing_to_complain_of(complete):
    found = findings()
    assert found["doctor-database-none"] is Mark.GOOD
    assert not [key for key in found if "copy" in key or "schema" in key]


def test_a_folder_that_cannot_be_written_to_is_named(complete, monkeypatch):
    monkeypatch.setattr("os.access", lambda *_: False)
    assert findings()["doctor-folder-closed"] is Mark.BAD


def test_no_copy_and_an_old_copy(clinic):
    copy = clinic / "data" / "copy.db"
    week_ago = time.time() - 7 * 86_400
    os.utime(copy, (week_ago, week_ago))
    assert findings()["doctor-copy-old"] is Mark.WARNING
    copy.unlink()
    (clinic / "data" / "notes.txt").write_text("no copy")
    assert findings()["doctor-copy-none"] is Mark.WARNING


def test_a_running_bot_is_seen(clinic):
    with RunningLock(clinic / "data" / "molar.db"):
        assert "doctor-running" in findings()


@pytest.mark.parametrize(
    ("version", "scheduler", "key"),
    [
        ((3, 51, 2), "inside", "doctor-sqlite-old"),
        ((3, 51, 2), "separate", "doctor-sqlite-race"),
        ((3, 51, 3), "separate", "doctor-sqlite"),
    ],
)
def test_the_race_of_old_sqlite_matters_with_two_processes(
    clinic, monkeypatch, version, scheduler, key
):
    monkeypatch.setattr("sqlite3.sqlite_version_info", version)
    monkeypatch.setenv("SCHEDULER", scheduler)
    assert findings()[key] is not Mark.BAD


def sql(clinic, statement):
    with closing(sqlite3.connect(clinic / "data" / "molar.db", isolation_level=None)) as database:
        database.execute(statement)


def test_a_schema_of_another_version(clinic, monkeypatch):
    sql(clinic, "UPDATE alembic_version SET version_num = 'future'")
    assert findings()["doctor-schema-unknown"] is Mark.BAD
    monkeypatch.setattr("bot.doctor.database.revisions", lambda: {"future": None, "0001": "future"})
    assert findings()["doctor-schema-old"] is Mark.WARNING
    sql(clinic, "DROP TABLE alembic_version")
    assert findings()["doctor-schema-none"] is Mark.WARNING


def test_a_damaged_database_fails_and_a_busy_one_does_not(clinic):
    file = clinic / "data" / "molar.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as busy:
        busy.execute("BEGIN EXCLUSIVE")
        assert findings()["doctor-database-busy"] is Mark.WARNING
    file.write_bytes(b"damaged " * 1000)
    assert findings()["doctor-database-broken"] is Mark.BAD


LETTER = """
    INSERT INTO outbox (key, kind, chat_id, arguments, state, fault, not_before, created_at)
    VALUES ('{key}', '{kind}', {chat}, '{{}}', '{state}', {fault}, '2026-11-21', '2026-11-21')
"""


def letter(key, chat, state, fault=None, kind="case"):
    fault = f"'{fault}'" if fault else "NULL"
    return LETTER.format(key=key, kind=kind, chat=chat, state=state, fault=fault)


def warned():
    """About owners, in Russian."""
    found = [f.sentence for f in doctor._findings(online=False)]
    return [s.said(texts_in("ru")) for s in found if s.key == "doctor-owner-unreached"]


def test_an_owner_whom_the_last_alert_did_not_reach_is_named_until_one_does(clinic):
    sql(clinic, letter("1", 101, "sent"))
    sql(clinic, letter("2", 101, "failed", UNREACHABLE))
    sql(clinic, letter("3", 102, "sent"))
    (line,) = warned()
    assert "до руководителя 101:" in line
    assert "нажмёт «Начать»" in line
    assert doctor.examine(online=False, say=lambda _: None), "a warning, no failure"

    sql(clinic, letter("4", 101, "sent", kind="second-bot"))
    assert warned() == []


def test_what_went_wrong_otherwise_or_elsewhere_says_nothing_of_owners(clinic):
    sql(clinic, letter("1", 101, "failed", "TelegramBadRequest"))
    sql(clinic, letter("2", 102, "failed", UNREACHABLE, kind="request"))
    sql(clinic, letter("3", -1001, "failed", UNREACHABLE))
    sql(clinic, letter("4", 103, "failed", UNREACHABLE))
    assert warned() == []


@pytest.mark.postgresql
def test_owners_are_looked_for_on_a_server_too(database_on_server):
    url = normalised(database_on_server)

    async def execute(*statements):
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))
        for statement in statements:
            await connection.execute(statement)
        await connection.close()

    migrate.upgrade(url)
    asyncio.run(execute(letter("1", 101, "failed", UNREACHABLE)))
    found = marked(about_database(url, two_processes=False, owners=[101, 102]))
    assert found["doctor-owner-unreached"] is Mark.WARNING


@pytest.mark.postgresql
def test_a_server_is_asked(database_on_server):
    url = normalised(database_on_server)
    found = marked(about_database(url, two_processes=False))
    assert found == {"doctor-server": Mark.GOOD, "doctor-schema-none": Mark.WARNING}


@pytest.mark.postgresql
def test_a_server_that_only_reads_is_no_use(database_on_server):
    url = normalised(database_on_server)
    make_read_only(url)
    found = marked(about_database(url, two_processes=False))
    assert found == {"doctor-server-read-only": Mark.BAD}


def make_read_only(url):
    async def execute():
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))
        name = await connection.fetchval("SELECT current_database()")
        await connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        await connection.close()

    asyncio.run(execute())


def test_a_server_that_does_not_answer_is_named_without_its_password():
    url = "postgresql+asyncpg://molar:geheim@127.0.0.1:1/molar"
    (finding,) = about_database(url, two_processes=False)
    assert finding.mark is Mark.BAD
    said = finding.sentence.said(texts_in("ru"))
    assert "127.0.0.1/molar" in said
    assert "geheim" not in said


class Telegram:
    """As much of Telegram as `doctor` asks, with answers that a test may change."""

    def __init__(self):
        self.me = {"username": "smile_bot", "can_join_groups": True}
        self.me["can_read_all_group_messages"] = True
        self.webhook = {"url": ""}
        self.reachable = {101, 102}
        self.date = datetime.now(UTC)

    async def answer(self, request):
        if request.match_info["token"] != "42:SANDBOX":
            return self._json({"ok": False, "error_code": 401, "description": "Unauthorized"}, 401)
        match request.match_info["method"]:
            case "getMe":
                return self._json({"ok": True, "result": self.me})
            case "getWebhookInfo":
                return self._json({"ok": True, "result": self.webhook})
            case "getChat":
                return self._chat((await request.json())["chat_id"])
        raise web.HTTPNotFound

    def _chat(self, owner):
        if owner in self.reachable:
            return self._json({"ok": True, "result": {"id": owner}})
        refused = {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}
        return self._json(refused, 400)

    def _json(self, body, status=200):
        date = format_datetime(self.date, usegmt=True)
        return web.json_response(body, status=status, headers={"Date": date})


@pytest.fixture
def there():
    return Telegram()


@contextlib.asynccontextmanager
async def serving(there):
    application = web.Application()
    application.router.add_post("/bot{token}/{method}", there.answer)
    async with TestServer(application) as server:
        yield str(server.make_url("/"))


async def asked(there, **overrides):
    async with serving(there) as url:
        return await telegram(load_settings(telegram_api_url=url, **overrides))


async def test_telegram_finds_nothing_to_complain_of(complete, there):
    found = marked(await asked(there))
    assert found == {
        "doctor-token": Mark.GOOD,
        "doctor-clock": Mark.GOOD,
        "doctor-inline-off": Mark.GOOD,
        "doctor-polling": Mark.GOOD,
        "doctor-owner": Mark.GOOD,
    }


async def test_inline_mode_is_advice_that_ends_once_it_is_taken(complete, there):
    (advice,) = [f.sentence for f in await asked(there) if f.sentence.key == "doctor-inline-off"]
    assert "/setinline" in advice.said(texts_in("ru"))
    there.me["supports_inline_queries"] = True
    found = marked(await asked(there))
    assert found["doctor-inline"] is Mark.GOOD
    assert "doctor-inline-off" not in found


async def test_a_token_that_telegram_refuses(complete, there):
    assert marked(await asked(there, bot_token="42:OLD")) == {"doctor-token-refused": Mark.BAD}


async def test_an_owner_who_never_pressed_start_is_named(complete, there):
    there.reachable = {101}
    said = [finding.sentence.said(texts_in("ru")) for finding in await asked(there)]
    assert "Руководитель 101 на связи." in said
    assert any("Руководителю 102" in line and "@smile_bot" in line for line in said)


async def test_a_clock_that_is_wrong(complete, there):
    there.date -= timedelta(minutes=5)
    assert marked(await asked(there))["doctor-clock-wrong"] is Mark.WARNING


async def test_a_bot_that_hears_no_group(complete, there):
    there.me["can_read_all_group_messages"] = False
    assert marked(await asked(there))["doctor-privacy-mode"] is Mark.WARNING
    there.me["can_join_groups"] = False
    assert marked(await asked(there))["doctor-groups-closed"] is Mark.BAD


@pytest.mark.parametrize(
    ("there_is", "wanted", "key", "mark"),
    [
        ("https://other.example.ru", None, "doctor-webhook-foreign", Mark.WARNING),
        ("", "https://bot.example.ru", "doctor-webhook-not-yet", Mark.GOOD),
        (
            "https://other.example.ru",
            "https://bot.example.ru",
            "doctor-webhook-other",
            Mark.WARNING,
        ),
        ("https://bot.example.ru", "https://bot.example.ru", "doctor-webhook", Mark.GOOD),
        ("", "https://bot.example.ru:9443", "doctor-webhook-port", Mark.WARNING),
    ],
)
async def test_the_webhook_is_compared_with_the_settings(
    complete, there, there_is, wanted, key, mark
):
    there.webhook = {"url": there_is}
    assert marked(await asked(there, webhook_url=wanted, webhook_secret="s"))[key] is mark


async def test_what_telegram_complains_of_is_passed_on(complete, there):
    there.webhook["last_error_message"] = "Connection refused"
    assert marked(await asked(there))["doctor-webhook-error"] is Mark.WARNING


async def test_nobody_there(complete):
    (finding,) = await telegram(load_settings(telegram_api_url="http://127.0.0.1:1"))
    assert finding.sentence.key == "doctor-telegram-unreachable"
    assert "SANDBOX" not in finding.sentence.said(texts_in("ru"))


async def test_somebody_else_there(complete, there):
    async with serving(there) as url:
        (finding,) = await telegram(load_settings(telegram_api_url=f"{url}elsewhere"))
    assert finding.sentence.key == "doctor-telegram-unreachable"


async def test_one_who_keeps_silent_is_waited_for_only_so_long(complete, monkeypatch):
    async def silence(request):
        await asyncio.Event().wait()

    there = Telegram()
    monkeypatch.setattr(there, "answer", silence)
    monkeypatch.setattr("bot.doctor.online._IN_ALL", 0.05)
    (finding,) = await asked(there)
    assert finding.sentence.key == "doctor-telegram-silent"


async def test_telegram_is_asked_through_the_proxy(complete, there):
    asked_for = []

    async def tunnel(reader, writer):
        """An HTTP proxy that knows the way to one server only, whatever it is called."""
        asked_for.append((await reader.readuntil(b"\r\n\r\n")).split()[:2])
        far_reader, far_writer = await asyncio.open_connection(server.host, server.port)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        await asyncio.gather(pour(reader, far_writer), pour(far_reader, writer))

    async def pour(source, sink):
        while chunk := await source.read(65536):
            sink.write(chunk)
        sink.close()

    application = web.Application()
    application.router.add_post("/bot{token}/{method}", there.answer)
    async with TestServer(application) as server:
        proxy = await asyncio.start_server(tunnel, "127.0.0.1")
        async with proxy:
            port = proxy.sockets[0].getsockname()[1]
            found = await telegram(
                load_settings(
                    telegram_api_url="http://api.invalid", proxy_url=f"http://127.0.0.1:{port}"
                )
            )
    assert marked(found)["doctor-token"] is Mark.GOOD
    assert asked_for[0] == [b"CONNECT", b"api.invalid:80"]


async def test_a_proxy_that_is_away_gets_a_sentence(complete):
    (finding,) = await telegram(load_settings(proxy_url="socks5://u:geheim@127.0.0.1:1"))
    assert finding.sentence.key == "doctor-telegram-unreachable"
    assert "geheim" not in finding.sentence.said(texts_in("ru"))
