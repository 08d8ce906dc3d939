"""Appointments at the desk: booked by a line or a button, moved, cancelled, not come to."""

from collections.abc import Callable, Mapping
from functools import partial

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.patient.forms import remember_question
from handlers.show import turn
from handlers.staff.card import plain_answer, working
from handlers.staff.desk import Desk, at_desk, check_still_here
from handlers.staff.posting import answer_in_place, post
from handlers.staff.wording import await_wording, in_time, not_to_another
from handlers.visitor import Visitor
from loyalty.appointments import attending, booking, cancelling, looking, moving, wanted
from loyalty.appointments.appointment import Appointment
from loyalty.appointments.changing import AppointmentChangedError
from loyalty.appointments.looking import AppointmentCard
from loyalty.appointments.times import DoubtfulTimeError, Doubts, of_minute
from loyalty.appointments.wanted import Slot
from loyalty.desk import codes
from loyalty.desk.codes import NoSuchCodeError
from loyalty.desk.drafting import StaleCardError
from loyalty.line.readings import Appointment as Typed
from loyalty.people import Patient, clean_name
from loyalty.ports import Transaction
from loyalty.team import Member
from screens import appointment_card
from screens import booking as screens
from screens.callbacks.appointments import (
    AppointmentPress,
    AppointmentStep,
    BookPress,
    MovePress,
)
from screens.screen import Screen
from screens.texts import Html, Texts

Wish = BookPress | MovePress


class AppointmentForm(StatesGroup):
    when = State()


# --- from the staff line ---------------------------------------------------------------------


async def book_line(
    message: Message, line: Typed, source: str, visitor: Visitor, desk: Desk, texts: Texts
) -> None:
    """Booked at once where nothing is to be asked; a code that was none is counted."""
    by, _ = working(desk)
    try:
        found = await visitor.clinic.ask(wanted.patients, by, line.who)
    except NoSuchCodeError:
        await visitor.clinic.change(codes.note_miss, by, visitor.owners)
        raise
    slot = await visitor.clinic.ask(wanted.slot, by, line.day, line.at, line.doctor)
    if len(found) > 1:
        await post(
            message, screens.which(texts, found, slot, await _at(visitor, desk, texts, slot))
        )
        return
    wish = BookPress(patient=found[0].id, at=_minute(slot), doctor=slot.doctor)
    outcome = await _try(visitor, desk, texts, wish, source, slot.unknown)
    if isinstance(outcome, Screen):
        await post(message, outcome)
    else:
        await _post_card(message, visitor, texts, outcome)


async def _post_card(message: Message, visitor: Visitor, texts: Texts, booked: Appointment) -> None:
    found = await visitor.clinic.ask(looking.card, booked.id)
    shown = await post(message, appointment_card.card(texts, found))
    await _take_place(visitor, texts, found, shown.message_id)


async def _take_place(visitor: Visitor, texts: Texts, found: AppointmentCard, message: int) -> None:
    """This message shows it from now on; an older one says so."""
    before, chat = found.appointment.card, found.branch.chat
    number = found.appointment.id
    await visitor.clinic.change(lambda tx: tx.appointments.put_on_card(number, message))
    if before is not None and before != message and chat is not None:
        screen = screens.below(texts, found)
        await visitor.bot.edit_message_text(screen.text, chat_id=chat, message_id=before)


# --- from a button ---------------------------------------------------------------------------


async def ask_when(
    press: CallbackQuery,
    callback_data: Wish,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
    state: FSMContext,
) -> None:
    """The time is typed next; the question stands below what was pressed."""
    by, _ = working(desk)
    about = callback_data.model_dump(include={"patient", "appointment", "revision"})
    if isinstance(callback_data, MovePress):
        found = await visitor.clinic.ask(_movable, by.branch, callback_data)
        screen = screens.ask_when(staff_texts, found.patient, found)
    else:
        screen = screens.ask_when(staff_texts, await _patient(visitor, callback_data.patient))
    await await_wording(press, visitor, state, AppointmentForm.when, **about)
    if press.message:
        await remember_question(state, await post(press.message, screen))
    await press.answer()


