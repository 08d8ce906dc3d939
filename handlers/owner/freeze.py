"""A stopped wallet is let go again by an owner or a manager."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.show import turn
from handlers.visitor import Visitor
from loyalty.desk import freezing
from screens import spending
from screens.callbacks.desk_patient import UnfreezePress


async def release(press: CallbackQuery, callback_data: UnfreezePress, visitor: Visitor) -> None:
    me, is_owner = visitor.user.id, visitor.is_owner
    facts = await visitor.clinic.change(freezing.release, me, is_owner, callback_data.wallet)
    await turn(press, spending.unfrozen(visitor.texts, facts))


def routes() -> Router:
    router = Router(name="owner-freeze")
    router.callback_query.register(release, UnfreezePress.filter())
    return router
