"""Words that answered a question wrongly, and what was said of them.

They stand below the question. Once it is answered they go, so that the answer, which the question
becomes, is at the foot of the chat.
"""

from aiogram.fsm.context import FSMContext
from aiogram.types import Message


async def note(state: FSMContext, typed: Message, said: Message) -> None:
    """A command asks something of its own, and where no question is open nothing was answered."""
    if await state.get_state() is None or (typed.text or "").startswith("/"):
        return
    before = (await state.get_data()).get("mistakes", [])
    await state.update_data(mistakes=[*before, typed.message_id, said.message_id])


async def take_away(state: FSMContext, answer: Message) -> None:
    """Call it before the form is cleared: it is written there what was wrong."""
    for mistake in (await state.get_data()).get("mistakes", []):
        if answer.bot:
            await answer.bot.delete_message(answer.chat.id, mistake)
