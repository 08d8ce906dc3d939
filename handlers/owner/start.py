"""An owner opens the bot in private."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.patient.forms import leave_form
from handlers.patient.standing import owner_screen, standing
from handlers.patient.start import remember_link
from handlers.show import say, turn
from handlers.visitor import Visitor
from loyalty.people import Account
from screens.callbacks import AsPatientPress


async def by_owner(_message: Message, is_owner: bool = False) -> bool:
    return is_owner


async def start(
    message: Message, command: CommandObject, visitor: Visitor, account: Account | None
) -> None:
    await remember_link(command, visitor, account)
    await say(message, await owner_screen(visitor))


async def as_patient(press: CallbackQuery, visitor: Visitor, account: Account | None) -> None:
    await turn(press, await standing(visitor, account))


def routes() -> Router:
    router = Router(name="owner-start")
    router.message.middleware(leave_form)
    router.message.register(start, Command("start"), by_owner)
    router.callback_query.register(as_patient, AsPatientPress.filter())
    return router
