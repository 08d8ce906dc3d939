"""What people do, as the bot hears of it, and what the page is told."""

import time

import pytest


async def _message(wire):
    (update,) = await wire.updates()
    return update["message"]


@pytest.mark.parametrize("payload", ["r", "s_map-1", "A" * 64])
async def test_a_deep_link_brings_its_payload(wire, payload):
    await wire.act(wire.maria, "start", payload=payload)
    assert (await _message(wire))["text"] == f"/start {payload}"


@pytest.mark.parametrize("payload", ["A" * 65, "a b", "ж", "a=1"])
async def test_telegram_opens_no_deep_link_with_another_payload(wire, payload):
    assert not (await wire.tried(wire.maria, "start", payload=payload))["ok"]


async def test_the_own_contact_carries_the_own_id(wire):
    await wire.act(wire.maria, "contact", kind="own")
    contact = (await _message(wire))["contact"]
    assert contact["user_id"] == wire.maria
    assert contact["phone_number"] == "79123456789"


async def test_somebody_elses_card_carries_their_id(wire):
    await wire.act(wire.maria, "contact", kind="other")
    assert (await _message(wire))["contact"]["user_id"] != wire.maria
    await wire.act(wire.maria, "contact", kind="other", phone="+79995554433")
    contact = (await _message(wire))["contact"]
    assert contact["user_id"] not in (None, wire.maria)
    assert contact["phone_number"] == "79995554433"


async def test_a_card_without_an_account_has_no_id(wire):
    await wire.act(wire.maria, "contact", kind="without_id", phone="+79995554433")
    contact = (await _message(wire))["contact"]
    assert "user_id" not in contact
    assert contact["phone_number"] == "+79995554433"


async def test_who_has_no_phone_shares_none(wire):
    person = (await wire.post("/api/people", first_name="Тихон"))["id"]
    assert not (await wire.tried(person, "contact", kind="own"))["ok"]


async def test_a_text_too_long_goes_out_in_pieces(wire):
    await wire.begun()
    await wire.act(wire.maria, "text", text="🦷" * 5000)
    texts = [update["message"]["text"] for update in await wire.updates()]
    assert [len(text) for text in texts] == [2048, 2048, 904]


async def test_an_own_text_is_edited_and_the_bot_is_told(wire):
    await wire.begun()
    done = await wire.act(wire.maria, "text", text="да")
    await wire.updates()
    await wire.act(wire.maria, "edit", message_id=done["message_id"], text="нет")
    (update,) = await wire.updates()
    assert update["edited_message"]["text"] == "нет"
    assert update["edited_message"]["edit_date"]


async def test_a_forward_says_where_it_is_from(wire):
    await wire.begun()
    await wire.act(wire.maria, "forward", text="приходите", from_name="Клиника")
    origin = (await _message(wire))["forward_origin"]
    assert (origin["type"], origin["sender_user_name"]) == ("hidden_user", "Клиника")


@pytest.mark.parametrize(
    "kind",
    [
        *("photo", "voice", "document", "sticker", "video", "video_note", "audio", "location"),
        *("venue", "dice", "poll", "animation"),
    ],
)
async def test_every_kind_of_message_has_a_specimen(wire, kind):
    await wire.begun()
    await wire.act(wire.maria, kind)
    assert kind in await _message(wire)
    assert (await wire.chat(wire.maria))["messages"][-1]["kind"] == kind


async def test_a_photo_that_came_can_be_downloaded(wire):
    await wire.begun()
    await wire.act(wire.maria, "photo", caption="снимок")
    message = await _message(wire)
    assert message["caption"] == "снимок"
    file = await wire.ok("getFile", file_id=message["photo"][-1]["file_id"])
    async with wire.http.get(f"{wire.url}/file/bot42:SANDBOX/{file['file_path']}") as response:
        assert (await response.read()).startswith(b"\x89PNG")


async def test_getchat_shows_the_birthdate_only_if_the_person_does(wire):
    await wire.begun(wire.maria)
    await wire.begun(wire.emma)
    maria = await wire.ok("getChat", chat_id=wire.maria)
    assert maria["birthdate"] == {"day": 5, "month": 3, "year": 1980}
    assert "birthdate" not in await wire.ok("getChat", chat_id=wire.emma)


async def test_an_invented_person_joins_the_world(wire):
    body = {"first_name": '<b>Робин & "Бобби"</b>', "language": "en", "phone": "+79990000001"}
    person = (await wire.post("/api/people", **body))["id"]
    await wire.act(person, "start")
    user = (await _message(wire))["from"]
    assert user["first_name"] == body["first_name"]
    assert user["language_code"] == "en"
    assert person in [each["id"] for each in (await wire.get("/api/world"))["people"]]


@pytest.mark.parametrize(
    "change",
    [
        {"first_name": ""},
        {"first_name": None},
        {"phone": "нет"},
        {"birthdate": "5 марта"},
        {"birthdate": {"day": 30, "month": 2}},
        {"birthdate": {"day": 1, "month": "x"}},
        {"birthdate": {"day": 1, "month": 1, "hour": 5}},
    ],
)
async def test_a_profile_that_telegram_could_not_hold_is_refused(wire, change):
    """A person without a name broke every later message of theirs."""
    assert not (await wire.patch(f"/api/people/{wire.maria}", **change))["ok"]
    await wire.patch(f"/api/people/{wire.maria}", birthdate={"day": 29, "month": 2})
    await wire.begun()
    maria = await wire.ok("getChat", chat_id=wire.maria)
    assert (maria["first_name"], maria["birthdate"]) == ("Мария", {"day": 29, "month": 2})


