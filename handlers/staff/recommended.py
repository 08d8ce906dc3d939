"""«Кто порекомендовал?» on the card of a first visit: they are found, looked at, written down."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.patient.forms import remember_question
from handlers.show import turn
from handlers.staff.card import working
from handlers.staff.desk import Desk, at_desk, check_still_here
from handlers.staff.find import ANSWERS, choose, meant
from handlers.staff.posting import answer_in_place, post
from handlers.staff.redrawing import redraw
from handlers.staff.returns import Owners
from handlers.staff.wording import await_wording
from handlers.visitor import Visitor
from loyalty.desk import spoken
from loyalty.desk.spoken import NoRecommendationError
from screens import recommended as screens
from screens.callbacks.recommended import RecommendedPress, ReferrerPress
from screens.screen import Screen
from screens.texts import Texts


class RecommendedForm(StatesGroup):
    who = State()


async def ask_who(
    press: CallbackQuery,
    callback_data: RecommendedPress,
    visitor: Visitor,
    staff_texts: Texts,
    state: FSMContext,
) -> None:
    about = {"patient": callback_data.patient, "draft": callback_data.draft}
    patient = await visitor.clinic.ask(lambda tx: tx.people.patient(about["patient"]).check_kept())
    await await_wording(press, visitor, state, RecommendedForm.who, **about)
    if press.message:
        question = await post(press.message, screens.who(staff_texts, patient))
        await remember_question(state, question)
    await press.answer()


async def typed(
    message: Message,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
    state: FSMContext,
    owners: Owners,
) -> None:
    """One whom the words mean is looked at; otherwise the question stays open."""
    asked = await state.get_data()
    friend = await visitor.clinic.ask(lambda tx: tx.people.patient(asked["patient"]))
    found = await meant(message, visitor, desk, but=friend, alone=NoRecommendationError)
    if len(found) > 1:
        await choose(message, state, screens.which(staff_texts, friend, found, asked["draft"]))
        return
    chosen = ReferrerPress(patient=friend.id, referrer=found[0].id, draft=asked["draft"])
    await answer_in_place(message, state, await _sure(visitor, desk, staff_texts, chosen, owners))


async def look(
    press: CallbackQuery,
    callback_data: ReferrerPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
    state: FSMContext,
    owners: Owners,
) -> None:
    await state.clear()
    await turn(press, await _sure(visitor, desk, staff_texts, callback_data, owners))


async def name(
    press: CallbackQuery,
    callback_data: ReferrerPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
    owners: Owners,
) -> None:
    """The card of the visit has its question answered."""
    await check_still_here(visitor, desk)
    by, _ = working(desk)
    friend, referrer = callback_data.patient, callback_data.referrer
    pair = await visitor.clinic.change(spoken.name, by, friend, referrer, owners=owners)
    await redraw(visitor, staff_texts, callback_data.draft)
    await turn(press, screens.done(staff_texts, *pair))


async def _sure(
    visitor: Visitor, desk: Desk, texts: Texts, chosen: ReferrerPress, owners: Owners
) -> Screen:
    by, _ = working(desk)
    friend, referrer = chosen.patient, chosen.referrer
    pair = await visitor.clinic.ask(spoken.check, by, friend, referrer, owners=owners)
    return screens.sure(texts, *pair, chosen.draft)


def routes() -> Router:
    router = Router(name="staff-recommended")
    press = router.callback_query
    press.register(ask_who, RecommendedPress.filter(), at_desk)
    press.register(look, ReferrerPress.filter(~F.surely), at_desk)
    press.register(name, ReferrerPress.filter(), at_desk)
    router.message.register(typed, RecommendedForm.who, *ANSWERS)
    return router
