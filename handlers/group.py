"""In groups the bot keeps silent, unless a command calls it by its name."""

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.filters import When
from handlers.show import say
from screens import menu
from screens.texts import Texts

PERSONAL = ("start", "help", "balance", "history", "privacy", "language")


async def called_by_name(message: Message, bot: Bot, texts: Texts) -> None:
    me = await bot.me()
    await say(message, menu.group(texts, me.username or ""))


async def pressed(press: CallbackQuery) -> None:
    """No button here is ours; the client still waits for an answer."""
    await press.answer()


def routes() -> Router:
    router = Router(name="group")
    router.message.filter(When(F.chat.type.in_({ChatType.GROUP, ChatType.SUPERGROUP})))
    router.message.register(called_by_name, Command(*PERSONAL, magic=F.mention))
    router.callback_query.register(pressed)
    return router
