"""Two windows on one clinic, and a fresh clinic that comes while something is open in them."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from playwright.async_api import expect

from sandbox import Stagehands, empty_clinic
from tests.e2e.browser import WINDOWS, Window, opened

pytestmark = pytest.mark.browser

PRESS = {"inline_keyboard": [[{"text": "Баллы", "callback_data": "points"}]]}


class Clinic:
    """A sandbox that is renewed as the real one: the chats at once, its bot when it is let."""

    def __init__(self):
        self.wire = None
        self.opens = asyncio.Event()
        self.opens.set()

    async def restart(self):
        await self.wire.sandbox.renew(empty_clinic)
        await self.opens.wait()

    async def alerts(self, text):
        """Maria presses a button, and the bot answers with what she has to close."""
        about = {"chat_id": self.wire.maria, "text": "Меню", "reply_markup": PRESS}
        card = await self.wire.ok("sendMessage", **about)
        await self.wire.updates()
        await self.wire.act(self.wire.maria, "press", message_id=card["message_id"], data="points")
        [update] = await self.wire.updates()
        query = update["callback_query"]["id"]
        await self.wire.ok(
            "answerCallbackQuery", callback_query_id=query, text=text, show_alert=True
        )


@pytest.fixture
async def clinic(running, tmp_path):
    clinic = Clinic()
    stage = Stagehands(restart=clinic.restart)
    async with running(limits=None, clock_file=tmp_path / "clock", stage=stage) as wire:
        clinic.wire = wire
        await wire.begun()
        yield clinic
        clinic.opens.set()


@pytest.fixture
async def windows(browser, clinic):
    """Opens windows of one browser; nothing may go wrong in them."""
    seen = []
    async with AsyncExitStack() as stack:

        async def open_(size="wide"):
            if not seen:
                page = opened(browser, clinic.wire.url, language="ru", size=size)
                seen.append(await stack.enter_async_context(page))
                return seen[-1]
            page = await seen[0].page.context.new_page()
            seen.append(Window(page))
            await page.set_viewport_size(WINDOWS[size])
            await page.goto(seen[0].page.url)
            await expect(page.locator(".log:not([aria-busy])")).to_have_count(3)
            return seen[-1]

        yield open_
    assert [window.complaints for window in seen] == [[] for _ in seen]


async def _asks_for_a_fresh_clinic(window):
    tour = window.page.get_by_test_id("tour")
    every = tour.get_by_role("button", name="Все шаги")
    if await every.is_visible():
        await every.click()
    await tour.get_by_test_id("restart").click()


async def _agrees(window):
    await window.page.get_by_role("button", name="Начать заново").click()


async def test_an_alert_that_is_read_in_one_window_is_read_in_the_other(clinic, windows):
    """It stayed over the chat there."""
    here, there = await windows(), await windows()
    await clinic.alerts("У вас 1 000 баллов")
    for window in (here, there):
        await expect(window.page.get_by_test_id("alert")).to_be_visible()
    await here.page.get_by_test_id("alert").get_by_role("button", name="ОК").click()
    await expect(there.page.get_by_test_id("alert")).to_have_count(0)
    await (await there.pane("patient")).types("спасибо")
    await clinic.alerts("Второе")
    await expect(here.page.get_by_test_id("alert")).to_contain_text("Второе")
    await there.page.get_by_test_id("alert").get_by_role("button", name="ОК").click()
    await expect(here.page.get_by_test_id("alert")).to_have_count(0)


async def test_an_alert_that_waits_behind_a_question_is_not_shown_when_it_has_been_read(
    clinic, windows
):
    here, there = await windows(), await windows()
    busy = (await there.pane("patient")).node
    await busy.get_by_test_id("person-select").select_option("new")
    await expect(busy.get_by_test_id("form")).to_be_visible()
    await clinic.alerts("У вас 1 000 баллов")
    await here.page.get_by_test_id("alert").get_by_role("button", name="ОК").click()
    await expect(here.page.get_by_test_id("alert")).to_have_count(0)
    await busy.get_by_test_id("form").get_by_role("button", name="Отмена").click()
    await (await there.pane("patient")).types("спасибо")
    await expect(busy.get_by_test_id("alert")).to_have_count(0)


async def test_a_fresh_clinic_takes_away_what_the_old_one_asked_and_marked(clinic, windows):
    """An old alert covered the new clinic, beside the old one's unread messages."""
    here, there = await windows(), await windows("phone")
    await clinic.wire.ok("sendMessage", chat_id=clinic.wire.group, text="раз")
    tab = there.page.get_by_test_id("tab-staff")
    await expect(tab).to_contain_text("1")
    owner = (await here.pane("owner")).node
    await owner.get_by_test_id("more").click()
    await owner.get_by_role("menuitem", name="Новая супергруппа").click()
    await expect(owner.get_by_test_id("prompt")).to_be_visible()
    await clinic.alerts("Первое")
    await clinic.alerts("Второе")
    await expect(there.page.get_by_test_id("alert")).to_contain_text("Первое")
    await _asks_for_a_fresh_clinic(here)
    await _agrees(here)
    for window in (here, there):
        patient = await window.pane("patient")
        await expect(patient.node.get_by_test_id("start-button")).to_be_visible()
        await expect(window.page.get_by_role("alertdialog")).to_have_count(0)
    await expect(tab).to_have_text("Чат клиники")
    await expect(owner).to_be_visible()
    await (await there.pane("patient")).starts()
    await clinic.alerts("Новое")
    await expect(there.page.get_by_test_id("alert")).to_contain_text("Новое")


