"""Updates come in, by polling or by webhook: written into the inbox before Telegram may forget."""

import asyncio
import json
from collections.abc import Iterable
from functools import partial
from typing import Any

from bot.clock import Clock
from bot.updates.lanes import Lanes
from bot.updates.passing import Passing, RawUpdate, passes
from db import inbox
from db.inbox import Arrived, Kept
from db.store import Store


class Intake:
    """Keeps raw updates and hands the new ones to their lanes; what is worthless when late passes
    by without being kept.
    """

    def __init__(
        self, store: Store, bot_id: int, clock: Clock, lanes: Lanes, passing: Passing
    ) -> None:
        self._store = store
        self._bot_id = bot_id
        self._clock = clock
        self._lanes = lanes
        self._passing = passing
        self._resumed = asyncio.Event()
        self._unsure = False

    async def keep(self, updates: Iterable[RawUpdate]) -> None:
        """Returns when the updates are on disk; one that was there already is passed over.

        What the last run left comes first, so until `resume` this waits.
        """
        await self._resumed.wait()
        updates = list(updates)
        self._passing.put(update for update in updates if passes(update))
        arrived = [_arrived(update) for update in updates if not passes(update)]
        if not arrived:
            return
        write = partial(inbox.keep, bot_id=self._bot_id, arrived=arrived, now=self._clock.now())
        try:
            kept = await self._store.engines.write(write)
        except Exception:
            self._unsure = True  # the commit may have happened without our hearing of it
            raise
        self._lanes.put(kept)
        if self._unsure:
            await self._look_for_unheard()

    async def _look_for_unheard(self) -> None:
        """Take up what was committed without our hearing of it; a new doubt isn't forgotten."""
        self._unsure = False
        try:
            self._lanes.put(await self._waiting())
        except Exception:
            self._unsure = True
            raise

    async def resume(self) -> int:
        """Take up what the last run didn't close; returns how many."""
        waiting = await self._waiting()
        self._lanes.put(waiting)
        self._resumed.set()
        return len(waiting)

    async def _waiting(self) -> list[Kept]:
        return await self._store.engines.read(partial(inbox.waiting, bot_id=self._bot_id))

    @property
    def resumed(self) -> bool:
        """Whether new updates are let in."""
        return self._resumed.is_set()

    async def room(self) -> None:
        await self._lanes.room()


def _arrived(update: RawUpdate) -> Arrived:
    written = json.dumps(update, ensure_ascii=False, separators=(",", ":"))
    payload = written.encode(errors="replace").decode()  # nobody can read half a character
    return Arrived(update["update_id"], lane(update), payload)


def lane(update: RawUpdate) -> str:
    """What must be answered in order: one person in one chat. Strange updates share a lane."""
    event: Any = next((value for key, value in update.items() if key != "update_id"), None)
    if not isinstance(event, dict):
        return "?"
    message = event.get("message")
    chat = event.get("chat") or (message.get("chat") if isinstance(message, dict) else None)
    return f"{_id(chat)}:{_id(event.get('from') or event.get('user'))}"


def _id(thing: Any) -> Any:  # noqa: ANN401 (raw JSON)
    return thing.get("id") if isinstance(thing, dict) else None
