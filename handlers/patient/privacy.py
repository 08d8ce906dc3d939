"""«Мои данные»: see, take along, stop, erase."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.patient.forms import leave_form
from handlers.patient.registered import met
from handlers.show import below, say, turn
from handlers.visitor import Visitor
from loyalty import caring
from loyalty import privacy as rights
from loyalty.registration import answer_advertising
from screens import privacy
from screens.callbacks import GoPress, Place, PrivacyPress, PrivacyStep
from screens.screen import Screen


async def mine(message: Message, visitor: Visitor) -> None:
    await say(message, await _mine(visitor))


async def mine_inside(press: CallbackQuery, visitor: Visitor) -> None:
    await turn(press, await _mine(visitor))


async def _mine(visitor: Visitor) -> Screen:
    dossier = await visitor.clinic.ask(rights.dossier, visitor.user.id)
    return privacy.privacy(visitor.texts, dossier, visitor.signboard)


async def file(press: CallbackQuery, visitor: Visitor) -> None:
    dossier = await visitor.clinic.ask(rights.dossier, visitor.user.id)
    await turn(press, privacy.file(visitor.texts, dossier, visitor.signboard))


async def advertising(press: CallbackQuery, visitor: Visitor) -> None:
    await turn(press, privacy.advertising(visitor.texts, visitor.signboard))


async def advertising_on(press: CallbackQuery, visitor: Visitor) -> None:
    await visitor.clinic.change(answer_advertising, visitor.user.id, True)
    await turn(press, await _mine(visitor), visitor.texts.plain("privacy-advertising-is-on"))


async def advertising_off(press: CallbackQuery, visitor: Visitor) -> None:
    await visitor.clinic.change(answer_advertising, visitor.user.id, False)
    await turn(press, await _mine(visitor), visitor.texts.plain("privacy-advertising-is-off"))


async def care_on(press: CallbackQuery, visitor: Visitor) -> None:
    await visitor.clinic.change(caring.switch, visitor.user.id, True)
    await turn(press, await _mine(visitor), visitor.texts.plain("privacy-care-is-on"))


async def care_off(press: CallbackQuery, visitor: Visitor) -> None:
    await visitor.clinic.change(caring.switch, visitor.user.id, False)
    await turn(press, await _mine(visitor), visitor.texts.plain("privacy-care-is-off"))


async def withdraw(press: CallbackQuery, visitor: Visitor) -> None:
    await turn(press, privacy.withdraw(visitor.texts))


async def withdraw_surely(press: CallbackQuery, visitor: Visitor, state: FSMContext) -> None:
    await visitor.clinic.change(rights.withdraw, visitor.user.id)
    await state.clear()
    await turn(press, privacy.withdraw_edited(visitor.texts))
    await below(press, privacy.withdraw_done(visitor.texts))


async def erase(press: CallbackQuery, visitor: Visitor) -> None:
    dossier = await visitor.clinic.ask(rights.dossier, visitor.user.id)
    await turn(press, privacy.erase(visitor.texts, dossier.points))


async def erase_surely(press: CallbackQuery, visitor: Visitor, state: FSMContext) -> None:
    """Asks nothing of the account: run again after a crash, it is gone already."""
    await visitor.clinic.change(rights.erase, visitor.user.id)
    await state.clear()
    await turn(press, privacy.erase_edited(visitor.texts))
    await below(press, privacy.erase_done(visitor.texts))


def routes() -> Router:
    router = Router(name="privacy")
    router.message.middleware(leave_form)
    press, step = router.callback_query, PrivacyStep
    router.message.register(mine, Command("privacy"), met)
    press.register(mine_inside, GoPress.filter(F.to == Place.PRIVACY), met)
    press.register(file, PrivacyPress.filter(F.step == step.FILE))
    press.register(advertising, PrivacyPress.filter(F.step == step.ADVERTISING))
    press.register(advertising_on, PrivacyPress.filter(F.step == step.ADVERTISING_ON))
    press.register(advertising_off, PrivacyPress.filter(F.step == step.ADVERTISING_OFF))
    press.register(care_on, PrivacyPress.filter(F.step == step.CARE_ON))
    press.register(care_off, PrivacyPress.filter(F.step == step.CARE_OFF))
    press.register(withdraw, PrivacyPress.filter(F.step == step.WITHDRAW))
    press.register(withdraw_surely, PrivacyPress.filter(F.step == step.WITHDRAW_SURELY))
    press.register(erase, PrivacyPress.filter(F.step == step.ERASE))
    press.register(erase_surely, PrivacyPress.filter(F.step == step.ERASE_SURELY))
    return router
