"""What belongs into the staff chat, written to the bot in private."""

from aiogram import Router
from aiogram.filters import Command, or_f
from aiogram.types import Message

from handlers.show import say
from handlers.staff.access import WORK
from handlers.staff.line import may_be_a_line
from handlers.visitor import Visitor
from screens import staff_chat


async def works_somewhere(_message: Message, visitor: Visitor) -> bool:
    """An owner may anywhere."""
    if visitor.is_owner:
        return True
    places = await visitor.clinic.ask(lambda tx: tx.branches.places(visitor.user.id))
    return any(place.works for place in places)


async def staff_chat_only(message: Message, visitor: Visitor) -> None:
    await say(message, staff_chat.staff_chat_only(visitor.texts))


def routes() -> Router:
    router = Router(name="staff-elsewhere")
    work = or_f(WORK, Command("disconnect"), may_be_a_line)
    router.message.register(staff_chat_only, work, works_somewhere)
    return router
