"""The arguments of a Bot API call, however they came: query, form, multipart or JSON."""

import json
import re
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from sandbox.errors import ApiError, bad_request
from sandbox.files import Upload

_INTEGER = re.compile(r"\s*(-?\d{1,20})", re.ASCII)
_TRUE = {"true", "yes", "1"}


class Arguments:
    """Named values, read as Telegram reads them: a number may be text, an object may be JSON."""

    __slots__ = ("_values", "uploads")

    def __init__(self, values: dict[str, Any], uploads: dict[str, Upload] | None = None) -> None:
        self._values = values
        self.uploads = uploads or {}

    def has(self, name: str) -> bool:
        """Whether the argument was given and is not empty."""
        return self._values.get(name) not in (None, "")

    def given(self, name: str) -> bool:
        """Whether the argument was given at all: an empty one may mean "take it away"."""
        return self._values.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        """The argument as text."""
        value = self._values.get(name)
        if value is None:
            return default
        if isinstance(value, str):
            return value
        return json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        """The number that the argument begins with, else 0, as Telegram reads one."""
        if not self.has(name):
            return default
        match = _INTEGER.match(self.text(name))
        return int(match[1]) if match else 0

    def clamped(self, name: str, default: int, low: int, high: int) -> int:
        """A number brought into the range."""
        return min(max(self.integer(name, default), low), high)

    def flag(self, name: str) -> bool:
        """True for true, yes and 1."""
        return self.text(name).lower() in _TRUE

    def value(self, name: str, what: str) -> object:
        """An object or a list; None when not given.

        Raises ApiError: "can't parse <what> JSON object".
        """
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return _decoded(value)
        except ValueError:
            raise bad_request(f"Can't parse {what} JSON object") from None


def _decoded(text: str) -> object:
    """The value of a JSON text.

    Raises ValueError: not JSON, or half of a surrogate pair somewhere in it.
    """
    value: object = json.loads(text)
    if "\\u" in text:
        json.dumps(value, ensure_ascii=False).encode()
    return value


def from_json(body: bytes) -> dict[str, Any]:
    """The values of a JSON body.

    Raises ApiError: 400, not an object.
    """
    try:
        values = _decoded(body.decode() or "{}")
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise ApiError(400, "Bad Request: can't parse JSON object")
    return values


async def read_arguments(request: web.Request) -> Arguments:
    """The arguments of a request.

    Raises ApiError: 400, the body can't be read.
    """
    values: dict[str, Any] = dict(request.query) if request.query_string else {}
    kind = request.content_type if request.can_read_body else ""
    if kind == "multipart/form-data":
        return await _read_multipart(request, values)
    if kind == "application/x-www-form-urlencoded":
        body = (await request.read()).decode("utf-8", "replace")
        values.update(parse_qsl(body, keep_blank_values=True))
    elif kind == "application/json":
        values.update(from_json(await request.read()))
    return Arguments(values)


async def _read_multipart(request: web.Request, values: dict[str, Any]) -> Arguments:
    uploads: dict[str, Upload] = {}
    try:
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader) and part.name:
                await _read_part(part, part.name, values, uploads)
    except ValueError:
        raise ApiError(400, "Bad Request: can't parse multipart body") from None
    return Arguments(values, uploads)


async def _read_part(
    part: BodyPartReader, name: str, values: dict[str, Any], uploads: dict[str, Upload]
) -> None:
    data = bytes(await part.read(decode=True))
    if part.filename is None:
        values[name] = data.decode("utf-8", "replace")
        return
    mime = part.headers.get("Content-Type", "application/octet-stream")
    uploads[name] = Upload(part.filename, mime, data)
