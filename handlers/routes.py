"""All that the bot reacts to, in the order of asking."""

from aiogram import F, Router
from aiogram.enums import ChatType

from handlers import errors, group
from handlers.filters import When
from handlers.owner import start as owner_start
from handlers.patient import about, anything, clinic, phone, points, privacy, start


def routes() -> Router:
    """A fresh tree: a router belongs to one dispatcher."""
    router = Router(name="molar")
    router.include_routers(_private(), group.routes(), errors.routes())
    return router


def _private() -> Router:
    """The menu and its commands come before open forms, forms before what is left."""
    router = Router(name="private")
    router.message.filter(When(F.chat.type == ChatType.PRIVATE))
    router.callback_query.filter(When(F.message.chat.type == ChatType.PRIVATE))
    router.include_routers(
        points.routes(),  # what is asked most is asked first
        owner_start.routes(),
        start.routes(),
        clinic.routes(),
        privacy.routes(),
        phone.routes(),
        about.routes(),
        anything.routes(),
    )
    return router
