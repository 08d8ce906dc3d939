"""`doctor --online`: what Telegram itself says about the token, the webhook and the owners."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import aiohttp
import certifi
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError

from bot.doctor.finding import Finding, bad, good, warn
from bot.masking import masked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.settings import Settings

_TELEGRAM = "https://api.telegram.org"
_IN_ALL, _EACH = 14.0, 7.0  # seconds
_PROXY_FAULTS = (ProxyConnectionError, ProxyError, ProxyTimeoutError)  # no base of their own
_CLOCK_TOLERANCE = 30  # seconds
_WEBHOOK_PORTS = {443, 80, 88, 8443}
_UNAUTHORISED = {401, 404}  # 404: not even the shape of a token


@dataclass(frozen=True)
class _Answer:
    ok: bool
    code: int
    result: Mapping[str, Any]
    description: str
    date: str


class _Telegram:
    """Asks the Bot API one method at a time; aiogram would cost three seconds to import."""

    def __init__(self, settings: Settings, session: aiohttp.ClientSession) -> None:
        base = settings.telegram_api_url or _TELEGRAM
        self._url = f"{base}/bot{settings.bot_token.get_secret_value()}"
        self._session = session

    async def ask(self, method: str, **arguments: int) -> _Answer:
        """Raises aiohttp.ClientError, TimeoutError, ValueError: where no Bot API answers."""
        async with self._session.post(f"{self._url}/{method}", json=arguments) as response:
            body = await response.json(content_type=None)
            if not isinstance(body, dict) or "ok" not in body:
                raise ValueError(f"HTTP {response.status}")
            return _Answer(
                ok=bool(body["ok"]),
                code=int(body.get("error_code", response.status)),
                result=body["result"] if isinstance(body.get("result"), dict) else {},
                description=str(body.get("description", "")),
                date=response.headers.get("Date", ""),
            )


async def telegram(settings: Settings) -> list[Finding]:
    """All that can be learnt within fifteen seconds."""
    host = urlsplit(settings.telegram_api_url or _TELEGRAM).hostname or ""
    session = aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=_EACH), connector=_connector(settings.proxy_url)
    )
    try:
        async with asyncio.timeout(_IN_ALL), session:
            return await _examine(_Telegram(settings, session), settings)
    except TimeoutError:
        return [bad("doctor-telegram-silent", host=host)]
    except (aiohttp.ClientError, *_PROXY_FAULTS, ValueError) as error:
        return [bad("doctor-telegram-unreachable", host=host, reason=masked(str(error)))]


def _connector(proxy: str | None) -> aiohttp.TCPConnector:
    """The same way out as the bot's: certifi's authorities, names resolved by the proxy."""
    context = ssl.create_default_context(cafile=certifi.where())
    if proxy is None:
        return aiohttp.TCPConnector(ssl=context)
    return ProxyConnector.from_url(proxy, rdns=True, ssl=context)


async def _examine(api: _Telegram, settings: Settings) -> list[Finding]:
    me = await api.ask("getMe")
    if not me.ok:
        return [_refused(me)]
    name = str(me.result.get("username", ""))
    webhook, *owners = await asyncio.gather(
        api.ask("getWebhookInfo"),
        *(api.ask("getChat", chat_id=owner) for owner in settings.owner_ids),
    )
    return [
        good("doctor-token", bot=name),
        *_clock(me.date),
        *_groups(me.result),
        _inline(me.result),
        *_webhook(webhook, settings.webhook_url),
        *(_owner(id_, chat, name) for id_, chat in zip(settings.owner_ids, owners, strict=True)),
    ]


def _refused(me: _Answer) -> Finding:
    if me.code in _UNAUTHORISED:
        return bad("doctor-token-refused")
    return bad("doctor-telegram-error", code=str(me.code), words=masked(me.description))


def _clock(date: str) -> list[Finding]:
    try:
        theirs = parsedate_to_datetime(date)
    except ValueError:
        return []  # a Bot API server of one's own may not say
    apart = round(abs((datetime.now(UTC) - theirs).total_seconds()))
    if apart > _CLOCK_TOLERANCE:
        return [warn("doctor-clock-wrong", seconds=apart)]
    return [good("doctor-clock")]


def _groups(me: Mapping[str, Any]) -> list[Finding]:
    if not me.get("can_join_groups", True):
        return [bad("doctor-groups-closed")]
    if not me.get("can_read_all_group_messages"):
        return [warn("doctor-privacy-mode")]
    return []


def _inline(me: Mapping[str, Any]) -> Finding:
    """Works without, too: advice, not a warning that would stand there for ever."""
    return good("doctor-inline" if me.get("supports_inline_queries") else "doctor-inline-off")


def _webhook(info: _Answer, wanted: str | None) -> list[Finding]:
    there = str(info.result.get("url", ""))
    findings = [_delivery(there, wanted)]
    if wanted and (urlsplit(wanted).port or 443) not in _WEBHOOK_PORTS:
        findings.append(warn("doctor-webhook-port"))
    if complaint := info.result.get("last_error_message"):
        findings.append(warn("doctor-webhook-error", words=masked(str(complaint))))
    return findings


def _delivery(there: str, wanted: str | None) -> Finding:
    if wanted is None:
        return warn("doctor-webhook-foreign") if there else good("doctor-polling")
    if not there:
        return good("doctor-webhook-not-yet")
    return good("doctor-webhook") if there == wanted else warn("doctor-webhook-other")


def _owner(owner: int, chat: _Answer, bot: str) -> Finding:
    if chat.ok:
        return good("doctor-owner", owner=str(owner))
    return bad("doctor-owner-unreachable", owner=str(owner), bot=bot)
