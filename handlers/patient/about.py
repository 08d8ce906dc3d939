"""Three questions that may wait: the name, the birthday, the clinic's offers."""

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.filters import When
from handlers.patient.forms import Form, ask, remember_question, strip_question
from handlers.patient.freely import goes_to_the_desk, hand_over
from handlers.patient.standing import standing, suggested_name
from handlers.show import say, turn
from handlers.visitor import Visitor
from loyalty.errors import NotABirthdayError, OutOfTurnError
from loyalty.people import Account, Birthday, clean_name, looks_like_name
from loyalty.registration import (
    Question,
    answer_advertising,
    answer_birthday,
    answer_name,
    next_question,
)
from screens import menu, registration
from screens.callbacks import (
    AdvertisingPress,
    BirthdayPress,
    BirthdayStep,
    BornPress,
    NamePress,
    NameStep,
    ShownPress,
)
from screens.dates import parse_birthday
from screens.screen import Screen


async def name_is_open(_message: Message, account: Account | None = None) -> bool:
    return account is not None and next_question(account) is Question.NAME


async def birthday_is_open(_message: Message, account: Account | None = None) -> bool:
    return account is not None and next_question(account) is Question.BIRTHDAY


async def name_suggested(
    press: CallbackQuery, visitor: Visitor, account: Account | None, state: FSMContext
) -> None:
    name = await suggested_name(visitor, account) if account else None
    await _name_chosen(press, visitor, name, state)


async def name_typed(press: CallbackQuery, visitor: Visitor, state: FSMContext) -> None:
    await _name_chosen(press, visitor, (await state.get_data()).get("typed"), state)


async def _name_chosen(
    press: CallbackQuery, visitor: Visitor, name: str | None, state: FSMContext
) -> None:
    if name is None:  # the button has outlived the name it showed
        raise OutOfTurnError
    account = await visitor.clinic.change(answer_name, visitor.user.id, name)
    await state.clear()
    await turn(press, await standing(visitor, account))


async def name_other(press: CallbackQuery, visitor: Visitor, state: FSMContext) -> None:
    await state.set_state(Form.name)
    await remember_question(state, press.message)
    await turn(press, registration.write_name(visitor.texts))


async def name_written(message: Message, visitor: Visitor, state: FSMContext) -> None:
    account = await visitor.clinic.change(answer_name, visitor.user.id, message.text or "")
    await strip_question(state, message)
    await state.clear()
    await say(message, await standing(visitor, account))


async def name_unasked(
    message: Message, visitor: Visitor, account: Account, state: FSMContext
) -> None:
    """Words that look like a name are offered as one; with any others the person needs us."""
    words = message.text or ""
    if looks_like_name(words):
        name = clean_name(words)
        await state.update_data(typed=name)
        await ask(message, registration.name(visitor.texts, name, was_typed=True), state)
    else:
        await _needs_us(message, visitor, account, state)
        await ask(message, await standing(visitor, account), state)


async def _needs_us(
    message: Message, visitor: Visitor, account: Account, state: FSMContext
) -> None:
    """Words that answer no question go to the desk, where there is one."""
    if await goes_to_the_desk(message, visitor, account):
        await hand_over(message, visitor, state)
    else:
        await say(message, menu.said_text(visitor.texts, visitor.signboard))


async def birthday_enter(press: CallbackQuery, visitor: Visitor, state: FSMContext) -> None:
    await state.set_state(Form.birthday)
    await remember_question(state, press.message)
    await turn(press, registration.write_birthday(visitor.texts))


async def birthday_written(message: Message, visitor: Visitor, state: FSMContext) -> None:
    try:
        screen = _confirm(message, visitor)
    except NotABirthdayError:
        screen = registration.birthday_unread(visitor.texts)
    await ask(message, screen, state)


async def birthday_unasked(
    message: Message, visitor: Visitor, account: Account, state: FSMContext
) -> None:
    """A date needs no button first; with words that hold none the person needs us."""
    if any(character.isdigit() for character in message.text or ""):
        await birthday_written(message, visitor, state)
    else:
        await _needs_us(message, visitor, account, state)
        await ask(message, await standing(visitor, account), state)


def _confirm(message: Message, visitor: Visitor) -> Screen:
    today = message.date.astimezone(visitor.signboard.zone).date()
    return registration.confirm_birthday(visitor.texts, parse_birthday(message.text or "", today))


async def birthday_skip(press: CallbackQuery, visitor: Visitor, state: FSMContext) -> None:
    await _birthday_answered(press, visitor, None, state)


async def shown(press: CallbackQuery, callback_data: ShownPress, visitor: Visitor) -> None:
    day = Birthday(callback_data.day, callback_data.month, callback_data.year)
    await turn(press, registration.confirm_birthday(visitor.texts, day))


async def born(
    press: CallbackQuery, callback_data: BornPress, visitor: Visitor, state: FSMContext
) -> None:
    day = Birthday(callback_data.day, callback_data.month, callback_data.year)
    await _birthday_answered(press, visitor, day, state)


async def _birthday_answered(
    press: CallbackQuery, visitor: Visitor, birthday: Birthday | None, state: FSMContext
) -> None:
    account = await visitor.clinic.change(answer_birthday, visitor.user.id, birthday)
    await state.clear()
    await turn(press, await standing(visitor, account))


async def leave_writing(
    press: CallbackQuery, visitor: Visitor, account: Account | None, state: FSMContext
) -> None:
    await state.clear()
    await turn(press, await standing(visitor, account))


async def advertising(
    press: CallbackQuery, callback_data: AdvertisingPress, visitor: Visitor
) -> None:
    account = await visitor.clinic.change(answer_advertising, visitor.user.id, callback_data.agrees)
    if next_question(account):
        await turn(press, await standing(visitor, account))
    else:
        await turn(press, registration.finished(visitor.texts))


def routes() -> Router:
    router = Router(name="about")
    text, press = router.message, router.callback_query
    words = When(F.text & ~F.text.startswith("/"))  # nobody is called by a command
    text.register(name_written, StateFilter(Form.name), words)
    text.register(birthday_written, StateFilter(Form.birthday), words)
    text.register(name_unasked, words, name_is_open)
    text.register(birthday_unasked, words, birthday_is_open)
    press.register(name_suggested, NamePress.filter(F.step == NameStep.SUGGESTED))
    press.register(name_typed, NamePress.filter(F.step == NameStep.TYPED))
    press.register(name_other, NamePress.filter(F.step == NameStep.OTHER))
    press.register(leave_writing, NamePress.filter(F.step == NameStep.BACK))
    press.register(birthday_enter, BirthdayPress.filter(F.step == BirthdayStep.ENTER))
    press.register(birthday_skip, BirthdayPress.filter(F.step == BirthdayStep.SKIP))
    press.register(leave_writing, BirthdayPress.filter(F.step == BirthdayStep.BACK))
    press.register(shown, ShownPress.filter())
    press.register(born, BornPress.filter())
    press.register(advertising, AdvertisingPress.filter())
    return router
