"""An owner opens the bot in private, or a manager who isn't a patient."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message, TelegramObject

from handlers import commands
from handlers.missed import send_missed
from handlers.patient.forms import leave_form
from handlers.patient.standing import decider_screen, owner_screen, runs_a_branch, standing
from handlers.patient.start import remember_link
from handlers.show import below, say, turn
from handlers.visitor import Visitor
from loyalty.people import Account
from screens import owner
from screens.callbacks import AsPatientPress
from screens.callbacks.team import AsOwnerPress


async def by_owner(_event: TelegramObject, is_owner: bool = False) -> bool:
    return is_owner


async def decides(_event: TelegramObject, visitor: Visitor) -> bool:
    return visitor.is_owner or await runs_a_branch(visitor)


async def only_manages(
    _event: TelegramObject, visitor: Visitor, account: Account | None = None
) -> bool:
    """Manages, and is no patient: a patient's menu is what a patient comes for."""
    consented = account is not None and account.consented
    return not (visitor.is_owner or consented) and await runs_a_branch(visitor)


async def start(
    message: Message, command: CommandObject, visitor: Visitor, account: Account | None
) -> None:
    account = await remember_link(command, visitor, account)
    await say(message, await owner_screen(visitor, account))
    await send_missed(visitor)
    await commands.publish_for(visitor)


async def managers_start(message: Message, visitor: Visitor, account: Account | None) -> None:
    """A link is followed by who wants to be a patient: it goes its usual way."""
    await say(message, await decider_screen(visitor, account))
    await send_missed(visitor)
    await commands.publish_for(visitor)


async def connect(message: Message, visitor: Visitor, account: Account | None) -> None:
    """The command belongs into a group: the way there is a button of the owner's screen."""
    await say(message, await owner_screen(visitor, account))


async def as_patient(press: CallbackQuery, visitor: Visitor, account: Account | None) -> None:
    await turn(press, owner.as_patient(visitor.texts, is_owner=visitor.is_owner))
    await below(press, await standing(visitor, account))
    if visitor.is_owner:  # a manager's commands are a patient's as well
        menu = commands.commands(visitor.texts)
        await commands.publish_in_chat(visitor.bot, visitor.user.id, menu)


async def as_owner(press: CallbackQuery, visitor: Visitor, account: Account | None) -> None:
    """Or as the manager."""
    await turn(press, await decider_screen(visitor, account))
    await commands.publish_for(visitor)


def routes() -> Router:
    router = Router(name="owner-start")
    router.message.middleware(leave_form)
    router.message.register(start, Command("start"), by_owner)
    plain = Command("start", magic=F.args.is_(None))
    router.message.register(managers_start, plain, only_manages)
    router.message.register(connect, Command("connect"), by_owner)
    router.callback_query.register(as_patient, AsPatientPress.filter(), decides)
    router.callback_query.register(as_owner, AsOwnerPress.filter(), decides)
    return router
