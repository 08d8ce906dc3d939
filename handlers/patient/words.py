"""What a patient writes of a visit: in place of stars or a tap, after them, and in the talk."""

from datetime import UTC, datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.patient.rating import UPSET, RatingForm, thanks, waits_for_words
from handlers.patient.registered import registered
from handlers.show import say
from handlers.spoken import WORDS, listen, listened, said_in
from handlers.visitor import Visitor
from loyalty import ratings
from loyalty.addressing import Addressed, Question, Talk, addressed, branch_of
from loyalty.cases import talking
from loyalty.opinions import Case
from loyalty.people import Account
from loyalty.ratings import RatingFacts
from screens import aftercare, rating
from screens.screen import Screen
from screens.texts import Texts

STARS = {"1", "2", "3", "4", "5"}


async def words(message: Message, visitor: Visitor, account: Account, state: FSMContext) -> None:
    about = await _about(message, visitor, account, state)
    if about is None:
        return
    said = (message.text or "").strip()
    if about.stars and said in STARS:
        await _rate(message, visitor, state, about.visit, int(said))
        return
    case = await _pass_on(message, visitor, about.visit)
    if about.question is not None:
        await _answer_first(message, visitor, state, about.question)
    else:
        await _answer_on(message, visitor, state, about.visit, case)


async def _answer_first(
    message: Message, visitor: Visitor, state: FSMContext, question: Question
) -> None:
    """Nobody knows yet what the words are: what can't wait has the phone. It is asked once more."""
    await _listen_on(message, visitor, state, question.visit.id)
    branch = await visitor.clinic.ask(branch_of, question.visit.id)
    await say(message, rating.heard_unrated(visitor.texts, branch))
    await say(message, _asked_again(visitor.texts, question))


def _asked_again(texts: Texts, question: Question) -> Screen:
    if isinstance(question, RatingFacts):
        return rating.question(texts, question)
    return aftercare.question(texts, question)


async def _answer_on(
    message: Message, visitor: Visitor, state: FSMContext, visit: int, case: Case | None
) -> None:
    """An answer is promised once, and an album is one thing that was said."""
    before = await state.get_data() if await _listens(message, state, visit) else {}
    if not before:
        await listen(state, visitor, RatingForm.words, UPSET, visit=visit)
    album = message.media_group_id
    await state.update_data(heard=album, promised=True)
    if album is not None and album == before.get("heard"):
        return
    if before.get("promised"):
        await say(message, rating.heard(visitor.texts))
    else:
        branch = await visitor.clinic.ask(branch_of, visit)
        await say(message, rating.heard_first(visitor.texts, case, branch))


async def _listen_on(message: Message, visitor: Visitor, state: FSMContext, visit: int) -> None:
    await listen(state, visitor, RatingForm.words, UPSET, visit=visit)
    await state.update_data(heard=message.media_group_id, promised=True)


async def _rate(
    message: Message, visitor: Visitor, state: FSMContext, visit: int, stars: int
) -> None:
    me, owners = visitor.user.id, visitor.owners
    made = await visitor.clinic.change(ratings.rate, me, visit, stars, owners)
    if not made.stands:
        await say(message, rating.stands_said(visitor.texts, made))
        return
    waits = waits_for_words(made)
    await listen(state, visitor, RatingForm.words, waits, visit=made.rating.visit)
    await say(message, await thanks(visitor, made))


async def _pass_on(message: Message, visitor: Visitor, visit: int) -> Case | None:
    me, said = visitor.user.id, said_in(message)
    return await visitor.clinic.change(talking.say, me, visit, said, visitor.owners)


async def of_a_visit(
    message: Message, visitor: Visitor, state: FSMContext, account: Account | None = None
) -> bool:
    """A filter: the words are about a visit."""
    return bool(account and await _about(message, visitor, account, state))


async def _about(
    message: Message, visitor: Visitor, account: Account, state: FSMContext
) -> Addressed | None:
    source, listening = said_in(message).source, await _listening(message, state)
    return await visitor.clinic.ask(addressed, account, source, listening)


async def _listening(message: Message, state: FSMContext) -> Talk | None:
    """What more was asked for; what is written too late is something else again."""
    if await state.get_state() != RatingForm.words.state or not await listened(message, state):
        return None
    data = await state.get_data()
    return Talk(data["visit"], datetime.fromtimestamp(data.get("since", 0), UTC))


async def _listens(message: Message, state: FSMContext, visit: int) -> bool:
    talk = await _listening(message, state)
    return talk is not None and talk.visit == visit


def routes() -> Router:
    router = Router(name="words")
    nothing_else = StateFilter(None, RatingForm.words)
    router.message.register(words, nothing_else, registered, WORDS, of_a_visit)
    return router
