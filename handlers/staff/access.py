"""Who may work in the staff chat: let in by one tap, out by leaving; whose shift it is."""

from typing import Any

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.enums import ChatType
from aiogram.filters import Command, or_f
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, User

from handlers.filters import When
from handlers.patient.anything import SAID
from handlers.patient.forms import remember_question
from handlers.show import turn
from handlers.staff.desk import (
    Desk,
    NotHereError,
    check_still_here,
    in_staff_chat,
    is_present,
)
from handlers.staff.line import may_be_a_line
from handlers.staff.posting import answer_in_place, edit, post, reply
from handlers.staff.wording import not_to_another
from handlers.visitor import Visitor
from loyalty.desk import access
from loyalty.desk.access import Decider, ManagerOnlyError, NotSharedError
from loyalty.errors import NotANameError
from loyalty.people import clean_name, without_ornaments
from loyalty.ports import Clinic
from loyalty.team import Standing
from screens import staff_chat
from screens.callbacks.team import (
    AccessPress,
    ChangeShiftPress,
    OtherNamePress,
    ShiftPress,
    mark,
)
from screens.texts import Texts

WORK = Command("visit", "patient", "tasks", "undo", "script")
OWNERS = Command("connect", "disconnect")


class ShiftForm(StatesGroup):
    name = State()


# --- who is it -------------------------------------------------------------------------------


async def is_nameless(message: Message) -> bool:
    """Written as the group or as a channel; what Telegram brings over from one isn't meant."""
    return message.sender_chat is not None and not message.is_automatic_forward


async def in_connected_chat(message: Message, clinic: Clinic) -> bool:
    """As nobody's message has a desk."""
    return await clinic.ask(lambda tx: tx.branches.branch_of_chat(message.chat.id)) is not None


async def has_no_standing(message: Message, desk: Desk | None = None) -> bool:
    if desk is None or message.from_user is None or message.from_user.is_bot:
        return False
    return desk.member is None or desk.member.standing is Standing.GONE


async def has_no_access(
    _event: Message | CallbackQuery, desk: Desk | None = None, raw_state: str | None = None
) -> bool:
    """Whoever answers a question of the bot isn't writing a line."""
    return desk is not None and not desk.works and raw_state is None


async def is_off_shift(_event: Message | CallbackQuery, desk: Desk | None = None) -> bool:
    """A shared account that hasn't said who is at the desk."""
    return desk is not None and desk.works and desk.name is None


async def is_shared(_event: Message | CallbackQuery, desk: Desk | None = None) -> bool:
    return desk is not None and desk.works and desk.member is not None and desk.member.shared


async def answers_form(_message: Message, raw_state: str | None = None) -> bool:
    return raw_state is not None


# --- coming and going ------------------------------------------------------------------------


async def nameless(message: Message, staff_texts: Texts) -> None:
    channel = message.sender_chat is not None and message.sender_chat.type == ChatType.CHANNEL
    await reply(message, staff_chat.nameless(staff_texts, channel=channel))


async def first_word(message: Message, visitor: Visitor, staff_texts: Texts) -> None:
    """Owners and managers are asked; the word itself is handled as any other."""
    name, full_name = known_as(visitor.user, staff_texts)
    await visitor.clinic.change(
        access.notice, message.chat.id, visitor.user.id, name, full_name, message.message_id
    )
    raise SkipHandler


def known_as(user: User, texts: Texts) -> tuple[str, str]:
    """The name for operations, and the whole one by which others know the person."""
    name = _clean(user.first_name) or _clean(user.full_name) or texts.plain("access-nameless")
    return name, _clean(user.full_name) or name


def _clean(name: str) -> str | None:
    try:
        return clean_name(without_ornaments(name))
    except NotANameError:
        return None


async def works_without_access(
    message: Message, visitor: Visitor, desk: Desk, staff_texts: Texts
) -> None:
    screen = staff_chat.no_access(staff_texts)
    if visitor.is_owner:  # their first word has just been noted, later than `desk` was found
        here, who = desk.branch.id, visitor.user.id
        member = await visitor.clinic.ask(lambda tx: tx.branches.member(here, who))
        screen = staff_chat.own_access(staff_texts, member) if member else screen
    await reply(message, screen)


async def somebody_left(message: Message, clinic: Clinic) -> None:
    if message.left_chat_member is not None:
        await clinic.change(access.left_chat, message.chat.id, message.left_chat_member.id)


async def standing_changed(event: ChatMemberUpdated, clinic: Clinic) -> None:
    if not is_present(event.new_chat_member):
        await clinic.change(access.left_chat, event.chat.id, event.new_chat_member.user.id)


# --- letting in ------------------------------------------------------------------------------


async def decide(
    press: CallbackQuery,
    callback_data: AccessPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
) -> None:
    await _check_decides(visitor, desk)
    by = Decider(visitor.user.id, visitor.is_owner)
    decision = access.let_in if callback_data.give else access.person
    page = await visitor.clinic.change(decision, by, desk.branch.id, callback_data.member)
    if page.member.works:
        name = desk.member.name if desk.member else known_as(visitor.user, staff_texts)[0]
        await turn(press, staff_chat.access_given(staff_texts, page.member, name))
    else:
        await turn(press, staff_chat.access_later(staff_texts, page.member))


