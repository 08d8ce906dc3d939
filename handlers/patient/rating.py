"""The rating after a visit: a tap, what went wrong, own words, and the talk about it."""

from aiogram import F, Router
from aiogram.enums import ContentType
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import When
from handlers.patient.anything import rest_of_album
from handlers.patient.registered import registered
from handlers.show import below, say, turn
from handlers.visitor import Visitor
from loyalty import ratings
from loyalty.cases import opening, talking
from loyalty.cases.talking import Said
from loyalty.errors import OutOfTurnError
from loyalty.people import Account
from loyalty.ports import Transaction
from screens import rating
from screens.callbacks.rating import CallPress, RatePress, SayPress, WhyPress

# What can be passed on as it is, with who says it above.
SPOKEN = {
    ContentType.TEXT,
    ContentType.VOICE,
    ContentType.PHOTO,
    ContentType.VIDEO,
    ContentType.VIDEO_NOTE,
    ContentType.AUDIO,
    ContentType.DOCUMENT,
}
WORDS = When(F.content_type.in_(SPOKEN) & ~F.text.startswith("/"))


class RatingForm(StatesGroup):
    words = State()


async def rate(
    press: CallbackQuery, callback_data: RatePress, visitor: Visitor, state: FSMContext
) -> None:
    visit, stars = callback_data.visit, callback_data.stars
    me, owners = visitor.user.id, visitor.owners
    made = await visitor.clinic.change(ratings.rate, me, visit, stars, owners)
    if not made.first:
        await press.answer(rating.stands(visitor.texts, made), show_alert=True)
        return
    await _await_words(state, visit)
    await turn(press, rating.rated(visitor.texts, made))


async def why(
    press: CallbackQuery, callback_data: WhyPress, visitor: Visitor, state: FSMContext
) -> None:
    case = await visitor.clinic.change(
        opening.say_why, visitor.user.id, callback_data.visit, callback_data.why
    )
    await _await_words(state, case.visit)
    branch = await visitor.clinic.ask(lambda tx: tx.branches.branch(case.branch))
    await turn(press, rating.how_to_answer(visitor.texts, case, branch))


async def how(
    press: CallbackQuery, callback_data: CallPress, visitor: Visitor, state: FSMContext
) -> None:
    case = await visitor.clinic.change(
        opening.say_how, visitor.user.id, callback_data.visit, callback_data.call
    )
    await _await_words(state, case.visit)
    branch = await visitor.clinic.ask(lambda tx: tx.branches.branch(case.branch))
    await turn(press, rating.passed_on(visitor.texts, case, branch))


async def write(
    press: CallbackQuery, callback_data: SayPress, visitor: Visitor, state: FSMContext
) -> None:
    """«Ответить» under the clinic's words."""
    await visitor.clinic.ask(_rated_by, visitor.user.id, callback_data.visit)
    await _await_words(state, callback_data.visit)
    await below(press, rating.write_now(visitor.texts))
    await press.answer()


def _rated_by(tx: Transaction, telegram: int, visit: int) -> None:
    """Raises OutOfTurnError."""
    account, found = tx.people.account_of(telegram), ratings.standing(tx, visit)
    if account is None or account.id != found.account:
        raise OutOfTurnError


async def words(message: Message, visitor: Visitor, state: FSMContext) -> None:
    """Own words after the stars; more may follow."""
    visit: int = (await state.get_data())["visit"]
    await _pass_on(message, visitor, state, visit)


async def more_words(
    message: Message, visitor: Visitor, state: FSMContext, account: Account
) -> None:
    """The clinic has answered: what the patient writes now belongs to that talk."""
    case = await visitor.clinic.ask(talking.under_way, account)
    if case is not None:
        await _pass_on(message, visitor, state, case.visit)


async def talks(_message: Message, visitor: Visitor, account: Account | None = None) -> bool:
    """A filter: the clinic has answered this person in an open case."""
    return bool(account and await visitor.clinic.ask(talking.under_way, account))


async def _pass_on(message: Message, visitor: Visitor, state: FSMContext, visit: int) -> None:
    said = said_in(message)
    case = await visitor.clinic.change(talking.say, visitor.user.id, visit, said, visitor.owners)
    if not await rest_of_album(message, state):
        await say(message, rating.heard(visitor.texts, case=case is not None))


def said_in(message: Message) -> Said:
    return Said(message.chat.id, message.message_id, message.text)


async def _await_words(state: FSMContext, visit: int) -> None:
    await state.set_state(RatingForm.words)
    await state.set_data({"visit": visit})


def routes() -> Router:
    router = Router(name="rating")
    press, text = router.callback_query, router.message
    press.register(rate, RatePress.filter())
    press.register(why, WhyPress.filter())
    press.register(how, CallPress.filter())
    press.register(write, SayPress.filter())
    text.register(words, RatingForm.words, WORDS)
    text.register(more_words, registered, WORDS, talks)
    return router
