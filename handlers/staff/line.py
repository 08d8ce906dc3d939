"""The staff line: one message of an administrator becomes a card."""

from datetime import date
from hashlib import sha256

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.staff.booking import book_line
from handlers.staff.desk import Desk, at_desk
from handlers.staff.forms import CardForm, await_words
from handlers.staff.posting import post
from handlers.staff.redrawing import post_card
from handlers.visitor import Visitor
from loyalty.desk import codes, drafting, searching
from loyalty.desk.card import Card, Stage
from loyalty.desk.card import card as card_of
from loyalty.desk.codes import NoSuchCodeError
from loyalty.desk.drafting import StaleCardError, Wanted
from loyalty.line.line import lone_name, looks_like_a_line, read
from loyalty.line.readings import MOST, Appointment, JustWho, Prefill, Visit, Who
from loyalty.ports import Transaction
from loyalty.team import Member
from screens import line as screens
from screens.callbacks.desk import ReadingPress
from screens.texts import Texts


async def may_be_a_line(message: Message, visitor: Visitor) -> bool:
    """«Лена 5000» is talk, unless a patient is called so."""
    text = message.text or ""
    if not looks_like_a_line(text):
        return False
    name = lone_name(text)
    return name is None or bool(await visitor.clinic.ask(searching.by_name, name))


async def typed(
    message: Message, visitor: Visitor, desk: Desk, staff_texts: Texts, state: FSMContext
) -> None:
    source = f"line:{message.chat.id}:{message.message_id}"
    await take(message, message.text or "", source, visitor, desk, staff_texts, state)


async def commanded(
    message: Message,
    command: CommandObject,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
    state: FSMContext,
) -> None:
    if not command.args:
        await post(message, screens.how(staff_texts))
        return
    source = f"line:{message.chat.id}:{message.message_id}"
    await take(message, command.args, source, visitor, desk, staff_texts, state)


async def chosen(
    press: CallbackQuery,
    callback_data: ReadingPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
    state: FSMContext,
) -> None:
    """Of several readings this one; the question goes, the card takes its place."""
    message = press.message
    line = None
    if isinstance(message, Message):
        line = screens.reading_in(message.text or "", callback_data.n)
    if line is None or not isinstance(message, Message):
        raise StaleCardError
    source = f"read:{message.chat.id}:{message.message_id}"
    await take(message, line, source, visitor, desk, staff_texts, state)
    await press.answer()


async def take(
    message: Message,
    text: str,
    source: str,
    visitor: Visitor,
    desk: Desk,
    texts: Texts,
    state: FSMContext,
) -> None:
    await state.clear()
    doctors = await visitor.clinic.ask(_doctors)
    day = desk.branch.today(message.date)  # when it was typed, however late it is read
    readings = read(text, day, doctors)
    if len(readings) > 1:
        await post(message, screens.which(texts, readings))
    elif isinstance(readings[0], Appointment):
        await book_line(message, readings[0], source, visitor, desk, texts)
    else:
        laid = await _drafted(visitor, desk, readings[0], source, day)
        await _ask_for_words(visitor, state, laid)
        await post_card(visitor, texts, laid, message.chat.id)
    await message.delete()


def _doctors(tx: Transaction) -> list[str]:
    return list(tx.branches.doctors().values())


async def _drafted(
    visitor: Visitor, desk: Desk, reading: Visit | Prefill | JustWho, source: str, day: date
) -> Card:
    """The card of what was typed; a code that was none is counted against who typed it."""
    by, name = _working(desk)
    try:
        draft = await visitor.clinic.change(
            drafting.open_draft,
            by,
            name,
            source=source,
            who=_who(reading.who),
            wanted=wanted(reading, day),
            typed=_mark(reading),
        )
    except NoSuchCodeError:
        await visitor.clinic.change(codes.note_miss, by, visitor.owners)
        raise
    return await visitor.clinic.ask(card_of, draft.id)


def _working(desk: Desk) -> tuple[Member, str]:
    assert desk.member and desk.name  # noqa: S101, PT018 (at_desk's promise, told to the types)
    return desk.member, desk.name


def _who(who: Who) -> str:
    return who.phone or who.code or ""


def _mark(reading: Visit | Prefill | JustWho) -> str | None:
    """By which an equal line of the last minute is known; looking at a card twice is no matter."""
    return sha256(repr(reading).encode()).hexdigest() if isinstance(reading, Visit) else None


def wanted(reading: Visit | Prefill | JustWho, day: date) -> Wanted:
    match reading:
        case Visit():
            parts = [(part.sum, part.category, part.doctor) for part in reading.parts]
            return Wanted(
                parts,
                points=reading.points if isinstance(reading.points, int) else None,
                most=reading.points is MOST,
                recall=reading.recall,
                day=reading.day or day,
                advance=reading.advance,
                unpaid=not any(part.sum for part in reading.parts),
            )
        case Prefill():
            begun = [(0, reading.category, reading.doctor)]
            return Wanted(begun, recall=reading.recall, day=day)
    return Wanted(day=day)


async def _ask_for_words(visitor: Visitor, state: FSMContext, laid: Card) -> None:
    """The card's own question may be answered by the next message, without a tap."""
    new_phone = laid.stage is Stage.WHO and not laid.candidates
    if new_phone:
        await await_words(visitor, state, CardForm.name, laid)
    elif laid.stage is Stage.SUM:
        await await_words(visitor, state, CardForm.sum, laid)


def routes() -> Router:
    router = Router(name="staff-line")
    router.message.register(commanded, Command("visit"), at_desk)
    router.message.register(typed, at_desk, may_be_a_line)
    router.callback_query.register(chosen, ReadingPress.filter(), at_desk)
    return router
