"""A recorded visit is mended or undone: the buttons of its receipt, and /undo."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.show import turn
from handlers.staff.card import working
from handlers.staff.desk import Desk, at_desk, check_still_here
from handlers.staff.forms import CardForm, await_words
from handlers.staff.posting import post
from handlers.staff.redrawing import post_card, redraw
from handlers.visitor import Visitor
from loyalty.desk import correcting, receipts
from loyalty.desk.card import Card
from loyalty.desk.card import card as card_of
from loyalty.visits import Draft
from screens import corrections
from screens.callbacks.corrections import (
    Correction,
    CorrectPress,
    LeavePress,
    UndoPress,
)
from screens.callbacks.desk import CardStep
from screens.texts import Texts

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
    awaits = CardStep.SUM if len(draft.parts) == 1 else None
    laid = await _put_up(visitor, desk, staff_texts, draft, awaits)
    if awaits is None:
        await press.answer(visitor.texts.plain("correction-which-sum"), show_alert=True)
        return
    await await_words(visitor, state, CardForm.sum, laid)
    await press.answer(visitor.texts.plain("card-type", what=CardStep.SUM))


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


async def _put_up(
    visitor: Visitor, desk: Desk, texts: Texts, draft: Draft, awaits: CardStep | None = None
) -> Card:
    """The correcting card below all; asked for again, it moves there."""
    laid = await visitor.clinic.ask(card_of, draft.id)
    if desk.branch.chat is not None:
        if draft.card is not None:
            await visitor.bot.delete_message(desk.branch.chat, draft.card)
        await post_card(visitor, texts, laid, desk.branch.chat, awaits)
    return laid


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
    press.register(undo, UndoPress.filter(), at_desk)
    press.register(leave, LeavePress.filter(), at_desk)
    text.register(ask_undo, Command("undo"), at_desk)
    return router
