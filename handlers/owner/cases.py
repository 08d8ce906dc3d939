"""Cases: taken, passed on, answered, solved; and who stands in for an owner.

A message that shows a case is remembered, so that it is redrawn as the case changes and a reply
to it is an answer; what else the message shows later is remembered too.
"""

from datetime import timedelta

from aiogram import F, Router
from aiogram.enums import ChatAction
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramForbiddenError
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.owner.team import decider
from handlers.patient.forms import remember_question, strip_question
from handlers.show import say, turn
from handlers.spoken import TEXT, WORDS, listen, listened, said_in
from handlers.staff.desk import NotHereError, is_here
from handlers.staff.posting import answer_in_place
from handlers.visitor import Visitor
from loyalty.cases import handling, looking, recipients, talking
from loyalty.cases.looking import CaseFacts
from loyalty.cases.recipients import Colleague
from loyalty.desk import access
from loyalty.errors import Refusal
from loyalty.ports import Transaction
from screens import cases
from screens.callbacks.rating import CaseAct, CaseList, CasePress, CasesPress
from screens.screen import Screen

WAITS = timedelta(minutes=30)  # longer than that nobody remembers for whom the words were meant


class DeafDeputyError(Refusal):
    """They never pressed Start, or have blocked the bot."""

    text = "refusal-deaf-deputy"


class CaseForm(StatesGroup):
    answer = State()
    note = State()


async def sees_cases(_event: object, visitor: Visitor) -> bool:
    return await visitor.clinic.ask(looking.sees_any, decider(visitor), visitor.owners)


# --- the list --------------------------------------------------------------------------------


async def listed(message: Message, visitor: Visitor, state: FSMContext) -> None:
    await state.clear()
    await say(message, await _list(visitor))


async def listed_inside(press: CallbackQuery, visitor: Visitor, state: FSMContext) -> None:
    await state.clear()
    await _turn(press, visitor, await _list(visitor))


async def solved_ones(press: CallbackQuery, visitor: Visitor) -> None:
    found = await visitor.clinic.ask(looking.listed, decider(visitor), visitor.owners)
    await _turn(press, visitor, cases.solved_ones(visitor.texts, found))


async def _list(visitor: Visitor) -> Screen:
    found = await visitor.clinic.ask(looking.listed, decider(visitor), visitor.owners)
    deputy = found.deputy and Colleague(
        found.deputy, await visitor.clinic.ask(recipients.name_of, found.deputy)
    )
    return cases.listed(visitor.texts, found, deputy or None)


async def away(press: CallbackQuery, visitor: Visitor) -> None:
    by, owners = decider(visitor), visitor.owners
    whom = await visitor.clinic.ask(recipients.deputies, by, owners)
    await _turn(press, visitor, cases.choose_deputy(visitor.texts, whom))


async def gone(press: CallbackQuery, callback_data: CasesPress, visitor: Visitor) -> None:
    by, owners, deputy = decider(visitor), visitor.owners, callback_data.deputy or 0
    if deputy in {
        one.telegram for one in await visitor.clinic.ask(recipients.deputies, by, owners)
    }:
        await _check_can_hear(visitor, deputy)
    await visitor.clinic.change(recipients.go_away, by, owners, deputy)
    await _turn(press, visitor, await _list(visitor))


async def _check_can_hear(visitor: Visitor, deputy: int) -> None:
    """Cases must not go to somebody whom the bot can't write to. Raises DeafDeputyError.

    Asked of Telegram; where it doesn't answer now, the letter to the deputy will find out.
    """
    try:
        await visitor.bot.send_chat_action(deputy, ChatAction.TYPING)
    except (TelegramForbiddenError, TelegramBadRequest) as deaf:
        name = await visitor.clinic.ask(recipients.name_of, deputy)
        raise DeafDeputyError(name=name or visitor.texts.plain("case-an-owner")) from deaf
    except TelegramAPIError:
        return


async def back(press: CallbackQuery, visitor: Visitor) -> None:
    await visitor.clinic.change(recipients.come_back, decider(visitor))
    await _turn(press, visitor, await _list(visitor))


# --- one case --------------------------------------------------------------------------------


async def look(
    press: CallbackQuery, callback_data: CasePress, visitor: Visitor, state: FSMContext
) -> None:
    await state.clear()
    await _turn_to_case(press, visitor, callback_data.case)


async def take(
    press: CallbackQuery, callback_data: CasePress, visitor: Visitor, state: FSMContext
) -> None:
    await state.clear()
    await _check_still_handles(visitor, callback_data.case)
    by, owners, name = decider(visitor), visitor.owners, await _name(visitor)
    await visitor.clinic.change(handling.take, by, owners, name, callback_data.case)
    await _turn_to_case(press, visitor, callback_data.case)


