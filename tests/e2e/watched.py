"""The real bot, which notes what each update led to: `watched.py run`, its notes in MOLAR_NOTES.

Two things differ: no letter leaves (whose it was could not be told), and forms are read anew for
every update, for the test writes some too.
"""

import inspect
import json
import os
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.dispatcher.event.handler import CallableObject, HandlerObject
from aiogram.methods import TelegramMethod
from structlog.contextvars import get_contextvars

from bot.session import JsonSession
from bot.updates.forms import Changes, FormStorage
from scheduler.rounds import Rounds


def name_of(handler: Callable[..., Any]) -> str:
    """`staff.card.record`; of a handler made by another function also what it was made of."""
    name = f"{handler.__module__}.{handler.__qualname__}".removeprefix("handlers.")
    made_of = inspect.getclosurevars(handler).nonlocals.values()
    inside = [one.__name__ for one in made_of if inspect.isfunction(one)]
    return name.replace(".<locals>.handler", f"({', '.join(inside)})") if inside else name


def note(**what: Any) -> None:
    update = get_contextvars().get("update_id")
    if update is None:
        return
    with Path(os.environ["MOLAR_NOTES"]).open("a", encoding="utf-8") as notes:
        notes.write(json.dumps({"update": update, **what}, ensure_ascii=False) + "\n")


async def noted(handler: HandlerObject, /, *args: Any, **kwargs: Any) -> Any:
    fault: Exception | None = None
    try:
        return await CallableObject.call(handler, *args, **kwargs)
    except Exception as raised:
        fault = raised
        raise
    finally:
        note(handler=name_of(handler.callback), raised=type(fault).__name__ if fault else None)


request = JsonSession.make_request


async def noted_request(
    session: JsonSession, bot: Bot, method: TelegramMethod[Any], *args: Any, **kwargs: Any
) -> Any:
    said = getattr(method, "button", None) or method  # of an inline answer
    words = getattr(said, "text", None) or getattr(said, "caption", None)
    note(method=method.__api_method__, text=words)
    return await request(session, bot, method, *args, **kwargs)


begin = FormStorage.begin


def begin_anew(forms: FormStorage) -> Changes:
    forms._known.clear()
    return begin(forms)


if __name__ == "__main__":
    HandlerObject.call = noted
    JsonSession.make_request = noted_request
    FormStorage.begin = begin_anew
    Rounds.every = lambda *_: None
    runpy.run_module("bot", run_name="__main__")
