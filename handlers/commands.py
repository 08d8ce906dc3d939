"""What Telegram itself says about the bot: the menus of commands and the description."""

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)

from handlers.visitor import Visitor
from loyalty.desk.access import Decider, run_by
from loyalty.ports import Clinic
from loyalty.signboard import Signboard
from screens.screen import short
from screens.texts import LANGUAGES, Texts, texts_in

log = structlog.get_logger()

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


async def publish_for(visitor: Visitor) -> None:
    """The menu of the person's own chat, by what they are, in the language they have chosen."""
    await publish_by_role(visitor, Decider(visitor.user.id, visitor.is_owner), visitor.texts)


async def publish_by_role(visitor: Visitor, whose: Decider, texts: Texts) -> None:
    """The menu of somebody's private chat."""
    if whose.is_owner:
        menu = owners(texts)
    else:
        branches = await visitor.clinic.ask(run_by, whose)
        menu = managers(texts) if branches else commands(texts)
    await publish_in_chat(visitor.bot, whose.telegram, menu)


async def publish_in_chat(bot: Bot, chat: int, menu: list[BotCommand]) -> None:
    """A chat that Telegram doesn't let the bot write to gets its menu another time."""
    try:
        await bot.set_my_commands(menu, scope=BotCommandScopeChat(chat_id=chat))
    except TelegramAPIError as refused:
        log.info("commands.unpublished", kind=type(refused).__name__)


async def publish_to_staff(bot: Bot, clinic: Clinic, texts: Texts) -> None:
    """To every staff chat, at each start: a chat connected long ago gets what is new."""
    for branch in await clinic.ask(lambda tx: tx.branches.branches()):
        if branch.chat is not None:
            await publish_in_chat(bot, branch.chat, staff(texts))


async def withdraw_in_chat(bot: Bot, chat: int) -> None:
    """What holds for all such chats holds for this one again."""
    try:
        await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id=chat))
    except TelegramAPIError as refused:
        log.info("commands.unpublished", kind=type(refused).__name__)


def commands(texts: Texts) -> list[BotCommand]:
    """A patient's."""
    return [
        BotCommand(command="balance", description=texts.plain("command-balance")),
        BotCommand(command="history", description=texts.plain("command-history")),
        BotCommand(command="code", description=texts.plain("command-code")),
        BotCommand(command="card", description=texts.plain("command-card")),
        BotCommand(command="visits", description=texts.plain("command-visits")),
        *_anybodys(texts),
    ]


def managers(texts: Texts) -> list[BotCommand]:
    """A manager is a patient, too."""
    return [_cases(texts), _staff(texts), *commands(texts)]


def owners(texts: Texts) -> list[BotCommand]:
    return [
        BotCommand(command="start", description=texts.plain("command-start")),
        _cases(texts),
        _staff(texts),
        BotCommand(command="settings", description=texts.plain("command-settings")),
        BotCommand(command="kit", description=texts.plain("command-kit")),
        BotCommand(command="invite", description=texts.plain("command-invite")),
        *_anybodys(texts),
    ]


def staff(texts: Texts) -> list[BotCommand]:
    """Of a connected staff chat."""
    return [
        BotCommand(command="visit", description=texts.plain("command-visit")),
        BotCommand(command="patient", description=texts.plain("command-patient")),
        BotCommand(command="tasks", description=texts.plain("command-tasks")),
        BotCommand(command="script", description=texts.plain("command-script")),
        BotCommand(command="undo", description=texts.plain("command-undo")),
        BotCommand(command="help", description=texts.plain("command-staff-help")),
    ]


def _cases(texts: Texts) -> BotCommand:
    return BotCommand(command="cases", description=texts.plain("command-cases"))


def _staff(texts: Texts) -> BotCommand:
    return BotCommand(command="staff", description=texts.plain("command-staff"))


def _anybodys(texts: Texts) -> list[BotCommand]:
    return [
        BotCommand(command="help", description=texts.plain("command-help")),
        BotCommand(command="privacy", description=texts.plain("command-privacy")),
        BotCommand(command="language", description=texts.plain("command-language")),
    ]
