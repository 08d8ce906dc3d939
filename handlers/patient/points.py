"""The balance, the history, and how it all works."""

from aiogram import F, Router
from aiogram.filters import Command, or_f
from aiogram.types import CallbackQuery, Message

from handlers.filters import When
from handlers.patient.forms import leave_form
from handlers.patient.registered import registered
from handlers.patient.standing import reception
from handlers.show import say, turn
from handlers.visitor import Visitor
from loyalty import statement
from loyalty.desk.programmes import in_force
from loyalty.people import Account
from screens import menu, points
from screens.callbacks import GoPress, HistoryPress, Place
from screens.screen import Screen


async def balance(message: Message, visitor: Visitor, account: Account) -> None:
    await say(message, await _balance(visitor, account))


async def balance_inside(press: CallbackQuery, visitor: Visitor, account: Account) -> None:
    await turn(press, await _balance(visitor, account))


async def _balance(visitor: Visitor, account: Account) -> Screen:
    stated = await visitor.clinic.ask(statement.statement, wallet_of(account))
    return points.balance(visitor.texts, stated)


async def history(message: Message, visitor: Visitor, account: Account) -> None:
    await say(message, await _history(visitor, account, 0))


async def history_inside(
    press: CallbackQuery, callback_data: HistoryPress, visitor: Visitor, account: Account
) -> None:
    await turn(press, await _history(visitor, account, callback_data.page))


async def _history(visitor: Visitor, account: Account, number: int) -> Screen:
    page = await visitor.clinic.ask(statement.history, wallet_of(account), number)
    return points.history(visitor.texts, page, visitor.signboard.zone)


def wallet_of(account: Account) -> int:
    assert account.wallet is not None  # noqa: S101 (the filter let only the registered in)
    return account.wallet


async def how_it_works(message: Message, visitor: Visitor, account: Account | None) -> None:
    """For anyone; who is new here is then asked on."""
    programme = await visitor.clinic.ask(in_force)
    await say(message, points.how_it_works(visitor.texts, programme))
    if not await registered(message, account):
        await say(message, await reception(visitor, account))


async def how_it_works_inside(
    press: CallbackQuery, callback_data: GoPress, visitor: Visitor
) -> None:
    programme = await visitor.clinic.ask(in_force)
    await turn(press, points.how_it_works(visitor.texts, programme, callback_data.origin))


def routes() -> Router:
    router = Router(name="points")
    router.message.middleware(leave_form)
    text, press = router.message, router.callback_query
    label = When(F.text.lower().in_(menu.points_labels()))
    text.register(balance, or_f(Command("balance"), label), registered)
    text.register(history, Command("history"), registered)
    text.register(how_it_works, Command("help"))
    press.register(balance_inside, GoPress.filter(F.to == Place.BALANCE), registered)
    press.register(history_inside, HistoryPress.filter(), registered)
    press.register(how_it_works_inside, GoPress.filter(F.to == Place.HELP))
    return router
