"""reply_markup: what fits, what does not, and what the person gets to see."""

import pytest


def _inline(**button):
    return {"inline_keyboard": [[button]]}


async def _refused(wire, markup, chat=None):
    chat_id = chat or wire.maria
    return await wire.refused("sendMessage", chat_id=chat_id, text="x", reply_markup=markup)


@pytest.mark.parametrize("data", ["x", "x" * 64, "ё" * 32])
async def test_callback_data_of_1_to_64_bytes_is_taken(wire, data):
    await wire.begun()
    markup = _inline(text="a", callback_data=data)
    sent = await wire.ok("sendMessage", chat_id=wire.maria, text="x", reply_markup=markup)
    assert sent["reply_markup"] == markup


@pytest.mark.parametrize("data", ["x" * 65, "ё" * 33])
async def test_longer_callback_data_is_refused(wire, data):
    await wire.begun()
    markup = _inline(text="a", callback_data=data)
    assert await _refused(wire, markup) == "400 Bad Request: BUTTON_DATA_INVALID"


PARSE = "can't parse inline keyboard button: "
NO_KIND = PARSE + "Text buttons are unallowed in the inline keyboard"
NO_ROWS = 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (_inline(text="a", callback_data=""), NO_KIND),
        (_inline(text="a"), NO_KIND),
        (_inline(callback_data="a"), PARSE + 'Can\'t find field "text"'),
        (_inline(text="", url="a.ru"), "inline keyboard button text must be non-empty"),
        ({"inline_keyboard": [["a"]]}, PARSE + "InlineKeyboardButton must be an Object"),
        ({"inline_keyboard": ["a"]}, NO_ROWS),
        ("[", "can't parse reply keyboard markup JSON object"),
        ([], "object expected as reply markup"),
        (_inline(text="a", url="a.ru", style="pink"), PARSE + "invalid button style specified"),
        (_inline(text="a", copy_text={"text": ""}), "BUTTON_COPY_TEXT_INVALID"),
        (_inline(text="a", copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        ({"keyboard": [[{"text": ""}]]}, "keyboard button text must be non-empty"),
    ],
)
async def test_a_wrong_markup_is_refused_in_telegrams_words(wire, markup, reason):
    await wire.begun()
    assert await _refused(wire, markup) == f"400 Bad Request: {reason}"


@pytest.mark.parametrize(
    ("markup", "what"),
    [
        ({"force_reply": True}, "force_reply"),
        (_inline(text="a", web_app={"url": "https://a.ru"}), "web_app in inline buttons"),
        (_inline(text="a", pay=True), "pay in inline buttons"),
        (
            _inline(text="a", callback_data="a", copy_text={"text": "b"}),
            "inline buttons of several kinds at once",
        ),
        (
            {"keyboard": [[{"text": "a", "request_location": True}]]},
            "request_location in reply keyboards",
        ),
    ],
)
async def test_a_markup_that_is_not_emulated_is_refused_loudly(wire, markup, what):
    await wire.begun()
    refusal = await _refused(wire, markup)
    assert refusal == f"400 Bad Request: sandbox does not emulate {what}"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("localhost", "Wrong HTTP URL"),
        ("http://localhost:8081/", "Wrong HTTP URL"),
        ("ftp://a.ru", "Unsupported URL protocol"),
        ("https://", "URL host is empty"),
        ("https://a b.ru", "Disallowed character in URL host"),
        ("https://a.ru:99999", "Wrong port number specified in the URL"),
    ],
)
async def test_a_button_url_that_telegram_can_not_open_is_refused(wire, url, reason):
    await wire.begun()
    refusal = await _refused(wire, _inline(text="a", url=url))
    assert refusal == f"400 Bad Request: inline keyboard button URL '{url}' is invalid: {reason}"


@pytest.mark.parametrize(
    "button",
    [
        {"url": "https://t.me/UlybkaMolarBot?start=s_map"},
        {"url": "tg://user?id=1001"},
        {"copy_text": {"text": "4821"}},
        {"switch_inline_query": ""},
        {"switch_inline_query_chosen_chat": {"query": "x", "allow_user_chats": True}},
        {"disabled": {}},
        {"callback_data": "a", "style": "success"},
    ],
)
async def test_every_other_kind_of_button_reaches_the_page(wire, button):
    await wire.begun()
    markup = _inline(text="a", **button)
    await wire.ok("sendMessage", chat_id=wire.maria, text="x", reply_markup=markup)
    shown = (await wire.chat(wire.maria))["messages"][-1]["buttons"]
    assert shown == [[{"text": "a", **button}]]


async def test_a_reply_keyboard_stays_until_it_is_removed(wire):
    await wire.begun()
    keyboard = {
        "keyboard": [[{"text": "Номер", "request_contact": True}], ["Баллы"]],
        "resize_keyboard": True,
        "input_field_placeholder": "Нажмите",
    }
    await wire.ok("sendMessage", chat_id=wire.maria, text="x", reply_markup=keyboard)
    await wire.ok("sendMessage", chat_id=wire.maria, text="y")
    assert (await wire.chat(wire.maria))["reply_keyboard"] == {
        "rows": [
            [{"text": "Номер", "request_contact": True}],
            [{"text": "Баллы", "request_contact": False}],
        ],
        "placeholder": "Нажмите",
        "one_time": False,
        "resize": True,
    }
    removal = {"remove_keyboard": True}
    await wire.ok("sendMessage", chat_id=wire.maria, text="z", reply_markup=removal)
    assert (await wire.chat(wire.maria))["reply_keyboard"] is None


async def test_a_contact_can_be_asked_for_in_private_only(wire):
    markup = {"keyboard": [[{"text": "Номер", "request_contact": True}]]}
    assert await _refused(wire, markup, chat=wire.group) == (
        "400 Bad Request: phone number can be requested in private chats only"
    )


async def test_a_group_keyboard_is_for_all_or_for_the_one_answered(wire):
    plain = {"keyboard": [["a"]]}
    await wire.ok("sendMessage", chat_id=wire.group, text="x", reply_markup=plain)
    assert (await wire.chat(wire.anna, wire.group))["reply_keyboard"]
    removal = {"remove_keyboard": True, "selective": True}
    asked = await wire.act(wire.anna, "text", chat=wire.group, text="убери")
    answer = {"message_id": asked["message_id"]}
    await wire.ok(
        "sendMessage",
        chat_id=wire.group,
        text="y",
        reply_markup=removal,
        reply_parameters=answer,
    )
    assert (await wire.chat(wire.anna, wire.group))["reply_keyboard"] is None
    assert (await wire.chat(wire.oleg, wire.group))["reply_keyboard"]
