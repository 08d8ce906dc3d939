"""An owner makes a group the staff chat of a branch."""

from dataclasses import dataclass

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command, CommandObject, or_f
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import (
    CallbackQuery,
    Chat,
    ChatMemberAdministrator,
    ChatMemberOwner,
    ChatMemberUnion,
    ChatMemberUpdated,
    Message,
)

from handlers import commands
from handlers.filters import When
from handlers.owner.start import by_owner
from handlers.patient.forms import remember_question
from handlers.show import turn
from handlers.staff.desk import Desk, in_staff_chat, is_present
from handlers.staff.posting import answer_in_place, post
from handlers.staff.wording import not_to_another
from handlers.visitor import Visitor
from loyalty.branches import Branch
from loyalty.desk import connecting
from loyalty.desk.access import OwnerOnlyError
from loyalty.ports import Clinic, Transaction
from screens import staff_chat
from screens.callbacks.team import (
    BranchField,
    BranchPress,
    ConnectPress,
    DayOffPress,
    DisconnectPress,
    LeafletPress,
    ZonePress,
)
from screens.screen import Screen
from screens.staff_chat import ZONES, Lack
from screens.texts import Texts

GROUPS = {ChatType.GROUP, ChatType.SUPERGROUP}
CHANGES = {
    BranchField.NAME: connecting.rename,
    BranchField.ZONE: connecting.set_zone,
    BranchField.LEGAL: connecting.set_legal,
    BranchField.PHONE: connecting.set_phone,
    BranchField.HOURS: connecting.set_hours,
}


class BranchForm(StatesGroup):
    value = State()


# --- connecting ------------------------------------------------------------------------------


async def connect(
    message: Message,
    command: CommandObject,
    visitor: Visitor,
    staff_texts: Texts,
    state: FSMContext,
    desk: Desk | None,
) -> None:
    await state.clear()
    if desk is not None:
        await post(message, await _summary(visitor, staff_texts, desk.branch))
        return
    name = command.args if command.command.lower() == "connect" else None
    step = await _step(visitor, message.chat, staff_texts, name, ConnectPress())
    await state.set_data({"name": name} if name else {})
    await post(message, step.screen)
    if step.connected:
        await _open(visitor, message, staff_texts)


async def connect_pressed(
    press: CallbackQuery,
    callback_data: ConnectPress,
    visitor: Visitor,
    staff_texts: Texts,
    state: FSMContext,
    desk: Desk | None,
) -> None:
    """The wanted name, if one was typed, waits in the form of who typed it."""
    if desk is not None:
        await turn(press, await _summary(visitor, staff_texts, desk.branch))
    elif isinstance(press.message, Message):
        name = (await state.get_data()).get("name")
        step = await _step(visitor, press.message.chat, staff_texts, name, callback_data)
        await turn(press, step.screen)
        if step.connected:
            await state.clear()
            await _open(visitor, press.message, staff_texts)


@dataclass(frozen=True, slots=True)
class Step:
    """What the owner sees next, and whether the chat is connected now."""

    screen: Screen
    connected: bool = False


async def _step(
    visitor: Visitor, chat: Chat, texts: Texts, name: str | None, press: ConnectPress
) -> Step:
    lack = await _lack(visitor.bot, chat.id)
    if lack:
        return Step(staff_chat.lacking(texts, lack))
    wanted = name or (chat.title or visitor.signboard.name)[: connecting.LONGEST_NAME]
    if press.branch is not None:
        branch = await visitor.clinic.change(connecting.reopen, chat.id, press.branch)
    elif name is None and not press.new and (closed := await _others_closed(visitor, wanted)):
        return Step(staff_chat.which_branch(texts, closed, wanted))
    else:
        connect = connecting.connect
        branch = await visitor.clinic.change(connect, chat.id, wanted, visitor.signboard)
    return Step(await _summary(visitor, texts, branch), connected=True)


async def _others_closed(visitor: Visitor, name: str) -> list[Branch]:
    """Closed branches that may be meant; the one of this very name needs no question."""
    closed = await visitor.clinic.ask(connecting.closed)
    same = any(branch.name.casefold() == name.casefold() for branch in closed)
    return [] if same else list(closed)


async def _lack(bot: Bot, chat: int) -> Lack | None:
    return lack_of(await bot.get_chat_member(chat, bot.id))


def lack_of(me: ChatMemberUnion) -> Lack | None:
    """An administrator sees every message; one that may delete can do all that is needed."""
    if isinstance(me, ChatMemberOwner):
        return None
    if not isinstance(me, ChatMemberAdministrator):
        return Lack.ADMINISTRATOR
    return None if me.can_delete_messages else Lack.DELETING


async def _open(visitor: Visitor, message: Message, texts: Texts) -> None:
    """What a chat gets when it has just been connected."""
    await _leave_leaflet(message, texts)
    await commands.publish_in_chat(visitor.bot, message.chat.id, commands.staff(texts))


async def _leave_leaflet(message: Message, texts: Texts) -> None:
    leaflet = await post(message, staff_chat.leaflet(texts))
    try:
        await leaflet.pin(disable_notification=True)
    except TelegramBadRequest:
        return  # without the right to pin it hangs unpinned


async def leaflet_pressed(press: CallbackQuery, staff_texts: Texts) -> None:
    if isinstance(press.message, Message):
        await _leave_leaflet(press.message, staff_texts)
    await press.answer()


async def not_an_owner(
    message: Message, visitor: Visitor, staff_texts: Texts, desk: Desk | None
) -> None:
    """In a new group perhaps they are one, and OWNER_IDS doesn't know their number."""
    if desk is not None:
        await post(message, staff_chat.owners_do(staff_texts))
    else:
        await post(message, staff_chat.not_an_owner(visitor.texts, visitor.user.id))


