"""Words that a question about money or gifts waits for. They act at once, so it waits not long."""

from datetime import timedelta

from aiogram import Bot
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message

from handlers.patient.forms import remember_question
from handlers.visitor import Visitor

WAITS = timedelta(minutes=5)


async def await_wording(
    press: CallbackQuery, visitor: Visitor, state: FSMContext, form: State, **about: int | None
) -> None:
    """What this person writes within minutes answers the question under the press."""
    until = await visitor.clinic.ask(lambda tx: tx.now) + WAITS
    await state.set_state(form)
    await state.set_data({**about, "until": until.timestamp()})
    await remember_question(state, press.message)


async def not_to_another(message: Message, bot: Bot) -> bool:
    """A reply to a colleague is none to the bot; in a topic everything replies to its beginning."""
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created:
        return True
    ours = {bot.id, message.from_user.id if message.from_user else None}
    return replied.from_user is not None and replied.from_user.id in ours


async def in_time(message: Message, state: FSMContext) -> bool:
    """Later the words are talk between colleagues."""
    until: float = (await state.get_data()).get("until", 0)
    return message.date.timestamp() <= until
