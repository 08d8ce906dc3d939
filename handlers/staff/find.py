"""Somebody is found by a code, a phone or a name: for `/patient`, or as an answer to a question."""

from collections.abc import Sequence

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.staff.card import plain_answer, working
from handlers.staff.desk import Desk, at_desk
from handlers.staff.forms import CardForm, await_words
from handlers.staff.line import take
from handlers.staff.posting import answer_in_place, post
from handlers.staff.redrawing import draw
from handlers.staff.wording import in_time, not_to_another
from handlers.visitor import Visitor
from loyalty.desk import codes, drafting, searching
from loyalty.desk.card import card as card_of
from loyalty.desk.codes import NoSuchCodeError
from loyalty.desk.searching import NobodyFoundError
from loyalty.errors import Refusal
from loyalty.line.alone import may_be_a_name
from loyalty.line.line import looks_like_a_line
from loyalty.people import Patient
from loyalty.visits import FoundBy
from screens import found as screens
from screens.callbacks.desk import FoundPress
from screens.screen import Screen
from screens.texts import Texts


async def find(
    message: Message,
    command: CommandObject,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
    state: FSMContext,
) -> None:
    """By name; a code or a phone after /patient is a line like any other."""
    if not command.args:
        await post(message, screens.how(staff_texts))
        return
    if looks_like_a_line(command.args):
        source = f"line:{message.chat.id}:{message.message_id}"
        await take(message, command.args, source, visitor, desk, staff_texts, state)
        return
    patients = await visitor.clinic.ask(searching.by_name, command.args)
    await post(message, screens.found(staff_texts, patients))
    await message.delete()


async def open_card(
    press: CallbackQuery,
    callback_data: FoundPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
    state: FSMContext,
) -> None:
    by, name = working(desk)
    draft = await visitor.clinic.change(
        drafting.open_for_patient,
        by,
        name,
        source=_source(press, callback_data.patient),
        patient=callback_data.patient,
        found_by=FoundBy.NAME,
    )
    laid = await visitor.clinic.ask(card_of, draft.id)
    await await_words(visitor, state, CardForm.sum, laid)
    await draw(visitor, staff_texts, laid)
    await press.answer()


def _source(press: CallbackQuery, patient: int) -> str:
    """A second tap on the same name is the same card."""
    if press.message is None:
        return f"found:{press.id}"
    return f"found:{press.message.chat.id}:{press.message.message_id}:{patient}"


# --- the answer to a question about another person -------------------------------------------


async def means_somebody(message: Message) -> bool:
    """A code, a phone or what can be a name; else it is talk between colleagues."""
    text = message.text or ""
    return looks_like_a_line(text) or may_be_a_name(text)


ANSWERS = (at_desk, plain_answer, not_to_another, in_time, means_somebody)


async def meant(
    message: Message, visitor: Visitor, desk: Desk, *, but: Patient, alone: type[Refusal]
) -> Sequence[Patient]:
    """Whom the words may mean, besides `but`; `alone` is raised where it is nobody else.

    A code that was none is counted against who typed it.
    """
    by, _ = working(desk)
    try:
        found = await visitor.clinic.ask(searching.by_anything, by, message.text or "")
    except NoSuchCodeError:
        await visitor.clinic.change(codes.note_miss, by, visitor.owners)
        raise
    if not found:
        raise NobodyFoundError
    others = [one for one in found if one.id != but.id]
    if not others:
        raise alone
    return others


async def choose(message: Message, state: FSMContext, which: Screen) -> None:
    """It may be several, so the question stays open: one is pressed, or other words are typed."""
    form, asked = await state.get_state(), await state.get_data()
    await answer_in_place(message, state, which)
    await state.set_state(form)
    await state.set_data(asked)


def routes() -> Router:
    router = Router(name="staff-find")
    router.message.register(find, Command("patient"), at_desk)
    router.callback_query.register(open_card, FoundPress.filter(), at_desk)
    return router
