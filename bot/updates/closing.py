"""The closing write of every update, gathered: one transaction for all that ended meanwhile."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.clock import Clock
from db import inbox
from db.inbox import Closing
from db.store import Store

# Seconds to wait for company: the answer is out already, and one write costs as much as ten.
GATHER = 0.01


class Closer:
    """Closes updates in the inbox. While one write runs, the next gathers the others."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._gathered: list[tuple[Closing, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def close(self, closing: Closing) -> None:
        """Returns when the update is closed for good; raises what the database raised."""
        written = asyncio.get_running_loop().create_future()
        self._gathered.append((closing, written))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        await written

    async def _write(self) -> None:
        while self._gathered:
            await asyncio.sleep(GATHER)
            gathered, self._gathered = self._gathered, []
            fault = await self._write_down([closing for closing, _ in gathered])
            if fault is None or len(gathered) == 1:
                _tell([written for _, written in gathered], fault)
            else:  # one that can't be written must not hold up its neighbours
                for closing, written in gathered:
                    _tell([written], await self._write_down([closing]))
        self._writing = None

    async def _write_down(self, closings: Sequence[Closing]) -> Exception | None:
        try:
            await self._store.engines.write(_closing(closings, self._clock.now()))
        except Exception as fault:  # noqa: BLE001 (each update that waits must hear of it)
            return fault
        return None


def _tell(waiting: Sequence[asyncio.Future[None]], fault: Exception | None) -> None:
    for written in waiting:
        if not written.done():
            written.set_result(None) if fault is None else written.set_exception(fault)


def _closing(closings: Sequence[Closing], now: datetime) -> Callable[[Connection], None]:
    return lambda connection: inbox.close(connection, closings, now)