async def owner_only(_press: CallbackQuery) -> None:
    raise OwnerOnlyError


async def my_standing_changed(
    event: ChatMemberUpdated, clinic: Clinic, staff_texts: Texts, is_owner: bool
) -> None:
    """The bot came into a group, or may do less than before."""
    came = is_present(event.new_chat_member) and not is_present(event.old_chat_member)
    if came and is_owner:
        await clinic.change(connecting.offer, event.chat.id)
    lack = lack_of(event.new_chat_member)
    if is_present(event.new_chat_member) and lack and await clinic.ask(_has_branch, event.chat.id):
        screen = staff_chat.lacking(staff_texts, lack)
        await event.answer(screen.text, reply_markup=screen.keyboard, protect_content=True)


def _has_branch(tx: Transaction, chat: int) -> bool:
    return tx.branches.branch_of_chat(chat) is not None


# --- disconnecting ---------------------------------------------------------------------------


async def disconnect(message: Message, staff_texts: Texts, desk: Desk | None) -> None:
    if desk is None:
        await post(message, staff_chat.not_connected(staff_texts))
    else:
        await post(message, staff_chat.disconnect(staff_texts, desk.branch))


async def disconnect_pressed(
    press: CallbackQuery,
    callback_data: DisconnectPress,
    visitor: Visitor,
    staff_texts: Texts,
) -> None:
    if not callback_data.surely:
        await turn(press, staff_chat.stays_connected(staff_texts))
    elif press.message is not None:
        chat = press.message.chat.id
        branch = await visitor.clinic.change(connecting.disconnect, chat)
        await turn(press, _disconnected(staff_texts, branch))
        await commands.withdraw_in_chat(visitor.bot, chat)


def _disconnected(texts: Texts, branch: Branch | None) -> Screen:
    return staff_chat.disconnected(texts, branch) if branch else staff_chat.not_connected(texts)


# --- what the branch says of itself ----------------------------------------------------------


async def _summary(visitor: Visitor, texts: Texts, branch: Branch) -> Screen:
    now = await visitor.clinic.ask(lambda tx: tx.now)
    return staff_chat.summary(texts, branch, now)


async def change_pressed(
    press: CallbackQuery,
    callback_data: BranchPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
    state: FSMContext,
) -> None:
    """A question whose answer is typed or pressed, or back from there."""
    field = callback_data.field
    await state.clear()
    if field in CHANGES:
        await state.set_state(BranchForm.value)
        await state.set_data({"field": field})
        await remember_question(state, press.message)
    await turn(press, await _question(visitor, staff_texts, desk.branch, field))


async def _question(
    visitor: Visitor, texts: Texts, branch: Branch, field: BranchField | None
) -> Screen:
    match field:
        case None:
            return await _summary(visitor, texts, branch)
        case BranchField.DAYS_OFF:
            return staff_chat.days_off(texts, branch)
        case BranchField.ZONE:
            return staff_chat.zones(texts, await visitor.clinic.ask(lambda tx: tx.now))
    return staff_chat.write_field(texts, field)


async def value_written(
    message: Message, visitor: Visitor, desk: Desk, staff_texts: Texts, state: FSMContext
) -> None:
    field = BranchField((await state.get_data())["field"])
    branch = await visitor.clinic.change(CHANGES[field], desk.branch.id, message.text or "")
    await answer_in_place(message, state, await _summary(visitor, staff_texts, branch))


async def zone_pressed(
    press: CallbackQuery,
    callback_data: ZonePress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
    state: FSMContext,
) -> None:
    zone = ZONES[callback_data.zone % len(ZONES)]
    branch = await visitor.clinic.change(connecting.set_zone, desk.branch.id, zone)
    await state.clear()
    await turn(press, await _summary(visitor, staff_texts, branch))


async def day_off_pressed(
    press: CallbackQuery,
    callback_data: DayOffPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
) -> None:
    day, off = callback_data.day, callback_data.off
    branch = await visitor.clinic.change(connecting.set_day_off, desk.branch.id, day, off)
    await turn(press, staff_chat.days_off(staff_texts, branch))


def routes() -> Router:
    router = Router(name="staff-connect")
    text, press = router.message, router.callback_query
    words = When(F.text & ~F.text.startswith("/"))
    by_link = Command("start", magic=F.args == "connect")
    text.register(connect, or_f(Command("connect"), by_link), by_owner)
    text.register(disconnect, Command("disconnect"), by_owner)
    text.register(not_an_owner, or_f(Command("connect", "disconnect"), by_link))
    answer = (words, not_to_another, by_owner, in_staff_chat)
    text.register(value_written, BranchForm.value, *answer)
    press.register(connect_pressed, ConnectPress.filter(), by_owner)
    press.register(disconnect_pressed, DisconnectPress.filter(), by_owner)
    press.register(change_pressed, BranchPress.filter(), by_owner, in_staff_chat)
    press.register(zone_pressed, ZonePress.filter(), by_owner, in_staff_chat)
    press.register(day_off_pressed, DayOffPress.filter(), by_owner, in_staff_chat)
    press.register(leaflet_pressed, LeafletPress.filter(), by_owner, in_staff_chat)
    for kind in (ConnectPress, DisconnectPress, BranchPress, ZonePress, DayOffPress, LeafletPress):
        press.register(owner_only, kind.filter())
    router.my_chat_member.register(my_standing_changed, When(F.chat.type.in_(GROUPS)))
    return router
