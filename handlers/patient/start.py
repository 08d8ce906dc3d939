"""The first press of «Начать», and every later one; consent."""

import re

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.missed import send_missed
from handlers.patient.forms import leave_form
from handlers.patient.registered import registered
from handlers.patient.standing import greeted, home, standing
from handlers.show import below, say, turn
from handlers.visitor import Visitor
from loyalty import arriving
from loyalty.people import Account
from loyalty.registration import CONSENT_VERSION, consent, next_question
from loyalty.sources import arrive
from screens import arriving as by_card
from screens import code, registration
from screens.callbacks import ConsentPress, ConsentStep

# Links that lead to registration; a patient's own code is a matter of staff, the rest was typed.
PATIENTS_CODE = "p_"
REMEMBERED = re.compile(r"[sirv]_[A-Za-z0-9_-]{1,62}")


async def start(
    message: Message, command: CommandObject, visitor: Visitor, account: Account | None
) -> None:
    account = await remember_link(command, visitor, account)
    screen = await standing(visitor, account)
    if said := await visitor.clinic.ask(arriving.pressed, account, command.args or ""):
        screen = by_card.after_press(visitor.texts, said, screen)
    await say(message, screen)
    await send_missed(visitor)


async def remember_link(
    command: CommandObject, visitor: Visitor, account: Account | None
) -> Account | None:
    """A link counts from its first press, whatever the person does next."""
    if command.args and REMEMBERED.fullmatch(command.args):
        return await visitor.clinic.change(arrive, visitor.user.id, command.args)
    return account


async def somebodys_code(message: Message, visitor: Visitor, account: Account | None) -> None:
    """The QR on a patient's screen, read by a phone that isn't the desk's."""
    await say(message, code.for_staff(visitor.texts))
    if not await registered(message, account):
        await say(message, await standing(visitor, account))


async def full_text(press: CallbackQuery, visitor: Visitor) -> None:
    await turn(press, registration.full_consent(visitor.texts, visitor.signboard))


async def greeting(press: CallbackQuery, visitor: Visitor, account: Account | None) -> None:
    await turn(press, await greeted(visitor, account))


async def cancel(press: CallbackQuery, visitor: Visitor, account: Account | None) -> None:
    if account and account.consented:
        await turn(press, registration.consent_stands(visitor.texts))
    else:
        await turn(press, registration.consent_cancelled(visitor.texts))


async def agree(press: CallbackQuery, callback_data: ConsentPress, visitor: Visitor) -> None:
    version = callback_data.version or CONSENT_VERSION
    spoken = visitor.texts.language
    account = await visitor.clinic.change(consent, visitor.user.id, version, spoken)
    await turn(press, registration.consent_given(visitor.texts))
    if account.registered:  # consent had been withdrawn: the menu comes back first
        await below(press, await home(visitor, account))
    if next_question(account):
        await below(press, await standing(visitor, account))


def routes() -> Router:
    router = Router(name="start")
    router.message.middleware(leave_form)
    scanned = Command("start", magic=F.args.startswith(PATIENTS_CODE))
    router.message.register(somebodys_code, scanned)
    router.message.register(start, Command("start"))
    router.callback_query.register(full_text, ConsentPress.filter(F.step == ConsentStep.FULL))
    router.callback_query.register(agree, ConsentPress.filter(F.step == ConsentStep.GIVE))
    router.callback_query.register(cancel, ConsentPress.filter(F.step == ConsentStep.CANCEL))
    router.callback_query.register(greeting, ConsentPress.filter())
    return router
