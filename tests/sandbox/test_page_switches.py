"""The head of the page and of its panes: the clock, misfortunes, themes, who people are."""

import asyncio
import re
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import expect

from sandbox.world import Person
from tests.e2e.browser import opened
from tests.sandbox.codes import code_picture

pytestmark = pytest.mark.browser


async def _chooses(page, testid, label):
    """An item of a menu at the head of the page."""
    await page.get_by_test_id(testid).click()
    await page.get_by_role("menuitem", name=label, exact=True).click()


async def _switches(page, label):
    await page.get_by_test_id("troubles").click()
    await page.get_by_role("menuitemcheckbox", name=label).click()


async def _ordered(wire, *kinds):
    """Waits until these misfortunes and no others are to come."""
    async with asyncio.timeout(30):
        while True:
            troubles = (await wire.get("/api/world"))["troubles"]
            if sorted(each["kind"] for each in troubles) == list(kinds):
                return


async def _now(wire):
    return (await wire.get("/api/world"))["now"]


@pytest.mark.parametrize(
    ("label", "least", "most"),
    [("+1 час", 3600, 3600), ("+1 день", 86400, 86400), ("+1 месяц", 28 * 86400, 31 * 86400)],
)
async def test_the_clock_is_moved_in_the_head_of_the_page(wire, opens, label, least, most):
    page = (await opens()).page
    before = await page.get_by_test_id("clock").text_content()
    await _chooses(page, "clock", label)
    await expect(page.get_by_test_id("toast")).to_contain_text("Теперь")
    assert least - 5 <= await _now(wire) - time.time() <= most + 5
    await expect(page.get_by_test_id("clock")).not_to_have_text(before)


async def test_the_page_tells_the_time_where_the_clinic_is_and_not_its_reader(
    browser, running, tmp_path
):
    """A bubble said 18:55 to a reader in Asia while the bot in it said 15:55."""
    async with running(clock_file=tmp_path / "clock", zone="Asia/Vladivostok") as wire:
        evening = datetime.now(UTC).replace(hour=15, minute=30, second=0) + timedelta(days=1)
        await wire.post("/api/clock", add=(evening - datetime.now(UTC)).total_seconds())
        await wire.begun()
        here = evening.astimezone(ZoneInfo("Asia/Vladivostok"))
        shown = f"{here:%H:%M}"
        assert shown == "01:30"
        about = {"language": "ru", "size": "wide", "zone": "America/New_York"}
        async with opened(browser, wire.url, **about) as window:
            (start,) = await (await window.pane("patient")).messages().all()
            await expect(start.locator("time")).to_have_text(shown)
            assert (await start.get_attribute("data-day")).startswith(f"{here.day} ")
            clock = window.page.get_by_test_id("clock")
            await expect(clock).to_have_text(re.compile(rf"^{here.day} .*, 01:3\d$"))
            await expect(clock).to_have_attribute("title", re.compile(r"GMT\+10"))
            await _chooses(window.page, "clock", "+1 месяц")
            await expect(clock).to_have_text(re.compile(r"^\d+ .*, 01:3\d$"))
            assert window.complaints == []


async def test_a_switch_pressed_before_the_last_one_is_carried_out_takes_nothing_of_it(wire, opens):
    page = (await opens()).page
    pressed = asyncio.Event()

    async def slowly(route):
        await pressed.wait()
        await route.continue_()

    await page.route("**/api/world", slowly)  # so the page does not see yet what is switched on
    await _switches(page, "Медленная сеть")
    await _switches(page, "Telegram просит подождать")
    pressed.set()
    await _ordered(wire, "429", "slow")


