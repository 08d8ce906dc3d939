"""Delivery of updates to the bot's webhook: in order within a chat, chats side by side.

A refused update is sent again at once, then after pauses that double, until it is taken or a day
has gone by; the later ones of its chat wait behind it.
"""

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from sandbox.clock import Clock
from sandbox.updates import Update, Updates

_TIMEOUT = ClientTimeout(total=60)
_MAX_PAUSE = 64.0
_LIFE_SECONDS = 24 * 3600

Replied = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass(slots=True, frozen=True)
class Target:
    """Where the bot wants its updates."""

    url: str
    secret: str
    max_connections: int


@dataclass(slots=True, frozen=True)
class Pauses:
    """How long to wait before the second repetition, the third, and so on."""

    first: float = 2.0
    longest: float = _MAX_PAUSE

    def each(self) -> Iterator[float]:
        """0, first, twice that… and the longest for ever."""
        growing = []
        pause = self.first
        while 0 < pause < self.longest:
            growing.append(pause)
            pause *= 2
        return chain([0.0], growing, repeat(self.longest))


class Webhook:
    """The webhook of the bot, if it has set one."""

    def __init__(self, updates: Updates, clock: Clock, pauses: Pauses) -> None:
        self._updates = updates
        self._clock = clock
        self._pauses = pauses
        self.on_reply: Replied | None = None  # runs the method that a reply may carry
        self.target: Target | None = None
        self.last_error: tuple[int, str] | None = None
        self._session: ClientSession | None = None
        self._lanes: dict[int, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._free = asyncio.Semaphore(1)

    def point_at(self, target: Target | None) -> None:
        """Begins delivery to another place, or ends it; nothing pending is lost."""
        if target == self.target:
            return
        self._stop()
        self.target, self.last_error = target, None
        self._updates.on_new = None if target is None else self._put
        if target is not None:
            self._free = asyncio.Semaphore(target.max_connections)
            for update in self._updates.pending():
                self._put(update)

    async def close(self) -> None:
        """Ends delivery and waits for its requests to end."""
        tasks = list(self._tasks)
        self.point_at(None)
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._lanes.clear()

    def _put(self, update: Update) -> None:
        lane = self._lanes.get(update.chat_id)
        if lane is not None:
            lane.append(update)
            return
        self._lanes[update.chat_id] = lane = deque([update])
        task = asyncio.get_running_loop().create_task(self._run(update.chat_id, lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, chat_id: int, lane: deque[Update]) -> None:
        while lane:
            await self._deliver(lane[0])
            lane.popleft()
        if self._lanes.get(chat_id) is lane:
            del self._lanes[chat_id]

    async def _deliver(self, update: Update) -> None:
        """Sends one update until it is taken or too old."""
        for pause in self._pauses.each():
            async with self._free:
                taken = await self._post(update)
            if taken or self._clock.now() - update.at > _LIFE_SECONDS:
                self._updates.confirm(update.id)
                return
            await asyncio.sleep(pause)

    async def _post(self, update: Update) -> bool:
        target = self.target
        if target is None:
            return False
        headers = {"Content-Type": "application/json"}
        if target.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = target.secret
        try:
            async with self._client().post(
                target.url, data=update.body, headers=headers, allow_redirects=False
            ) as response:
                body = await response.read()
        except (ClientError, OSError, TimeoutError) as error:
            self._note(str(error) or "Read timeout expired")
            return False
        if not 200 <= response.status < 300:
            self._note(f"Wrong response from the webhook: {response.status} {response.reason}")
            return False
        await self._run_reply(body)
        return True

    def _client(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(timeout=_TIMEOUT)
        return self._session

    def _note(self, message: str) -> None:
        self.last_error = (self._clock.unix(), message)

    async def _run_reply(self, body: bytes) -> None:
        if not body.startswith(b"{") or self.on_reply is None:
            return
        with contextlib.suppress(ValueError):
            reply = json.loads(body)
            if "method" in reply:
                await self.on_reply(reply)
