"""«Рекомендации» for an owner, and for a manager what is of their branches."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.owner.team import decider
from handlers.show import turn
from handlers.visitor import Visitor
from loyalty import referrals as asked
from screens import referrals
from screens.callbacks.friends import ReferralsPress, Shown


async def sums(press: CallbackQuery, visitor: Visitor) -> None:
    found = await visitor.clinic.ask(asked.sums, decider(visitor))
    await turn(press, referrals.sums(visitor.texts, found, is_owner=visitor.is_owner))


async def bonds(press: CallbackQuery, callback_data: ReferralsPress, visitor: Visitor) -> None:
    page = await visitor.clinic.ask(asked.bonds, decider(visitor), callback_data.page)
    await turn(press, referrals.bonds(visitor.texts, page, visitor.signboard.zone))


async def best(press: CallbackQuery, callback_data: ReferralsPress, visitor: Visitor) -> None:
    page = await visitor.clinic.ask(asked.best, decider(visitor), callback_data.page)
    await turn(press, referrals.best(visitor.texts, page))


async def strange(press: CallbackQuery, callback_data: ReferralsPress, visitor: Visitor) -> None:
    page = await visitor.clinic.ask(asked.strange, decider(visitor), callback_data.page)
    await turn(press, referrals.strange(visitor.texts, page))


def routes() -> Router:
    router = Router(name="referrals")
    press = router.callback_query
    press.register(sums, ReferralsPress.filter(F.show == Shown.SUMS))
    press.register(bonds, ReferralsPress.filter(F.show == Shown.BONDS))
    press.register(best, ReferralsPress.filter(F.show == Shown.BEST))
    press.register(strange, ReferralsPress.filter(F.show == Shown.STRANGE))
    return router
