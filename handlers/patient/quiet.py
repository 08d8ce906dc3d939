"""«Больше не спрашивать», «Не напоминать», «Без рекламы»: pressed under the message itself."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.show import turn
from handlers.visitor import Visitor
from loyalty import caring
from loyalty.registration import answer_advertising
from screens import quiet
from screens.callbacks.quiet import CarePress, OffersPress


async def care_off(press: CallbackQuery, callback_data: CarePress, visitor: Visitor) -> None:
    await visitor.clinic.change(caring.switch, visitor.user.id, False)
    await turn(press, quiet.care_off(visitor.texts, callback_data.visit))


async def care_on(press: CallbackQuery, callback_data: CarePress, visitor: Visitor) -> None:
    me, visit = visitor.user.id, callback_data.visit
    await visitor.clinic.change(caring.switch, me, True)
    question = await visitor.clinic.ask(caring.question, me, visit) if visit else None
    await turn(press, quiet.care_on(visitor.texts, question, visit))


async def offers_off(press: CallbackQuery, visitor: Visitor) -> None:
    await visitor.clinic.change(answer_advertising, visitor.user.id, False)
    await turn(press, quiet.offers_off(visitor.texts, visitor.signboard))


async def offers_on(press: CallbackQuery, visitor: Visitor) -> None:
    await visitor.clinic.change(answer_advertising, visitor.user.id, True)
    await turn(press, quiet.offers_on(visitor.texts))


def routes() -> Router:
    router = Router(name="quiet")
    press = router.callback_query
    press.register(care_on, CarePress.filter(F.on))
    press.register(care_off, CarePress.filter())
    press.register(offers_on, OffersPress.filter(F.on))
    press.register(offers_off, OffersPress.filter())
    return router
