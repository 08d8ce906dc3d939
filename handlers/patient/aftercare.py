"""The day after surgery: how the patient feels, by a tap or in words."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.patient.rating import CONTENT, UPSET, RatingForm, listen_on, pass_on
from handlers.patient.registered import registered
from handlers.show import say, turn
from handlers.spoken import WORDS, listen
from handlers.visitor import Visitor
from loyalty import aftercare as care
from loyalty.people import Account
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


async def words_instead(
    message: Message, visitor: Visitor, account: Account, state: FSMContext
) -> None:
    """Asked how they feel, the patient has written: the words count, and the question stays."""
    asked = await visitor.clinic.ask(care.unanswered, account)
    if asked is not None:
        await pass_on(message, visitor, asked.visit.id)
        await listen_on(message, visitor, state, visit=asked.visit.id)
        await say(message, aftercare.heard(visitor.texts, asked))
        await say(message, aftercare.question(visitor.texts, asked))


async def is_asked(_message: Message, visitor: Visitor, account: Account | None = None) -> bool:
    """A filter: the after-care question was asked in the last two days, and not answered."""
    return bool(account and await visitor.clinic.ask(care.unanswered, account))


def routes() -> Router:
    router = Router(name="aftercare")
    router.callback_query.register(tell, FeelsPress.filter())
    router.message.register(words_instead, StateFilter(None), registered, WORDS, is_asked)
    return router
