"""`/patient`: a card by a name, a code or a phone."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.staff.card import working
from handlers.staff.desk import Desk, at_desk
from handlers.staff.forms import CardForm, await_words
from handlers.staff.line import take
from handlers.staff.posting import post
from handlers.staff.redrawing import draw
from handlers.visitor import Visitor
from loyalty.desk import drafting, searching
from loyalty.desk.card import card as card_of
from loyalty.line.line import looks_like_a_line
from loyalty.visits import FoundBy
from screens import found as screens
from screens.callbacks.desk import FoundPress
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


def routes() -> Router:
    router = Router(name="staff-find")
    router.message.register(find, Command("patient"), at_desk)
    router.callback_query.register(open_card, FoundPress.filter(), at_desk)
    return router
