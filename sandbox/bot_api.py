"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

import asyncio
import json
import re
from typing import Any

from aiohttp import web

from sandbox.arguments import Arguments, read_arguments
from sandbox.errors import ApiError, too_many_requests
from sandbox.methods import Call
from sandbox.methods.registry import run
from sandbox.methods.webhooks import get_updates
from sandbox.scene import Play, Scene
from sandbox.trouble import Trouble

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_JSON = {"Content-Type": "application/json"}
_GET_UPDATES = "getupdates"


class BotApi:
    """Answers the bot."""

    def __init__(self, scene: Scene, token: str) -> None:
        self._scene = scene
        self._token = token

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token}/{method}", self.answer),
            web.get("/file/bot{token}/{path:.+}", self.download),
            web.route("*", "/bot{anything:.*}", self.not_found),
        ]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One call of one method."""
        method = request.match_info["method"]
        refusal = self._wrong_token(request.match_info["token"])
        if refusal is not None:
            return _refused(refusal)
        play = self._scene.play
        trouble = play.troubles.meet(method)
        if trouble is None:
            return await self._respond(play, request, method)
        if not play.troubles.waiting():
            play.world.journal.add("world", None)  # the page shows what is still to come
        return await self._respond_in_trouble(play, request, method, trouble)

    async def not_found(self, _: web.Request) -> web.Response:
        """No token or no method in the address."""
        return _refused(ApiError(404, "Not Found"))

    def _wrong_token(self, token: str) -> ApiError | None:
        if token == self._token:
            return None
        if not _TOKEN.fullmatch(token):
            return ApiError(404, "Not Found")
        return ApiError(401, "Unauthorized")

    async def _respond(self, play: Play, request: web.Request, method: str) -> web.Response:
        arguments = Arguments({})
        try:
            arguments = await read_arguments(request)
            body = await self._result(play, method, arguments)
        except ApiError as error:
            self._note(method, arguments, error)
            return _refused(error)
        self._note(method, arguments, None)
        return web.Response(body=body, headers=_JSON)

    async def _result(self, play: Play, method: str, arguments: Arguments) -> bytes:
        call = _call(play, arguments)
        if method.lower() == _GET_UPDATES:
            updates = await get_updates(call)
            return b'{"ok":true,"result":[%b]}' % b",".join(update.body for update in updates)
        result = run(method, call)
        return json.dumps({"ok": True, "result": result}, ensure_ascii=False).encode()

    async def run_reply(self, play: Play, reply: dict[str, Any]) -> None:
        """Runs the method that the answer to a webhook carried; Telegram tells nobody how."""
        method, arguments = str(reply["method"]), Arguments(reply)
        try:
            run(method, _call(play, arguments))
        except ApiError as error:
            self._note(method, arguments, error)
        else:
            self._note(method, arguments, None)

    def _note(self, method: str, arguments: Arguments, error: ApiError | None) -> None:
        world = self._scene.world
        world.journal.add_request(
            method=method,
            ok=error is None,
            error_code=error.code if error else None,
            chat_id=arguments.integer("chat_id") or None,
            at=world.clock.now(),
        )

    async def _respond_in_trouble(
        self, play: Play, request: web.Request, method: str, trouble: Trouble
    ) -> web.StreamResponse:
        if trouble.kind == "429":
            error = too_many_requests(trouble.retry_after)
            self._note(method, Arguments({}), error)
            return _refused(error)
        if trouble.kind == "502":
            self._note(method, Arguments({}), ApiError(502, "Bad Gateway"))
            return web.Response(status=502, text="<html>502 Bad Gateway</html>")
        if trouble.kind == "slow":
            await asyncio.sleep(trouble.seconds)
            return await self._respond(play, request, method)
        if trouble.kind == "drop_after":
            await self._respond(play, request, method)
        return _dropped(request)

    async def download(self, request: web.Request) -> web.Response:
        """The bytes of a file."""
        refusal = self._wrong_token(request.match_info["token"])
        file = self._scene.world.files.by_path(request.match_info["path"])
        if refusal is not None or file is None:
            return _refused(refusal or ApiError(404, "Not Found"))
        return web.Response(body=file.upload.data, content_type="application/octet-stream")


def _call(play: Play, arguments: Arguments) -> Call:
    return Call(play.world, arguments, play.flood, play.webhook)


def _refused(error: ApiError) -> web.Response:
    headers = dict(_JSON)
    if "retry_after" in error.parameters:
        headers["Retry-After"] = str(error.parameters["retry_after"])
    body = json.dumps(error.as_json(), ensure_ascii=False).encode()
    return web.Response(status=error.code, body=body, headers=headers)


def _dropped(request: web.Request) -> web.Response:
    """Cuts the connection; the answer that aiohttp wants never leaves."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
