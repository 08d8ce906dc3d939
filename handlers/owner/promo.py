"""An owner reads what advertising means for the clinic, and lets it leave, or stops it."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import When
from handlers.owner.settings import called
from handlers.owner.start import by_owner
from handlers.patient.forms import remember_question
from handlers.show import turn
from handlers.staff.posting import answer_in_place
from handlers.visitor import Visitor
from loyalty.desk import promoting
from loyalty.promo import Promo
from screens import promo_page
from screens.callbacks.settings import PromoPress, PromoStep
from screens.screen import Screen


class PromoForm(StatesGroup):
    marker = State()


async def page(press: CallbackQuery, visitor: Visitor, state: FSMContext) -> None:
    await state.clear()
    promo = await visitor.clinic.ask(promoting.standing)
    await turn(press, await _page(visitor, promo))


async def _page(visitor: Visitor, promo: Promo) -> Screen:
    name = "" if promo.by is None else await called(visitor, promo.by)
    return promo_page.page(visitor.texts, promo, visitor.signboard, name)


async def ask(press: CallbackQuery, visitor: Visitor) -> None:
    promo = await visitor.clinic.ask(promoting.standing)
    screen = await _page(visitor, promo) if promo.on else promo_page.surely(visitor.texts, promo)
    await turn(press, screen)


async def switch_on(press: CallbackQuery, callback_data: PromoPress, visitor: Visitor) -> None:
    version = callback_data.version or 0
    promo = await visitor.clinic.change(promoting.switch_on, visitor.user.id, version)
    await turn(press, await _page(visitor, promo), visitor.texts.plain("promo-is-on"))


async def switch_off(press: CallbackQuery, visitor: Visitor) -> None:
    promo = await visitor.clinic.change(promoting.switch_off, visitor.user.id)
    await turn(press, await _page(visitor, promo), visitor.texts.plain("promo-is-off"))


async def ask_marker(press: CallbackQuery, visitor: Visitor, state: FSMContext) -> None:
    await state.set_state(PromoForm.marker)
    await remember_question(state, press.message)
    await turn(press, promo_page.ask_marker(visitor.texts))


async def marker_written(message: Message, visitor: Visitor, state: FSMContext) -> None:
    """The form stays open where the words are no token: they are sent again, mended."""
    me, words = visitor.user.id, message.text or ""
    promo = await visitor.clinic.change(promoting.put_marker, me, words)
    await answer_in_place(message, state, await _page(visitor, promo))


async def no_marker(press: CallbackQuery, visitor: Visitor) -> None:
    promo = await visitor.clinic.change(promoting.put_marker, visitor.user.id, None)
    await turn(press, await _page(visitor, promo))


def routes() -> Router:
    router = Router(name="owner-promo")
    text, press, step = router.message, router.callback_query, PromoStep
    text.filter(by_owner)
    press.filter(by_owner)
    text.register(marker_written, PromoForm.marker, When(F.text & ~F.text.startswith("/")))
    press.register(page, PromoPress.filter(F.step == step.PAGE))
    press.register(ask, PromoPress.filter(F.step == step.ASK))
    press.register(switch_on, PromoPress.filter(F.step == step.ON))
    press.register(switch_off, PromoPress.filter(F.step == step.OFF))
    press.register(ask_marker, PromoPress.filter(F.step == step.MARKER))
    press.register(no_marker, PromoPress.filter(F.step == step.NO_MARKER))
    return router
