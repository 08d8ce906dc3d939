"""The bot's own small HTTP server: `/healthz`, and Telegram's webhook where there is one."""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import structlog
from aiohttp import web

from bot.settings import Settings
from bot.updates.intake import Intake

log = structlog.get_logger()

HEALTH = "/healthz"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (the header's name)
LARGEST_UPDATE = 2 * 1024 * 1024
PATIENCE = 3.0  # seconds for the database to answer
SILENCE = 90.0  # seconds without a poll that are still healthy: a long poll is 30


@dataclass(frozen=True, slots=True)
class Vitals:
    """What `/healthz` asks. `since_poll` is in seconds; None where a webhook listens, of which
    `webhook_held` says whether Telegram knew it when asked last.
    """

    database: Callable[[], Awaitable[None]]
    writer: Callable[[], Awaitable[object]]
    serving: Callable[[], bool]
    waiting: Callable[[], int]
    since_poll: Callable[[], float | None]
    webhook_held: Callable[[], bool]


def application(settings: Settings, intake: Intake, vitals: Vitals) -> web.Application:
    app = web.Application(client_max_size=LARGEST_UPDATE)
    app.router.add_get(HEALTH, _health(vitals))
    if settings.webhook_url and settings.webhook_secret:
        path = urlsplit(settings.webhook_url).path or "/"
        secret = settings.webhook_secret.get_secret_value()
        app.router.add_post(path, _webhook(intake, secret))
    return app


def _health(vitals: Vitals) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def health(_: web.Request) -> web.Response:
        silence = vitals.since_poll()
        report = {
            "database": await _answers(vitals.database),
            "writer": await _answers(vitals.writer),
            "serving": vitals.serving(),
            "telegram": vitals.webhook_held() if silence is None else silence < SILENCE,
            "seconds_since_poll": None if silence is None else round(silence, 1),
            "updates_waiting": vitals.waiting(),
        }
        healthy = all(report[vital] for vital in ("database", "writer", "serving", "telegram"))
        return web.json_response({"ok": healthy, **report}, status=200 if healthy else 503)

    return health


async def _answers(ask: Callable[[], Awaitable[object]]) -> bool:
    try:
        async with asyncio.timeout(PATIENCE):
            await ask()
    except Exception as fault:  # noqa: BLE001 (any fault is the answer "no")
        log.warning("health.no_answer", kind=type(fault).__name__)
        return False
    return True


def _webhook(intake: Intake, secret: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    """200 only when the update is on disk; anything else makes Telegram send it again."""

    async def webhook(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), secret.encode()):
            return web.Response(status=403)
        try:
            update = json.loads(await request.read())
            known = isinstance(update["update_id"], int)
        except (ValueError, KeyError, TypeError, RecursionError):
            return web.Response(status=400)
        if not known:
            return web.Response(status=400)
        await intake.keep([update])
        return web.Response()

    return webhook
