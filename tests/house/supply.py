"""What handlers ask for by name, and who gives it."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from aiogram import Bot, Dispatcher, Router
from aiogram.dispatcher.event.handler import FilterObject, HandlerObject
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.filters.logic import _AndFilter, _OrFilter
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import TelegramObject, Update
from aiogram.utils.magic_filter import AsFilterResultOperation

from bot import wiring
from bot.settings import Settings
from handlers.staff.desk import FindDesk
from handlers.staff.doing import AtDesk, InPrivate
from tests.support.telegram import ME, Wire, message

# What a filter adds for its own handler alone.
GIVES = {
    Command: {"command"},
    CallbackQueryFilter: {"callback_data"},
    AtDesk: {"by"},
    InPrivate: {"by"},
}
# What a middleware of a router adds for all that stand below it.
ADDS = {FindDesk: {"desk"}}


@dataclass(frozen=True)
class Asking:
    """A handler or a filter that wants something which nobody gives."""

    where: str
    wanted: frozenset[str]


class NobodyKnown:
    """A clinic that has met nobody."""

    async def ask(self, *_: object) -> None:
        return None


def real_dispatcher() -> Dispatcher:
    settings = Settings(
        _env_file=None,
        bot_token="42:SANDBOX",
        owner_ids="101",
        clinic_name="Улыбка",
        clinic_legal="ООО «Улыбка»",
        clinic_phone="+7 843 212-34-56",
    )
    return wiring.dispatcher(settings, NobodyKnown(), MemoryStorage())


async def supplied(dispatcher: Dispatcher, event: str) -> frozenset[str]:
    """What reaches a handler of this kind of event, seen by a handler that stands first."""
    seen: set[str] = set()

    async def look(_: TelegramObject, **given: object) -> None:
        seen.update(given)

    async def fail(_: TelegramObject) -> None:
        raise ZeroDivisionError

    spy = Router(name="spy")
    if event == "error":
        spy.error.register(look)
        spy.message.register(fail)
    else:
        spy.observers[event].register(look)
    dispatcher.include_router(spy)
    dispatcher.sub_routers.insert(0, dispatcher.sub_routers.pop())
    await dispatcher.feed_update(Bot("42:SANDBOX", session=Wire()), _an_update(event))
    return frozenset(seen)


def _an_update(event: str) -> Update:
    said = message(1)["message"]
    person = said["from"]
    bodies = {
        "message": said,
        "edited_message": said | {"edit_date": said["date"]},
        "callback_query": {"id": "1", "from": person, "chat_instance": "1", "message": said},
        "inline_query": {"id": "1", "from": person, "query": "", "offset": ""},
        "my_chat_member": _standing_changed(said, ME),
        "chat_member": _standing_changed(said, person),
    }
    kind = "message" if event == "error" else event
    return Update.model_validate({"update_id": 1, kind: bodies[kind]})


def _standing_changed(said: dict, user: dict) -> dict:
    return {
        "chat": said["chat"],
        "from": said["from"],
        "date": said["date"],
        "old_chat_member": {"status": "member", "user": user},
        "new_chat_member": {"status": "left", "user": user},
    }


def heard_events(router: Router) -> set[str]:
    return {
        event
        for part in router.chain_tail
        for event, observer in part.observers.items()
        if observer.handlers
    }


def unsupplied(router: Router, event: str, given: frozenset[str]) -> Iterator[Asking]:
    """Whoever would wait in vain, filters of whole routers included."""
    for part in router.chain_tail:
        observer = part.observers[event]
        given_here = given | _added(part, event)
        for its_filter in observer._handler.filters or ():
            yield from _in_vain(its_filter, given_here)
            given_here |= _gives(its_filter)
        for handler in observer.handlers:
            yield from _handler_in_vain(handler, given_here)


def _added(router: Router | None, event: str) -> frozenset[str]:
    if router is None:
        return frozenset()
    middlewares = router.observers[event].outer_middleware if event in router.observers else ()
    here = (ADDS.get(type(middleware), ()) for middleware in middlewares)
    return frozenset().union(*here) | _added(router.parent_router, event)


def _handler_in_vain(handler: HandlerObject, given: frozenset[str]) -> Iterator[Asking]:
    for its_filter in handler.filters or ():
        yield from _in_vain(its_filter, given)
        given |= _gives(its_filter)
    yield from _in_vain(handler, given)


def _in_vain(called: HandlerObject | FilterObject, given: frozenset[str]) -> Iterator[Asking]:
    if wanted := _asks(called.callback) - given:
        yield Asking(_where(called.callback), wanted)


def _asks(callback: Callable[..., object]) -> frozenset[str]:
    """All named parameters but the first, which is the event: one with a default too, for a
    default that always holds is a mistake in the name."""
    if inspect.ismethod(callback):  # a magic filter's own `resolve`
        return frozenset()
    _, *named = inspect.signature(callback).parameters.values()
    loose = {inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL}
    return frozenset(parameter.name for parameter in named if parameter.kind not in loose)


def _gives(its_filter: FilterObject) -> frozenset[str]:
    if its_filter.magic:
        return frozenset(_kept_under(its_filter.magic))
    return _gives_by_callback(its_filter.callback)


def _gives_by_callback(callback: object) -> frozenset[str]:
    if isinstance(callback, _AndFilter):
        return frozenset().union(*map(_gives, callback.targets))
    if isinstance(callback, _OrFilter):
        return frozenset.intersection(*map(_gives, callback.targets))
    return frozenset().union(*(what for kind, what in GIVES.items() if isinstance(callback, kind)))


def _kept_under(magic: object) -> Iterator[str]:
    """The names of `F.….as_("name")`."""
    for operation in magic._operations:
        if isinstance(operation, AsFilterResultOperation):
            yield operation.name


def _where(callback: Callable[..., object]) -> str:
    code = getattr(inspect.unwrap(callback), "__code__", None)
    return f"{code.co_filename}:{code.co_firstlineno}" if code else repr(callback)
