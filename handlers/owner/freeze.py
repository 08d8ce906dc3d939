"""A stopped wallet is let go again by an owner or a manager."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.show import turn
from handlers.staff.desk import is_here
from handlers.visitor import Visitor
from loyalty.desk import access, freezing
from loyalty.desk.access import Decider
from screens import spending
from screens.callbacks.desk_patient import UnfreezePress


async def release(press: CallbackQuery, callback_data: UnfreezePress, visitor: Visitor) -> None:
    me, is_owner = visitor.user.id, visitor.is_owner
    if not is_owner:
        await _note_leaving(visitor)
    facts = await visitor.clinic.change(freezing.release, me, is_owner, callback_data.wallet)
    await turn(press, spending.unfrozen(visitor.texts, facts))


async def _note_leaving(visitor: Visitor) -> None:
    """A manager who has left a staff chat decides nothing for its branch. Raises UnsureError.

    Of a branch without a chat nobody can say who is there: its managers decide nothing meanwhile.
    """
    myself = Decider(visitor.user.id, is_owner=False)
    for branch in await visitor.clinic.ask(access.run_by, myself):
        if branch.chat is not None and not await is_here(visitor, branch, visitor.user):
            await visitor.clinic.change(access.left, branch.id, visitor.user.id)


def routes() -> Router:
    router = Router(name="owner-freeze")
    router.callback_query.register(release, UnfreezePress.filter())
    return router
