"""Lanes side by side: one per (chat, person), in order within a lane."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable

from db.inbox import Kept

Handle = Callable[[Kept], Awaitable[None]]


class Lanes:
    """Hands each update to `handle`, at most `abreast` at a time, a lane's one after another.

    An update whose handling doesn't end by itself stays in the inbox: `handle` closes it there.
    """

    def __init__(self, handle: Handle, *, abreast: int = 64, most: int = 2000) -> None:
        self._handle = handle
        self._lanes: dict[str, deque[Kept]] = {}
        self._held: set[int] = set()
        self._workers: set[asyncio.Task[None]] = set()
        self._abreast = asyncio.Semaphore(abreast)
        self._most = most
        self._room = asyncio.Event()
        self._room.set()
        self._stopping = False

    @property
    def waiting(self) -> int:
        """Updates that wait or are being handled."""
        return len(self._held)

    def put(self, updates: Iterable[Kept]) -> None:
        """Queue updates; one that is here already is passed over."""
        for update in updates:
            if update.seq in self._held:
                continue
            self._held.add(update.seq)
            if lane := self._lanes.get(update.lane):
                lane.append(update)
            else:
                self._open(update)
        if len(self._held) >= self._most:
            self._room.clear()

    async def room(self) -> None:
        """Wait until so few updates wait that more may be fetched."""
        await self._room.wait()

    async def finish(self, within: float) -> int:
        """Let running handlers end, start no other; returns how many were still running.

        `within` is in seconds. What was not handled waits in the inbox for the next start.
        """
        self._stopping = True
        if not self._workers:
            return 0
        _, running = await asyncio.wait(self._workers, timeout=within)
        for worker in running:
            worker.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        return len(running)

    def _open(self, update: Kept) -> None:
        self._lanes[update.lane] = deque([update])
        worker = asyncio.create_task(self._walk(update.lane))
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def _walk(self, name: str) -> None:
        lane = self._lanes[name]
        try:
            while lane and not self._stopping:
                async with self._abreast:
                    if self._stopping:
                        return
                    await self._handle(lane[0])
                self._let_go(lane.popleft())
        finally:
            del self._lanes[name]

    def _let_go(self, update: Kept) -> None:
        self._held.discard(update.seq)
        if len(self._held) < self._most:
            self._room.set()
