"""JSON between the page and its server: a refusal is `{"ok": false, "error": …}` with a status."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from sandbox.errors import ActError

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def answering(handler: Callable[[web.Request], Awaitable[object]]) -> Handler:
    async def respond(request: web.Request) -> web.StreamResponse:
        try:
            body = await handler(request)
        except ActError as error:
            return answer({"ok": False, "error": str(error)}, error.status)
        return answer(body, 200)

    return respond


def answer(body: object, status: int) -> web.Response:
    return web.Response(
        status=status,
        body=dumped(body).encode("utf-8", "replace"),
        headers={"Content-Type": "application/json", "Cache-Control": "no-store"},
    )


def dumped(body: object) -> str:
    return json.dumps(body, ensure_ascii=False)


async def body_of(request: web.Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.read() or b"{}")
    except ValueError:
        raise ActError("the body is not JSON") from None
    if not isinstance(body, dict):
        raise ActError("the body is a JSON object")
    return body


def number(text: str, name: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ActError(f"{name} is a number") from None
