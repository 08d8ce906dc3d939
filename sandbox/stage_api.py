"""What the page changes behind the scene: the clock, misfortunes, the whole play."""

import math
from typing import Any

from aiohttp import web

from sandbox.errors import ActError
from sandbox.page_json import answering, body_of
from sandbox.scene import Scene
from sandbox.stage import Stagehands

_FARTHEST = 10 * 366 * 24 * 3600


class StageApi:
    """Answers the page's own controls."""

    def __init__(self, scene: Scene, hands: Stagehands) -> None:
        self._scene = scene
        self._hands = hands
        self._restarting = False

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/api/trouble", answering(self.trouble)),
            web.delete("/api/trouble", answering(self.no_trouble)),
            web.post("/api/clock", answering(self.clock)),
            web.post("/api/restart", answering(self.restart)),
        ]

    async def trouble(self, request: web.Request) -> object:
        self._scene.play.troubles.order(await body_of(request))
        return self._changed()

    async def no_trouble(self, _: web.Request) -> object:
        self._scene.play.troubles.clear()
        return self._changed()

    def _changed(self) -> dict[str, Any]:
        self._scene.world.journal.add("world", None)
        return {"ok": True}

    async def clock(self, request: web.Request) -> object:
        """Moves the clock by `add` seconds, or `to` the next thing that is due."""
        body = await body_of(request)
        if "to" in body:
            return await self._move_to(body["to"])
        seconds = body.get("add")
        if not isinstance(seconds, int | float) or isinstance(seconds, bool):
            raise ActError("add is a number of seconds")
        if not abs(seconds) <= _FARTHEST:  # so written, it refuses what is not a number at all
            raise ActError("the clock goes ten years at once, no farther")
        return self._moved(seconds)

    async def _move_to(self, place: object) -> dict[str, Any]:
        if place != "next_event":
            raise ActError("to is next_event")
        if self._hands.next_event is None:
            raise ActError("the host knows no next event", 409)
        due = await self._hands.next_event()
        wait = 0 if due is None else due - self._scene.world.clock.now()
        # A whole second late rather than a thousandth early: then it is due for everybody.
        return self._moved(math.ceil(wait) if wait > 0 else 0) | {"due": due}

    def _moved(self, seconds: float) -> dict[str, Any]:
        world = self._scene.world
        try:
            now = world.clock.add(seconds)
        except LookupError as error:
            raise ActError(str(error)) from None
        world.played = True
        world.journal.add("clock", None, now=now)
        return {"ok": True, "now": now}

    async def restart(self, _: web.Request) -> object:
        """A fresh clinic; answers when it is open."""
        if self._hands.restart is None:
            raise ActError("the host offers no fresh clinic", 409)
        if self._restarting:
            raise ActError("a fresh clinic is on its way", 409)
        self._restarting = True
        try:
            await self._hands.restart()
        finally:
            self._restarting = False
        return {"ok": True}
