"""In groups the bot keeps silent, unless a command calls it by its name."""

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from handlers import commands
from handlers.filters import When
from handlers.show import say
from handlers.staff.desk import Desk, NotHereError
from handlers.staff.posting import post
from loyalty.desk import connecting
from loyalty.ports import Clinic
from screens import menu, staff_chat
from screens.staff_chat import Whose
from screens.texts import Texts

PERSONAL = ("start", "help", "balance", "history", "code", "card", "visits", "privacy", "language")
MANAGERS = ("cases", "staff")
OWNERS = ("settings", "kit", "invite")


async def called_by_name(message: Message, bot: Bot, texts: Texts) -> None:
    me = await bot.me()
    await say(message, menu.group(texts, me.username or ""))


async def private_only(
    message: Message,
    command: CommandObject,
    bot: Bot,
    staff_texts: Texts,
    is_owner: bool = False,
) -> None:
    me = await bot.me()
    whose = Whose.ANYBODY if is_owner else _whose(command.command)
    await post(message, staff_chat.private_only(staff_texts, me.username or "", whose))


def _whose(command: str) -> Whose:
    if command in OWNERS:
        return Whose.OWNER
    return Whose.MANAGER if command in MANAGERS else Whose.ANYBODY


async def belongs_here(_message: Message, desk: Desk | None = None, is_owner: bool = False) -> bool:
    return desk is not None and (desk.works or is_owner)


async def pressed(press: CallbackQuery, desk: Desk | None) -> None:
    """A button for staff, or none of ours; the client waits for an answer all the same."""
    if desk is not None and not desk.works:
        raise NotHereError
    await press.answer()


async def moved(message: Message, bot: Bot, clinic: Clinic, staff_texts: Texts) -> None:
    """The group has become a supergroup; both of them say so, and either may come first."""
    old, new = message.migrate_from_chat_id, message.chat.id
    if message.migrate_to_chat_id is not None:
        old, new = message.chat.id, message.migrate_to_chat_id
    assert old is not None  # noqa: S101 (the filter's promise, told to the types)
    branch = await clinic.change(connecting.moved, old, new)
    if branch is not None:
        await commands.publish_in_chat(bot, new, commands.staff(staff_texts))


def routes() -> Router:
    router = Router(name="group")
    router.message.register(moved, When(F.migrate_to_chat_id | F.migrate_from_chat_id))
    router.message.register(called_by_name, Command(*PERSONAL, magic=F.mention))
    router.message.register(private_only, Command(*PERSONAL, *MANAGERS, *OWNERS), belongs_here)
    router.callback_query.register(pressed)
    return router
