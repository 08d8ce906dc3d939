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
from handlers.staff.redrawing import post_card
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
        source=f"found:{press.id}",
        patient=callback_data.patient,
        found_by=FoundBy.NAME,
    )
    laid = await visitor.clinic.ask(card_of, draft.id)
    await await_words(state, CardForm.sum, laid)
    if desk.branch.chat is not None:
        await post_card(visitor, staff_texts, laid, desk.branch.chat)
    await press.answer()


def routes() -> Router:
    router = Router(name="staff-find")
    router.message.register(find, Command("patient"), at_desk)
    router.callback_query.register(open_card, FoundPress.filter(), at_desk)
    return router