def _movable(tx: Transaction, branch: int, press: MovePress) -> AppointmentCard:
    """Raises StaleCardError: another branch's. AppointmentChangedError."""
    found = looking.card(tx, press.appointment)
    if found.appointment.branch != branch:
        raise StaleCardError
    if found.appointment.revision != press.revision:
        raise AppointmentChangedError
    return found


async def may_be_a_time(message: Message) -> bool:
    """Without a digit it is talk between colleagues."""
    return any(letter.isdigit() for letter in message.text or "")


async def when_typed(
    message: Message, visitor: Visitor, desk: Desk, staff_texts: Texts, state: FSMContext
) -> None:
    """The question becomes the card, or the next question."""
    asked, (by, _) = await state.get_data(), working(desk)
    today = desk.branch.today(message.date)
    slot = await visitor.clinic.ask(wanted.typed, by, message.text or "", today)
    wish = _wish(asked).model_copy(update={"at": _minute(slot), "doctor": slot.doctor})
    source = f"book:{message.chat.id}:{message.message_id}"
    outcome = await _try(visitor, desk, staff_texts, wish, source, slot.unknown)
    if isinstance(outcome, Screen):
        await answer_in_place(message, state, outcome)
        return
    found = await visitor.clinic.ask(looking.card, outcome.id)
    await answer_in_place(message, state, appointment_card.card(staff_texts, found))
    await _take_place(visitor, staff_texts, found, asked["question"])


def _wish(asked: dict[str, int]) -> Wish:
    if "appointment" in asked:
        return MovePress(appointment=asked["appointment"], revision=asked["revision"])
    return BookPress(patient=asked["patient"])


async def chosen(
    press: CallbackQuery,
    callback_data: Wish,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
    state: FSMContext,
) -> None:
    """The time is known: what was still asked about is answered now."""
    await state.clear()
    wish, unknown = callback_data, None
    if wish.doctor == screens.NAMED:
        wish, unknown = wish.model_copy(update={"doctor": None}), _doctor_in(press)
    elif wish.adds:
        wish = await _with_doctor(visitor, desk, wish, _doctor_in(press))
    message = press.message.message_id if press.message else 0
    source = f"booked:{desk.branch.chat}:{message}"
    outcome = await _try(visitor, desk, staff_texts, wish, source, unknown)
    if isinstance(outcome, Screen):
        await turn(press, outcome)
        return
    found = await visitor.clinic.ask(looking.card, outcome.id)
    shown = await turn(press, appointment_card.card(staff_texts, found))
    if shown is not None:
        await _take_place(visitor, staff_texts, found, shown)


def _doctor_in(press: CallbackQuery) -> str:
    """The name that the question shows. Raises StaleCardError: it can't be read any more."""
    if not isinstance(press.message, Message) or not press.message.text:
        raise StaleCardError
    return clean_name(screens.doctor_in(press.message.text))


async def _with_doctor(visitor: Visitor, desk: Desk, wish: Wish, name: str) -> Wish:
    """The name joins the list."""
    by, _ = working(desk)
    add = visitor.clinic.change(lambda tx: tx.branches.add_doctor(name, by.telegram))
    return wish.model_copy(update={"doctor": await add, "adds": False})


async def _try(
    visitor: Visitor, desk: Desk, texts: Texts, wish: Wish, source: str, unknown: str | None
) -> Appointment | Screen:
    """What came of it, or what is to be asked first."""
    patient = await visitor.clinic.ask(_whose, wish)
    if unknown is not None:
        slot = Slot(of_minute(wish.at or 0), None, unknown)
        doctors = dict(await visitor.clinic.ask(lambda tx: tx.branches.doctors()))
        when = await _at(visitor, desk, texts, slot)
        return screens.unknown_doctor(texts, patient, wish, unknown, doctors, when)
    await check_still_here(visitor, desk)
    try:
        return await _do(visitor, desk, wish, source)
    except DoubtfulTimeError as asked:
        people = await visitor.clinic.ask(_people, asked.doubts)
        today = await visitor.clinic.ask(lambda tx: desk.branch.today(tx.now))
        return screens.doubtful(texts, patient, wish, asked.doubts, desk.branch, people, today)