async def ask_whom(
    press: CallbackQuery, callback_data: CasePress, visitor: Visitor, state: FSMContext
) -> None:
    await state.clear()
    facts = await _facts(visitor, callback_data.case)
    by, owners, branch = decider(visitor), visitor.owners, facts.branch.id
    whom = await visitor.clinic.ask(recipients.colleagues, by, owners, branch)
    screen = cases.pass_to(visitor.texts, callback_data.case, whom)
    await _turn(press, visitor, screen, callback_data.case)


async def pass_on(
    press: CallbackQuery, callback_data: CasePress, visitor: Visitor, state: FSMContext
) -> None:
    await state.clear()
    await _check_still_handles(visitor, callback_data.case)
    by, owners, to = decider(visitor), visitor.owners, callback_data.to or 0
    unnamed = visitor.texts.plain("case-an-owner")
    await visitor.clinic.change(handling.pass_on, by, owners, callback_data.case, to, unnamed)
    await _turn_to_case(press, visitor, callback_data.case)


async def ask_answer(
    press: CallbackQuery, callback_data: CasePress, visitor: Visitor, state: FSMContext
) -> None:
    """The question is a message of its own: the case stays in sight above it."""
    facts = await _facts(visitor, callback_data.case)
    await _listen_for_answer(visitor, state, facts.case.id)
    if press.message:
        asked = await say(press.message, cases.write_answer(visitor.texts, facts))
        await remember_question(state, asked)
    await press.answer()


async def answer(message: Message, visitor: Visitor, state: FSMContext) -> None:
    """One answer leads to the next: for half an hour more words go to the same patient.

    A reply goes where it says; and once another case has come in between, nobody can tell for
    whom the words are.
    """
    data = await state.get_data()
    case = await _replied(message, visitor) or data["case"]
    if case == data["case"] and await _another_has_come(visitor, case, data.get("latest", 0)):
        await strip_question(state, message)
        await state.clear()
        await say(message, cases.for_whom(visitor.texts))
        return
    await _answer(visitor, message, case)
    await strip_question(state, message)
    await _answered(message, visitor, state, case)


async def answer_by_reply(message: Message, visitor: Visitor, state: FSMContext) -> None:
    """A reply to a message of the case needs no button."""
    case = await _replied(message, visitor)
    if case is not None:
        await _answer(visitor, message, case)
        await _answered(message, visitor, state, case)


async def _answered(message: Message, visitor: Visitor, state: FSMContext, case: int) -> None:
    """Said once for an album, and plainly: what is written next goes to the patient too."""
    album, before = message.media_group_id, (await state.get_data()).get("heard")
    await _listen_for_answer(visitor, state, case)
    await state.update_data(heard=album)
    if album is not None and album == before:
        return
    asked = await say(message, cases.answered(visitor.texts, await _facts(visitor, case)))
    await remember_question(state, asked)


async def _listen_for_answer(visitor: Visitor, state: FSMContext, case: int) -> None:
    latest = await visitor.clinic.ask(lambda tx: tx.cases.latest_message(visitor.user.id))
    seen = latest[0] if latest else 0
    await listen(state, visitor, CaseForm.answer, WAITS, case=case, latest=seen)


async def _another_has_come(visitor: Visitor, case: int, seen: int) -> bool:
    latest = await visitor.clinic.ask(lambda tx: tx.cases.latest_message(visitor.user.id))
    return latest is not None and latest[0] > seen and latest[1] != case


async def _answer(visitor: Visitor, message: Message, case: int) -> None:
    await _check_still_handles(visitor, case)
    by, owners, name = decider(visitor), visitor.owners, await _name(visitor)
    await visitor.clinic.change(talking.answer, by, owners, name, case, said_in(message))


async def ask_note(
    press: CallbackQuery, callback_data: CasePress, visitor: Visitor, state: FSMContext
) -> None:
    facts = await _facts(visitor, callback_data.case)
    await listen(state, visitor, CaseForm.note, WAITS, case=facts.case.id)
    await remember_question(state, press.message)
    await _turn(press, visitor, cases.write_note(visitor.texts, facts), facts.case.id)


async def note(message: Message, visitor: Visitor, state: FSMContext) -> None:
    """The message that asked shows the case again, with the note in it; that may be far above."""
    data = await state.get_data()
    await _solve(visitor, data["case"], message.text)
    await _remember(visitor, data["question"], data["case"], whole=True)
    facts = await _facts(visitor, data["case"])
    await answer_in_place(message, state, cases.case(visitor.texts, facts))
    await say(message, cases.solved_now(visitor.texts, facts))


async def without_note(
    press: CallbackQuery, callback_data: CasePress, visitor: Visitor, state: FSMContext
) -> None:
    await _solve(visitor, callback_data.case, None)
    await state.clear()
    await _turn_to_case(press, visitor, callback_data.case)


