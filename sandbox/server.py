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
from sandbox.webhook import Pauses, Webhook
from sandbox.world import World

SANDBOX_TOKEN = "42:SANDBOX"  # noqa: S105 - an invented bot
TELEGRAM_LIMITS = Limits()
TELEGRAM_PAUSES = Pauses()
_MAX_REQUEST = 64 * 1024 * 1024
_STOP_SECONDS = 1.0


class Sandbox:
    """Telegram in a box: `async with sandbox.running() as address`.

    `build` makes the world on the sandbox's clock; `limits=None` turns the flood limits off.
    """

    def __init__(
        self,
        token: str = SANDBOX_TOKEN,
        *,
        clock_file: Path | None = None,
        limits: Limits | None = TELEGRAM_LIMITS,
        webhook_pauses: Pauses = TELEGRAM_PAUSES,
        build: Callable[[Clock], World] = empty_clinic,
    ) -> None:
        self.token = token
        self.world = build(Clock(clock_file))
        self._webhook = Webhook(self.world.updates, self.world.clock, webhook_pauses)
        flood = FloodControl(limits) if limits is not None else None
        self._bot_api = BotApi(self.world, token, self._webhook, flood)
        self._webhook.on_reply = self._bot_api.run_reply
        self._page_api = PageApi(self.world, self._bot_api.troubles)
        self._runner: web.AppRunner | None = None

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
        await self._webhook.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def _application(self) -> web.Application:
        application = web.Application(client_max_size=_MAX_REQUEST)
        application.add_routes(self._bot_api.routes())
        application.add_routes(self._page_api.routes())
        return application