async def test_misfortunes_are_switched_on_and_off(wire, opens):
    page = (await opens("phone")).page
    await _switches(page, "Медленная сеть")
    await _switches(page, "Telegram просит подождать")
    await expect(page.get_by_test_id("troubles")).to_have_class(re.compile(r"\bon\b"))
    await _ordered(wire, "429", "slow")
    await _switches(page, "Медленная сеть")
    await _ordered(wire, "429")
    await wire.begun()
    assert "Too Many Requests" in await wire.refused("sendMessage", chat_id=wire.maria, text="x")
    await _switches(page, "Telegram просит подождать")
    await expect(page.get_by_test_id("troubles")).not_to_have_class(re.compile(r"\bon\b"))
    assert await wire.ok("sendMessage", chat_id=wire.maria, text="x")


async def test_people_make_trouble_by_one_click(wire, opens):
    window = await opens()
    await wire.begun()
    await _chooses(window.page, "troubles", "Мария Петрова: заблокировать бота")
    patient = await window.pane("patient")
    await expect(patient.node.get_by_test_id("unblock-button")).to_be_visible()
    assert "blocked" in await wire.refused("sendMessage", chat_id=wire.maria, text="x")
    await _chooses(window.page, "troubles", "Анна Смирнова: выйти из чата клиники")
    staff = await window.pane("staff")
    await expect(staff.node.get_by_test_id("join-button")).to_be_visible()
    await _chooses(window.page, "troubles", "Анна Смирнова: вернуться в чат клиники")
    await expect(staff.node.get_by_test_id("input")).to_be_visible()


async def test_day_and_night_are_switched_and_remembered(opens):
    page = (await opens()).page
    dark = "() => getComputedStyle(document.body).backgroundColor"
    day = await page.evaluate(dark)
    await page.get_by_role("button", name="Тёмная тема").click()
    night = await page.evaluate(dark)
    assert night != day
    await page.reload()
    await expect(page.get_by_role("button", name="Светлая тема")).to_be_visible()
    assert await page.evaluate(dark) == night
    await page.emulate_media(color_scheme="dark")
    await page.get_by_role("button", name="Светлая тема").click()
    assert await page.evaluate(dark) == day


@pytest.mark.parametrize("phone", ["+79161234567", ""])
async def test_somebody_new_sits_down_with_or_without_a_phone(wire, opens, phone):
    patient = await (await opens()).pane("patient")
    await patient.node.get_by_test_id("person-select").select_option("new")
    form = patient.node.get_by_test_id("form")
    await form.get_by_label("Имя").fill("Пётр")
    await form.get_by_label("Телефон").fill(phone)
    await form.get_by_role("button", name="Создать").click()
    chosen = patient.node.get_by_test_id("person-select").locator("option:checked")
    await expect(chosen).to_have_text("Пётр")
    await patient.starts()
    (update,) = await wire.updates()
    person = update["message"]["from"]["id"]
    people = {each["id"]: each for each in (await wire.get("/api/world"))["people"]}
    assert people[person]["phone"] == (phone or None)


async def test_a_form_half_filled_stays_open(wire, opens):
    patient = await (await opens()).pane("patient")
    await patient.node.get_by_test_id("person-select").select_option("new")
    form = patient.node.get_by_test_id("form")
    await form.get_by_role("button", name="Создать").click()
    await expect(form).to_be_visible()
    await form.get_by_label("Имя").fill("Пётр")
    await form.get_by_label("Телефон").fill("позвоните мне")
    await form.get_by_role("button", name="Создать").click()
    await expect(form).to_be_visible()
    await form.get_by_role("button", name="Отмена").click()
    await expect(form).to_have_count(0)
    select = patient.node.get_by_test_id("person-select")
    await expect(select).to_have_value(str(wire.maria))


