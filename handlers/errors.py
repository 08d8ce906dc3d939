"""The one translator of refusals into sentences."""

from aiogram import Router
from aiogram.filters import ExceptionTypeFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, ErrorEvent

from handlers import mistakes
from handlers.patient.standing import reception
from handlers.show import LONGEST_TOAST, below, say
from handlers.visitor import Visitor
from loyalty.errors import Kopecks, OutOfTurnError, Refusal
from loyalty.statement import who
from screens.formats import money
from screens.screen import Screen
from screens.texts import Texts


async def out_of_turn(event: ErrorEvent, visitor: Visitor) -> None:
    """Shows where the person stands; the account is read anew, for it has just changed."""
    screen = await reception(visitor, await visitor.clinic.ask(who, visitor.user.id))
    press, message = event.update.callback_query, event.update.message
    if press:
        await press.answer(visitor.texts.plain("refusal-out-of-turn"))
        await below(press, screen)
    elif message:
        await say(message, screen)


async def refused(event: ErrorEvent, visitor: Visitor, state: FSMContext) -> None:
    refusal = event.exception
    assert isinstance(refusal, Refusal)  # noqa: S101 (the filter's promise, told to the types)
    press, message = event.update.callback_query, event.update.message
    if press:
        await _alert(press, visitor, refusal)
    elif message:
        words = visitor.texts(refusal.text, **_arguments(visitor.texts, refusal))
        await mistakes.note(state, message, await say(message, Screen(words)))


def _arguments(texts: Texts, refusal: Refusal) -> dict[str, str | int]:
    return {
        name: money(value, texts) if isinstance(value, Kopecks) else value
        for name, value in refusal.arguments.items()
    }


async def _alert(press: CallbackQuery, visitor: Visitor, refusal: Refusal) -> None:
    arguments = _arguments(visitor.texts, refusal)
    words = visitor.texts.plain(refusal.text, **arguments)
    if len(words) <= LONGEST_TOAST:
        await press.answer(words, show_alert=True)
    else:
        await press.answer()
        await below(press, Screen(visitor.texts(refusal.text, **arguments)))


def routes() -> Router:
    router = Router(name="errors")
    router.error.register(out_of_turn, ExceptionTypeFilter(OutOfTurnError))
    router.error.register(refused, ExceptionTypeFilter(Refusal))
    return router
