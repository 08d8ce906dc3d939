"""The bot's updates: numbered, kept until confirmed, given out to one poller or a webhook."""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sandbox.clock import Clock
from sandbox.errors import conflict

_LIFE_SECONDS = 24 * 3600
_FIRST_ID = 100_000_001
_ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}
_KINDS = {
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "purchased_paid_media",
    *_ON_REQUEST,
}


@dataclass(slots=True, frozen=True)
class Update:
    """One update, written out already."""

    id: int
    chat_id: int
    at: float
    body: bytes


class Updates:
    """The queue of one bot."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._pending: OrderedDict[int, Update] = OrderedDict()
        self._next_id = _FIRST_ID
        self._poll: asyncio.Future[None] | None = None
        self.allowed: frozenset[str] | None = None  # None: Telegram's default set
        self.on_new: Callable[[Update], None] | None = None  # the webhook, while there is one

    @property
    def next_id(self) -> int:
        return self._next_id

    def succeed(self, older: "Updates") -> None:
        """Counts on from where another queue ended: Telegram never gives a number twice."""
        self._next_id = older.next_id

    def __len__(self) -> int:
        return len(self._pending)

    def put(self, kind: str, body: dict[str, Any], chat_id: int) -> int | None:
        """Queues an update, if the bot wants its kind; returns its id."""
        if not self._wanted(kind):
            return None
        update_id = self._next_id
        self._next_id += 1
        text = json.dumps({"update_id": update_id, kind: body}, ensure_ascii=False)
        update = Update(update_id, chat_id, self._clock.now(), text.encode())
        self._pending[update_id] = update
        self._wake()
        if self.on_new is not None:
            self.on_new(update)
        return update_id

    def _wanted(self, kind: str) -> bool:
        return kind not in _ON_REQUEST if self.allowed is None else kind in self.allowed

    def allow(self, kinds: object) -> None:
        """Remembers which kinds the bot wants until it says otherwise."""
        if not isinstance(kinds, list) or not all(isinstance(kind, str) for kind in kinds):
            return
        known = frozenset(kind.lower() for kind in kinds) & _KINDS
        self.allowed = known or None

    def pending(self) -> list[Update]:
        """What is not confirmed yet, oldest first."""
        self._drop_old()
        return list(self._pending.values())

    def confirm(self, update_id: int) -> None:
        """Forgets one update: the webhook took it."""
        self._pending.pop(update_id, None)

    def clear(self) -> None:
        """Forgets all that is pending."""
        self._pending.clear()

    async def get(self, offset: int, limit: int, seconds: int) -> list[Update]:
        """What getUpdates gives: those from `offset` on; all before it are confirmed.

        Raises ApiError: 409 when another poll begins while this one waits.
        """
        self._drop_old()
        self._confirm_before(offset)
        if not self._pending and seconds:
            await self._wait(seconds)
            self._drop_old()
        return list(islice(self._pending.values(), limit))

    def _confirm_before(self, offset: int) -> None:
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popitem(last=False)
        while self._pending and next(iter(self._pending)) < offset:
            self._pending.popitem(last=False)

    def _drop_old(self) -> None:
        deadline = self._clock.now() - _LIFE_SECONDS
        while self._pending and next(iter(self._pending.values())).at < deadline:
            self._pending.popitem(last=False)

    async def _wait(self, seconds: int) -> None:
        self.end_poll(
            "terminated by other getUpdates request; "
            "make sure that only one bot instance is running"
        )
        self._poll = poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await poll
        except TimeoutError:
            pass
        finally:
            if self._poll is poll:
                self._poll = None

    def end_poll(self, reason: str | None = None) -> None:
        """Ends the poll that waits: with a conflict, or empty-handed."""
        if self._poll is None or self._poll.done():
            return
        if reason is None:
            self._poll.set_result(None)
        else:
            self._poll.set_exception(conflict(reason))

    def _wake(self) -> None:
        self.end_poll()
