"""What the next typed words mean."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import InaccessibleMessage, Message, TelegramObject

from handlers.show import say
from screens.screen import Screen


class Form(StatesGroup):
    name = State()
    birthday = State()


async def leave_form(
    handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
    event: TelegramObject,
    data: dict[str, Any],
) -> Any:  # noqa: ANN401 (a middleware hands on whatever the handler returns)
    """A person who turned to the menu isn't answering a question any more."""
    if data["raw_state"]:
        await data["state"].clear()
    return await handler(event, data)


async def ask(message: Message, question: Screen, state: FSMContext) -> None:
    """Puts a question below; the one before loses its buttons, so that only one is open."""
    await strip_question(state, message)
    await remember_question(state, await say(message, question))


async def remember_question(
    state: FSMContext, question: Message | InaccessibleMessage | None
) -> None:
    """Which message asked for the words, so that its buttons go once they have come."""
    if question:
        await state.update_data(question=question.message_id)


async def strip_question(state: FSMContext, answer: Message) -> None:
    question = (await state.get_data()).get("question")
    if question and answer.bot:
        await answer.bot.edit_message_reply_markup(
            chat_id=answer.chat.id, message_id=question, reply_markup=None
        )
