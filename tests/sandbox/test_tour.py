"""The walk beside the chats: a stand-in bot says what the real one would say."""

import re
from contextlib import AsyncExitStack

import pytest
from playwright.async_api import expect

from sandbox import Stagehands, empty_clinic
from tests.e2e.browser import Window, opened

pytestmark = pytest.mark.browser

STEPS = ["start", "consent", "phone", "name", "code", "line", "record", "later", "rate", "why"]
STEPS += ["take", "solve"]
ASKS_PHONE = {"keyboard": [[{"text": "📱", "request_contact": True}]]}
MENU = {"keyboard": [[{"text": "Мой код"}, {"text": "Баллы"}]]}


def inline(*rows):
    """Rows of callback buttons by their data."""
    return {
        "inline_keyboard": [[{"text": each, "callback_data": each} for each in r] for r in rows]
    }


class Bot:
    """Says what the real bot would, at the moments that the tour waits for."""

    def __init__(self, wire, patient):
        self.wire = wire
        self.patient = patient

    async def says(self, chat, text, markup=None):
        about = {"chat_id": chat, "text": text, "parse_mode": "HTML"}
        sent = await self.wire.ok("sendMessage", **about, reply_markup=markup)
        return sent["message_id"]

    async def hears(self):
        """The newest update, answered if it is a press."""
        while not (updates := await self.wire.updates(timeout=5)):
            pass
        if query := updates[-1].get("callback_query"):
            await self.wire.ok("answerCallbackQuery", callback_query_id=query["id"])
        return updates[-1]


class Walk:
    """The tour as a person follows it."""

    def __init__(self, window, bot):
        self.window = window
        self.bot = bot
        self.tour = window.page.get_by_test_id("tour")

    async def stands_at(self, step):
        now = self.tour.locator("[data-state=now]")
        await expect(now).to_have_attribute("data-step", step, timeout=10_000)

    async def points_at(self, name):
        await expect(self.window.page.locator(".pressed-next")).to_contain_text(name)

    async def aid(self, testid):
        await self.tour.get_by_test_id(testid).click()

    def question(self):
        """Whether all that was played may be thrown away."""
        return self.window.page.get_by_test_id("restart-confirm")

    async def agrees_to_lose_it(self):
        await self.question().get_by_role("button").last.click()

    async def pane(self, name):
        return await self.window.pane(name)


@pytest.fixture
async def walks(browser, running, tmp_path):
    """Opens the page beside a stand-in bot; nothing may go wrong in it."""
    windows = []
    async with AsyncExitStack() as stack:

        async def open_(size="wide", language="ru"):
            async def restart():
                await wire.sandbox.renew(empty_clinic)

            async def next_event():
                return wire.sandbox.world.clock.now() + 3600

            stage = Stagehands(restart=restart, next_event=next_event)
            sandbox = running(limits=None, clock_file=tmp_path / "clock", stage=stage)
            wire = await stack.enter_async_context(sandbox)
            page = opened(browser, wire.url, language=language, size=size)
            windows.append(await stack.enter_async_context(page))
            patient = {"ru": wire.maria, "en": wire.emma}[language]
            return Walk(windows[-1], Bot(wire, patient))

        yield open_
    assert [window.complaints for window in windows] == [[] for _ in windows]


async def _registers(walk, agrees):
    bot, patient = walk.bot, await walk.pane("patient")
    await walk.stands_at("start")
    await patient.starts()
    await walk.stands_at("consent")
    await bot.hears()
    await bot.says(bot.patient, "Здравствуйте!", inline(["consent:give"], ["consent:text"]))
    await walk.points_at("consent:give")
    await patient.presses("consent:give")
    await bot.hears()
    await bot.says(bot.patient, "Отправьте номер", ASKS_PHONE)
    await walk.stands_at("phone")
    await patient.shares_number("📱", agrees)
    await bot.hears()
    await bot.says(bot.patient, "Готово! У вас 1 000 баллов.", MENU)
    await bot.says(bot.patient, "Как к вам обращаться?", inline(["name:suggested"], ["name:other"]))
    await walk.stands_at("name")
    await walk.points_at("name:suggested")
    await patient.presses("name:suggested")
    await bot.hears()


