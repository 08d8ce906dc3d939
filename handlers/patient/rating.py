"""The rating after a visit: a tap, what went wrong, how to be answered."""

from datetime import timedelta

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery

from handlers.show import below, turn
from handlers.spoken import listen
from handlers.visitor import Visitor
from loyalty import ratings, sharing
from loyalty.cases import opening
from loyalty.opinions import Case
from loyalty.ratings import Rated
from screens import rating
from screens.callbacks.rating import CallPress, RatePress, SayPress, WhyPress
from screens.screen import Screen

# For so long what is written after the stars is about the visit; later it is something else.
UPSET, CONTENT = timedelta(hours=24), timedelta(hours=1)


class RatingForm(StatesGroup):
    words = State()


async def rate(
    press: CallbackQuery, callback_data: RatePress, visitor: Visitor, state: FSMContext
) -> None:
    visit, stars = callback_data.visit, callback_data.stars
    me, owners = visitor.user.id, visitor.owners
    made = await visitor.clinic.change(ratings.rate, me, visit, stars, owners)
    if not made.stands:
        await press.answer(rating.stands(visitor.texts, made), show_alert=True)
        return
    await listen(state, visitor, RatingForm.words, waits_for_words(made), visit=made.rating.visit)
    await turn(press, await thanks(visitor, made))


async def thanks(visitor: Visitor, made: Rated) -> Screen:
    offers = await visitor.clinic.ask(sharing.may_be_offered, visitor.user.id)
    return rating.rated(visitor.texts, made, offers_card=offers)


def waits_for_words(made: Rated) -> timedelta:
    return UPSET if made.case else CONTENT


async def why(
    press: CallbackQuery, callback_data: WhyPress, visitor: Visitor, state: FSMContext
) -> None:
    visit, reason = callback_data.visit, callback_data.why
    me, owners = visitor.user.id, visitor.owners
    case = await visitor.clinic.change(opening.say_why, me, visit, reason, owners)
    await _ask_on(press, visitor, state, case)


async def how(
    press: CallbackQuery, callback_data: CallPress, visitor: Visitor, state: FSMContext
) -> None:
    visit, call = callback_data.visit, callback_data.call
    me, owners = visitor.user.id, visitor.owners
    case = await visitor.clinic.change(opening.say_how, me, visit, call, owners)
    await _ask_on(press, visitor, state, case)


async def _ask_on(press: CallbackQuery, visitor: Visitor, state: FSMContext, case: Case) -> None:
    await listen(state, visitor, RatingForm.words, UPSET, visit=case.visit)
    branch = await visitor.clinic.ask(lambda tx: tx.branches.branch(case.branch))
    await turn(press, rating.asked_on(visitor.texts, case, branch))


async def write(
    press: CallbackQuery, callback_data: SayPress, visitor: Visitor, state: FSMContext
) -> None:
    """«Ответить» under the clinic's words."""
    me, visit = visitor.user.id, callback_data.visit
    await visitor.clinic.ask(opening.reader_of, me, visit)
    await listen(state, visitor, RatingForm.words, UPSET, visit=visit)
    await below(press, rating.write_now(visitor.texts))
    await press.answer()


def routes() -> Router:
    router = Router(name="rating")
    press = router.callback_query
    press.register(rate, RatePress.filter())
    press.register(why, WhyPress.filter())
    press.register(how, CallPress.filter())
    press.register(write, SayPress.filter())
    return router
