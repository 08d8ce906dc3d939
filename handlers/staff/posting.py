"""Messages of the bot in a staff chat: they speak of people and are not to be passed on."""

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InaccessibleMessage, InlineKeyboardMarkup, Message

from handlers import mistakes
from screens.screen import Screen


async def post(message: Message | InaccessibleMessage, screen: Screen) -> Message:
    """A new message in this chat."""
    return await message.answer(screen.text, reply_markup=screen.keyboard, protect_content=True)


async def reply(message: Message, screen: Screen) -> Message:
    """An answer that holds on to what it answers."""
    return await message.reply(
        screen.text,
        reply_markup=screen.keyboard,
        protect_content=True,
        allow_sending_without_reply=True,
    )


async def edit(press: CallbackQuery, screen: Screen) -> None:
    """As `show.turn`, where more happens before the press is answered."""
    if isinstance(press.message, Message):
        await press.message.edit_text(screen.text, reply_markup=_inline(screen))


async def answer_in_place(answer: Message, state: FSMContext, screen: Screen) -> None:
    """The message that asked for words (`question` in the form) becomes this screen.

    The words themselves go, and those before that were refused: what they said stands in the
    screen, at the foot of the chat.
    """
    question = (await state.get_data()).get("question")
    await mistakes.take_away(state, answer)
    await state.clear()
    if question and answer.bot:
        await answer.bot.edit_message_text(
            screen.text, chat_id=answer.chat.id, message_id=question, reply_markup=_inline(screen)
        )
    await answer.delete()


def _inline(screen: Screen) -> InlineKeyboardMarkup | None:
    return screen.keyboard if isinstance(screen.keyboard, InlineKeyboardMarkup) else None
