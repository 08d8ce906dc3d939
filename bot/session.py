"""Requests to Telegram as JSON. aiogram's form writes a Cyrillic letter as six bytes, JSON as two.

Files still go as a form: JSON can't carry them.
"""

import json
from typing import Any, TypeVar

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.types import InputFile
from aiohttp import FormData, JsonPayload
from aiohttp.payload import Payload
from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError

T = TypeVar("T")

WHICH_ONE = ("message_id", "date", "chat", "photo")


class JsonBody(FormData):
    """Stands where aiohttp expects a form, and has nothing of one: it only gives the payload."""

    def __init__(self, values: dict[str, str]) -> None:  # a form's own fields cost 50 µs to make
        self._values = values

    def __call__(self) -> Payload:
        return JsonPayload(self._values, dumps=_dumps)


class JsonSession(AiohttpSession):
    def build_form_data(self, bot: Bot, method: TelegramMethod[Any]) -> FormData:
        files: dict[str, InputFile] = {}
        values = {
            name: prepared
            for name, value in method.model_dump(warnings=False, exclude_none=True).items()
            if (prepared := self.prepare_value(value, bot=bot, files=files))
        }
        return super().build_form_data(bot, method) if files else JsonBody(values)

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[T],
        timeout: int | None = None,  # noqa: ASYNC109 (the signature of aiogram)
    ) -> T:
        try:
            return await super().make_request(bot, method, timeout)
        except (ProxyError, ProxyConnectionError, ProxyTimeoutError) as away:
            # aiogram knows aiohttp's own faults only
            raise TelegramNetworkError(method=method, message=type(away).__name__) from away


def loads(content: str) -> Any:  # noqa: ANN401 (whatever JSON says)
    """Of a message that the bot has sent, or edited, only what says which one it is, and by what
    name Telegram keeps its picture.

    Telegram returns it whole, and every part of it would become an object that nobody reads:
    each button, each word in bold. That was a sixteenth of the work of an answer.
    """
    said = json.loads(content)
    sent = said.get("result") if isinstance(said, dict) else None
    if isinstance(sent, dict) and "message_id" in sent:
        said["result"] = {name: sent[name] for name in WHICH_ONE if name in sent}
    return said


def _dumps(values: dict[str, str]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