async def _visits(walk, bill):
    bot, patient = walk.bot, await walk.pane("patient")
    await walk.stands_at("code")
    await walk.points_at("Мой код")
    await patient.presses("Мой код")
    await bot.hears()
    await bot.says(bot.patient, "Ваш код: <b>4821</b>\nОбновится в 14:35.", inline(["code"]))
    await walk.stands_at("line")
    await walk.aid("tour-line")
    staff = await walk.pane("staff")
    await expect(staff.node.get_by_test_id("input")).to_have_value(f"4821 {bill}")
    await staff.node.get_by_test_id("send").click()
    assert (await bot.hears())["message"]["text"] == f"4821 {bill}"
    group = bot.wire.group
    card = await bot.says(group, "МАРИЯ П.", inline(["card:7:1:rec:0:0"], ["card:7:1:sp0:0:0"]))
    await walk.stands_at("record")
    await walk.points_at("card:7:1:rec:0:0")
    await staff.presses("card:7:1:rec:0:0")
    await bot.hears()
    about = {"chat_id": group, "message_id": card, "text": "Записано"}
    await bot.wire.ok("editMessageText", **about, reply_markup=inline(["correct:7"]))
    await bot.says(bot.patient, "Спасибо, что были у нас!", inline(["complain:7:visit"]))


async def _is_unhappy(walk):
    bot = walk.bot
    await walk.stands_at("later")
    before = (await bot.wire.get("/api/world"))["now"]
    await walk.aid("tour-clock")
    await expect(walk.window.page.get_by_test_id("toast")).to_have_count(1)
    assert (await bot.wire.get("/api/world"))["now"] >= before + 3600
    stars = inline([f"rate:7:{number}" for number in range(1, 6)])
    await bot.says(bot.patient, "Как прошёл визит?", stars)
    await walk.stands_at("rate")
    patient = await walk.pane("patient")
    await walk.points_at("rate:7:2")
    await patient.presses("rate:7:2")
    await bot.hears()
    await bot.says(bot.patient, "Что было не так?", inline(["why:7:wait"], ["why:7:price"]))
    await walk.stands_at("why")
    await patient.presses("why:7:wait")
    await bot.hears()


async def _is_answered(walk):
    bot, oleg = walk.bot, walk.bot.wire.oleg
    await walk.stands_at("take")
    await bot.wire.act(oleg, "start")
    await bot.hears()
    await bot.says(oleg, "★★☆☆☆ 2 из 5", inline(["case:3:take"], ["case:3:pass"]))
    owner = await walk.pane("owner")
    await walk.points_at("case:3:take")
    await owner.presses("case:3:take")
    await bot.hears()
    await walk.stands_at("solve")
    await bot.says(oleg, "Взял Олег", inline(["case:3:solve"]))
    await owner.presses("case:3:solve")
    await bot.hears()
    await bot.says(oleg, "чем закончилось?", inline(["case:3:solved"]))
    await walk.points_at("case:3:solved")
    await owner.presses("case:3:solved")
    await bot.hears()
    await bot.says(oleg, "✅ Решено", inline(["cases:open"]))
    await expect(walk.tour.get_by_test_id("tour-over")).to_be_visible()
    await expect(walk.tour.locator("[data-state=done]")).to_have_count(len(STEPS))


@pytest.mark.parametrize(
    ("language", "agrees", "bill"),
    [("ru", "Поделиться", "12400 макс"), ("en", "Share", "12400 max")],
)
async def test_the_whole_walk_ticks_itself_off(walks, language, agrees, bill):
    walk = await walks(language=language)
    await _registers(walk, agrees)
    await _visits(walk, bill)
    await _is_unhappy(walk)
    await _is_answered(walk)


async def test_a_fresh_clinic_begins_the_walk_and_every_chat_anew(walks):
    walk = await walks()
    await _registers(walk, "Поделиться")
    await walk.stands_at("code")
    patient = await walk.pane("patient")
    await patient.becomes(walk.bot.wire.emma)
    await walk.aid("restart")
    await walk.agrees_to_lose_it()
    await walk.stands_at("start")
    await expect(patient.node.get_by_test_id("person-select")).to_have_value("1001")
    await expect(patient.messages()).to_have_count(0)
    await expect(patient.node.get_by_test_id("reply-keyboard")).to_be_hidden()
    await patient.starts()
    await walk.stands_at("consent")


async def test_a_fresh_clinic_is_asked_about_once_where_something_would_be_lost(walks):
    """One click threw away all that had been played."""
    walk = await walks()
    page, keys = walk.window.page, walk.window.page.keyboard
    again = walk.tour.get_by_test_id("restart")
    await (await walk.pane("patient")).starts()
    await walk.stands_at("consent")
    await again.focus()
    await keys.press("Enter")
    question = page.get_by_role("alertdialog", name=re.compile("сыграно, пропадёт"))
    await expect(question.get_by_role("button", name="Отмена")).to_be_focused()
    await keys.press("Tab")
    await expect(question.get_by_role("button", name="Начать заново")).to_be_focused()
    await keys.press("Escape")
    await expect(question).to_have_count(0)
    await expect(again).to_be_focused()
    await keys.press("Enter")
    await expect(question).to_be_visible()
    await keys.press("Enter")
    await expect(question).to_have_count(0)
    await walk.stands_at("consent")
    await again.click()
    await walk.agrees_to_lose_it()
    await walk.stands_at("start")
    await expect(again).to_be_enabled()


