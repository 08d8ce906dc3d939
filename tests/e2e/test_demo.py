"""`make sandbox` as a person begins it: the demo clinic, its people, the page's wishes, the tour.

One play for all of them: two years of a clinic take a while to be played.
"""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientConnectorError, ClientSession
from playwright.async_api import Browser, expect

from sandbox import ANNA_ID, DINA_ID, OWNER_ID, SECOND_CHAT_ID, STAFF_CHAT_ID
from sandbox.clinic import EMMA_ID, MARIA_ID
from tests.db.test_audit import audited
from tests.e2e.browser import opened
from tests.e2e.people import World
from tests.e2e.play import OPENS_WITHIN, Play, answers, sandbox, started
from tests.e2e.tour import Walk, begin_afresh, nobody_looks, walk, walk_to_the_stars
from tests.support.ports import free_port

pytestmark = pytest.mark.sqlite  # the play keeps its books in a file of its own, always

CHILD = "speaks_for s JOIN patients p ON p.id = s.patient_id AND s.relation = 'family'"


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
        ("operations WHERE kind = 'expiry'", 20),
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
    assert not audited(next(play.folder.glob("*/molar.db")))


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


async def test_the_page_is_told_in_which_zone_the_bot_speaks(play):
    assert (await play.world.get("/api/world"))["zone"] == "Europe/Moscow"


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


@pytest.fixture(scope="module")
async def unplayed(play: Play) -> Play:
    """Whatever has been done in it is forgotten; each walk leaves it so."""
    asked = await answers(play.world)
    await play.world.post("/api/restart", {})
    await answers(play.world, asked)
    return play


@pytest.mark.browser
@pytest.mark.parametrize(("size", "language"), [("wide", "ru"), ("phone", "en")])
async def test_the_tour_is_walked_from_the_first_press_to_the_owners_last(
    browser: Browser, unplayed: Play, size: str, language: str
):
    address = unplayed.world.base_url
    async with opened(browser, address, language=language, size=size) as window:
        await walk(window)
        async with opened(browser, address, language=language, size=size) as other:
            steps = Walk(other, nobody_looks)
            await expect(steps.tour.get_by_test_id("tour-over")).to_be_visible()
        await begin_afresh(window)
        now = window.page.get_by_test_id("tour").locator("[data-state=now]")
        await expect(now).to_have_attribute("data-step", "start", timeout=90_000)
        assert window.complaints == []


@pytest.mark.browser
async def test_a_pleased_newcomer_is_told_how_to_see_an_alert(browser: Browser, unplayed: Play):
    async with opened(browser, unplayed.world.base_url, language="ru", size="wide") as window:
        steps = Walk(window, nobody_looks)
        await walk_to_the_stars(steps)
        patient = await steps.pane("patient")
        await patient.node.locator("[data-callback^='rate:']").last.click()
        now = steps.tour.locator("[data-state=now]")
        await expect(now).to_contain_text("тревоги не будет")
        await expect(now).to_have_attribute("data-step", "rate")
        await begin_afresh(window)
        await expect(now).to_have_attribute("data-step", "start", timeout=90_000)


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
