"""Points given by hand: how many, what for; and the desk's word for a new account."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.show import turn
from handlers.staff.card import plain_answer, working
from handlers.staff.desk import Desk, at_desk, check_still_here
from handlers.staff.posting import answer_in_place, post
from handlers.staff.returns import Owners
from handlers.staff.wording import await_wording, in_time, not_to_another
from handlers.visitor import Visitor
from loyalty.desk import gifts, moved
from loyalty.desk.asking import clean_reason
from loyalty.line.alone import points_alone
from loyalty.people import Patient
from screens import corrections
from screens.callbacks.corrections import (
    ConfirmAccountPress,
    GiftPress,
    GiftReason,
    GiftTypedPress,
)
from screens.screen import Screen
from screens.texts import Texts


class GiftForm(StatesGroup):
    points = State()
    reason = State()


async def gift(
    press: CallbackQuery, callback_data: GiftPress, visitor: Visitor, staff_texts: Texts
) -> None:
    number = callback_data.patient
    patient = await visitor.clinic.ask(lambda tx: tx.people.patient(number).check_kept())
    if press.message:
        await post(press.message, corrections.gift_how_many(staff_texts, patient))
    await press.answer()


async def ask_points(
    press: CallbackQuery, callback_data: GiftTypedPress, visitor: Visitor, state: FSMContext
) -> None:
    await await_wording(press, visitor, state, GiftForm.points, patient=callback_data.patient)
    await press.answer(visitor.texts.plain("gift-type-points"), show_alert=True)


async def points_typed(
    message: Message, visitor: Visitor, staff_texts: Texts, state: FSMContext
) -> None:
    patient = await _patient(visitor, (await state.get_data())["patient"])
    points = gifts.size(points_alone(message.text or "") or 0)
    await answer_in_place(message, state, corrections.gift_why(staff_texts, patient, points))


async def ask_why(
    press: CallbackQuery, callback_data: GiftPress, visitor: Visitor, staff_texts: Texts
) -> None:
    patient = await _patient(visitor, callback_data.patient)
    await turn(press, corrections.gift_why(staff_texts, patient, callback_data.points or 0))


async def ask_reason(
    press: CallbackQuery, callback_data: GiftPress, visitor: Visitor, state: FSMContext
) -> None:
    patient, points = callback_data.patient, callback_data.points
    await await_wording(press, visitor, state, GiftForm.reason, patient=patient, points=points)
    await press.answer(visitor.texts.plain("gift-type-reason"), show_alert=True)


async def give_for_words(
    message: Message,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
    state: FSMContext,
    owners: Owners,
) -> None:
    asked, reason = await state.get_data(), clean_reason(message.text or "")
    wish = GiftPress(patient=asked["patient"], points=asked["points"])
    screen = await _give(visitor, desk, staff_texts, wish, reason, asked["question"], owners)
    await answer_in_place(message, state, screen)


async def give(
    press: CallbackQuery,
    callback_data: GiftPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
    owners: Owners,
) -> None:
    reason, question = callback_data.reason or "", press.message.message_id if press.message else 0
    wish = callback_data
    await turn(press, await _give(visitor, desk, staff_texts, wish, reason, question, owners))


async def _give(
    visitor: Visitor,
    desk: Desk,
    texts: Texts,
    wish: GiftPress,
    reason: str,
    question: int,
    owners: Owners,
) -> Screen:
    """One question is one gift, however often and by whomever it is pressed."""
    await check_still_here(visitor, desk)
    by, name = working(desk)
    given = await visitor.clinic.change(
        gifts.give,
        by,
        name,
        wish.patient,
        wish.points or 0,
        reason,
        source=f"gift:{desk.branch.chat}:{question}",
        owners=owners,
    )
    patient = await _patient(visitor, wish.patient)
    return corrections.gifted(texts, patient, given, desk.branch.where)


# --- a new account on a known phone ----------------------------------------------------------


async def ask_account(
    press: CallbackQuery, callback_data: ConfirmAccountPress, visitor: Visitor, staff_texts: Texts
) -> None:
    patient = await _patient(visitor, callback_data.patient)
    if press.message:
        await post(press.message, corrections.account_question(staff_texts, patient))
    await press.answer()


async def confirm_account(
    press: CallbackQuery,
    callback_data: ConfirmAccountPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
) -> None:
    await check_still_here(visitor, desk)
    by, name = working(desk)
    confirmed = await visitor.clinic.change(moved.confirm_account, by, callback_data.patient)
    if confirmed is None:
        await press.answer(visitor.texts.plain("account-nothing"), show_alert=True)
        return
    patient = await _patient(visitor, callback_data.patient)
    at = confirmed.astimezone(desk.branch.where).time()
    await turn(press, corrections.account_confirmed(staff_texts, patient, name, at))


async def _patient(visitor: Visitor, patient: int) -> Patient:
    return await visitor.clinic.ask(lambda tx: tx.people.patient(patient))


def routes() -> Router:
    router = Router(name="staff-gifts")
    press, text = router.callback_query, router.message
    press.register(ask_points, GiftTypedPress.filter(), at_desk)
    press.register(gift, GiftPress.filter(F.points.is_(None)), at_desk)
    press.register(ask_why, GiftPress.filter(F.reason.is_(None)), at_desk)
    press.register(ask_reason, GiftPress.filter(F.reason == GiftReason.OWN), at_desk)
    press.register(give, GiftPress.filter(), at_desk)
    press.register(ask_account, ConfirmAccountPress.filter(~F.surely), at_desk)
    press.register(confirm_account, ConfirmAccountPress.filter(), at_desk)
    answers = (at_desk, plain_answer, not_to_another, in_time)
    text.register(points_typed, GiftForm.points, *answers)
    text.register(give_for_words, GiftForm.reason, *answers)
    return router