async def test_a_birthday_is_hidden_and_a_language_changed(wire, opens):
    await wire.begun()
    patient = await (await opens("phone")).pane("patient")
    await patient.node.get_by_test_id("more").click()
    await patient.node.get_by_role("menuitem", name="Профиль").click()
    form = patient.node.get_by_test_id("form")
    await expect(form.get_by_label("День рождения")).to_have_value("1980-03-05")
    await form.get_by_label("День рождения").fill("")
    await form.get_by_label("Язык").select_option("en")
    await form.get_by_role("button", name="Сохранить").click()
    await expect(form).to_have_count(0)
    assert "birthdate" not in await wire.ok("getChat", chat_id=wire.maria)
    await patient.types("x")
    assert (await wire.updates())[-1]["message"]["from"]["language_code"] == "en"


async def test_two_hundred_patients_stand_apart_from_the_few_with_a_part(wire, opens):
    for number in range(200):
        person = Person(5000 + number, "Вера", f"Иванова {number:03}", extra=True)
        wire.sandbox.world.add_person(person)
    patient = await (await opens()).pane("patient")
    groups = patient.node.get_by_test_id("person-select").locator("optgroup")
    await expect(groups).to_have_count(2)
    await expect(groups.first.locator("option")).to_have_count(5)
    await expect(groups.last.locator("option")).to_have_count(200)
    await patient.becomes(5123)
    await patient.starts()
    assert (await wire.updates())[-1]["message"]["from"]["last_name"] == "Иванова 123"


async def test_a_crowd_that_comes_at_once_is_read_once_or_twice(wire, opens):
    page = (await opens()).page
    reads = []
    page.on("request", lambda request: reads.append(request.url))
    for number in range(50):
        wire.sandbox.world.add_person(Person(6000 + number, "Вера", extra=True))
    select = page.get_by_test_id("pane-patient").get_by_test_id("person-select")
    await expect(select.locator("optgroup").last.locator("option")).to_have_count(50)
    assert len([url for url in reads if url.endswith("/api/world")]) <= 3


async def test_a_code_is_scanned_at_the_desk_by_one_click(wire, opens):
    pytest.importorskip("zxingcpp")
    await wire.sent_photo(await wire.begun(), code_picture(), caption="Ваш код")
    await wire.updates()
    window = await opens()
    patient = await window.pane("patient")
    await (await patient.sees("Ваш код")).get_by_test_id("scan").click()
    await (await window.pane("staff")).sees_last("/start p_4fK2-x_9")
    (update,) = await wire.updates()
    assert update["message"]["from"]["id"] == wire.anna


async def test_a_new_group_opens_however_slowly_the_world_is_read(wire, opens):
    """Its pane knew the number before it knew the group, and broke."""
    owner = await (await opens()).pane("owner")
    page = owner.node.page
    slow = []

    async def delayed(route):
        slow.append(route)
        await page.wait_for_timeout(300)
        await route.continue_()

    await page.route("**/api/world", delayed)
    await owner.node.get_by_test_id("more").click()
    await owner.node.get_by_role("menuitem", name="Новая супергруппа").click()
    await owner.node.get_by_role("textbox", name="Название группы").fill("Кирова")
    await owner.node.get_by_role("button", name="Создать").click()
    chosen = owner.node.get_by_test_id("chat-select").locator("option:checked")
    await expect(chosen).to_have_text("Кирова")
    assert slow
    await page.unroute_all(behavior="wait")  # the window closes when nobody is on the way


async def test_what_came_while_the_reader_was_above_is_counted(wire, opens):
    for number in range(30):
        await wire.ok("sendMessage", chat_id=wire.group, text=f"строка {number}")
    staff = await (await opens()).pane("staff")
    await staff.sees_last("строка 29")
    await staff.messages().first.scroll_into_view_if_needed()
    jump = staff.node.locator(".jump")
    await expect(jump).to_be_visible()
    for text in ("раз", "два"):
        await wire.ok("sendMessage", chat_id=wire.group, text=text)
    await expect(jump).to_have_text("2")
    await expect(staff.messages().filter(has_text="раз")).to_have_attribute(
        "data-unread", "Непрочитанные сообщения"
    )
    await jump.click()
    await staff.sees_last("два")
    await expect(jump).to_be_hidden()


