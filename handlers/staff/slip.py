"""An invitation with a QR for a patient without Telegram, to print or to show."""

import asyncio

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from aiogram.utils.deep_linking import create_start_link

from handlers.show import say
from handlers.staff.card import working
from handlers.staff.desk import Desk, at_desk
from handlers.visitor import Visitor
from loyalty.desk import slips
from screens import slip as screens
from screens.callbacks.corrections import Correction, CorrectPress
from screens.texts import Texts


async def invite(
    press: CallbackQuery,
    callback_data: CorrectPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
) -> None:
    by, _ = working(desk)
    slip = await visitor.clinic.change(slips.make, by, callback_data.visit)
    link = await create_start_link(visitor.bot, slip.payload)
    screen = await asyncio.to_thread(screens.slip, staff_texts, slip, link)
    if isinstance(press.message, Message):
        await say(press.message, screen)
    await press.answer()


def routes() -> Router:
    router = Router(name="staff-slip")
    router.callback_query.register(invite, CorrectPress.filter(F.what == Correction.SLIP), at_desk)
    return router
