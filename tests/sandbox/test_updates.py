"""getUpdates: nothing is lost, one poller at a time."""

import asyncio
from itertools import pairwise


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(wire):
    await wire.act(wire.maria, "start")
    first = await wire.ok("getUpdates")
    assert await wire.ok("getUpdates") == first
    assert await wire.ok("getUpdates", offset=first[0]["update_id"]) == first
    assert await wire.ok("getUpdates", offset=first[0]["update_id"] + 1) == []
    assert await wire.ok("getUpdates") == []


async def test_updates_are_numbered_without_gaps_and_in_order(wire):
    await wire.begun()
    for number in range(5):
        await wire.act(wire.maria, "text", text=str(number))
    updates = await wire.updates()
    assert [update["message"]["text"] for update in updates] == list("01234")
    assert all(b["update_id"] == a["update_id"] + 1 for a, b in pairwise(updates))


async def test_limit_is_kept_between_1_and_100(wire):
    await wire.begun()
    texts = [{"person": wire.maria, "type": "text", "text": "x"}] * 150
    await wire.post("/api/act_many", acts=texts)
    assert len(await wire.ok("getUpdates")) == 100
    assert len(await wire.ok("getUpdates", limit=1000)) == 100
    assert len(await wire.ok("getUpdates", limit=7)) == 7
    assert len(await wire.ok("getUpdates", limit=-5)) == 1


async def test_a_negative_offset_forgets_all_but_the_last(wire):
    await wire.begun()
    for text in "abc":
        await wire.act(wire.maria, "text", text=text)
    last = await wire.ok("getUpdates", offset=-1)
    assert [update["message"]["text"] for update in last] == ["c"]
    assert await wire.ok("getUpdates") == last


async def test_updates_older_than_a_day_are_gone(wire):
    await wire.act(wire.maria, "start")
    await wire.post("/api/clock", add=25 * 3600)
    assert await wire.ok("getUpdates") == []


async def _polling(wire, **arguments):
    """A long poll that waits in the sandbox: calls made after it have come back already."""
    task = asyncio.create_task(wire.api("getUpdates", timeout=50, **arguments))
    for _ in range(3):
        await wire.ok("getMe")
    return task


async def test_a_long_poll_wakes_as_soon_as_an_update_comes(wire):
    poll = await _polling(wire)
    await wire.act(wire.maria, "start")
    async with asyncio.timeout(5):
        body = await poll
    assert body["result"][0]["message"]["text"] == "/start"


async def test_of_two_pollers_the_older_gets_409(wire):
    older = await _polling(wire)
    newer = asyncio.create_task(wire.api("getUpdates", timeout=50))
    body = await older
    assert body["error_code"] == 409
    assert body["description"] == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    await wire.act(wire.maria, "start")
    assert (await newer)["result"]


async def test_polling_is_409_while_a_webhook_is_set(wire):
    await wire.ok("setWebhook", url="http://127.0.0.1:9/hook")
    assert await wire.refused("getUpdates") == (
        "409 Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )


async def test_setting_a_webhook_ends_a_waiting_poll_with_409(wire):
    poll = await _polling(wire)
    await wire.ok("setWebhook", url="http://127.0.0.1:9/hook")
    body = await poll
    assert body["description"] == "Conflict: terminated by setWebhook request"


async def test_allowed_updates_stick_until_named_again(wire):
    await wire.ok("getUpdates", allowed_updates=["callback_query"])
    await wire.act(wire.maria, "start")
    assert await wire.ok("getUpdates") == []
    await wire.ok("getUpdates", allowed_updates=[])
    await wire.act(wire.maria, "text", text="слышно?")
    assert len(await wire.ok("getUpdates")) == 1


async def test_members_and_reactions_come_only_on_request(wire):
    await wire.act(wire.anna, "text", chat=wire.group, text="привет")
    await wire.updates()
    message = (await wire.chat(wire.anna, wire.group))["messages"][-1]["id"]

    async def happens():
        await wire.act(wire.anna, "react", chat=wire.group, message_id=message, emoji="👍")
        await wire.act(wire.maria, "join", chat=wire.group)
        await wire.act(wire.maria, "leave", chat=wire.group)
        return [next(iter(set(update) - {"update_id"})) for update in await wire.updates()]

    assert await happens() == ["message", "message"]
    await wire.updates(allowed_updates=["message", "chat_member", "message_reaction"])
    assert await happens() == [
        "message_reaction",
        "chat_member",
        "message",
        "chat_member",
        "message",
    ]
