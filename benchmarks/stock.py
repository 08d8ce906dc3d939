"""The floor: aiogram as its tutorial has it, answering /balance with a constant."""

import asyncio
import os

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.types import Message


async def balance(message: Message) -> None:
    await message.answer("У вас 1 000 баллов.")


def main() -> None:
    server = TelegramAPIServer.from_base(os.environ["TELEGRAM_API_URL"])
    bot = Bot(os.environ["BOT_TOKEN"], session=AiohttpSession(api=server))
    dispatcher = Dispatcher()
    dispatcher.message.register(balance, Command("balance"))
    asyncio.run(dispatcher.start_polling(bot))


if __name__ == "__main__":
    main()