async def test_where_nothing_has_happened_a_fresh_clinic_is_not_asked_about(walks):
    walk = await walks()
    before = (await walk.bot.wire.get("/api/world"))["id"]
    async with walk.window.page.expect_response("**/api/restart"):
        await walk.aid("restart")
    await expect(walk.question()).to_have_count(0)
    assert (await walk.bot.wire.get("/api/world"))["id"] != before


async def test_a_phone_makes_the_walk_a_strip_that_leads_to_the_chat(walks):
    walk = await walks("phone")
    await walk.stands_at("start")
    shown = walk.tour.locator("li:visible")
    await expect(shown).to_have_count(1)
    await walk.tour.get_by_role("button", name="Все шаги").click()
    await expect(shown).to_have_count(len(STEPS))
    await walk.tour.get_by_role("button", name="Все шаги").click()
    for _ in range(STEPS.index("line")):
        await walk.aid("tour-skip")
    await walk.stands_at("line")
    await walk.aid("tour-show")
    await expect(walk.window.page.get_by_test_id("pane-staff")).to_be_visible()


@pytest.mark.parametrize("size", ["wide", "phone"])
async def test_the_walk_is_open_until_somebody_folds_it_away(walks, size):
    """A newcomer with a phone saw an empty chat and a flag that said nothing."""
    walk = await walks(size)
    page = walk.window.page
    toggle = page.get_by_test_id("tour-toggle")
    await expect(walk.tour).to_be_in_viewport(ratio=1)
    await expect(walk.tour).to_contain_text("Вы пациент")
    await expect(toggle).to_have_attribute("aria-expanded", "true")
    opened_looks = await toggle.evaluate(BACKGROUND)
    await walk.aid("tour-fold")
    await expect(walk.tour).to_be_hidden()
    await expect(toggle).to_be_focused()
    await expect(toggle).to_have_attribute("aria-expanded", "false")
    assert await toggle.evaluate(BACKGROUND) != opened_looks
    await page.reload()
    await expect(toggle).to_have_attribute("aria-expanded", "false")
    await expect(walk.tour).to_be_hidden()
    before = (await walk.bot.wire.get("/api/world"))["id"]
    await walk.bot.wire.post("/api/restart")
    assert (await walk.bot.wire.get("/api/world"))["id"] != before
    await page.reload()
    await expect(toggle).to_have_attribute("aria-expanded", "false")
    await toggle.click()
    await expect(walk.tour).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("height", [844, 664, 500])
async def test_on_a_phone_the_walk_hides_nothing_of_the_chat(walks, height):
    """The browser's own bars leave 664 points of 844, the keys to type with about 500."""
    walk = await walks("phone")
    page, bot = walk.window.page, walk.bot
    await page.set_viewport_size({"width": 390, "height": height})
    await bot.wire.act(bot.patient, "start")
    rows = ["Мой код", "Баллы", "История", "Клиника", "Мои данные"]
    await bot.says(bot.patient, "Готово!", {"keyboard": [[{"text": row}] for row in rows]})
    patient = await walk.pane("patient")
    await expect(walk.tour.locator("[data-state=now] b")).to_be_in_viewport(ratio=1)
    await expect(patient.node.get_by_test_id("input")).to_be_in_viewport(ratio=1)
    await patient.sees_last("Готово!")
    for row in rows:
        key = patient.button(row)
        await key.scroll_into_view_if_needed()
        await expect(key).to_be_in_viewport(ratio=1)
    await expect(patient.node).to_be_in_viewport(ratio=1)
    await expect(patient.node.get_by_test_id("input")).to_be_in_viewport(ratio=1)


BACKGROUND = "node => getComputedStyle(node).backgroundColor"


async def test_until_the_walk_is_over_a_fresh_clinic_is_offered_quietly(walks):
    """Of two large buttons that began with «Начать» the step meant the other."""
    walk = await walks()
    again = walk.tour.get_by_test_id("restart")
    start = (await walk.pane("patient")).node.get_by_test_id("start-button")
    loud = await start.evaluate(BACKGROUND)
    assert await again.evaluate(BACKGROUND) != loud
    for _ in STEPS:
        await walk.aid("tour-skip")
    await expect(walk.tour.get_by_test_id("tour-over")).to_be_visible()
    assert await again.evaluate(BACKGROUND) == loud


