"""Money of a visit is returned, whole or in part: how much, why, once more."""

from functools import partial

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.show import turn
from handlers.staff.card import plain_answer, working
from handlers.staff.desk import Desk, at_desk, check_still_here
from handlers.staff.posting import answer_in_place, post
from handlers.staff.redrawing import redraw
from handlers.staff.wording import await_wording, in_time, not_to_another
from handlers.visitor import Visitor
from loyalty.desk import receipts, returning
from loyalty.desk.asking import clean_reason
from loyalty.desk.drafting import StaleCardError
from loyalty.desk.receipts import DeskReceipt
from loyalty.desk.returning import MoneyBack, Returnable
from loyalty.errors import Refusal
from loyalty.line.alone import NotASumError, money_alone
from loyalty.visits import Slice
from screens import returns
from screens.callbacks.corrections import (
    Correction,
    CorrectPress,
    ReturnPress,
    ReturnReason,
    ReturnTypedPress,
)
from screens.screen import Screen
from screens.texts import Texts

Owners = frozenset[int]


class ReturnForm(StatesGroup):
    part = State()  # a button is waited for; a sum that comes first is no code
    sum = State()
    reason = State()


class PartFirstError(Refusal):
    """A sum was typed before it was chosen of which part of the bill."""

    text = "refusal-part-first"


# --- how much --------------------------------------------------------------------------------


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
        await post(press.message, returns.return_what(staff_texts, found, back))
    await press.answer()


async def ask_of_which(
    press: CallbackQuery,
    callback_data: ReturnTypedPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
    state: FSMContext,
) -> None:
    wish = ReturnPress(visit=callback_data.visit, n=callback_data.n)
    found, back = await _moves(visitor, desk, wish)
    await await_wording(press, visitor, state, ReturnForm.part)
    await turn(press, returns.return_of_which(staff_texts, found, back))


async def means_money(message: Message) -> bool:
    """A sum and nothing else; the rest is talk between colleagues, or a line."""
    try:
        money_alone(message.text or "")
    except NotASumError:
        return False
    return True


async def part_first(_message: Message) -> None:
    """Raises PartFirstError."""
    raise PartFirstError


async def ask_sum(
    press: CallbackQuery,
    callback_data: ReturnTypedPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
    state: FSMContext,
) -> None:
    wish = callback_data
    found, back = await _moves(visitor, desk, ReturnPress(visit=wish.visit, n=wish.n))
    about = {"visit": wish.visit, "n": wish.n, "part": wish.part}
    await await_wording(press, visitor, state, ReturnForm.sum, **about)
    await turn(press, returns.return_how_much(staff_texts, found, back, wish.part))


async def sum_typed(
    message: Message, visitor: Visitor, desk: Desk, staff_texts: Texts, state: FSMContext
) -> None:
    wish = await _wish(state)
    wish = wish.model_copy(update={"sum": money_alone(message.text or "")})
    found, back = await _moves(visitor, desk, wish)
    await answer_in_place(message, state, returns.return_question(staff_texts, found, back, wish))


# --- why, and once more ----------------------------------------------------------------------


async def ask_why(
    press: CallbackQuery,
    callback_data: ReturnPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
) -> None:
    found, back = await _moves(visitor, desk, callback_data)
    await turn(press, returns.return_question(staff_texts, found, back, callback_data))


async def confirm_return(
    press: CallbackQuery,
    callback_data: ReturnPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
) -> None:
    """The sum and the points once more: a reason is picked before the money is thought of."""
    reason = returns.reason_words(staff_texts, callback_data.reason or ReturnReason.OWN)
    await turn(press, await _confirmation(visitor, desk, staff_texts, callback_data, reason))


async def ask_reason(
    press: CallbackQuery, callback_data: ReturnPress, visitor: Visitor, state: FSMContext
) -> None:
    wish = callback_data
    about = {"visit": wish.visit, "n": wish.n, "part": wish.part, "sum": wish.sum}
    await await_wording(press, visitor, state, ReturnForm.reason, **about)
    await press.answer(visitor.texts.plain("return-type-reason"), show_alert=True)


