"""One sandbox per test, met over the wire as a bot and its people meet it."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession, FormData

from sandbox import SANDBOX_TOKEN, Limits, Pauses, Sandbox
from sandbox.clinic import ANNA_ID, EMMA_ID, IRINA_ID, MARIA_ID, OLEG_ID, STAFF_CHAT_ID
from tests.e2e.browser import chromium, opened


class Wire:
    """Raw HTTP to a running sandbox."""

    maria, emma, anna, irina, oleg = MARIA_ID, EMMA_ID, ANNA_ID, IRINA_ID, OLEG_ID
    group = STAFF_CHAT_ID

    def __init__(self, http: ClientSession, url: str, sandbox: Sandbox) -> None:
        self.http = http
        self.url = url
        self.sandbox = sandbox
        self.updated = 0  # the newest update taken

    async def api(self, method: str, **arguments: Any) -> dict[str, Any]:
        """The whole answer of a Bot API method."""
        url = f"{self.url}/bot{SANDBOX_TOKEN}/{method}"
        async with self.http.post(url, json=arguments) as response:
            body = await response.json()
            assert body["ok"] == (response.status == 200)
            assert body["ok"] or body["error_code"] == response.status
            return body

    async def ok(self, method: str, **arguments: Any) -> Any:
        """The result of a method that must succeed."""
        body = await self.api(method, **arguments)
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, **arguments: Any) -> str:
        """Why a method that must fail did: `400 Bad Request: …`."""
        body = await self.api(method, **arguments)
        assert not body["ok"], body
        return f"{body['error_code']} {body['description']}"

    async def sent_photo(self, chat: int, picture: bytes, **more: Any) -> dict[str, Any]:
        """A photo that the bot has sent; what is no text goes as JSON."""
        fields = {"chat_id": chat, **more}
        form = FormData(
            {key: v if isinstance(v, str) else json.dumps(v) for key, v in fields.items()}
        )
        form.add_field("photo", io.BytesIO(picture), filename="photo.png")
        url = f"{self.url}/bot{SANDBOX_TOKEN}/sendPhoto"
        async with self.http.post(url, data=form) as response:
            return (await response.json())["result"]

    async def act(self, person: int, act_type: str, /, **more: Any) -> dict[str, Any]:
        """What a person does, which must be possible."""
        body = await self.tried(person, act_type, **more)
        assert body["ok"], body
        return body

    async def tried(self, person: int, act_type: str, /, **more: Any) -> dict[str, Any]:
        """What a person tries."""
        return await self.post("/api/act", person=person, type=act_type, **more)

    async def post(self, path: str, **body: Any) -> dict[str, Any]:
        async with self.http.post(self.url + path, json=body) as response:
            return await response.json()

    async def get(self, path: str, **query: Any) -> dict[str, Any]:
        async with self.http.get(self.url + path, params=query) as response:
            return await response.json()

    async def patch(self, path: str, **body: Any) -> dict[str, Any]:
        async with self.http.patch(self.url + path, json=body) as response:
            return await response.json()

    async def found(self, title: str, *members: int, **more: Any) -> int:
        """The number of a new group; the first of the members creates it."""
        body = await self.post("/api/groups", title=title, members=members, **more)
        return body["id"]

    async def chat(self, person: int, chat: int | None = None) -> dict[str, Any]:
        return await self.get("/api/chat", person=person, chat=chat or person)

    async def updates(self, **arguments: Any) -> list[dict[str, Any]]:
        """The updates since the last time, confirmed."""
        found = await self.ok("getUpdates", offset=self.updated + 1, **arguments)
        self.updated = found[-1]["update_id"] if found else self.updated
        return found

    async def begun(self, person: int = MARIA_ID) -> int:
        """A person who has pressed Start, the update taken."""
        await self.act(person, "start")
        await self.updates()
        return person

    @asynccontextmanager
    async def events(self, after: int = 0) -> AsyncIterator[AsyncIterator[dict[str, Any]]]:
        """The page's stream of events."""
        url = f"{self.url}/api/events"
        async with self.http.get(url, params={"after": after}) as response:

            async def read() -> AsyncIterator[dict[str, Any]]:
                async for line in response.content:
                    if line.startswith(b"data: "):
                        yield json.loads(line.removeprefix(b"data: "))

            async with asyncio.timeout(10):
                yield read()


@asynccontextmanager
async def _running(**options: Any) -> AsyncIterator[Wire]:
    sandbox = Sandbox(**options)
    async with sandbox.running() as url, ClientSession() as http:
        yield Wire(http, url, sandbox)


@pytest.fixture
def running():
    """Runs a sandbox with options of the test's own."""
    return _running


@pytest.fixture
async def wire(tmp_path) -> AsyncIterator[Wire]:
    """A sandbox with a clock to turn, quick webhook repetitions and no flood limits."""
    options = {"limits": None, "webhook_pauses": Pauses(first=0, longest=0)}
    async with _running(clock_file=tmp_path / "clock", **options) as wire:
        yield wire


@pytest.fixture
async def strict(tmp_path) -> AsyncIterator[Wire]:
    """The same with Telegram's flood limits."""
    async with _running(clock_file=tmp_path / "clock", limits=Limits()) as wire:
        yield wire


@pytest.fixture(scope="session")
async def browser():
    """One Chromium for all the tests of the page."""
    async with chromium() as browser:
        yield browser


@pytest.fixture
async def opens(browser, wire):
    """Opens the page; by the end nothing may have gone wrong in it or gone outside."""
    windows = []
    async with AsyncExitStack() as stack:

        async def open_(size="wide", language="ru"):
            page = opened(browser, wire.url, language=language, size=size)
            windows.append(await stack.enter_async_context(page))
            return windows[-1]

        yield open_
    assert [window.complaints for window in windows] == [[] for _ in windows]