async def _solve(visitor: Visitor, case: int, words: str | None) -> None:
    await _check_still_handles(visitor, case)
    by, owners, name = decider(visitor), visitor.owners, await _name(visitor)
    await visitor.clinic.change(handling.solve, by, owners, name, case, words)


# --- what a message shows --------------------------------------------------------------------


async def _turn_to_case(press: CallbackQuery, visitor: Visitor, case: int) -> None:
    shows = await turn(press, await _case(visitor, case))
    if shows is not None:
        await _remember(visitor, shows, case, whole=True)


async def _turn(
    press: CallbackQuery, visitor: Visitor, screen: Screen, case: int | None = None
) -> None:
    """Another screen than the case itself: a question about it, or the list.

    Said before it is shown: a letter that redraws the case may be about to leave.
    """
    pressed = press.message and press.message.message_id
    if pressed:
        await _remember(visitor, pressed, case, whole=False)
    shows = await turn(press, screen)
    if shows is not None and shows != pressed:
        await _remember(visitor, shows, case, whole=False)


async def _remember(visitor: Visitor, message: int, case: int | None, *, whole: bool) -> None:
    me, owners = visitor.user.id, visitor.owners
    await visitor.clinic.change(_note_shown, me, owners, message, case, whole=whole)


def _note_shown(
    tx: Transaction,
    telegram: int,
    owners: recipients.Owners,
    message: int,
    case: int | None,
    *,
    whole: bool,
) -> None:
    if case is None:
        tx.cases.hide(telegram, message)
        return
    as_owner = recipients.acts_as_owner(tx, owners, telegram)
    tx.cases.show(case, telegram, message, whole=whole, as_owner=as_owner)


async def _facts(visitor: Visitor, case: int) -> CaseFacts:
    return await visitor.clinic.ask(looking.look, decider(visitor), visitor.owners, case)


async def _case(visitor: Visitor, case: int) -> Screen:
    return cases.case(visitor.texts, await _facts(visitor, case))


async def _name(visitor: Visitor) -> str:
    """As colleagues know them, else as Telegram does."""
    known = await visitor.clinic.ask(recipients.name_of, visitor.user.id)
    return known or visitor.user.first_name


async def _check_still_handles(visitor: Visitor, case: int) -> None:
    """A manager who has left the staff chat decides nothing there.

    Raises NotTheirCaseError, NotHereError, DisconnectedError, UnsureError.
    """
    facts = await _facts(visitor, case)
    manages = await visitor.clinic.ask(_manages, facts.branch.id, visitor.user.id)
    if visitor.is_owner or not manages or await is_here(visitor, facts.branch, visitor.user):
        return
    await visitor.clinic.change(access.left, facts.branch.id, visitor.user.id)
    raise NotHereError


def _manages(tx: Transaction, branch: int, telegram: int) -> bool:
    member = tx.branches.member(branch, telegram)
    return member is not None and member.manages


async def replies_to_case(message: Message, visitor: Visitor) -> bool:
    """A filter: the message that was replied to speaks of a case."""
    return await _replied(message, visitor) is not None


async def _replied(message: Message, visitor: Visitor) -> int | None:
    replied, me = message.reply_to_message, visitor.user.id
    if replied is None:
        return None
    return await visitor.clinic.ask(lambda tx: tx.cases.case_behind(me, replied.message_id))


def routes() -> Router:
    router = Router(name="owner-cases")
    text, press = router.message, router.callback_query
    text.register(listed, Command("cases"), sees_cases)
    # What was asked for comes before replies: a note written in reply to its question is a note.
    text.register(note, CaseForm.note, TEXT, listened)
    text.register(answer, CaseForm.answer, WORDS, listened)
    text.register(answer_by_reply, WORDS, replies_to_case)
    press.register(listed_inside, CasesPress.filter(F.show == CaseList.OPEN), sees_cases)
    press.register(solved_ones, CasesPress.filter(F.show == CaseList.SOLVED), sees_cases)
    chosen = CasesPress.filter((F.show == CaseList.AWAY) & F.deputy)
    press.register(gone, chosen, sees_cases)
    press.register(away, CasesPress.filter(F.show == CaseList.AWAY), sees_cases)
    press.register(back, CasesPress.filter(F.show == CaseList.BACK), sees_cases)
    press.register(take, CasePress.filter(F.act == CaseAct.TAKE))
    press.register(pass_on, CasePress.filter((F.act == CaseAct.HAND_ON) & F.to))
    press.register(ask_whom, CasePress.filter(F.act == CaseAct.HAND_ON))
    press.register(ask_answer, CasePress.filter(F.act == CaseAct.ANSWER))
    press.register(ask_note, CasePress.filter(F.act == CaseAct.SOLVE))
    press.register(without_note, CasePress.filter(F.act == CaseAct.SOLVED))
    press.register(look, CasePress.filter())
    return router