async def test_a_tab_counts_what_came_behind_it(wire, opens):
    page = (await opens("phone")).page
    for text in ("раз", "два"):
        await wire.ok("sendMessage", chat_id=wire.group, text=text)
    tab = page.get_by_test_id("tab-staff")
    await expect(tab).to_have_text(re.compile("2, есть новые сообщения"))
    await tab.click()
    await expect(tab).to_have_text("Чат клиники")


async def test_a_chat_that_is_being_read_says_so_and_not_that_it_is_empty(wire, opens):
    """Who waited for the page's name only sent messages that were no news to it yet."""
    page = (await opens()).page
    patient = page.get_by_test_id("pane-patient")
    let_go = asyncio.Event()

    async def held(route):
        await let_go.wait()
        await route.continue_()

    await page.route("**/api/chat?*", held)
    await patient.get_by_test_id("person-select").select_option(str(wire.irina))
    log = patient.get_by_role("log")
    empty = "node => getComputedStyle(node, '::before').content"
    await expect(log).to_have_attribute("aria-busy", "true")
    assert await log.evaluate(empty) == "none"
    let_go.set()
    await expect(log).not_to_have_attribute("aria-busy", "true")
    assert "пока нет" in await log.evaluate(empty)
    await page.unroute_all(behavior="wait")


async def test_after_a_quotation_there_is_no_empty_line(wire, opens):
    """Telegram counts the end of a block as the end of a line."""
    text = "<blockquote>Ждала</blockquote>\nМария"
    await wire.ok("sendMessage", chat_id=wire.group, text=text, parse_mode="HTML")
    staff = await (await opens()).pane("staff")
    words = (await staff.sees("Мария")).locator(".words")
    quote = await words.locator("blockquote").bounding_box()
    assert await words.evaluate("node => node.lastChild.data") == "Мария"
    assert quote["height"] > 0


async def test_another_chat_opens_at_its_end_however_far_the_last_one_was_scrolled(wire, opens):
    """It opened where the old one had been scrolled to."""
    for person in (await wire.begun(), await wire.begun(wire.emma)):
        for number in range(30):
            await wire.ok("sendMessage", chat_id=person, text=f"строка {number}")
    patient = await (await opens()).pane("patient")
    await patient.sees_last("строка 29")
    await patient.messages().first.scroll_into_view_if_needed()
    await patient.becomes(wire.emma)
    await patient.sees_last("строка 29")


async def test_the_choice_of_people_says_who_has_got_news(wire, opens):
    await wire.begun(wire.emma)
    patient = await (await opens()).pane("patient")
    for text in ("one", "two"):
        await wire.ok("sendMessage", chat_id=wire.emma, text=text)
    emma = patient.node.get_by_test_id("person-select").locator(f"option[value='{wire.emma}']")
    await expect(emma).to_have_text("Emma Brown · 2 нов.")
    await patient.becomes(wire.emma)
    await patient.sees_last("two")
    await expect(emma).to_have_text("Emma Brown")


async def test_a_keyboard_that_opens_between_two_messages_hides_neither(wire, opens):
    """The second came before the page had been told that the chat was shorter now."""
    window = await opens()
    await window.page.add_init_script("window.ResizeObserver = class { observe() {} }")
    await window.page.reload()
    maria = await wire.begun()
    for number in range(30):
        await wire.ok("sendMessage", chat_id=maria, text=f"строка {number}")
    patient = await window.pane("patient")
    await patient.sees_last("строка 29")
    keys = {"keyboard": [[{"text": "Баллы"}], [{"text": "Мой код"}], [{"text": "Визиты"}]]}
    await wire.ok("sendMessage", chat_id=maria, text="с клавишами", reply_markup=keys)
    await patient.sees_keys("Баллы", "Мой код", "Визиты")
    await wire.ok("sendMessage", chat_id=maria, text="раз")
    await patient.sees_last("раз")
