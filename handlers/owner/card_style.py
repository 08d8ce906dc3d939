"""An owner chooses how the clinic's cards look: a colour, a logo sent as a picture."""

import asyncio
from io import BytesIO

from aiogram import F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Document, Message, PhotoSize

from handlers.filters import When
from handlers.owner.start import by_owner
from handlers.patient.forms import remember_question, strip_question
from handlers.show import say, turn
from handlers.visitor import Visitor
from loyalty import styling
from loyalty.cards import NotAPictureError
from loyalty.desk import programmes
from screens import card_style
from screens.callbacks.recommending import CardLogoPress, CardStylePress
from screens.logos import LARGEST_SENT, prepared
from screens.screen import Screen


class LogoForm(StatesGroup):
    picture = State()


async def page(press: CallbackQuery, visitor: Visitor, state: FSMContext) -> None:
    await state.clear()
    await turn(press, await _page(visitor))


async def colour(press: CallbackQuery, callback_data: CardStylePress, visitor: Visitor) -> None:
    assert callback_data.colour  # noqa: S101 (the filter's promise, told to the types)
    await visitor.clinic.change(styling.choose_colour, visitor.user.id, callback_data.colour)
    await turn(press, await _page(visitor))


async def no_logo(press: CallbackQuery, visitor: Visitor) -> None:
    await visitor.clinic.change(styling.put_logo, visitor.user.id, None)
    await turn(press, await _page(visitor))


async def ask_logo(press: CallbackQuery, visitor: Visitor, state: FSMContext) -> None:
    await state.set_state(LogoForm.picture)
    await press.answer()
    if press.message:
        question = await say(press.message, card_style.ask_logo(visitor.texts))
        await remember_question(state, question)


async def logo_sent(message: Message, visitor: Visitor, state: FSMContext) -> None:
    """A picture that can't be read is refused, and the form stays open for another."""
    sent = message.photo[-1] if message.photo else message.document
    assert sent  # noqa: S101 (the filter's promise, told to the types)
    picture = await asyncio.to_thread(prepared, await _fetched(visitor, sent))
    await visitor.clinic.change(styling.put_logo, visitor.user.id, picture)
    await strip_question(state, message)
    await state.clear()
    await say(message, await _page(visitor))


async def _fetched(visitor: Visitor, sent: PhotoSize | Document) -> bytes:
    """Raises NotAPictureError: larger than a logo can be, or Telegram has it no longer."""
    if (sent.file_size or 0) > LARGEST_SENT:
        raise NotAPictureError
    file = BytesIO()
    try:
        await visitor.bot.download(sent, file)
    except TelegramBadRequest as gone:
        raise NotAPictureError from gone
    return file.getvalue()


async def _page(visitor: Visitor) -> Screen:
    style = await visitor.clinic.ask(styling.style)
    logo = await visitor.clinic.ask(styling.logo) if style.logo else None
    programme = await visitor.clinic.ask(programmes.in_force)
    me = await visitor.bot.me()
    picture = await asyncio.to_thread(
        card_style.example,
        *(visitor.texts, visitor.signboard, programme, style, logo, me.username or ""),
    )
    return card_style.page(visitor.texts, style, picture)


def routes() -> Router:
    router = Router(name="owner-card-style")
    text, press = router.message, router.callback_query
    text.filter(by_owner)
    press.filter(by_owner)
    text.register(logo_sent, LogoForm.picture, When(F.photo | F.document))
    press.register(colour, CardStylePress.filter(F.colour))
    press.register(page, CardStylePress.filter())
    press.register(no_logo, CardLogoPress.filter(F.remove))
    press.register(ask_logo, CardLogoPress.filter())
    return router
