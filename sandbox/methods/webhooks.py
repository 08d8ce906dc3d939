"""Methods that turn the webhook on and off. getUpdates waits, so the server runs it itself."""

import re
from urllib.parse import urlsplit

from sandbox.errors import bad_request, conflict, not_emulated
from sandbox.methods.registry import Call, method
from sandbox.updates import Update
from sandbox.webhook import Target
from sandbox.world import Wire

_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_MAX_SECRET = 256
_MAX_POLL_SECONDS = 50


async def get_updates(call: Call) -> list[Update]:
    """The pending updates, waiting for the first if asked to.

    Raises ApiError: 409, a webhook is set or another poll begins.
    """
    if call.webhook.target is not None:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    _remember_allowed(call)
    return await call.world.updates.get(
        offset=call.arguments.integer("offset"),
        limit=call.arguments.clamped("limit", 100, 1, 100),
        seconds=call.arguments.clamped("timeout", 0, 0, _MAX_POLL_SECONDS),
    )


def _remember_allowed(call: Call) -> None:
    if call.arguments.has("allowed_updates"):
        call.world.updates.allow(call.arguments.value("allowed_updates", "allowed_updates"))


@method("setWebhook")
def set_webhook(call: Call) -> bool:
    url = call.arguments.text("url").strip()
    if not url:
        return delete_webhook(call)
    target = Target(
        url=_checked_url(url),
        secret=_checked_secret(call.arguments.text("secret_token")),
        max_connections=call.arguments.clamped("max_connections", 40, 1, 100),
    )
    if call.arguments.has("certificate") or "certificate" in call.arguments.uploads:
        raise not_emulated("webhook certificates")
    _drop_pending(call)
    _remember_allowed(call)
    call.world.updates.end_poll("terminated by setWebhook request")
    call.webhook.point_at(target)
    return True


def _checked_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise bad_request("invalid webhook URL specified")
    return url


def _checked_secret(secret: str) -> str:
    if len(secret) > _MAX_SECRET:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    return secret


@method("deleteWebhook")
def delete_webhook(call: Call) -> bool:
    _drop_pending(call)
    call.webhook.point_at(None)
    return True


def _drop_pending(call: Call) -> None:
    if call.arguments.flag("drop_pending_updates"):
        call.webhook.point_at(None)
        call.world.updates.clear()


@method("getWebhookInfo")
def get_webhook_info(call: Call) -> Wire:
    webhook = call.webhook
    info: Wire = {
        "url": webhook.target.url if webhook.target else "",
        "has_custom_certificate": False,
        "pending_update_count": len(call.world.updates),
    }
    if webhook.target:
        info["max_connections"] = webhook.target.max_connections
        info["ip_address"] = urlsplit(webhook.target.url).hostname
    if webhook.last_error is not None:
        info["last_error_date"], info["last_error_message"] = webhook.last_error
    if call.world.updates.allowed is not None:
        info["allowed_updates"] = sorted(call.world.updates.allowed)
    return info
