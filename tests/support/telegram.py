"""Telegram at the far end of the wire: every request written down, every answer the test's own."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from itertools import count
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod

ME = {"id": 42, "is_bot": True, "first_name": "Molar", "username": "molar_bot"}

Body = tuple[int, str]  # status and text, as HTTP carries them
Answer = Body | Exception | Callable[[], Awaitable[Body]]


class Wire(BaseSession):
    """Answers what was scripted for a method, in order; then succeeds.

    The bodies pass through aiogram's own reading of them, so errors are the real ones. An
    exception means that the line broke. A poll beyond the script waits for ever.
    """

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[TelegramMethod[Any]] = []
        self.polled_out = asyncio.Event()
        self._scripts: dict[str, deque[Answer]] = defaultdict(deque)
        self._message_ids = count(1000)

    def script(self, method: str, *answers: Answer) -> None:
        self._scripts[method].extend(answers)

    def asked(self, method: str) -> list[TelegramMethod[Any]]:
        return [request for request in self.requests if request.__api_method__ == method]

    @property
    def sent(self) -> list[tuple[int, str]]:
        return [(request.chat_id, request.text) for request in self.asked("sendMessage")]

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109 (the signature of aiogram)
    ) -> Any:
        self.requests.append(method)
        answer = await self._answer(method)
        if isinstance(answer, Exception):
            raise TelegramNetworkError(method, f"{type(answer).__name__}: {answer}")
        return self.check_response(bot, method, *answer).result

    async def _answer(self, method: TelegramMethod[Any]) -> Body | Exception:
        script = self._scripts[method.__api_method__]
        if script:
            answer = script.popleft()
            return await answer() if callable(answer) else answer
        if method.__api_method__ == "getUpdates":
            self.polled_out.set()
            await asyncio.Event().wait()
        return ok(self._success(method))

    def _success(self, method: TelegramMethod[Any]) -> Any:
        match method.__api_method__:
            case "getMe":
                return ME
            case "sendMessage":
                chat = {"id": method.chat_id, "type": "private"}
                number = next(self._message_ids)
                return {"message_id": number, "date": 0, "chat": chat, "text": method.text}
        return True

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        yield b""

    async def close(self) -> None:
        """No line is open."""


def ok(result: Any) -> Body:
    return 200, json.dumps({"ok": True, "result": result})


def refusal(status: int, words: str, **parameters: int) -> Body:
    body = {"ok": False, "error_code": status, "description": words}
    return status, json.dumps(body | ({"parameters": parameters} if parameters else {}))


def too_many(seconds: int) -> Body:
    words = f"Too Many Requests: retry after {seconds}"
    return refusal(429, words, retry_after=seconds)


# What stands in front of Telegram answers for it when it is down, and not in JSON.
BAD_GATEWAY_PAGE = (502, "<html><h1>502 Bad Gateway</h1></html>")
BAD_GATEWAY = refusal(502, "Bad Gateway")
BLOCKED = refusal(403, "Forbidden: bot was blocked by the user")
CONFLICT = refusal(
    409,
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running",
)
LINE_BROKEN = ConnectionResetError("reset by peer")


def message(
    update_id: int, text: str = "words", person: int = 7, chat: int | None = None
) -> dict[str, Any]:
    """A raw update: a person says something, in private unless a chat is given."""
    return {
        "update_id": update_id,
        "message": {
            "message_id": update_id,
            "date": 1_800_000_000,
            "chat": {"id": chat or person, "type": "supergroup" if chat else "private"},
            "from": {"id": person, "is_bot": False, "first_name": "Мария"},
            "text": text,
        },
    }


def polled(*updates: dict[str, Any]) -> Body:
    return ok(updates)


class Sleeps:
    """Sleep as an argument: notes for how long, runs what the test does meanwhile, returns."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.meanwhile: Sequence[Callable[[], Awaitable[object]]] = ()

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        for deed in self.meanwhile:
            await deed()
        await asyncio.sleep(0)