async def _do(visitor: Visitor, desk: Desk, wish: Wish, source: str) -> Appointment:
    by, name = working(desk)
    at, doctor, surely = of_minute(wish.at or 0), wish.doctor, wish.surely
    if isinstance(wish, MovePress):
        move = partial(moving.move, starts_at=at, doctor=doctor, surely=surely)
        return await visitor.clinic.change(move, by, name, wish.appointment, wish.revision)
    book = partial(
        booking.book,
        source=source,
        patient=wish.patient,
        branch=by.branch,
        starts_at=at,
        doctor=doctor,
        surely=surely,
    )
    return await visitor.clinic.change(book, by, name)


def _whose(tx: Transaction, wish: Wish) -> Patient:
    if isinstance(wish, MovePress):
        return tx.people.patient(tx.appointments.appointment(wish.appointment).patient)
    return tx.people.patient(wish.patient)


def _people(tx: Transaction, doubts: Doubts) -> dict[int, Patient]:
    return {one.patient: tx.people.patient(one.patient) for one in doubts.busy}


# --- the card's own buttons ------------------------------------------------------------------


async def show(
    press: CallbackQuery,
    callback_data: AppointmentPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
) -> None:
    found = await visitor.clinic.ask(_here, desk, callback_data)
    await turn(press, appointment_card.card(staff_texts, found))


async def ask_cancel(
    press: CallbackQuery,
    callback_data: AppointmentPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
) -> None:
    found = await visitor.clinic.ask(_here, desk, callback_data)
    if found.appointment.revision != callback_data.revision or not found.appointment.live:
        await turn(press, appointment_card.card(staff_texts, found))
        raise AppointmentChangedError
    await turn(press, screens.ask_cancel(staff_texts, found))


def _here(tx: Transaction, desk: Desk, press: AppointmentPress) -> AppointmentCard:
    found = looking.card(tx, press.appointment)
    if found.appointment.branch != desk.branch.id:
        raise StaleCardError
    return found


CHANGES: Mapping[AppointmentStep, Callable[[Transaction, Member, int, int], Appointment]] = {
    AppointmentStep.CANCEL_SURELY: cancelling.cancel,
    AppointmentStep.MISSED: attending.missed,
    AppointmentStep.NOT_MISSED: attending.not_missed,
}


async def change(
    press: CallbackQuery,
    callback_data: AppointmentPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
) -> None:
    """A button of an older card changes nothing; the card shows how it stands."""
    await check_still_here(visitor, desk)
    by, _ = working(desk)
    wish = callback_data
    does = CHANGES.get(wish.step, partial(moving.last, minutes=wish.minutes))
    try:
        await visitor.clinic.change(does, by, wish.appointment, wish.revision)
    except AppointmentChangedError:
        found = await visitor.clinic.ask(_here, desk, wish)
        await turn(press, appointment_card.card(staff_texts, found))
        raise
    found = await visitor.clinic.ask(looking.card, wish.appointment)
    await turn(press, appointment_card.card(staff_texts, found))


# --- inside ----------------------------------------------------------------------------------


async def _patient(visitor: Visitor, patient: int) -> Patient:
    return await visitor.clinic.ask(lambda tx: tx.people.patient(patient).check_kept())


async def _at(visitor: Visitor, desk: Desk, texts: Texts, slot: Slot) -> Html:
    today = await visitor.clinic.ask(lambda tx: desk.branch.today(tx.now))
    return screens.at(texts, desk.branch, slot.starts_at, today)


def _minute(slot: Slot) -> int:
    return int(slot.starts_at.timestamp()) // 60


def routes() -> Router:
    router = Router(name="staff-booking")
    press = router.callback_query
    for wish in (BookPress, MovePress):
        press.register(ask_when, wish.filter(F.at.is_(None)), at_desk)
        press.register(chosen, wish.filter(), at_desk)
    step = AppointmentPress.filter
    press.register(show, step(F.step == AppointmentStep.SHOW), at_desk)
    press.register(ask_cancel, step(F.step == AppointmentStep.CANCEL), at_desk)
    press.register(change, step(), at_desk)
    answers = (at_desk, plain_answer, not_to_another, in_time, may_be_a_time)
    router.message.register(when_typed, AppointmentForm.when, *answers)
    return router
