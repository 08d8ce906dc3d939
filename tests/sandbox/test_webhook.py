"""Delivery to a webhook: the secret, repetitions, order, what getWebhookInfo says."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer


class Receiver:
    """A bot's webhook whose answers a test chooses."""

    def __init__(self):
        self.received = []
        self.headers = []
        self.answers = []  # statuses of the next answers; 200 afterwards
        self.reply = None
        self.parallel = self.most_parallel = 0
        self.gate = asyncio.Event()
        self.gate.set()
        self._came = asyncio.Condition()

    async def receive(self, request):
        self.parallel += 1
        self.most_parallel = max(self.most_parallel, self.parallel)
        self.headers.append(request.headers)
        await self._note(await request.json())
        await self.gate.wait()
        self.parallel -= 1
        if self.answers:
            return web.Response(status=self.answers.pop(0))
        return web.json_response(self.reply) if self.reply else web.Response()

    async def _note(self, update):
        async with self._came:
            self.received.append(update)
            self._came.notify_all()

    async def got(self, number):
        async with asyncio.timeout(5), self._came:
            await self._came.wait_for(lambda: len(self.received) >= number)
        return self.received

    def texts(self):
        return [update["message"]["text"] for update in self.received]


@asynccontextmanager
async def _serving(receiver):
    application = web.Application()
    application.router.add_post("/hook", receiver.receive)
    async with TestServer(application) as server:
        yield str(server.make_url("/hook"))


@pytest.fixture
async def receiver():
    return Receiver()


@pytest.fixture
async def hook(receiver):
    async with _serving(receiver) as url:
        yield url
        receiver.gate.set()


async def _delivered(wire):
    """Waits until nothing is pending, by asking as a bot asks."""
    async with asyncio.timeout(5):
        while (await wire.ok("getWebhookInfo"))["pending_update_count"]:
            pass


async def test_an_update_is_posted_with_the_secret(wire, receiver, hook):
    await wire.ok("setWebhook", url=hook, secret_token="s3cret_-")
    await wire.act(wire.maria, "start")
    (update,) = await receiver.got(1)
    assert update["message"]["text"] == "/start"
    assert receiver.headers[0]["X-Telegram-Bot-Api-Secret-Token"] == "s3cret_-"
    await _delivered(wire)


async def test_what_was_pending_is_delivered_to_a_new_webhook(wire, receiver, hook):
    await wire.act(wire.maria, "start")
    await wire.ok("setWebhook", url=hook)
    await receiver.got(1)


async def test_a_refused_update_comes_again_until_it_is_taken(wire, receiver, hook):
    receiver.answers = [500, 403, 302]
    await wire.ok("setWebhook", url=hook)
    await wire.act(wire.maria, "start")
    updates = await receiver.got(4)
    assert len({update["update_id"] for update in updates}) == 1
    await _delivered(wire)
    info = await wire.ok("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 302 Found"
    assert info["last_error_date"]


async def test_a_chat_keeps_its_order_while_another_goes_ahead(wire, receiver, hook):
    receiver.answers = [500, 500]
    await wire.ok("setWebhook", url=hook)
    for number in range(5):
        await wire.act(wire.maria, "text", text=str(number))
    await receiver.got(7)
    assert receiver.texts() == ["0", "0", "0", "1", "2", "3", "4"]


async def test_no_more_connections_than_asked_for(wire, receiver, hook):
    await wire.ok("setWebhook", url=hook, max_connections=2)
    receiver.gate.clear()
    people = [wire.maria, wire.emma, wire.anna, wire.oleg]
    for person in people:
        await wire.act(person, "start")
    await receiver.got(2)
    receiver.gate.set()
    await receiver.got(4)
    assert receiver.most_parallel == 2


async def test_nothing_is_lost_when_the_bot_goes_back_to_polling(wire, receiver, hook):
    receiver.gate.clear()
    await wire.ok("setWebhook", url=hook)
    await wire.act(wire.maria, "start")
    await receiver.got(1)
    await wire.ok("deleteWebhook")
    assert [update["message"]["text"] for update in await wire.updates()] == ["/start"]


async def test_a_dead_webhook_is_reported_and_loses_nothing(wire):
    async with _serving(Receiver()) as url:
        pass
    await wire.ok("setWebhook", url=url)
    await wire.act(wire.maria, "start")
    async with asyncio.timeout(5):
        while "last_error_message" not in (info := await wire.ok("getWebhookInfo")):
            pass
    assert info["pending_update_count"] == 1
    assert info["url"] == url


async def test_pending_updates_are_dropped_on_request_only(wire, receiver, hook):
    await wire.act(wire.maria, "start")
    await wire.ok("deleteWebhook")
    assert (await wire.ok("getWebhookInfo"))["pending_update_count"] == 1
    await wire.ok("deleteWebhook", drop_pending_updates=True)
    assert (await wire.ok("getWebhookInfo"))["pending_update_count"] == 0


async def test_the_answer_to_a_delivery_may_carry_a_method(wire, receiver, hook):
    receiver.reply = {"method": "sendMessage", "chat_id": wire.maria, "text": "из ответа"}
    await wire.ok("setWebhook", url=hook)
    async with wire.events(after=(await wire.get("/api/world"))["seq"]) as events:
        await wire.act(wire.maria, "start")
        texts = [(await anext(events))["message"]["text"] for _ in range(2)]
    assert texts == ["/start", "из ответа"]


async def test_allowed_updates_of_the_webhook_stick(wire, receiver, hook):
    await wire.ok("setWebhook", url=hook, allowed_updates=["message", "callback_query"])
    info = await wire.ok("getWebhookInfo")
    assert info["allowed_updates"] == ["callback_query", "message"]
    assert (info["max_connections"], info["has_custom_certificate"]) == (40, False)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"url": "ftp://a.ru"}, "invalid webhook URL specified"),
        ({"url": "https://"}, "invalid webhook URL specified"),
        ({"url": "http://a.ru", "secret_token": "ж"}, "secret token contains unallowed characters"),
        ({"url": "http://a.ru", "secret_token": "x" * 257}, "secret token is too long"),
    ],
)
async def test_a_wrong_webhook_is_refused(wire, arguments, reason):
    assert await wire.refused("setWebhook", **arguments) == f"400 Bad Request: {reason}"