async def _check_decides(visitor: Visitor, desk: Desk) -> None:
    """An owner needs no place in the chat; a manager must still be there."""
    if visitor.is_owner:
        return
    if desk.member is None or not desk.member.manages:
        raise ManagerOnlyError
    await check_still_here(visitor, desk)


# --- whose shift -----------------------------------------------------------------------------


async def ask_shift(
    message: Message, visitor: Visitor, desk: Desk, staff_texts: Texts, state: FSMContext
) -> None:
    """The question answers the line, which is taken up once there is a name."""
    await state.clear()
    names = await visitor.clinic.ask(access.names_for_shift, desk.branch.id, visitor.user.id)
    await reply(message, staff_chat.shift(staff_texts, names))


async def ask_shift_first(
    press: CallbackQuery, visitor: Visitor, desk: Desk, staff_texts: Texts
) -> None:
    """Whatever was pressed is pressed again after the answer."""
    names = await visitor.clinic.ask(access.names_for_shift, desk.branch.id, visitor.user.id)
    if isinstance(press.message, Message):
        await post(press.message, staff_chat.shift(staff_texts, names))
    await press.answer(visitor.texts.plain("shift-first"), show_alert=True)


async def shift_chosen(
    press: CallbackQuery,
    callback_data: ShiftPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
    **data: Any,  # noqa: ANN401 (whatever the middlewares have found, for the line)
) -> None:
    """The line that the question answers is taken up, as if it were written now."""
    names = await visitor.clinic.ask(access.names_for_shift, desk.branch.id, visitor.user.id)
    name = next((one for one in names if mark(one) == callback_data.mark), None)
    if name is None:  # back from typing, or the name has gone meanwhile
        await data["state"].clear()
        await turn(press, staff_chat.shift(staff_texts, names))
        return
    member = await visitor.clinic.change(access.go_on_shift, desk.branch.id, visitor.user.id, name)
    await edit(press, staff_chat.on_shift(staff_texts, desk.branch, member))
    await _take_up(press, visitor=visitor, staff_texts=staff_texts, **data)
    await press.answer()


async def _take_up(press: CallbackQuery, *, event_router: Router, **data: Any) -> None:  # noqa: ANN401
    line = press.message.reply_to_message if isinstance(press.message, Message) else None
    groups = event_router.parent_router
    if line and groups and line.from_user and line.from_user.id == press.from_user.id:
        await groups.propagate_event("message", line, **data)


async def change_shift(
    press: CallbackQuery, visitor: Visitor, desk: Desk, staff_texts: Texts
) -> None:
    """A new question: the old one answers a line that was taken up."""
    names = await visitor.clinic.ask(access.names_for_shift, desk.branch.id, visitor.user.id)
    if isinstance(press.message, Message):
        await press.message.edit_reply_markup(reply_markup=None)
        await post(press.message, staff_chat.shift(staff_texts, names))
    await press.answer()


async def other_name(press: CallbackQuery, staff_texts: Texts, state: FSMContext) -> None:
    await state.set_state(ShiftForm.name)
    await remember_question(state, press.message)
    await turn(press, staff_chat.write_shift(staff_texts))


async def name_written(
    message: Message, visitor: Visitor, desk: Desk, staff_texts: Texts, state: FSMContext
) -> None:
    member = await visitor.clinic.change(
        access.go_on_shift, desk.branch.id, visitor.user.id, message.text or ""
    )
    screen = staff_chat.on_shift(staff_texts, desk.branch, member, again=True)
    await answer_in_place(message, state, screen)


async def not_shared(_press: CallbackQuery, desk: Desk | None) -> None:
    raise NotSharedError if desk is not None and desk.works else NotHereError


def routes() -> Router:
    router = Router(name="staff-access")
    text, press = router.message, router.callback_query
    work = or_f(WORK, may_be_a_line)
    words = When(F.text & ~F.text.startswith("/"))
    text.register(nameless, is_nameless, OWNERS)
    text.register(nameless, is_nameless, work, in_connected_chat)
    text.register(somebody_left, When(F.left_chat_member))
    text.register(first_word, When(F.content_type.in_(SAID)), has_no_standing)
    text.register(name_written, ShiftForm.name, words, not_to_another, is_shared)
    text.register(ask_shift, is_off_shift, or_f(work, answers_form))
    text.register(works_without_access, has_no_access, work)
    press.register(decide, AccessPress.filter(), in_staff_chat)
    press.register(shift_chosen, ShiftPress.filter(), is_shared)
    press.register(other_name, OtherNamePress.filter(), is_shared)
    press.register(change_shift, ChangeShiftPress.filter(), is_shared)
    for kind in (ShiftPress, OtherNamePress, ChangeShiftPress):
        press.register(not_shared, kind.filter())
    press.register(ask_shift_first, is_off_shift)
    router.chat_member.register(standing_changed)
    return router
