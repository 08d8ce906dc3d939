"""The person proves their number, and says who of a family they are."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.filters import When
from handlers.patient.forms import leave_form, remember_question
from handlers.patient.standing import standing
from handlers.show import below, say, turn
from handlers.visitor import Visitor
from loyalty.people import Account
from loyalty.registration import (
    Family,
    Question,
    Registered,
    choose_family,
    family_to_choose,
    next_question,
    prove_phone,
)
from screens import registration
from screens.callbacks import FamilyPress, MePress
from screens.screen import Screen


async def own_number(message: Message) -> bool:
    """Telegram vouches for a number only where the contact is the sender's own.

    A forwarded card may be anybody's, and one without a user id was typed by hand.
    """
    contact, sender = message.contact, message.from_user
    return bool(
        contact and sender and contact.user_id == sender.id and message.forward_origin is None
    )


async def waits_for_phone(_message: Message, account: Account | None = None) -> bool:
    return account is not None and next_question(account) is Question.PHONE


async def consented(_message: Message, account: Account | None = None) -> bool:
    return account is not None and account.consented


async def number(message: Message, visitor: Visitor, state: FSMContext) -> None:
    assert message.contact  # noqa: S101 (the filter's promise, told to the types)
    registered = await visitor.clinic.change(
        prove_phone, visitor.user.id, message.contact.phone_number, visitor.owners
    )
    for screen in await _after(visitor, registered):
        sent = await say(message, screen)
        await remember_question(state, sent)


async def not_yours(message: Message, visitor: Visitor) -> None:
    await say(message, registration.phone_not_yours(visitor.texts))


async def whose(press: CallbackQuery, callback_data: FamilyPress, visitor: Visitor) -> None:
    choice = callback_data.choice
    patients = await visitor.clinic.ask(family_to_choose, visitor.user.id)
    if patients:
        await turn(press, registration.family_who(visitor.texts, choice, patients))
    else:  # others have claimed them all meanwhile
        await _choose(press, visitor, choice, None)


async def who_are_you(press: CallbackQuery, callback_data: MePress, visitor: Visitor) -> None:
    await _choose(press, visitor, callback_data.choice, callback_data.patient)


async def _choose(press: CallbackQuery, visitor: Visitor, choice: Family, me: int | None) -> None:
    registered = await visitor.clinic.change(
        choose_family, visitor.user.id, choice, me, visitor.owners
    )
    await turn(press, registration.family_chosen(visitor.texts))
    for screen in await _after(visitor, registered):
        await below(press, screen)


async def _after(visitor: Visitor, registered: Registered) -> list[Screen]:
    """The welcome, then the question that is open now; before a family is chosen, only that."""
    account = registered.account
    question = [await standing(visitor, account)] if next_question(account) else []
    if account.wallet is None:
        return question
    return [registration.welcome(visitor.texts, registered), *question]


def routes() -> Router:
    router = Router(name="phone")
    router.message.middleware(leave_form)
    router.message.register(number, own_number, consented)
    router.message.register(not_yours, When(F.contact), waits_for_phone)
    router.callback_query.register(whose, FamilyPress.filter())
    router.callback_query.register(who_are_you, MePress.filter())
    return router
