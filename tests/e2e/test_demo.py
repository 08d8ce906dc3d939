"""`make sandbox` as a person begins it: the demo clinic, its people, the page's two wishes."""

import asyncio
import re
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientConnectorError, ClientSession

from sandbox import ANNA_ID, DINA_ID, OWNER_ID, SECOND_CHAT_ID, STAFF_CHAT_ID
from sandbox.clinic import EMMA_ID, MARIA_ID
from tests.db.test_audit import audited
from tests.e2e.people import Person, World
from tests.support.ports import free_port

OPENS_WITHIN = 90.0  # a slow machine plays two years more slowly
CHILD = "speaks_for s JOIN patients p ON p.id = s.patient_id AND s.relation = 'family'"


@dataclass
class Play:
    """The sandbox as its own process; its books are read by another connection."""

    world: World
    folder: Path

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        file = next(self.folder.glob("*/molar.db"))
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
            return connection.execute(query).fetchall()

    def count(self, what: str) -> int:
        return int(self.rows(f"SELECT COUNT(*) FROM {what}")[0][0])

    def patient(self) -> Person:
        """One who has the bot and some points."""
        query = """SELECT telegram_id FROM accounts a JOIN wallets w ON w.id = a.wallet_id
                   JOIN lots l ON l.wallet_id = w.id AND l.ends_at > datetime('now', '+9 days')
                   WHERE l.remaining > 100 AND w.spending_off IS NULL ORDER BY a.id"""
        return self.world.person(self.rows(query)[0][0])


@asynccontextmanager
async def started(
    folder: Path, port: int, *options: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "sandbox", "--port", str(port), *options),
        env={"TMPDIR": str(folder), "LOCALE": "ru"},
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(process.wait(), 20) == 0


@asynccontextmanager
async def sandbox(folder: Path, *options: str) -> AsyncIterator[Play]:
    async with started(folder, free_port(), *options) as process:
        async with asyncio.timeout(OPENS_WITHIN):
            said = ""
            while not (found := re.search(r"http://\S+", said)):
                said = (await process.stdout.readline()).decode()
        async with World(found[0]) as world:
            await answers(world)
            yield Play(world, folder)


async def answers(world: World, after: int = 0) -> int:
    """Returns when a bot has greeted Telegram: the number of its greeting."""
    async with asyncio.timeout(OPENS_WITHIN):
        while not (greetings := await world.requests(after, "deleteWebhook")):
            await asyncio.sleep(0.1)
    return int(greetings[-1]["n"])


@pytest.fixture(scope="module")
async def play(tmp_path_factory) -> AsyncIterator[Play]:
    async with sandbox(tmp_path_factory.mktemp("play")) as play:
        yield play


def test_the_clinic_has_been_at_work_for_two_years(play):
    assert play.count("patients") >= 200
    assert play.count("branches WHERE name IN ('Ленина', 'Мира') AND chat_id < 0") == 2
    assert play.count("team WHERE standing IN ('staff', 'manager')") == 4
    assert play.count("doctors") >= 6
    [(first, last)] = play.rows("SELECT MIN(day), MAX(day) FROM visits")
    assert first[:4] < last[:4]
    assert min(n for (n,) in play.rows("SELECT COUNT(*) FROM visits GROUP BY branch_id")) > 200


@pytest.mark.parametrize(
    ("what", "least"),
    [
        (CHILD, 20),
        ("visits WHERE kind = 'advance'", 30),
        ("visits WHERE kind = 'unpaid'", 20),
        ("visits WHERE points > 0", 100),
        ("drafts WHERE signed", 1),
        ("drafts WHERE consent_points > 0", 10),
        ("paper_consents", 10),
        ("slips WHERE used_by IS NOT NULL", 3),
        ("requests WHERE kind = 'gift' AND state = 'granted'", 5),
        ("requests WHERE kind = 'return' AND state = 'granted'", 3),
        ("reversals WHERE kind = 'wrong_sum'", 3),
        ("reversals WHERE kind = 'wrong_patient'", 1),
        ("reversals WHERE kind = 'undone'", 3),
        ("complaints", 1),
        ("wallets WHERE spending_off = 'frozen'", 1),
        ("wallets WHERE spending_off = 'moved'", 1),
        ("wallets WHERE cash_paid >= 100000 * 100", 10),
        ("wallets WHERE cash_paid >= 300000 * 100", 1),
        ("lots WHERE remaining > 0 AND ends_at < datetime('now')", 20),
        (
            """(SELECT patient_id FROM visits GROUP BY patient_id
                HAVING MAX(day) < date('now', '-7 months'))""",
            20,
        ),
        ("patients WHERE id NOT IN (SELECT patient_id FROM speaks_for)", 20),
    ],
)
def test_there_is_something_of_everything(play, what, least):
    assert play.count(what) >= least


