"""A recorded visit is mended, returned or undone: the buttons of its receipt, and /undo."""

from functools import partial

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.show import turn
from handlers.staff.card import plain_answer, working
from handlers.staff.desk import Desk, at_desk, check_still_here
from handlers.staff.forms import CardForm, await_words
from handlers.staff.posting import answer_in_place, post
from handlers.staff.redrawing import post_card, redraw
from handlers.staff.wording import await_wording, in_time, not_to_another
from handlers.visitor import Visitor
from loyalty.desk import correcting, receipts, returning
from loyalty.desk.asking import clean_reason
from loyalty.desk.card import Card
from loyalty.desk.card import card as card_of
from loyalty.desk.drafting import StaleCardError
from loyalty.desk.returning import MoneyBack
from loyalty.visits import Draft
from screens import corrections
from screens.callbacks.corrections import (
    Correction,
    CorrectPress,
    LeavePress,
    ReturnPress,
    ReturnReason,
    ReturnSurelyPress,
    UndoPress,
)
from screens.callbacks.desk import CardStep
from screens.screen import Screen
from screens.texts import Texts

Owners = frozenset[int]


class ReturnForm(StatesGroup):
    reason = State()


# --- another visit takes its place -----------------------------------------------------------


async def wrong_sum(
    press: CallbackQuery,
    callback_data: CorrectPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
    state: FSMContext,
) -> None:
    """The same visit as a card; of one sum the right one is asked for at once."""
    by, name = working(desk)
    draft = await visitor.clinic.change(correcting.correct_sum, by, name, callback_data.visit)
    laid = await _put_up(visitor, desk, staff_texts, draft)
    if len(laid.draft.parts) > 1:
        await press.answer(visitor.texts.plain("correction-which-sum"), show_alert=True)
        return
    await await_words(visitor, state, CardForm.sum, laid)
    await press.answer(visitor.texts.plain("card-type", what=CardStep.SUM), show_alert=True)


async def wrong_patient(
    press: CallbackQuery,
    callback_data: CorrectPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
    state: FSMContext,
) -> None:
    by, name = working(desk)
    draft = await visitor.clinic.change(correcting.correct_patient, by, name, callback_data.visit)
    laid = await _put_up(visitor, desk, staff_texts, draft)
    await await_words(visitor, state, CardForm.person, laid)
    await press.answer(
        visitor.texts.plain("card-type", what=CardStep.OTHER_PERSON), show_alert=True
    )


async def _put_up(visitor: Visitor, desk: Desk, texts: Texts, draft: Draft) -> Card:
    """The correcting card below all; asked for again, it moves there."""
    laid = await visitor.clinic.ask(card_of, draft.id)
    if desk.branch.chat is not None:
        if draft.card is not None:
            await visitor.bot.delete_message(desk.branch.chat, draft.card)
        await post_card(visitor, texts, laid, desk.branch.chat)
    return laid


# --- money returned --------------------------------------------------------------------------


async def ask_return(
    press: CallbackQuery,
    callback_data: CorrectPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
) -> None:
    by, _ = working(desk)
    back = await visitor.clinic.ask(returning.returnable, by, callback_data.visit)
    found = await visitor.clinic.ask(receipts.receipt, callback_data.visit)
    if press.message:
        await post(press.message, corrections.return_question(staff_texts, found, back))
    await press.answer()


async def confirm_return(
    press: CallbackQuery,
    callback_data: ReturnPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
) -> None:
    """The sum and the points once more: a reason is picked before the money is thought of."""
    picked = callback_data.reason
    reason = corrections.reason_of(staff_texts, picked)
    screen = await _confirmation(visitor, desk, staff_texts, callback_data.visit, picked, reason)
    await turn(press, screen)


async def ask_reason(
    press: CallbackQuery, callback_data: ReturnPress, visitor: Visitor, state: FSMContext
) -> None:
    await await_wording(press, visitor, state, ReturnForm.reason, visit=callback_data.visit)
    await press.answer(visitor.texts.plain("return-type-reason"), show_alert=True)


