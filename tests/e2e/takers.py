"""Whether every button that was shown has a handler that takes it, there where it was shown."""

from collections.abc import Iterable, Iterator
from functools import cache

from aiogram import Router
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.filters.logic import _LogicFilter

from handlers.routes import routes
from tests.e2e.people import Event, Message
from tests.e2e.roles import SAY_NO
from tests.e2e.watched import name_of


def dead_buttons(events: Iterable[Event]) -> Iterator[str]:
    """The buttons of the bot that would be answered as old ones, each with its message."""
    for message in (Message(one["message"]) for one in events if "message" in one):
        for button in message.buttons:
            data = button.get("callback_data")
            if message.from_bot and data and not _taken(data, private=message.raw["chat"] > 0):
                yield f"[{button['text']}] {data} under {message}"


@cache
def _taken(data: str, *, private: bool) -> bool:
    return any(_takes(one, data) for one in _filters(private=private))


@cache
def _filters(*, private: bool) -> tuple[CallbackQueryFilter, ...]:
    """Of the handlers that do something with a button; of who may press it ask the roles."""
    in_private, in_groups, _ = routes()
    return tuple(_of(in_private if private else in_groups))


def _of(router: Router) -> Iterator[CallbackQueryFilter]:
    for handler in router.callback_query.handlers:
        if name_of(handler.callback) not in SAY_NO:
            for one in handler.filters or ():
                yield from _inside(one.callback)
    for below in router.sub_routers:
        yield from _of(below)


def _inside(asked: object) -> Iterator[CallbackQueryFilter]:
    if isinstance(asked, CallbackQueryFilter):
        yield asked
    elif isinstance(asked, _LogicFilter):
        for target in getattr(asked, "targets", ()):
            yield from _inside(target.callback)


def _takes(one: CallbackQueryFilter, data: str) -> bool:
    try:
        press = one.callback_data.unpack(data)
    except (TypeError, ValueError):
        return False
    return one.rule is None or bool(one.rule.resolve(press))
