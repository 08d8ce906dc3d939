"""What happened, numbered, for those who watch; and the bot's requests, for tests."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

Item = TypeVar("Item")

_KEPT_EVENTS = 20_000
_KEPT_REQUESTS = 20_000


@dataclass(slots=True, frozen=True)
class Event:
    """One thing that happened. `data` holds what it was about, rendered when somebody looks."""

    seq: int
    type: str
    chat_id: int | None
    data: dict[str, Any]


class Journal:
    """The last events and requests, and whoever waits for the next."""

    def __init__(self) -> None:
        self.seq = 0
        self.requested = 0
        self.closed = False
        self._events: deque[Event] = deque(maxlen=_KEPT_EVENTS)
        self._requests: deque[dict[str, Any]] = deque(maxlen=_KEPT_REQUESTS)
        self._waiters: set[asyncio.Future[None]] = set()

    def add(self, kind: str, chat_id: int | None, **data: object) -> None:
        """Notes an event and wakes the watchers."""
        self.seq += 1
        self._events.append(Event(self.seq, kind, chat_id, data))
        self._wake()

    def past(self, chat_id: int) -> list[Event]:
        """The kept events of one chat, oldest first."""
        return [event for event in self._events if event.chat_id == chat_id]

    def add_request(self, **request: object) -> None:
        """Notes a call of the bot."""
        self.requested += 1
        self._requests.append({"n": self.requested, **request})

    def requests(self, after: int) -> list[dict[str, Any]]:
        """The bot's calls after the given number."""
        return _later(self._requests, after, lambda request: request["n"])

    def succeed(self, older: "Journal") -> None:
        """Begins empty and counts on from where another journal ended."""
        self.seq = older.seq
        self._events.clear()
        self.requested = older.requested

    def close(self) -> None:
        """Lets every watcher go."""
        self.closed = True
        self._wake()

    async def follow(self, after: int) -> AsyncIterator[list[Event]]:
        """Batches of events after the given one, for ever."""
        while not self.closed:
            events = _later(self._events, after, lambda event: event.seq)
            if events:
                after = events[-1].seq
                yield events
            else:
                await self._next()

    async def _next(self) -> None:
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            await waiter
        finally:
            self._waiters.discard(waiter)

    def _wake(self) -> None:
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)


def _later(kept: deque[Item], after: int, number: Callable[[Item], int]) -> list[Item]:
    """The items numbered above `after`; numbers have no gaps, so their place is known."""
    if not kept:
        return []
    skipped = max(after - number(kept[0]) + 1, 0)
    if skipped * 2 < len(kept):
        return list(islice(kept, skipped, None))
    missing = max(len(kept) - skipped, 0)
    return list(islice(reversed(kept), missing))[::-1]
