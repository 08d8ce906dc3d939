"""The one translator of refusals into sentences."""

from aiogram import Router
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import CallbackQuery, ErrorEvent

from handlers.patient.standing import reception
from handlers.show import LONGEST_TOAST, below, say
from handlers.visitor import Visitor
from loyalty.errors import OutOfTurnError, Refusal
from loyalty.statement import who
from screens.screen import Screen


async def out_of_turn(event: ErrorEvent, visitor: Visitor) -> None:
    """Shows where the person stands; the account is read anew, for it has just changed."""
    screen = await reception(visitor, await visitor.clinic.ask(who, visitor.user.id))
    press, message = event.update.callback_query, event.update.message
    if press:
        await press.answer(visitor.texts.plain("refusal-out-of-turn"))
        await below(press, screen)
    elif message:
        await say(message, screen)


async def refused(event: ErrorEvent, visitor: Visitor) -> None:
    refusal = event.exception
    assert isinstance(refusal, Refusal)  # noqa: S101 (the filter's promise, told to the types)
    press, message = event.update.callback_query, event.update.message
    if press:
        await _alert(press, visitor, refusal)
    elif message:
        await say(message, Screen(visitor.texts(refusal.text, **refusal.arguments)))


async def _alert(press: CallbackQuery, visitor: Visitor, refusal: Refusal) -> None:
    words = visitor.texts.plain(refusal.text, **refusal.arguments)
    if len(words) <= LONGEST_TOAST:
        await press.answer(words, show_alert=True)
    else:
        await press.answer()
        await below(press, Screen(visitor.texts(refusal.text, **refusal.arguments)))


def routes() -> Router:
    router = Router(name="errors")
    router.error.register(out_of_turn, ExceptionTypeFilter(OutOfTurnError))
    router.error.register(refused, ExceptionTypeFilter(Refusal))
    return router