async def test_a_changed_profile_is_seen_from_the_next_message_on(wire):
    await wire.begun()
    url = f"{wire.url}/api/people/{wire.maria}"
    async with wire.http.patch(url, json={"first_name": "Маша", "birthdate": None}) as response:
        assert response.status == 200
    await wire.act(wire.maria, "text", text="x")
    assert (await _message(wire))["from"]["first_name"] == "Маша"
    assert "birthdate" not in await wire.ok("getChat", chat_id=wire.maria)


@pytest.mark.parametrize(
    "body",
    [
        {"person": 5, "type": "text", "text": "x"},
        {"person": 1001, "chat": 1002, "type": "text", "text": "x"},
        {"person": 1001, "type": "dance"},
        {"person": 1001, "type": "text"},
        {"person": 1001, "type": "text", "text": " "},
        {"person": 1001, "type": "text", "text": "x", "reply_to": 9},
        {"person": 1001, "type": "unblock"},
        {"person": 1001, "type": "join"},
        {"person": 1001, "type": "press", "message_id": 9, "data": "x"},
        {"person": 1001, "type": "contact", "kind": "business"},
    ],
)
async def test_what_can_not_be_done_is_refused_with_a_sentence(wire, body):
    answer = await wire.post("/api/act", **body)
    assert answer["ok"] is False
    assert answer["error"]


async def test_among_many_acts_a_failure_stops_none(wire):
    acts = [{"person": 1001, "type": "start"}, {"person": 1001, "type": "dance"}]
    results = (await wire.post("/api/act_many", acts=[*acts, *acts]))["results"]
    assert [result["ok"] for result in results] == [True, False, True, False]
    assert len(await wire.updates()) == 2


async def test_the_world_of_the_page_has_three_panes_of_invented_people(wire):
    world = await wire.get("/api/world")
    assert [pane["name"] for pane in world["panes"]] == ["patient", "staff", "owner"]
    assert world["bot"] == {"id": 42, "username": "UlybkaMolarBot", "first_name": "Улыбка"}


async def test_the_events_tell_the_page_everything_in_order(wire):
    await wire.act(wire.maria, "start")
    markup = {"inline_keyboard": [[{"text": "Да", "callback_data": "y"}]]}
    chat = {"chat_id": wire.maria}
    await wire.ok("sendMessage", **chat, text="<b>a</b>", parse_mode="HTML", reply_markup=markup)
    await wire.act(wire.maria, "press", message_id=2, data="y")
    await wire.ok("editMessageText", **chat, message_id=2, text="b")
    await wire.ok("sendMessage", **chat, text="c", reply_markup={"keyboard": [["Баллы"]]})
    await wire.ok("deleteMessage", **chat, message_id=2)
    last = (await wire.get("/api/world"))["seq"]
    seen = []
    async with wire.events(after=1) as events:
        while not seen or seen[-1]["seq"] < last:
            seen.append(await anext(events))
    told = [event for event in seen if event["type"] != "world"]
    assert [event["type"] for event in told] == [
        "message",
        "message",
        "callback_waiting",
        "edit",
        "message",
        "keyboard",
        "delete",
    ]
    assert told[1]["message"]["html"] == "<b>a</b>"  # as it was then
    assert told[3]["message"]["text"] == "b"
    assert told[5]["reply_keyboard"]["rows"][0][0]["text"] == "Баллы"
    assert [event["seq"] for event in seen] == sorted(event["seq"] for event in seen)


async def test_a_page_that_outlived_its_sandbox_is_told_everything_anew(wire):
    async with wire.events(after=1_000_000) as events:
        assert (await anext(events))["seq"] == 1


async def test_a_page_that_comes_back_goes_on_where_it_was(wire):
    await wire.act(wire.maria, "start")
    seq = (await wire.get("/api/world"))["seq"]
    headers = {"Last-Event-ID": str(seq - 1)}
    async with wire.http.get(f"{wire.url}/api/events?after=1", headers=headers) as response:
        assert await response.content.readuntil(b"\n\n") == b": here\n\n"
        assert await response.content.readline() == f"id: {seq}\n".encode()


async def test_the_page_and_its_files_are_served_and_nothing_around_them(wire):
    async with wire.http.get(wire.url + "/") as response:
        assert response.content_type == "text/html"
    async with wire.http.get(wire.url + "/page/..%2Fserver.py") as response:
        assert response.status == 404


async def test_without_a_clock_file_the_clock_stands_as_it_is(tmp_path, running):
    async with running() as wire:
        assert not (await wire.post("/api/clock", add=1))["ok"]


async def test_the_clock_file_holds_the_offset_for_everybody(wire, tmp_path):
    await wire.post("/api/clock", add=3600)
    await wire.post("/api/clock", add=0.5)
    assert (tmp_path / "clock").read_text() == "3600.5"
    (tmp_path / "other").write_text("86400")
    (tmp_path / "other").replace(tmp_path / "clock")
    assert abs((await wire.get("/api/world"))["now"] - time.time() - 86400) < 60
    await wire.begun()
    date = (await wire.chat(wire.maria))["messages"][0]["date"]
    assert abs(date - time.time() - 86400) < 60
