"""«Мой код»: one message that shows the code, refreshed in place."""

import asyncio

from aiogram import F, Router
from aiogram.filters import Command, or_f
from aiogram.types import CallbackQuery, Message

from handlers.filters import When
from handlers.patient.forms import leave_form
from handlers.patient.registered import registered
from handlers.show import say, turn
from handlers.visitor import Visitor
from loyalty.desk import codes
from loyalty.desk.codes import CodeShown
from screens import code, menu
from screens.callbacks.desk_patient import CodePress
from screens.screen import Screen


async def show(message: Message, visitor: Visitor) -> None:
    shown = await visitor.clinic.change(codes.show, visitor.user.id)
    sent = await say(message, await _live(visitor, shown))
    await _stands_alone(visitor, sent.message_id)


async def renew(press: CallbackQuery, visitor: Visitor) -> None:
    shown = await visitor.clinic.change(codes.renew, visitor.user.id)
    words = visitor.texts.plain("code-kept") if shown.kept else None
    message = await turn(press, await _live(visitor, shown), words)
    if message is not None:
        await _stands_alone(visitor, message)


async def _live(visitor: Visitor, shown: CodeShown) -> Screen:
    me = await visitor.bot.me()
    picture = await asyncio.to_thread(code.drawn, shown, me.username or "")
    return code.live(visitor.texts, shown, visitor.signboard.zone, picture)


async def _stands_alone(visitor: Visitor, message: int) -> None:
    """One screen shows the code; the one before must not look valid any longer."""
    former = await visitor.clinic.change(codes.put_on_screen, visitor.user.id, message)
    if former is not None:
        await visitor.bot.delete_message(visitor.user.id, former)


def routes() -> Router:
    router = Router(name="code")
    router.message.middleware(leave_form)
    label = When(F.text.lower().in_(menu.code_labels()))
    router.message.register(show, or_f(Command("code"), label), registered)
    router.callback_query.register(renew, CodePress.filter(), registered)
    return router