async def test_the_way_to_another_chat_is_a_button_where_it_is_the_only_way_on(walks):
    """A phone shows one chat: what to press next stood behind a tab, and no button led there."""
    walk = await walks("phone")
    start = (await walk.pane("patient")).node.get_by_test_id("start-button")
    loud = await start.evaluate(BACKGROUND)
    for _ in range(STEPS.index("line")):
        await walk.aid("tour-skip")
    show = walk.tour.get_by_test_id("tour-show")
    assert await show.evaluate(BACKGROUND) != loud  # the line is written there by a button
    for _ in range(STEPS.index("take") - STEPS.index("line")):
        await walk.aid("tour-skip")
    await walk.stands_at("take")
    assert await show.evaluate(BACKGROUND) == loud


@pytest.mark.parametrize("width", [1280, 1366, 1400])
async def test_a_laptop_shows_the_whole_name_of_who_writes_at_the_desk(walks, width):
    walk = await walks()
    await walk.window.page.set_viewport_size({"width": width, "height": 768})
    select = (await walk.pane("staff")).node.get_by_test_id("person-select")
    cut = """node => {
        const shown = node.offsetWidth;
        node.style.cssText = 'position: fixed; max-width: none; min-width: max-content';
        return node.offsetWidth - shown;
    }"""
    assert await select.evaluate(cut) == 0


async def test_on_a_wide_screen_the_walk_covers_no_chat(walks):
    walk = await walks()
    tour = await walk.tour.bounding_box()
    for name in ("patient", "staff", "owner"):
        pane = await (await walk.pane(name)).node.bounding_box()
        assert pane["x"] >= tour["x"] + tour["width"]


async def test_where_the_walk_stands_outlives_a_reload(walks):
    walk = await walks()
    await (await walk.pane("patient")).starts()
    await walk.stands_at("consent")
    await walk.window.page.reload()
    await walk.stands_at("consent")


async def test_another_window_stands_where_the_first_does(browser, walks):
    """It lagged behind each step that ends with a press, and behind the card at the desk."""
    walk = await walks()
    about = {"language": "ru", "size": "wide"}
    await _registers(walk, "Поделиться")
    await walk.stands_at("code")
    async with opened(browser, walk.bot.wire.url, **about) as window:
        late = Walk(window, walk.bot)
        await late.stands_at("code")
        await _visits(walk, "12400 макс")
        await walk.stands_at("later")
        await late.stands_at("later")
    await walk.bot.says(walk.bot.patient, "Как прошёл визит?", inline(["rate:7:5"]))
    await (await walk.pane("patient")).presses("rate:7:5")
    await expect(walk.tour).to_contain_text("тревоги не будет")
    async with opened(browser, walk.bot.wire.url, **about) as window:
        await expect(window.page.get_by_test_id("tour")).to_contain_text("тревоги не будет")


async def test_a_card_at_the_desk_is_known_to_a_window_opened_after_it(browser, walks):
    walk = await walks()
    await walk.bot.says(walk.bot.wire.group, "МАРИЯ П.", inline(["card:7:1:rec:0:0"]))
    await walk.stands_at("record")
    async with opened(browser, walk.bot.wire.url, language="ru", size="wide") as window:
        await Walk(window, walk.bot).stands_at("record")


async def test_a_step_skipped_in_one_window_is_skipped_in_the_other(walks):
    walk = await walks()
    page = await walk.window.page.context.new_page()
    await page.goto(walk.window.page.url)
    other = Walk(Window(page), walk.bot)
    await other.stands_at("start")
    await walk.aid("tour-skip")
    await other.stands_at("consent")
    await page.reload()
    await other.stands_at("consent")


async def test_without_a_code_the_line_is_not_written(walks):
    walk = await walks()
    for _ in range(STEPS.index("line")):
        await walk.aid("tour-skip")
    await walk.aid("tour-line")
    await expect(walk.window.page.get_by_test_id("toast")).to_contain_text("Сначала откройте")


async def test_a_step_that_happened_earlier_or_elsewhere_ticks_nothing(walks):
    walk = await walks()
    await walk.stands_at("start")
    await walk.bot.wire.act(walk.bot.wire.emma, "start")
    await walk.bot.wire.act(walk.bot.wire.anna, "text", chat=walk.bot.wire.group, text="/start")
    await (await walk.pane("staff")).sees_last("/start")
    await walk.stands_at("start")


async def test_the_strip_and_the_list_say_which_step_it_is(walks):
    walk = await walks()
    await expect(walk.tour.locator(".progress")).to_have_text(f"1 / {len(STEPS)}")
    steps = walk.tour.locator("[data-step]")
    await expect(steps).to_have_count(len(STEPS))
    await expect(steps.first).to_have_attribute("aria-current", "step")
    await expect(steps.first).to_contain_text(re.compile("Мария.*Начать"))
