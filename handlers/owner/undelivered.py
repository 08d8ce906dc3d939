"""An owner looks at what didn't arrive, and sends it again."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.owner.start import by_owner
from handlers.show import turn
from handlers.visitor import Visitor
from loyalty import undelivered as letters
from screens import undelivered
from screens.callbacks.undelivered import LostLetterPress, LostPress, SendAgainPress
from screens.screen import Screen


async def page(press: CallbackQuery, callback_data: LostPress, visitor: Visitor) -> None:
    await turn(press, await _page(visitor, callback_data.skip))


async def _page(visitor: Visitor, skip: int = 0) -> Screen:
    found = await visitor.clinic.ask(letters.page, skip)
    return undelivered.page(visitor.texts, found, skip, visitor.signboard.zone)


async def letter(press: CallbackQuery, callback_data: LostLetterPress, visitor: Visitor) -> None:
    one = await visitor.clinic.ask(letters.one, callback_data.letter)
    await turn(press, undelivered.letter(visitor.texts, one, visitor.signboard.zone))


async def again(press: CallbackQuery, callback_data: SendAgainPress, visitor: Visitor) -> None:
    await visitor.clinic.change(letters.send_again, callback_data.letter)
    await turn(press, await _page(visitor), visitor.texts.plain("lost-goes-again"))


def routes() -> Router:
    router = Router(name="owner-undelivered")
    router.callback_query.filter(by_owner)
    router.callback_query.register(page, LostPress.filter())
    router.callback_query.register(letter, LostLetterPress.filter())
    router.callback_query.register(again, SendAgainPress.filter())
    return router
