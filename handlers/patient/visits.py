"""The patient's visits, and what they say against one."""

from collections.abc import Collection

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from handlers.patient.forms import leave_form
from handlers.patient.registered import registered
from handlers.show import say, turn
from handlers.visitor import Visitor
from loyalty import statement
from loyalty.desk import complaints
from loyalty.desk.complaints import Heard
from loyalty.people import Account
from screens import visits
from screens.callbacks.desk_patient import ComplaintPress, VisitsPress
from screens.screen import Screen
from screens.texts import Texts


async def show(message: Message, visitor: Visitor, account: Account) -> None:
    await say(message, await _page(visitor, account, 0))


async def show_inside(
    press: CallbackQuery, callback_data: VisitsPress, visitor: Visitor, account: Account
) -> None:
    await turn(press, await _page(visitor, account, callback_data.page))


async def _page(visitor: Visitor, account: Account, number: int) -> Screen:
    page = await visitor.clinic.ask(statement.visits, account, number)
    return visits.visits(visitor.texts, page)


async def complain(
    press: CallbackQuery,
    callback_data: ComplaintPress,
    visitor: Visitor,
    owners: Collection[int],
) -> None:
    """What happens next comes as a letter: it is sent once, however often this is pressed."""
    visit, said, me = callback_data.visit, callback_data.complaint, visitor.user.id
    heard = await visitor.clinic.change(complaints.complain, me, visit, said, owners)
    await _take_button_away(press)
    await press.answer(_toast(visitor.texts, heard), show_alert=heard is not Heard.NOTED)


def _toast(texts: Texts, heard: Heard) -> str:
    match heard:
        case Heard.NOTED:
            return texts.plain("complaint-toast")
        case Heard.BEFORE:
            return texts.plain("complaint-before")
    return texts.plain("complaint-cancelled")


async def _take_button_away(press: CallbackQuery) -> None:
    """The receipt stays; what has been said can't be said again."""
    if not isinstance(press.message, Message) or press.message.reply_markup is None:
        return
    rows = press.message.reply_markup.inline_keyboard
    left = [[key for key in row if key.callback_data != press.data] for row in rows]
    keyboard = InlineKeyboardMarkup(inline_keyboard=[row for row in left if row])
    await press.message.edit_reply_markup(reply_markup=keyboard)


def routes() -> Router:
    router = Router(name="visits")
    router.message.middleware(leave_form)
    router.message.register(show, Command("visits"), registered)
    router.callback_query.register(show_inside, VisitsPress.filter(), registered)
    router.callback_query.register(complain, ComplaintPress.filter())
    return router
