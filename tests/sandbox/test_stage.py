"""What the page asks of the host: a fresh clinic, the next event; and the clock."""

import asyncio
import time

import pytest

from sandbox import Stagehands, empty_clinic
from sandbox.clinic import MARIA_ID
from sandbox.world import Person


class Host:
    """A host of the sandbox, as `bot/sandbox.py` is one."""

    def __init__(self):
        self.sandbox = None
        self.due = None
        self.asked, self.closed = asyncio.Event(), asyncio.Event()
        self.closed.set()

    async def restart(self):
        self.asked.set()
        await self.closed.wait()
        await self.sandbox.renew(empty_clinic)

    async def next_event(self):
        return self.due


@pytest.fixture
def host():
    return Host()


@pytest.fixture
async def wire(running, host, tmp_path):
    stage = Stagehands(restart=host.restart, next_event=host.next_event)
    async with running(limits=None, clock_file=tmp_path / "clock", stage=stage) as wire:
        host.sandbox = wire.sandbox
        yield wire


async def test_the_page_is_told_what_it_may_offer(wire, running):
    assert (await wire.get("/api/world"))["can"] == {
        "restart": True,
        "next_event": True,
        "clock": True,
    }
    async with running() as alone:
        can = (await alone.get("/api/world"))["can"]
        assert can == {"restart": False, "next_event": False, "clock": False}
        async with alone.http.post(f"{alone.url}/api/restart") as response:
            assert response.status == 409
        async with alone.http.post(f"{alone.url}/api/clock", json={"to": "next_event"}) as response:
            assert response.status == 409


async def test_a_fresh_clinic_knows_nothing_of_the_old_one(wire):
    await wire.begun()
    await wire.post("/api/people", first_name="Пётр")
    await wire.post("/api/trouble", kind="502", times=9)
    await wire.post("/api/clock", add=86400)
    old = await wire.get("/api/world")
    assert (await wire.post("/api/restart"))["ok"]
    new = await wire.get("/api/world")
    assert new["id"] != old["id"]
    assert len(new["people"]) == len(old["people"]) - 1
    assert new["troubles"] == []
    assert new["now"] == pytest.approx(time.time(), abs=60)
    assert (await wire.chat(wire.maria))["messages"] == []


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("post", "/api/act", {"person": MARIA_ID, "chat": MARIA_ID, "type": "start"}),
        ("post", "/api/act_many", {"acts": []}),
        ("post", "/api/people", {"first_name": "Пётр"}),
        ("patch", f"/api/people/{MARIA_ID}", {"first_name": "Мария"}),
        ("post", "/api/groups", {"title": "Кирова", "members": [MARIA_ID]}),
        ("patch", "/api/bot", {"privacy": False}),
        ("post", "/api/clock", {"add": 60}),
    ],
)
async def test_whoever_does_something_has_something_to_lose(wire, method, path, body):
    await wire.post("/api/act", person=7, chat=7, type="start")  # there is nobody to do it
    assert not (await wire.get("/api/world"))["played"]
    await getattr(wire, method)(path, **body)
    assert (await wire.get("/api/world"))["played"]
    await wire.post("/api/restart")
    assert not (await wire.get("/api/world"))["played"]


async def test_the_past_of_a_chat_is_what_was_heard_of_it_and_ends_with_the_play(wire):
    await wire.begun()
    await wire.act(wire.emma, "start")
    markup = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
    sent = await wire.ok("sendMessage", chat_id=wire.maria, text="Да?", reply_markup=markup)
    await wire.act(wire.maria, "press", message_id=sent["message_id"], data="yes")
    events = (await wire.get("/api/past", chat=wire.maria))["events"]
    assert [each["type"] for each in events] == ["message", "message", "callback_waiting"]
    assert events[-1]["data"] == "yes"
    await wire.post("/api/restart")
    assert (await wire.get("/api/past", chat=wire.maria))["events"] == []
    assert not (await wire.get("/api/past", chat=7)).get("ok", True)


