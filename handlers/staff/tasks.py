"""Tasks: whom to call and answer. `/tasks`, the buttons of a card, and replies that are answers.

In a branch's staff chat; and where a branch has none, in the private chats of owners.
"""

from collections.abc import Callable
from contextlib import suppress

from aiogram import F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command, Filter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message, ReactionTypeEmoji

from handlers.show import turn
from handlers.spoken import PASSED, said_in
from handlers.staff.access import in_connected_chat, is_nameless, nameless
from handlers.staff.booking import may_be_a_time
from handlers.staff.card import plain_answer, working
from handlers.staff.desk import Desk, NotHereError, at_desk, in_staff_chat
from handlers.staff.doing import AtDesk, InPrivate
from handlers.staff.posting import answer_in_place, edit, post
from handlers.staff.wording import await_wording, in_time, not_to_another
from handlers.visitor import Visitor
from loyalty.appointments import wanted
from loyalty.ports import Transaction
from loyalty.tasks import looking, results, talking
from loyalty.tasks.doing import Doer, StaleTaskError, TaskDoneError
from loyalty.tasks.looking import TaskFacts
from screens import tasks
from screens.callbacks.tasks import TaskAct, TaskPress, TasksPress
from screens.screen import Screen
from screens.texts import Texts

HEARD = "👌"
OUTDATED = (StaleTaskError, TaskDoneError)


class TaskForm(StatesGroup):
    later = State()


# --- the list --------------------------------------------------------------------------------


async def listed(message: Message, visitor: Visitor, desk: Desk, staff_texts: Texts) -> None:
    found = await visitor.clinic.ask(looking.listed, desk.branch.id, 0)
    await post(message, tasks.listed(staff_texts, found))


async def turn_page(
    press: CallbackQuery,
    callback_data: TasksPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
) -> None:
    """The message speaks of no task any more."""
    found = await visitor.clinic.ask(looking.listed, desk.branch.id, callback_data.page)
    await _note(press, visitor, None)
    await turn(press, tasks.listed(staff_texts, found))


async def _note(press: CallbackQuery, visitor: Visitor, task: int | None) -> None:
    """What a message of the list shows now: a reply to it is an answer in that talk."""
    if press.message is None:
        return
    chat, message = press.message.chat.id, press.message.message_id
    await visitor.clinic.change(_noted, chat, message, task)


def _noted(tx: Transaction, chat: int, message: int, task: int | None) -> None:
    if task is None:
        tx.tasks.hide(chat, message)
    elif tx.tasks.behind(chat, message) is None:
        tx.tasks.show(chat, message, task, whole=False)


# --- one task --------------------------------------------------------------------------------


async def look(
    press: CallbackQuery,
    callback_data: TaskPress,
    visitor: Visitor,
    staff_texts: Texts,
    state: FSMContext,
    by: Doer,
) -> None:
    await state.clear()
    number = callback_data.task
    facts = await visitor.clinic.ask(looking.look, by, number)
    if callback_data.page is not None:
        await _note(press, visitor, number)
    screen = tasks.card(staff_texts, facts, visitor.signboard, callback_data.page)
    await turn(press, screen)


async def phone(
    press: CallbackQuery,
    callback_data: TaskPress,
    visitor: Visitor,
    by: Doer,
) -> None:
    """The whole number, to the one who asks (programme: privacy)."""
    facts = await visitor.clinic.ask(looking.look, by, callback_data.task)
    await press.answer(tasks.numbers(visitor.texts, facts), show_alert=True)


async def ask(
    press: CallbackQuery,
    callback_data: TaskPress,
    visitor: Visitor,
    staff_texts: Texts,
    state: FSMContext,
    by: Doer,
) -> None:
    """What is to be chosen first: when, which result, of whom; the card stays in its place."""
    act = callback_data.act
    facts = await visitor.clinic.ask(looking.look, by, callback_data.task)
    if not facts.task.open or facts.task.revision != callback_data.revision:
        await turn(press, tasks.card(staff_texts, facts, visitor.signboard))
        return
    if act is TaskAct.LATER:
        about = {"task": facts.task.id, "revision": facts.task.revision}
        await await_wording(press, visitor, state, TaskForm.later, **about)
    await turn(press, _question(staff_texts, facts, callback_data, visitor))


def _question(texts: Texts, facts: TaskFacts, press: TaskPress, visitor: Visitor) -> Screen:
    match press.act:
        case TaskAct.LATER:
            return tasks.later(texts, facts)
        case TaskAct.MORE:
            return tasks.more(texts, facts, visitor.signboard)
    whom = tasks.only(facts, press.patient)
    if whom is None:
        return tasks.ask_who(texts, facts, press.act)
    return tasks.ask_never(texts, facts, whom)


# Each takes who presses, the task and the revision that was seen; these, whom it is about, too.
Result = Callable[..., object]
OF_ALL: dict[TaskAct, Result] = {
    TaskAct.NO_ANSWER: results.no_answer,
    TaskAct.IN_AN_HOUR: results.in_an_hour,
    TaskAct.IN_THE_MORNING: results.in_the_morning,
    TaskAct.IN_A_WEEK: results.in_a_week,
    TaskAct.WRONG_NUMBER: results.wrong_number,
}
OF_ONE: dict[TaskAct, Result] = {
    TaskAct.COMES: results.comes,
    TaskAct.DECLINED: results.declined,
    TaskAct.ELSEWHERE: results.elsewhere,
    TaskAct.NEVER_SURELY: results.never,
}
ASKS = {TaskAct.LATER, TaskAct.MORE, TaskAct.NEVER, TaskAct.BOOKED}