async def confirm_return_for_words(
    message: Message, visitor: Visitor, desk: Desk, staff_texts: Texts, state: FSMContext
) -> None:
    visit, reason = (await state.get_data())["visit"], clean_reason(message.text or "")
    screen = await _confirmation(visitor, desk, staff_texts, visit, ReturnReason.OWN, reason)
    await answer_in_place(message, state, screen)


async def _confirmation(
    visitor: Visitor, desk: Desk, texts: Texts, visit: int, picked: ReturnReason, reason: str
) -> Screen:
    by, _ = working(desk)
    back = await visitor.clinic.ask(returning.returnable, by, visit)
    found = await visitor.clinic.ask(receipts.receipt, visit)
    return corrections.return_confirmation(texts, found, back, picked, reason)


async def return_money(
    press: CallbackQuery,
    callback_data: ReturnSurelyPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
    owners: Owners,
) -> None:
    """A second tap finds the visit returned and shows the same."""
    visit, reason = callback_data.visit, _reason(press, callback_data.reason)
    await check_still_here(visitor, desk)
    by, name = working(desk)
    place = f"{desk.branch.chat}:{press.message.message_id if press.message else 0}"
    back: MoneyBack = await visitor.clinic.change(
        partial(returning.return_money, place=place), by, name, visit, reason, owners
    )
    if back.reversal:
        await redraw(visitor, staff_texts, visit)
    found = await visitor.clinic.ask(receipts.receipt, visit)
    await turn(press, corrections.returned(staff_texts, found, back))


def _reason(press: CallbackQuery, picked: ReturnReason) -> str:
    """Raises StaleCardError: the question with the own words in it can't be read any more."""
    if picked is not ReturnReason.OWN:
        return picked
    if not isinstance(press.message, Message):
        raise StaleCardError
    return clean_reason(corrections.reason_in(press.message.text or ""))


# --- undo ------------------------------------------------------------------------------------


async def ask_undo(message: Message, visitor: Visitor, desk: Desk, staff_texts: Texts) -> None:
    by, _ = working(desk)
    last = await visitor.clinic.ask(correcting.last_recorded, by)
    found = await visitor.clinic.ask(receipts.receipt, last.id)
    await post(message, corrections.undo_question(staff_texts, found))
    await message.delete()


async def undo(
    press: CallbackQuery,
    callback_data: UndoPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
) -> None:
    await check_still_here(visitor, desk)
    by, name = working(desk)
    visit = callback_data.visit
    reversal = await visitor.clinic.change(correcting.undo, by, name, visit)
    await redraw(visitor, staff_texts, visit)
    found = await visitor.clinic.ask(receipts.receipt, visit)
    await turn(press, corrections.undone(staff_texts, found, reversal))


async def leave(press: CallbackQuery, state: FSMContext) -> None:
    """The question goes; nothing has changed."""
    await state.clear()
    if isinstance(press.message, Message):
        await press.message.delete()
    await press.answer()


def routes() -> Router:
    router = Router(name="staff-corrections")
    press, text = router.callback_query, router.message
    press.register(wrong_sum, CorrectPress.filter(F.what == Correction.WRONG_SUM), at_desk)
    press.register(wrong_patient, CorrectPress.filter(F.what == Correction.WRONG_PATIENT), at_desk)
    press.register(ask_return, CorrectPress.filter(F.what == Correction.RETURNED), at_desk)
    press.register(ask_reason, ReturnPress.filter(F.reason == ReturnReason.OWN), at_desk)
    press.register(confirm_return, ReturnPress.filter(), at_desk)
    press.register(return_money, ReturnSurelyPress.filter(), at_desk)
    press.register(undo, UndoPress.filter(), at_desk)
    press.register(leave, LeavePress.filter(), at_desk)
    text.register(ask_undo, Command("undo"), at_desk)
    answers = (at_desk, plain_answer, not_to_another, in_time)
    text.register(confirm_return_for_words, ReturnForm.reason, *answers)
    return router
