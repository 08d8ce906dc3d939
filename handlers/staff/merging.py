"""«Это один человек с…»: the other record is found, both are shown, a manager is asked."""

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
from handlers.staff.returns import Owners
from handlers.staff.wording import await_wording
from handlers.visitor import Visitor
from loyalty.desk import approving, merging
from loyalty.desk.merging import SameRecordError
from loyalty.people import Patient
from loyalty.requests import RequestState
from screens import merging as screens
from screens.callbacks.merging import MergePress, MergeWhoPress
from screens.screen import Screen
from screens.settled import settled
from screens.texts import Texts


class MergeForm(StatesGroup):
    other = State()


async def ask_who(
    press: CallbackQuery,
    callback_data: MergeWhoPress,
    visitor: Visitor,
    staff_texts: Texts,
    state: FSMContext,
) -> None:
    patient = await _patient(visitor, callback_data.patient)
    await await_wording(press, visitor, state, MergeForm.other, patient=patient.id)
    if press.message:
        await remember_question(state, await post(press.message, screens.who(staff_texts, patient)))
    await press.answer()


async def other_typed(
    message: Message, visitor: Visitor, desk: Desk, staff_texts: Texts, state: FSMContext
) -> None:
    """One record that it can be is shown; otherwise the question stays open."""
    patient = await _patient(visitor, (await state.get_data())["patient"])
    found = await meant(message, visitor, desk, but=patient, alone=SameRecordError)
    if len(found) > 1:
        await choose(message, state, screens.which(staff_texts, patient, found))
        return
    screen = await _preview(visitor, desk, staff_texts, patient.id, found[0].id)
    await answer_in_place(message, state, screen)


async def show(
    press: CallbackQuery,
    callback_data: MergePress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
    state: FSMContext,
) -> None:
    await state.clear()
    one, other = callback_data.patient, callback_data.other
    await turn(press, await _preview(visitor, desk, staff_texts, one, other))


async def merge(
    press: CallbackQuery,
    callback_data: MergePress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
    owners: Owners,
) -> None:
    """One question is one request, however often and by whomever it is pressed."""
    await check_still_here(visitor, desk)
    by, name = working(desk)
    question = press.message.message_id if press.message else 0
    request = await visitor.clinic.change(
        merging.ask,
        by,
        name,
        callback_data.patient,
        callback_data.other,
        source=f"merge:{desk.branch.chat}:{question}",
        owners=owners,
    )
    asked = await visitor.clinic.ask(approving.question, request.id)
    waits = asked.request.state is RequestState.WAITING  # somebody may have decided in between
    await turn(press, (screens.asked if waits else settled)(staff_texts, asked))


async def _preview(visitor: Visitor, desk: Desk, texts: Texts, one: int, other: int) -> Screen:
    by, _ = working(desk)
    return screens.preview(texts, await visitor.clinic.ask(merging.preview, by, one, other))


async def _patient(visitor: Visitor, patient: int) -> Patient:
    return await visitor.clinic.ask(lambda tx: tx.people.patient(patient).check_kept())


def routes() -> Router:
    router = Router(name="staff-merging")
    press = router.callback_query
    press.register(ask_who, MergeWhoPress.filter(), at_desk)
    press.register(show, MergePress.filter(~F.surely), at_desk)
    press.register(merge, MergePress.filter(), at_desk)
    router.message.register(other_typed, MergeForm.other, *ANSWERS)
    return router
