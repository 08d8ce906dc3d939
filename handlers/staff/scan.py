"""A staff member scanned a patient's QR: the card comes in the branch's chat."""

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message

from handlers.show import say, turn
from handlers.staff.card import working
from handlers.staff.desk import Desk, NotHereError, is_here
from handlers.staff.redrawing import draw
from handlers.visitor import Visitor
from loyalty.desk import drafting
from loyalty.desk.card import card as card_of
from loyalty.errors import Refusal
from loyalty.ports import Transaction
from screens import scan as screens
from screens.callbacks.desk import ScannedPress
from screens.screen import Screen
from screens.texts import Texts


class NobodyOnShiftError(Refusal):
    """A shared account says in the staff chat who is on shift before anything carries a name."""

    text = "refusal-nobody-on-shift"


async def a_patients_code(_message: Message, command: CommandObject) -> bool:
    return bool(command.args and command.args.startswith("p_"))


async def scanned(
    message: Message, command: CommandObject, visitor: Visitor, staff_texts: Texts
) -> None:
    """Where the person works in one branch its chat gets the card; of several they choose."""
    token = (command.args or "").removeprefix("p_")
    desks = await visitor.clinic.ask(desks_of, visitor.user.id)
    if not desks and not visitor.is_owner:
        raise SkipHandler  # the patient's side says what it is, and greets a newcomer
    if not desks:
        await say(message, screens.for_staff_only(visitor.texts))
    elif len(desks) > 1:
        branches = [desk.branch for desk in desks]
        await say(message, screens.where(visitor.texts, branches, token))
    else:
        source = f"scan:{message.chat.id}:{message.message_id}"
        await say(message, await _open(visitor, staff_texts, desks[0], token, source))


async def where(
    press: CallbackQuery, callback_data: ScannedPress, visitor: Visitor, staff_texts: Texts
) -> None:
    desks = await visitor.clinic.ask(desks_of, visitor.user.id)
    desk = next((d for d in desks if d.branch.id == callback_data.branch), None)
    if desk is None:
        raise NotHereError
    source = f"scan:{press.id}"
    await turn(press, await _open(visitor, staff_texts, desk, callback_data.token, source))


async def _open(visitor: Visitor, texts: Texts, desk: Desk, token: str, source: str) -> Screen:
    """The card in the branch's chat, and a word here that it is there."""
    if desk.branch.chat is None or not await is_here(visitor, desk.branch, visitor.user):
        raise NotHereError
    if desk.name is None:
        raise NobodyOnShiftError
    by, name = working(desk)
    draft = await visitor.clinic.change(
        drafting.open_by_token, by, name, source=source, token=token
    )
    laid = await visitor.clinic.ask(card_of, draft.id)
    await draw(visitor, texts, laid)
    return screens.card_is_in_chat(visitor.texts, desk.branch)


def desks_of(tx: Transaction, telegram: int) -> list[Desk]:
    """Where this person works: branches with a chat."""
    members = [member for member in tx.branches.places(telegram) if member.works]
    found = [(tx.branches.branch(member.branch), member) for member in members]
    return [
        Desk(branch, member, member.signature(tx.now))
        for branch, member in found
        if branch.chat is not None
    ]


def routes() -> Router:
    router = Router(name="staff-scan")
    router.message.register(scanned, CommandStart(deep_link=True), a_patients_code)
    router.callback_query.register(where, ScannedPress.filter())
    return router
