"""Starting and stopping: cleanly, whoever is still connected."""

import asyncio

import pytest
from aiohttp import ClientSession

from sandbox import Sandbox


async def _poll(http, url):
    """A long poll that waits in the sandbox: calls made after it have come back already."""
    task = asyncio.create_task(http.post(f"{url}/bot42:SANDBOX/getUpdates", json={"timeout": 50}))
    for _ in range(3):
        async with http.get(f"{url}/bot42:SANDBOX/getMe") as response:
            await response.read()
    return task


async def test_stopping_lets_polls_and_streams_go_at_once():
    sandbox = Sandbox()
    async with asyncio.timeout(5), ClientSession() as http:
        async with sandbox.running() as url:
            poll = await _poll(http, url)
            events = await http.get(f"{url}/api/events")
        async with await poll as response:
            assert (await response.json())["result"] == []
        assert await events.read() == b": here\n\n"


async def test_two_sandboxes_live_side_by_side():
    async with Sandbox().running() as one, Sandbox().running() as other, ClientSession() as http:
        assert one != other
        async with http.post(f"{one}/api/act", json={"person": 1001, "type": "start"}) as response:
            assert response.status == 200
        async with http.get(f"{other}/bot42:SANDBOX/getUpdates") as response:
            assert (await response.json())["result"] == []


async def test_a_taken_port_is_said_and_nothing_is_left_behind():
    async with Sandbox().running() as url:
        with pytest.raises(OSError, match="in use"):
            await Sandbox().start(port=int(url.rpartition(":")[2]))


async def test_what_a_killed_poller_did_not_confirm_comes_to_the_next():
    async with asyncio.timeout(5), Sandbox().running() as url, ClientSession() as http:
        async with ClientSession() as killed:
            poll = await _poll(killed, url)
            poll.cancel()
        next_poll = await _poll(http, url)
        async with http.post(f"{url}/api/act", json={"person": 1001, "type": "start"}) as response:
            assert response.status == 200
        async with await next_poll as response:
            assert (await response.json())["result"][0]["message"]["text"] == "/start"