def test_the_books_agree(play):
    assert audited(next(play.folder.glob("*/molar.db"))) == {}


async def test_newcomers_are_still_to_come(play):
    assert play.count(f"accounts WHERE telegram_id IN ({MARIA_ID}, {EMMA_ID})") == 0
    people = {each["id"]: each for each in (await play.world.state())["people"]}
    assert not people[MARIA_ID]["extra"]
    assert people[DINA_ID]["extra"]


async def test_a_patient_sees_their_points_and_visits(play):
    patient = play.patient()
    await patient.says("/balance")
    await patient.sees(re.compile("Уровень «"))
    await patient.says("/visits")
    await patient.sees(re.compile("Оплачено"))


async def test_staff_find_a_patient_in_the_connected_chat(play):
    anna = play.world.person(ANNA_ID).within(STAFF_CHAT_ID)
    dina = play.world.person(DINA_ID).within(SECOND_CHAT_ID)
    for colleague in (anna, dina):
        await colleague.says("0000 12400 макс")
        await colleague.sees(re.compile("К оплате"))
        assert "patient" in await colleague.commands()


async def test_the_owner_is_greeted_as_one(play):
    await play.world.person(OWNER_ID).sees("вы — руководитель")


async def test_letters_of_the_past_reach_nobody(play):
    known = {telegram for (telegram,) in play.rows("SELECT telegram_id FROM accounts")}
    patient = play.patient()
    await patient.says("/history")
    await patient.sees(re.compile("Визит"))
    sent = await play.world.requests(method="sendMessage")
    told = {request["chat_id"] for request in sent} & known
    assert told <= {patient.id}


async def test_the_clock_goes_to_what_is_due(play):
    [(end,)] = play.rows(
        """SELECT MIN(strftime('%s', ends_at)) FROM lots
           WHERE remaining > 0 AND ends_at > datetime('now')"""
    )
    answer = await play.world.post("/api/clock", {"to": "next_event"})
    assert answer["due"] == float(end)
    assert answer["now"] >= answer["due"]


async def test_a_fresh_clinic_begins_from_the_beginning(play):
    maria = play.world.person(MARIA_ID)
    await maria.start()
    await maria.presses("Даю согласие")
    await maria.sees("Отправьте номер")
    assert play.count(f"accounts WHERE telegram_id = {MARIA_ID}") == 1
    before = play.rows("SELECT * FROM visits")
    asked = await answers(play.world)
    await play.world.post("/api/restart", {})
    await answers(play.world, asked)
    assert play.count(f"accounts WHERE telegram_id = {MARIA_ID}") == 0
    assert play.rows("SELECT * FROM visits") == before
    assert await maria.chat() == []
    await maria.start()
    await maria.sees_button("Даю согласие")


async def test_who_wishes_for_a_fresh_clinic_before_there_is_one_waits_for_it(tmp_path):
    port = free_port()
    async with started(tmp_path, port, "--empty"), ClientSession() as http:
        async with asyncio.timeout(OPENS_WITHIN):
            while not await restarts(http, port):
                await asyncio.sleep(0.01)
        async with World(f"http://127.0.0.1:{port}") as world:
            await answers(world)
            oleg = world.person(OWNER_ID)
            await oleg.start()
            await oleg.sees("вы — руководитель")


async def restarts(http: ClientSession, port: int) -> bool:
    try:
        async with http.post(f"http://127.0.0.1:{port}/api/restart", json={}) as answer:
            assert answer.status == 200
    except ClientConnectorError:
        return False
    return True


async def test_an_empty_clinic_has_nobody_in_it(tmp_path):
    async with sandbox(tmp_path, "--empty") as play:
        assert play.count("patients") == play.count("branches") == 0
        assert len((await play.world.state())["people"]) == 5
        oleg = play.world.person(OWNER_ID)
        await oleg.start()
        await oleg.sees("вы — руководитель")
