"""What Telegram itself says about the bot: the menu of commands and the description."""

from aiogram import Bot
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)

from loyalty.signboard import Signboard
from screens.screen import short
from screens.texts import LANGUAGES, Texts, texts_in

LONGEST_DESCRIPTION = 512
LONGEST_SHORT_DESCRIPTION = 120


async def publish(bot: Bot, signboard: Signboard, default_language: str) -> None:
    """Idempotent. People whose Telegram speaks neither language get the default one."""
    for texts, code in _versions(default_language):
        await bot.set_my_commands(
            commands(texts), scope=BotCommandScopeAllPrivateChats(), language_code=code
        )
        description = texts.plain("bot-description", clinic=signboard.name)
        await bot.set_my_description(short(description, LONGEST_DESCRIPTION), language_code=code)
        about = texts.plain("bot-short-description", clinic=signboard.name)
        await bot.set_my_short_description(
            short(about, LONGEST_SHORT_DESCRIPTION), language_code=code
        )


def _versions(default_language: str) -> list[tuple[Texts, str | None]]:
    default: list[tuple[Texts, str | None]] = [(texts_in(default_language), None)]
    return default + [(texts_in(language), language) for language in LANGUAGES]


async def publish_in_chat(bot: Bot, chat: int, texts: Texts) -> None:
    """The menu in the language a person has chosen, whatever their Telegram speaks."""
    await bot.set_my_commands(commands(texts), scope=BotCommandScopeChat(chat_id=chat))


def commands(texts: Texts) -> list[BotCommand]:
    return [
        BotCommand(command="balance", description=texts.plain("command-balance")),
        BotCommand(command="history", description=texts.plain("command-history")),
        BotCommand(command="help", description=texts.plain("command-help")),
        BotCommand(command="privacy", description=texts.plain("command-privacy")),
        BotCommand(command="language", description=texts.plain("command-language")),
    ]
