"""An owner reads and changes the programme's numbers."""

from collections.abc import Iterable

from aiogram import F, Router
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import When
from handlers.owner.start import by_owner
from handlers.patient.forms import ask, remember_question
from handlers.show import say, turn
from handlers.visitor import Visitor
from loyalty import numbers
from loyalty.desk import programmes
from loyalty.desk.programmes import NumbersMovedError
from screens import settings
from screens.callbacks.settings import (
    ChangesPress,
    NumberPress,
    SaveNumberPress,
    ShelfPress,
    TypeNumberPress,
    WantNumberPress,
)


class Form(StatesGroup):
    number = State()


async def shelves(message: Message, visitor: Visitor, state: FSMContext) -> None:
    await state.clear()
    await say(message, settings.shelves(visitor.texts))


async def shelves_inside(press: CallbackQuery, visitor: Visitor, state: FSMContext) -> None:
    await state.clear()
    await turn(press, settings.shelves(visitor.texts))


async def shelf(press: CallbackQuery, callback_data: ShelfPress, visitor: Visitor) -> None:
    assert callback_data.group  # noqa: S101 (the filter's promise, told to the types)
    programme = await visitor.clinic.ask(programmes.in_force)
    await turn(press, settings.shelf(visitor.texts, programme, callback_data.group))


async def number(
    press: CallbackQuery, callback_data: NumberPress, visitor: Visitor, state: FSMContext
) -> None:
    await state.clear()
    await _show(press, visitor, callback_data.key)


async def _show(press: CallbackQuery, visitor: Visitor, key: str, words: str | None = None) -> None:
    programme = await visitor.clinic.ask(programmes.in_force)
    screen = settings.number(visitor.texts, programme, numbers.number(key))
    await turn(press, screen, words)


async def write(
    press: CallbackQuery, callback_data: TypeNumberPress, visitor: Visitor, state: FSMContext
) -> None:
    one = numbers.number(callback_data.key)
    programme = await visitor.clinic.ask(programmes.in_force)
    await state.set_state(Form.number)
    await state.update_data(number=one.key)
    await remember_question(state, press.message)
    await turn(press, settings.write(visitor.texts, programme, one))


async def written(message: Message, visitor: Visitor, state: FSMContext) -> None:
    """The form stays open: a number that was refused, or looks wrong now, is typed again."""
    key = (await state.get_data())["number"]
    value = numbers.parse(key, message.text or "")
    proposal = await visitor.clinic.ask(programmes.propose, key, value)
    await ask(message, settings.confirm(visitor.texts, proposal), state)


async def want(press: CallbackQuery, callback_data: WantNumberPress, visitor: Visitor) -> None:
    key, value = callback_data.key, callback_data.value
    proposal = await visitor.clinic.ask(programmes.propose, key, value)
    await turn(press, settings.confirm(visitor.texts, proposal))


async def save(
    press: CallbackQuery, callback_data: SaveNumberPress, visitor: Visitor, state: FSMContext
) -> None:
    key, value, version = callback_data.key, callback_data.value, callback_data.version
    try:
        await visitor.clinic.change(programmes.change, visitor.user.id, key, value, version)
    except NumbersMovedError:
        await _show_what_moved(press, visitor, callback_data)
    else:
        await state.clear()
        await _show(press, visitor, key, visitor.texts.plain("settings-saved"))


async def _show_what_moved(press: CallbackQuery, visitor: Visitor, wanted: SaveNumberPress) -> None:
    """The same change on top of what another owner has made of the programme."""
    proposal = await visitor.clinic.ask(programmes.propose, wanted.key, wanted.value)
    moved = visitor.texts.plain("refusal-numbers-moved")
    await turn(press, settings.confirm(visitor.texts, proposal), moved)


async def changes(press: CallbackQuery, visitor: Visitor) -> None:
    made = await visitor.clinic.ask(programmes.history)
    who = await _names(visitor, {change.by for change in made})
    screen = settings.changes(visitor.texts, made, who, visitor.signboard.zone)
    await turn(press, screen)


async def _names(visitor: Visitor, owners: Iterable[int]) -> dict[int, str]:
    return {owner: await called(visitor, owner) for owner in owners}


async def called(visitor: Visitor, owner: int) -> str:
    """Owners are known by number alone: their names are Telegram's."""
    if owner == visitor.user.id:
        return visitor.texts.plain("settings-you")
    try:
        return (await visitor.bot.get_chat(owner)).full_name
    except TelegramAPIError:
        return visitor.texts.plain("settings-somebody", number=str(owner))


def routes() -> Router:
    router = Router(name="owner-settings")
    text, press = router.message, router.callback_query
    text.filter(by_owner)
    press.filter(by_owner)
    text.register(shelves, Command("settings"))
    text.register(written, StateFilter(Form.number), When(F.text & ~F.text.startswith("/")))
    press.register(shelf, ShelfPress.filter(F.group))
    press.register(shelves_inside, ShelfPress.filter())
    press.register(number, NumberPress.filter())
    press.register(write, TypeNumberPress.filter())
    press.register(want, WantNumberPress.filter())
    press.register(save, SaveNumberPress.filter())
    press.register(changes, ChangesPress.filter())
    return router
