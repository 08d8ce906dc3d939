"""The floor: aiogram as its tutorial has it, answering /balance with a constant."""

import asyncio
import json
import os

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.types import InlineKeyboardMarkup, Message

CONSTANT = json.loads(os.environ["CONSTANT"])
KEYBOARD = CONSTANT["buttons"] and InlineKeyboardMarkup(inline_keyboard=CONSTANT["buttons"])


async def balance(message: Message) -> None:
    await message.answer(CONSTANT["text"], reply_markup=KEYBOARD)


def main() -> None:
    server = TelegramAPIServer.from_base(os.environ["TELEGRAM_API_URL"])
    bot = Bot(os.environ["BOT_TOKEN"], session=AiohttpSession(api=server))
    dispatcher = Dispatcher()
    dispatcher.message.register(balance, Command("balance"))
    asyncio.run(dispatcher.start_polling(bot))


if __name__ == "__main__":
    main()
