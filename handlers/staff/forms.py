"""What the next words of a staff member mean: an answer to the card's question."""

from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from handlers.staff.wording import WAITS
from handlers.visitor import Visitor
from loyalty.desk.card import Card


class CardForm(StatesGroup):
    points = State()
    sum = State()
    name = State()
    person = State()
    doctor = State()


async def await_words(
    visitor: Visitor, state: FSMContext, form: State, laid: Card, n: int = 0
) -> None:
    """What this person writes within minutes answers for this line of the draft."""
    until = await visitor.clinic.ask(lambda tx: tx.now) + WAITS
    await state.set_state(form)
    await state.set_data({"draft": laid.draft.id, "n": n, "until": until.timestamp()})


async def awaited(state: FSMContext) -> dict[str, Any]:
    """The draft and the line asked about; the question is answered now."""
    data = await state.get_data()
    await state.clear()
    return data
