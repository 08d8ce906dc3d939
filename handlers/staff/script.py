"""`/script`: what to say to a patient. `/help`: how staff work with the bot."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from handlers.staff.desk import Desk
from handlers.visitor import Visitor
from loyalty.desk import codes, scripts
from loyalty.desk.codes import NoSuchCodeError
from loyalty.desk.scripts import Script
from screens import script as screens
from screens.screen import Screen
from screens.texts import Texts


async def works_here(_message: Message, desk: Desk | None = None) -> bool:
    """Whoever has access, even before a shared account says whose shift it is."""
    return desk is not None and desk.works


async def in_staff_chat(_message: Message, desk: Desk | None = None) -> bool:
    return desk is not None


async def script(
    message: Message, command: CommandObject, visitor: Visitor, desk: Desk, staff_texts: Texts
) -> None:
    found = await _found(message, command, visitor, desk)
    if command.args:  # the code or the phone has been read
        await message.delete()
    await _say(message, screens.script(staff_texts, found))


async def _found(message: Message, command: CommandObject, visitor: Visitor, desk: Desk) -> Script:
    if command.args:
        return await _for_person(command.args, visitor, desk)
    if message.reply_to_message:
        card = message.reply_to_message.message_id
        return await visitor.clinic.ask(scripts.for_card, desk.branch, card)
    return await visitor.clinic.ask(scripts.for_anybody, desk.branch)


async def _for_person(typed: str, visitor: Visitor, desk: Desk) -> Script:
    """A code that was none is counted against who typed it: nobody guesses codes this way."""
    assert desk.member  # noqa: S101 (the filter's promise, told to the types)
    try:
        return await visitor.clinic.ask(scripts.for_person, desk.member, desk.branch, typed)
    except NoSuchCodeError:
        await visitor.clinic.change(codes.note_miss, desk.member, visitor.owners)
        raise


async def help_(message: Message, staff_texts: Texts) -> None:
    await _say(message, screens.help_(staff_texts))


async def no_access(message: Message, staff_texts: Texts) -> None:
    await _say(message, screens.no_access(staff_texts))


async def _say(message: Message, screen: Screen) -> None:
    await message.answer(screen.text, protect_content=True)


def routes() -> Router:
    router = Router(name="staff-script")
    router.message.register(script, Command("script"), works_here)
    router.message.register(help_, Command("help"), works_here)
    router.message.register(no_access, Command("script", "help"), in_staff_chat)
    return router