async def test_a_question_about_the_old_clinic_goes_with_it(clinic, windows):
    """Whoever agreed to it would have thrown away the new one."""
    here, there = await windows(), await windows()
    for window in (there, here):
        await _asks_for_a_fresh_clinic(window)
    question = there.page.get_by_test_id("restart-confirm")
    await expect(question).to_be_visible()
    await _agrees(here)
    await expect(question).to_have_count(0)


@pytest.mark.parametrize("size", ["wide", "phone"])
@pytest.mark.parametrize("over", [False, True])
async def test_while_a_fresh_clinic_opens_the_page_says_so(clinic, windows, size, over):
    """For the five seconds that it takes nothing seemed to happen."""
    window = await windows(size)
    tour = window.page.get_by_test_id("tour")
    while over and not await tour.get_by_test_id("tour-over").is_visible():
        await tour.get_by_test_id("tour-skip").click()
    clinic.opens.clear()
    if over:
        await tour.get_by_test_id("restart").click()
    else:
        await _asks_for_a_fresh_clinic(window)
    await _agrees(window)
    said = window.page.get_by_role("alertdialog", name="Открываем новую клинику…")
    await expect(said).to_be_in_viewport(ratio=1)
    await expect(said).to_contain_text("Открываем новую клинику…")
    patient = await clinic.wire.chat(clinic.wire.maria)
    assert patient["messages"] == []
    await window.page.keyboard.press("Escape")
    await window.page.keyboard.press("Escape")
    await expect(said).to_be_visible()
    clinic.opens.set()
    await expect(said).to_have_count(0)
    await expect(tour.locator("[data-state=now]")).to_have_attribute("data-step", "start")
    await (await window.pane("patient")).starts()


async def test_a_fresh_clinic_that_does_not_open_says_why(browser, clinic):
    async with opened(browser, clinic.wire.url, language="ru", size="wide") as window:
        page = window.page
        await page.route("**/api/restart", lambda route: route.abort())
        await _asks_for_a_fresh_clinic(window)
        await _agrees(window)
        await expect(page.get_by_test_id("toast")).to_contain_text("Не получилось")
        await expect(page.get_by_role("alertdialog")).to_have_count(0)
        await expect(page.get_by_test_id("restart")).to_be_focused()
