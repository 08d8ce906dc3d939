"""The clinic's own page, and the language it speaks to the person."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.commands import publish_for
from handlers.filters import When
from handlers.patient.forms import leave_form
from handlers.patient.registered import registered
from handlers.patient.standing import reception
from handlers.show import below, say, turn
from handlers.visitor import Visitor
from loyalty.desk import branch_page
from loyalty.registration import choose_language
from screens import clinic as pages
from screens import menu
from screens.callbacks import GoPress, LanguagePress, Place
from screens.callbacks.branch_page import AtBranchPress
from screens.screen import Screen
from screens.texts import LANGUAGES, texts_in


async def clinic(message: Message, visitor: Visitor) -> None:
    await say(message, await _page(visitor))


async def clinic_inside(press: CallbackQuery, visitor: Visitor) -> None:
    await turn(press, await _page(visitor))


async def _page(visitor: Visitor) -> Screen:
    branches = await visitor.clinic.ask(branch_page.shown)
    return pages.clinic(visitor.texts, visitor.signboard, branches)


async def branch(press: CallbackQuery, callback_data: AtBranchPress, visitor: Visitor) -> None:
    one = await visitor.clinic.ask(branch_page.shown_one, callback_data.branch)
    await turn(press, pages.branch(visitor.texts, one))


async def language(message: Message, visitor: Visitor) -> None:
    await say(message, menu.language(visitor.texts, None))


async def language_inside(press: CallbackQuery, callback_data: GoPress, visitor: Visitor) -> None:
    await turn(press, menu.language(visitor.texts, callback_data.origin))


async def language_chosen(
    press: CallbackQuery, callback_data: LanguagePress, visitor: Visitor
) -> None:
    account = await visitor.clinic.change(choose_language, visitor.user.id, callback_data.language)
    visitor = replace(visitor, texts=texts_in(callback_data.language))
    await turn(press, menu.language_chosen(visitor.texts, callback_data.origin))
    await publish_for(visitor)
    if account.registered:
        await below(press, menu.language_menu(visitor.texts))
    else:
        await below(press, await reception(visitor, account))


def routes() -> Router:
    router = Router(name="clinic")
    router.message.middleware(leave_form)
    text, press = router.message, router.callback_query
    text.register(clinic, When(F.text.lower().in_(menu.clinic_labels())), registered)
    text.register(language, Command("language"))
    press.register(clinic_inside, GoPress.filter(F.to == Place.CLINIC), registered)
    press.register(branch, AtBranchPress.filter(), registered)
    press.register(language_inside, GoPress.filter(F.to == Place.LANGUAGE))
    press.register(language_chosen, LanguagePress.filter(F.language.in_(LANGUAGES)))
    return router
