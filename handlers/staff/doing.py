"""Filters of tasks: who presses or answers, handed on as `by`."""

from aiogram.filters import Filter
from aiogram.types import TelegramObject

from handlers.staff.desk import Desk
from handlers.visitor import Visitor
from loyalty.tasks.doing import Doer


class AtDesk(Filter):
    """Staff of the branch, by the name that goes on what they do."""

    async def __call__(
        self, _event: TelegramObject, desk: Desk | None = None
    ) -> bool | dict[str, Doer]:
        if desk is None or desk.member is None or not desk.works or desk.name is None:
            return False
        return {"by": Doer(desk.member.telegram, desk.name, desk.branch.id)}


class InPrivate(Filter):
    """An owner, to whom the tasks of a branch without a staff chat come."""

    async def __call__(
        self, _event: TelegramObject, visitor: Visitor | None = None
    ) -> bool | dict[str, Doer]:
        if visitor is None or not visitor.is_owner:
            return False
        me = visitor.user.id
        own = await visitor.clinic.ask(lambda tx: tx.people.account_of(me))
        return {"by": Doer(me, (own and own.name) or visitor.user.first_name, None)}
