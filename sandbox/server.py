"""The sandbox as a running server."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from sandbox.bot_api import BotApi
from sandbox.clinic import empty_clinic
from sandbox.clock import Clock
from sandbox.limits import FloodControl, Limits
from sandbox.page_api import PageApi
from sandbox.scene import Play, Scene
from sandbox.stage import Stagehands
from sandbox.stage_api import StageApi
from sandbox.trouble import Troubles
from sandbox.webhook import Pauses, Webhook
from sandbox.world import World

SANDBOX_TOKEN = "42:SANDBOX"  # noqa: S105 - an invented bot
TELEGRAM_LIMITS = Limits()
TELEGRAM_PAUSES = Pauses()
_MAX_REQUEST = 64 * 1024 * 1024
_STOP_SECONDS = 1.0


class Sandbox:
    """Telegram in a box: `async with sandbox.running() as address`.

    `build` makes the world on the sandbox's clock; `zone` is where the page reads that clock, by
    default where its reader is; `limits=None` turns the flood limits off; `stage` is what the page
    may ask of the host.
    """

    def __init__(
        self,
        token: str = SANDBOX_TOKEN,
        *,
        clock_file: Path | None = None,
        zone: str | None = None,
        limits: Limits | None = TELEGRAM_LIMITS,
        webhook_pauses: Pauses = TELEGRAM_PAUSES,
        build: Callable[[Clock], World] = empty_clinic,
        stage: Stagehands | None = None,
    ) -> None:
        self.token = token
        self._clock = Clock(clock_file, zone)
        self._limits = limits
        self._pauses = webhook_pauses
        self._scene = Scene(self._play(build(self._clock)))
        self._bot_api = BotApi(self._scene, token)
        hands = stage or Stagehands()
        self._page_api = PageApi(self._scene, hands)
        self._stage_api = StageApi(self._scene, hands)
        self._runner: web.AppRunner | None = None

    @property
    def world(self) -> World:
        """The world that is being played now."""
        return self._scene.world

    def _play(self, world: World) -> Play:
        webhook = Webhook(world.updates, world.clock, self._pauses)
        flood = FloodControl(self._limits) if self._limits is not None else None
        play = Play(world, webhook, flood, Troubles())
        webhook.on_reply = lambda reply: self._bot_api.run_reply(play, reply)
        return play

    async def renew(self, build: Callable[[Clock], World]) -> None:
        """Puts a new world in the place of the old one, behind the same address.

        The clock comes back to the machine's time. Whoever polls is sent home empty-handed, the
        webhook and all misfortunes are forgotten, and the open streams go on with the new world:
        the first thing they hear of it is `restarted`. End the old bot before this and begin the
        new one after it.
        """
        old = self._scene.play
        self._clock.reset()
        world = build(self._clock)
        await old.webhook.close()
        world.succeed(old.world)
        self._scene.play = self._play(world)
        old.world.updates.end_poll()
        old.world.journal.close()

    @asynccontextmanager
    async def running(self, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
        """Serves until the block ends; gives the address (port 0: any free one)."""
        address = await self.start(host, port)
        try:
            yield address
        finally:
            await self.stop()

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Begins to serve and returns the address.

        Raises OSError: the port is taken.
        """
        runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=_STOP_SECONDS)
        await runner.setup()
        self._runner = runner
        try:
            await web.TCPSite(runner, host, port, backlog=1024).start()
        except OSError:
            await self.stop()
            raise
        return f"http://{host}:{runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Ends everything: polls empty-handed, streams, webhook, connections."""
        self.world.updates.end_poll()
        self.world.journal.close()
        await self._scene.play.webhook.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def _application(self) -> web.Application:
        application = web.Application(client_max_size=_MAX_REQUEST)
        application.add_routes(self._bot_api.routes())
        application.add_routes(self._page_api.routes())
        application.add_routes(self._stage_api.routes())
        return application