async def result(
    press: CallbackQuery,
    callback_data: TaskPress,
    visitor: Visitor,
    staff_texts: Texts,
    state: FSMContext,
    by: Doer,
) -> None:
    """One result, whoever else presses."""
    await state.clear()
    pressed = callback_data
    use_case = OF_ALL[pressed.act]
    try:
        await visitor.clinic.change(use_case, by, pressed.task, pressed.revision)
    finally:
        await _redraw(press, pressed.task, visitor, staff_texts, by)
    await press.answer()


async def result_of_one(
    press: CallbackQuery,
    callback_data: TaskPress,
    visitor: Visitor,
    staff_texts: Texts,
    by: Doer,
) -> None:
    """Of several in the call it is asked whose result it is."""
    pressed = callback_data
    facts = await visitor.clinic.ask(looking.look, by, pressed.task)
    whom = tasks.only(facts, pressed.patient)
    if whom is None and facts.task.open:
        await turn(press, tasks.ask_who(staff_texts, facts, pressed.act))
        return
    about = (by, pressed.task, pressed.revision, whom.patient.id if whom else 0)
    try:
        await visitor.clinic.change(OF_ONE[pressed.act], *about)
    finally:
        await _redraw(press, pressed.task, visitor, staff_texts, by)
    await press.answer()


async def done(
    press: CallbackQuery,
    callback_data: TaskPress,
    visitor: Visitor,
    staff_texts: Texts,
    by: Doer,
) -> None:
    await visitor.clinic.change(talking.done, by, callback_data.task)
    await _redraw(press, callback_data.task, visitor, staff_texts, by)
    await press.answer()


async def _redraw(
    press: CallbackQuery, task: int, visitor: Visitor, texts: Texts, by: Doer
) -> None:
    """As it stands now, also where the press came too late for it."""
    facts = await visitor.clinic.ask(looking.look, by, task)
    await edit(press, tasks.card(texts, facts, visitor.signboard))


async def later_typed(
    message: Message,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
    state: FSMContext,
    by: Doer,
) -> None:
    """The card that asked shows when it comes again."""
    asked = await state.get_data()
    today = desk.branch.today(message.date)
    slot = await visitor.clinic.ask(wanted.typed, working(desk)[0], message.text or "", today)
    about = (by, asked["task"], asked["revision"], slot.starts_at)
    try:
        await visitor.clinic.change(results.later, *about)
    except OUTDATED:
        await state.clear()  # nobody waits for these words any more
        raise
    facts = await visitor.clinic.ask(looking.look, by, asked["task"])
    await answer_in_place(message, state, tasks.card(staff_texts, facts, visitor.signboard))


# --- replies ---------------------------------------------------------------------------------


async def replies_to_talk(message: Message, visitor: Visitor) -> bool:
    """A filter: the message that was replied to belongs to a talk with a patient."""
    return await _replied(message, visitor) is not None


async def _replied(message: Message, visitor: Visitor) -> int | None:
    replied, chat = message.reply_to_message, message.chat.id
    if replied is None:
        return None
    found = await visitor.clinic.ask(lambda tx: tx.tasks.behind(chat, replied.message_id))
    return found.id if found is not None and found.talk else None


async def answered_at_desk(message: Message, visitor: Visitor, desk: Desk) -> None:
    """Any staff may; a shared account that has not said whose shift it is answers as itself."""
    if desk.member is None or not desk.works:
        raise NotHereError
    name = desk.name or desk.member.name
    await _answer(message, visitor, Doer(desk.member.telegram, name, desk.branch.id))


async def answered_in_private(message: Message, visitor: Visitor, by: Doer) -> None:
    await _answer(message, visitor, by)


async def _answer(message: Message, visitor: Visitor, by: Doer) -> None:
    talk = await _replied(message, visitor)
    if talk is None:
        return
    await visitor.clinic.change(talking.answer, by, talk, said_in(message))
    with suppress(TelegramBadRequest):  # a chat may do without reactions: the card shows it too
        await message.react([ReactionTypeEmoji(emoji=HEARD)])


async def not_for_you(press: CallbackQuery, visitor: Visitor) -> None:
    await press.answer(visitor.texts.plain("refusal-not-staff"), show_alert=True)


def routes() -> Router:
    """In a staff chat."""
    router = Router(name="staff-tasks")
    press, text = router.callback_query, router.message
    text.register(listed, Command("tasks"), at_desk)
    text.register(nameless, is_nameless, in_connected_chat, replies_to_talk)
    text.register(answered_at_desk, PASSED, in_staff_chat, replies_to_talk)
    answers = (AtDesk(), plain_answer, not_to_another, in_time, may_be_a_time)
    text.register(later_typed, TaskForm.later, *answers)
    press.register(turn_page, TasksPress.filter(), at_desk)
    _presses(router, AtDesk())
    for kind in (TaskPress, TasksPress):
        press.register(not_for_you, kind.filter())
    return router


def routes_in_private() -> Router:
    """For owners: the tasks of a branch without a staff chat."""
    router = Router(name="owner-tasks")
    may = InPrivate()
    router.message.register(answered_in_private, PASSED, may, replies_to_talk)
    _presses(router, may)
    return router


def _presses(router: Router, may: Filter) -> None:
    press = router.callback_query
    press.register(phone, TaskPress.filter(F.act == TaskAct.PHONE), may)
    press.register(ask, TaskPress.filter(F.act.in_(ASKS)), may)
    press.register(result, TaskPress.filter(F.act.in_(OF_ALL)), may)
    press.register(result_of_one, TaskPress.filter(F.act.in_(OF_ONE)), may)
    press.register(done, TaskPress.filter(F.act == TaskAct.DONE), may)
    press.register(look, TaskPress.filter(), may)
