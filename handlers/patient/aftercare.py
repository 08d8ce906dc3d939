"""The day after surgery: how the patient feels."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.patient.rating import CONTENT, UPSET, RatingForm
from handlers.show import turn
from handlers.spoken import listen
from handlers.visitor import Visitor
from loyalty import aftercare as care
from screens import aftercare
from screens.callbacks.rating import FeelsPress


async def tell(
    press: CallbackQuery, callback_data: FeelsPress, visitor: Visitor, state: FSMContext
) -> None:
    visit, feels = callback_data.visit, callback_data.feels
    me, owners = visitor.user.id, visitor.owners
    made = await visitor.clinic.change(care.tell, me, visit, feels, owners)
    waits = UPSET if made.case else CONTENT
    await listen(state, visitor, RatingForm.words, waits, visit=made.visit)
    if made.stands:
        await turn(press, aftercare.told(visitor.texts, made))
    else:
        await press.answer(aftercare.stands(visitor.texts, made), show_alert=True)


def routes() -> Router:
    router = Router(name="aftercare")
    router.callback_query.register(tell, FeelsPress.filter())
    return router
