"""Usable without a mouse and by a screen reader: what axe-core finds."""

import pytest
from playwright.async_api import expect

from sandbox import Stagehands
from tests.e2e.browser import WINDOWS
from tests.sandbox.codes import code_picture

pytestmark = pytest.mark.browser

BUTTONS = [
    [{"text": style, "callback_data": style, "style": style}]
    for style in ("primary", "success", "danger")
]


@pytest.fixture(scope="module")
async def inspector():
    """axe-core, which comes with a package of the dev extra."""
    axe = pytest.importorskip("axe_playwright_python.async_playwright")
    return axe.Axe()


@pytest.fixture
async def seen(browser, wire):
    """Pages with everything on them; axe enters past the policy that keeps scripts out."""
    await _fill(wire)
    contexts = []

    async def open_(size, scheme):
        context = await browser.new_context(
            viewport=WINDOWS[size],
            color_scheme=scheme,
            reduced_motion="reduce",
            locale="ru-RU",
            bypass_csp=True,
        )
        contexts.append(context)
        page = await context.new_page()
        await page.goto(f"{wire.url}/?lang=ru")
        await expect(page.get_by_text("МАРИЯ П.").last).to_be_attached()
        return page

    yield open_
    for context in contexts:
        await context.close()


async def _fill(wire):
    await wire.begun()
    await wire.sent_photo(wire.maria, code_picture(), caption="Ваш код: 4821")
    for kind in ("voice", "document", "contact", "location"):
        await wire.act(wire.maria, kind)
    menu = {"keyboard": [[{"text": "Мой код"}, {"text": "Баллы"}]]}
    await wire.ok("sendMessage", chat_id=wire.maria, text="Готово", reply_markup=menu)
    card = await wire.ok(
        "sendMessage",
        chat_id=wire.group,
        text="<b>МАРИЯ П.</b> /visit <code>4821</code> <a href='https://e.ru'>сайт</a>\n"
        "<blockquote>Ждала</blockquote> <tg-spoiler>тайна</tg-spoiler>",
        parse_mode="HTML",
        reply_markup={"inline_keyboard": BUTTONS},
    )
    for person in (wire.anna, wire.irina):
        about = {"chat": wire.group, "text": "вижу", "reply_to": card["message_id"]}
        await wire.act(person, "text", **about)


async def _serious(inspector, page):
    """What axe finds, short enough to be read in a failure."""
    found = (await inspector.run(page)).response["violations"]
    return [
        (each["id"], each["impact"], [node["html"][:200] for node in each["nodes"]])
        for each in found
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["wide", "phone"])
async def test_axe_finds_nothing(seen, inspector, size, scheme):
    page = await seen(size, scheme)
    assert await _serious(inspector, page) == []
    await page.get_by_test_id("troubles").click()
    assert await _serious(inspector, page) == []
    await page.keyboard.press("Escape")
    patient = page.get_by_test_id("pane-patient")
    await patient.get_by_test_id("person-select").select_option("new")
    assert await _serious(inspector, page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_where_a_fresh_clinic_is_asked_about(
    browser, running, inspector, scheme
):
    async def restart():
        """Nobody agrees."""

    async with running(stage=Stagehands(restart=restart)) as wire:
        await wire.begun()
        about = {"color_scheme": scheme, "bypass_csp": True, "viewport": WINDOWS["wide"]}
        page = await browser.new_page(**about)
        await page.goto(f"{wire.url}/?lang=ru")
        await page.get_by_test_id("restart").click()
        await expect(page.get_by_test_id("restart-confirm")).to_be_visible()
        assert await _serious(inspector, page) == []
        await page.close()


async def test_a_message_is_written_and_a_menu_walked_without_a_mouse(wire, seen):
    page = await seen("wide", "light")
    staff = page.get_by_test_id("pane-staff")
    await staff.get_by_test_id("input").focus()
    await page.keyboard.type("4821 12400")
    await page.keyboard.press("Enter")
    await expect(staff.locator("article").last).to_contain_text("4821 12400")
    await page.get_by_test_id("clock").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("menuitem", name="+1 день")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("clock")).to_be_focused()
