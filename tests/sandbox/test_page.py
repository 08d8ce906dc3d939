"""The page of the sandbox in headless Chromium, where it is more than a chat."""

import re

import pytest
from playwright.async_api import expect

from tests.sandbox.codes import code_picture

pytestmark = pytest.mark.browser

CONNECT = "https://t.me/UlybkaMolarBot?startgroup=connect"
ROWS = [
    [{"text": f"{row}·{place}", "callback_data": f"{row}{place}"} for place in "аб"]
    for row in "123456"
]


async def _card(wire, text, chat=None, **more):
    return await wire.ok(
        "sendMessage",
        chat_id=chat or wire.group,
        text=text,
        reply_markup={"inline_keyboard": ROWS},
        **more,
    )


async def _chooses(pane, name):
    await pane.node.get_by_test_id("choice").get_by_role("button", name=name).click()


@pytest.mark.parametrize("size", ["wide", "phone"])
async def test_a_card_with_six_rows_of_buttons_is_in_sight_whole(wire, opens, size):
    await _card(wire, "МАРИЯ П.\nСчёт 12 400 ₽\nСпишем 1 000\nК оплате 11 400 ₽\nСпросите")
    staff = await (await opens(size)).pane("staff")
    card = await staff.sees("МАРИЯ П.")
    await expect(card).to_be_in_viewport(ratio=1)
    await expect(card.get_by_role("button", name="6·б")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("size", ["wide", "phone"])
async def test_who_is_in_the_group_is_seen_and_seated_by_a_click(wire, opens, size):
    staff = await (await opens(size)).pane("staff")
    await staff.node.get_by_text("4 участника").click()
    items = staff.node.get_by_role("menuitem")
    await expect(items).to_have_text(
        [
            "Олег Сергеевичвладелец",
            "Анна Смирноваучастник",
            "Ирина Котоваучастник",
            "Улыбкабот, администратор",
        ]
    )
    await items.filter(has_text="Ирина").click()
    await staff.types("это Ирина")
    await staff.sees_last("это Ирина")
    (update,) = await wire.updates()
    assert update["message"]["from"]["id"] == wire.irina


@pytest.mark.parametrize("size", ["wide", "phone"])
async def test_a_code_is_scanned_by_the_administrator_in_her_own_pane(wire, opens, size):
    pytest.importorskip("zxingcpp")
    await wire.sent_photo(await wire.begun(), code_picture(), caption="Ваш код")
    await wire.updates()
    window = await opens(size)
    patient = await window.pane("patient")
    await (await patient.sees("Ваш код")).get_by_role("button", name="Фото").click()
    photo = patient.node.get_by_test_id("photo")
    await expect(photo.get_by_role("img")).to_be_in_viewport(ratio=1)
    await photo.get_by_role("button", name="Отсканировать как…").click()
    await _chooses(patient, "Анна Смирнова")
    staff = await window.pane("staff")
    await staff.sees_last("/start p_4fK2-x_9")
    (update,) = await wire.updates()
    assert update["message"]["from"]["id"] == update["message"]["chat"]["id"] == wire.anna


@pytest.mark.parametrize("phone", ["+7 912 345-67-89", "+7 (843) 000-00-00", "…67-89"])
async def test_a_phone_number_stands_in_one_line_with_the_signs_it_came_with(wire, opens, phone):
    """A line ended inside it: «+7 912 345-67-» / «89»."""
    for length in range(6, 30):
        await wire.ok("sendMessage", chat_id=wire.group, text=f"{'ш' * length} {phone}")
    staff = await (await opens("phone")).pane("staff")
    lines = """(node, phone) => {
        node.normalize();
        const last = (each) => each.lastChild ? last(each.lastChild) : each;
        const text = last(node);
        const range = document.createRange();
        range.setStart(text, text.length - phone.length);
        range.setEnd(text, text.length);
        return new Set([...range.getClientRects()].map(({ top }) => top)).size;
    }"""
    bubbles = await staff.node.locator(".words").all()
    assert len(bubbles) == 24
    for bubble in bubbles:
        assert await bubble.evaluate(lines, phone) == 1
        assert (await bubble.text_content()).endswith(f" {phone}")


async def test_a_startgroup_link_asks_which_group(wire, opens):
    await wire.begun(wire.oleg)
    group = await wire.found("Кирова", wire.oleg)
    button = {"inline_keyboard": [[{"text": "В группу", "url": CONNECT}]]}
    await wire.ok("sendMessage", chat_id=wire.oleg, text="Подключить", reply_markup=button)
    owner = await (await opens()).pane("owner")
    await owner.presses("В группу")
    await _chooses(owner, "Кирова")
    await owner.sees_last("/start@UlybkaMolarBot connect")
    updates = await wire.updates()
    assert updates[-1]["message"]["chat"]["id"] == group
    assert updates[0]["my_chat_member"]["new_chat_member"]["status"] == "member"


async def test_the_pane_follows_its_group_into_the_supergroup(wire, opens):
    group = await wire.found("Кирова", wire.oleg, kind="group", bot="administrator")
    owner = await (await opens()).pane("owner")
    await owner.node.get_by_test_id("chat-select").select_option(str(group))
    await owner.node.get_by_test_id("more").click()
    await owner.node.get_by_role("menuitem", name="Сделать супергруппой").click()
    await expect(owner.messages().last).to_have_text(re.compile(f"← {group}"))
    await owner.types("на новом месте")
    await owner.sees_last("на новом месте")
    last = (await wire.updates())[-1]["message"]
    assert last["chat"]["type"] == "supergroup"


async def test_rights_of_the_bot_and_its_privacy_are_switched_in_the_menu(wire, opens):
    staff = await (await opens()).pane("staff")
    await staff.becomes(wire.oleg)

    async def chooses(label):
        await staff.node.get_by_test_id("more").click()
        await staff.node.get_by_role("menuitem", name=label).click()
        await staff.node.get_by_test_id("more").click()

    await chooses("✓ Бот удаляет сообщения")
    await expect(staff.node.get_by_text("✗ Бот удаляет сообщения")).to_be_visible()
    await staff.node.page.keyboard.press("Escape")
    assert not (await wire.ok("getChatMember", chat_id=wire.group, user_id=42))[
        "can_delete_messages"
    ]
    await chooses("Выключить приватность бота")
    await expect(staff.node.get_by_text("Включить приватность бота")).to_be_visible()
    assert (await wire.ok("getMe"))["can_read_all_group_messages"]


async def test_what_is_read_stays_in_its_place_while_messages_above_change(wire, opens):
    cards = [await _card(wire, f"карточка {number}") for number in range(6)]
    staff = await (await opens()).pane("staff")
    read = (await staff.sees("карточка 5")).page.locator("[data-message-id='3']").last
    await read.scroll_into_view_if_needed()
    place = await read.bounding_box()
    above = {"chat_id": wire.group, "message_id": cards[0]["message_id"]}
    await wire.ok("editMessageText", **above, text="записано\nв одну\nстроку")
    await expect(staff.messages().first).to_contain_text("записано")
    assert (await read.bounding_box())["y"] == pytest.approx(place["y"], abs=1)
    await wire.ok("deleteMessage", **above)
    await expect(staff.messages()).to_have_count(5)
    assert (await read.bounding_box())["y"] == pytest.approx(place["y"], abs=1)
