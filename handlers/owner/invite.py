"""An owner takes a workbook of personal invitations."""

import asyncio

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.owner.start import by_owner
from handlers.patient.forms import leave_form
from handlers.show import below, say, turn
from handlers.visitor import Visitor
from loyalty import inviting
from loyalty.inviting import Invited
from screens import invite
from screens.callbacks.kit import InvitePress
from screens.screen import Screen
from screens.texts import Texts


async def invitations(message: Message, visitor: Visitor) -> None:
    await say(message, await _invitations(visitor))


async def invitations_inside(press: CallbackQuery, visitor: Visitor) -> None:
    await turn(press, await _invitations(visitor))


async def _invitations(visitor: Visitor) -> Screen:
    return invite.invitations(visitor.texts, await visitor.clinic.ask(inviting.invitations))


async def file(press: CallbackQuery, visitor: Visitor, staff_texts: Texts) -> None:
    """An SMS speaks the clinic's language, whatever the owner's is."""
    await press.answer(visitor.texts.plain("kit-making"))
    invited = await _everybody(visitor)
    if not invited:  # the last of them has come meanwhile
        await below(press, await _invitations(visitor))
        return
    name = (await visitor.bot.me()).username or ""
    made = await asyncio.to_thread(
        invite.drawn_up, visitor.texts, staff_texts, invited, visitor.signboard, name
    )
    await below(press, invite.file(visitor.texts, len(invited), made))


async def _everybody(visitor: Visitor) -> list[Invited]:
    """In many transactions, so that nobody waits for all the links."""
    everybody: list[Invited] = []
    while some := await visitor.clinic.change(inviting.invite, _last(everybody)):
        everybody += some
    return everybody


def _last(invited: list[Invited]) -> int:
    return invited[-1].patient if invited else 0


def routes() -> Router:
    router = Router(name="owner-invite")
    router.message.middleware(leave_form)
    router.message.filter(by_owner)
    router.callback_query.filter(by_owner)
    router.message.register(invitations, Command("invite"))
    router.callback_query.register(file, InvitePress.filter(F.file))
    router.callback_query.register(invitations_inside, InvitePress.filter())
    return router