async def test_numbers_go_on_where_the_old_play_ended(wire):
    await wire.act(wire.maria, "start")
    (first,) = await wire.updates()
    old = await wire.get("/api/world")
    await wire.post("/api/restart")
    await wire.act(wire.maria, "start")
    (update,) = await wire.updates()
    assert update["update_id"] == first["update_id"] + 1
    assert (await wire.get("/api/world"))["seq"] > old["seq"]
    assert (await wire.get("/api/requests"))["requests"][0]["n"] > 1


async def test_an_open_stream_hears_of_the_fresh_clinic_and_goes_on_with_it(wire):
    await wire.begun()
    seq = (await wire.get("/api/world"))["seq"]
    async with wire.events(after=seq) as events:
        await wire.post("/api/restart")
        told = await anext(events)
        assert (told["type"], told["seq"]) == ("restarted", seq + 1)
        await wire.act(wire.maria, "start")
        assert (await anext(events))["message"]["text"] == "/start"


async def test_a_poll_of_the_old_bot_ends_empty_handed(wire):
    poll = asyncio.create_task(wire.ok("getUpdates", timeout=50))
    await wire.ok("getMe")
    await wire.post("/api/restart")
    async with asyncio.timeout(5):
        assert await poll == []


async def test_the_old_webhook_is_forgotten(wire):
    await wire.ok("setWebhook", url="http://127.0.0.1:9/hook")
    await wire.post("/api/restart")
    assert (await wire.ok("getWebhookInfo"))["url"] == ""


async def test_two_fresh_clinics_at_once_are_one_too_many(wire, host):
    host.closed.clear()
    first = asyncio.create_task(wire.post("/api/restart"))
    await host.asked.wait()
    async with wire.http.post(f"{wire.url}/api/restart") as response:
        assert response.status == 409
    host.closed.set()
    assert (await first)["ok"]
    assert (await wire.post("/api/restart"))["ok"]


async def test_the_clock_goes_to_the_next_event(wire, host):
    host.due = time.time() + 7200.4
    answer = await wire.post("/api/clock", to="next_event")
    assert answer["due"] == host.due
    assert host.due <= answer["now"] < host.due + 2


async def test_the_clock_stands_when_nothing_is_due_or_it_is_due_already(wire, host):
    for due in (None, time.time() - 5):
        host.due = due
        answer = await wire.post("/api/clock", to="next_event")
        assert answer["due"] == due
        assert answer["now"] == pytest.approx(time.time(), abs=5)


@pytest.mark.parametrize("body", [{"to": "lunch"}, {"add": True}, {"add": 1e300}, {"add": "1"}])
async def test_the_clock_refuses_nonsense(wire, body):
    assert not (await wire.post("/api/clock", **body))["ok"]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
async def test_a_number_that_is_none_does_not_stop_time(wire, number):
    """It went into the clock file, and no clock could read it any more."""
    body = f'{{"add": {number}}}'
    async with wire.http.post(f"{wire.url}/api/clock", data=body) as response:
        assert response.status == 400
    assert (await wire.get("/api/world"))["now"] == pytest.approx(time.time(), abs=5)


async def test_the_crowd_of_a_demo_clinic_is_told_apart(wire):
    wire.sandbox.world.add_person(Person(5001, "Вера", extra=True))
    people = {each["id"]: each["extra"] for each in (await wire.get("/api/world"))["people"]}
    assert (people[wire.maria], people[5001]) == (False, True)


async def test_misfortunes_to_come_are_shown_until_they_have_come(wire):
    seq = (await wire.get("/api/world"))["seq"]
    await wire.post("/api/trouble", kind="502", times=2)
    assert (await wire.get("/api/world"))["troubles"] == [
        {"kind": "502", "method": None, "times": 2}
    ]
    for _ in range(2):
        async with wire.http.get(f"{wire.url}/bot42:SANDBOX/getMe") as response:
            assert response.status == 502
    assert (await wire.get("/api/world"))["troubles"] == []
    async with wire.events(after=seq) as events:
        assert [(await anext(events))["type"] for _ in range(2)] == ["world", "world"]
