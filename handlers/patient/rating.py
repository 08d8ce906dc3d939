"""The rating after a visit: a tap, what went wrong, own words, and the talk about it."""

from datetime import timedelta

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.patient.registered import registered
from handlers.show import below, say, turn
from handlers.spoken import WORDS, listen, listened, said_in
from handlers.visitor import Visitor
from loyalty import ratings
from loyalty.cases import opening, talking
from loyalty.opinions import Case
from loyalty.people import Account
from loyalty.ratings import Rated
from screens import rating
from screens.callbacks.rating import CallPress, RatePress, SayPress, WhyPress

# For so long what is written after the stars is about the visit; later it is something else.
STARS = {"1", "2", "3", "4", "5"}
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
    await listen(state, visitor, RatingForm.words, _waits(made), visit=made.rating.visit)
    await turn(press, rating.rated(visitor.texts, made))


def _waits(made: Rated) -> timedelta:
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


async def words(message: Message, visitor: Visitor, state: FSMContext) -> None:
    """Own words after the stars, or more of them where none were given yet."""
    data = await state.get_data()
    if data.get("unrated") and await _are_stars(message, visitor, data["visit"]):
        await _rate_in_words(message, visitor, state, data["visit"])
        return
    case = await pass_on(message, visitor, data["visit"])
    said_before = message.media_group_id is not None and message.media_group_id == data.get("heard")
    await state.update_data(heard=message.media_group_id, promised=True)
    if not said_before:
        await say(message, rating.heard(visitor.texts, None if "promised" in data else case))


async def _are_stars(message: Message, visitor: Visitor, visit: int) -> bool:
    """A digit answers the question above it: the one for stars, unless the clinic has asked one."""
    if (message.text or "").strip() not in STARS:
        return False
    return not await visitor.clinic.ask(talking.clinic_has_spoken, visit)


async def _rate_in_words(message: Message, visitor: Visitor, state: FSMContext, visit: int) -> None:
    me, owners, stars = visitor.user.id, visitor.owners, int((message.text or "").strip())
    made = await visitor.clinic.change(ratings.rate, me, visit, stars, owners)
    await listen(state, visitor, RatingForm.words, _waits(made), visit=made.rating.visit)
    await say(message, rating.rated(visitor.texts, made))


async def more_words(
    message: Message, visitor: Visitor, account: Account, state: FSMContext
) -> None:
    """A talk is under way: what the patient writes, in whatever else they were, belongs to it."""
    case = await visitor.clinic.ask(talking.under_way, account)
    if case is not None:
        await listen(state, visitor, RatingForm.words, UPSET, visit=case.visit)
        await words(message, visitor, state)


async def talks(_message: Message, visitor: Visitor, account: Account | None = None) -> bool:
    """A filter: this person and the clinic talk about an open case."""
    return bool(account and await visitor.clinic.ask(talking.under_way, account))


async def words_for_stars(
    message: Message, visitor: Visitor, account: Account, state: FSMContext
) -> None:
    """Asked for stars, the patient has written: the words count, and the stars are asked again.

    A digit from 1 to 5 is the stars.
    """
    asked = await visitor.clinic.ask(ratings.unanswered, account)
    if asked is None:
        return
    visit = asked.visit.id
    if (message.text or "").strip() in STARS:
        await _rate_in_words(message, visitor, state, visit)
        return
    await pass_on(message, visitor, visit)
    await listen_on(message, visitor, state, visit=visit, unrated=1)
    branch = await visitor.clinic.ask(lambda tx: tx.branches.branch(asked.visit.branch))
    await say(message, rating.heard_unrated(visitor.texts, branch))
    await say(message, rating.question(visitor.texts, asked))


async def is_asked(_message: Message, visitor: Visitor, account: Account | None = None) -> bool:
    """A filter: a rating was asked in the last two days, and not given."""
    return bool(account and await visitor.clinic.ask(ratings.unanswered, account))


async def listen_on(message: Message, visitor: Visitor, state: FSMContext, **about: int) -> None:
    """What follows the first words goes the same way; the answer to them is said once."""
    await listen(state, visitor, RatingForm.words, UPSET, **about)
    await state.update_data(heard=message.media_group_id, promised=True)


async def pass_on(message: Message, visitor: Visitor, visit: int) -> Case | None:
    me, said = visitor.user.id, said_in(message)
    return await visitor.clinic.change(talking.say, me, visit, said, visitor.owners)


def routes() -> Router:
    router = Router(name="rating")
    press, text = router.callback_query, router.message
    press.register(rate, RatePress.filter())
    press.register(why, WhyPress.filter())
    press.register(how, CallPress.filter())
    press.register(write, SayPress.filter())
    text.register(words, RatingForm.words, WORDS, listened)
    text.register(more_words, StateFilter(None), registered, WORDS, talks)
    text.register(words_for_stars, StateFilter(None), registered, WORDS, is_asked)
    return router
