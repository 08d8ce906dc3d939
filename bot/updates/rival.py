"""Somebody else at work with our token."""

import time
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger()

TOLD_EVERY = 3600.0


class Rival:
    """Whoever sees the rival says so; the owners hear of it once an hour at most."""

    def __init__(self, tell: Callable[[], Awaitable[None]]) -> None:
        self._tell = tell
        self._told_at: float | None = None

    async def seen(self) -> None:
        log.error("telegram.rival")
        now = time.monotonic()
        if self._told_at is None or now - self._told_at > TOLD_EVERY:
            self._told_at = now
            try:
                await self._tell()
            except Exception:
                log.exception("telegram.rival_untold")