async def confirm_return_for_words(
    message: Message, visitor: Visitor, desk: Desk, staff_texts: Texts, state: FSMContext
) -> None:
    reason, wish = clean_reason(message.text or ""), await _wish(state)
    wish = wish.model_copy(update={"reason": ReturnReason.OWN})
    screen = await _confirmation(visitor, desk, staff_texts, wish, reason)
    await answer_in_place(message, state, screen)


async def _confirmation(
    visitor: Visitor, desk: Desk, texts: Texts, wish: ReturnPress, reason: str
) -> Screen:
    found, back = await _moves(visitor, desk, wish)
    return returns.return_confirmation(texts, found, back, wish, reason)


async def _moves(visitor: Visitor, desk: Desk, wish: ReturnPress) -> tuple[DeskReceipt, Returnable]:
    """The visit, and what this return of it would move."""
    by, _ = working(desk)
    use_case = partial(returning.returnable, n=wish.n)
    back = await visitor.clinic.ask(use_case, by, wish.visit, _slices(wish))
    return await visitor.clinic.ask(receipts.receipt, wish.visit), back


def _slices(wish: ReturnPress) -> tuple[Slice, ...] | None:
    """What the button names; None: all that is left."""
    return None if wish.part is None else (Slice(wish.part, wish.sum or 0),)


async def _wish(state: FSMContext) -> ReturnPress:
    asked = await state.get_data()
    return ReturnPress(**{name: asked[name] for name in ReturnPress.model_fields if name in asked})


# --- done ------------------------------------------------------------------------------------


async def return_money(
    press: CallbackQuery,
    callback_data: ReturnPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
    owners: Owners,
) -> None:
    """A second tap finds the part returned and shows the same."""
    wish, visit = callback_data, callback_data.visit
    reason = _reason(press, wish.reason or ReturnReason.OWN)
    await check_still_here(visitor, desk)
    by, name = working(desk)
    place = f"{desk.branch.chat}:{press.message.message_id if press.message else 0}"
    use_case = partial(returning.return_money, slices=_slices(wish), n=wish.n, place=place)
    back: MoneyBack = await visitor.clinic.change(use_case, by, name, visit, reason, owners)
    if back.reversal:
        await redraw(visitor, staff_texts, visit)
    found = await visitor.clinic.ask(receipts.receipt, visit)
    await turn(press, returns.returned(staff_texts, found, back))


def _reason(press: CallbackQuery, picked: ReturnReason) -> str:
    """Raises StaleCardError: the question with the own words in it can't be read any more."""
    if picked is not ReturnReason.OWN:
        return picked
    if not isinstance(press.message, Message):
        raise StaleCardError
    return clean_reason(returns.reason_in(press.message.text or ""))


def routes() -> Router:
    router = Router(name="staff-returns")
    press, text = router.callback_query, router.message
    press.register(ask_return, CorrectPress.filter(F.what == Correction.RETURNED), at_desk)
    press.register(ask_of_which, ReturnTypedPress.filter(F.part.is_(None)), at_desk)
    press.register(ask_sum, ReturnTypedPress.filter(), at_desk)
    press.register(ask_why, ReturnPress.filter(F.reason.is_(None)), at_desk)
    press.register(return_money, ReturnPress.filter(F.surely), at_desk)
    press.register(ask_reason, ReturnPress.filter(F.reason == ReturnReason.OWN), at_desk)
    press.register(confirm_return, ReturnPress.filter(), at_desk)
    answers = (at_desk, plain_answer, not_to_another, in_time)
    text.register(part_first, ReturnForm.part, *answers, means_money)
    text.register(sum_typed, ReturnForm.sum, *answers)
    text.register(confirm_return_for_words, ReturnForm.reason, *answers)
    return router
