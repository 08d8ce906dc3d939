"""What is asked before an appointment is booked or moved, and what was done."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from aiogram.types import InlineKeyboardButton

from loyalty.appointments.appointment import Appointment
from loyalty.appointments.looking import AppointmentCard
from loyalty.appointments.times import FAR_MONTHS, Doubts, of_minute
from loyalty.appointments.wanted import Slot
from loyalty.branches import Branch
from loyalty.desk.searching import SHOWN
from loyalty.people import Patient
from screens.appointments import day_in_words
from screens.callbacks.appointments import AppointmentPress, AppointmentStep, BookPress, MovePress
from screens.callbacks.corrections import LeavePress
from screens.naming import masked, person, shown_name
from screens.screen import Screen, button, in_pairs, short, under
from screens.texts import Html, Texts, unisolated

LABEL = 20
DOCTORS_SHOWN = 20
NAMED = 0  # in place of a doctor: the name in the question is asked about next

Wish = BookPress | MovePress
Row = Sequence[InlineKeyboardButton]


def at(texts: Texts, branch: Branch, moment: datetime, today: date) -> Html:
    """`суббота, 12 декабря, 15:30`."""
    here = moment.astimezone(branch.where)
    day = day_in_words(here.date(), today, texts)
    return Html(texts("booking-time", day=day, hour=here.time()))


def ask_when(texts: Texts, patient: Patient, moves: AppointmentCard | None = None) -> Screen:
    """The next words name the time."""
    whose = person(texts, patient)
    if moves is None:
        return Screen(texts("booking-when", person=whose), under(_drop(texts)))
    now = at(texts, moves.branch, moves.appointment.starts_at, moves.today)
    return Screen(texts("booking-move-when", person=whose, now=now), under(_leave(texts)))


def which(texts: Texts, patients: Sequence[Patient], slot: Slot, when: Html) -> Screen:
    """Several go by these digits. A doctor whom the list lacks is asked about next."""
    doctor = NAMED if slot.unknown else slot.doctor
    rows: list[Row] = [
        [
            button(
                f"{shown_name(one, texts)} {masked(one.phone)}",
                BookPress(patient=one.id, at=_minute(slot.starts_at), doctor=doctor),
            )
        ]
        for one in patients[:SHOWN]
    ]
    lines = [texts("booking-which", when=when)]
    lines += [texts("booking-doctor-name", name=slot.unknown)] if slot.unknown else []
    return Screen("\n".join(lines), under(*rows, _drop(texts)))


def unknown_doctor(
    texts: Texts, patient: Patient, wish: Wish, name: str, doctors: dict[int, str], when: Html
) -> Screen:
    """The name stands in a line of its own: it goes into no button."""
    lines = [
        texts("booking-doctor-unknown", person=person(texts, patient), when=when),
        texts("booking-doctor-name", name=name),
    ]
    adds = wish.model_copy(update={"adds": True})
    nobody = wish.model_copy(update={"doctor": None})
    known = [
        button(short(known, LABEL), wish.model_copy(update={"doctor": number}))
        for number, known in list(doctors.items())[:DOCTORS_SHOWN]
    ]
    add = button(texts.plain("booking-button-add-doctor"), adds)
    without = button(texts.plain("booking-button-no-doctor"), nobody)
    return Screen("\n".join(lines), under([add], *in_pairs(known), [without], _away(texts, wish)))


def doctor_in(question: str) -> str:
    """The name as the question about it shows it."""
    return unisolated(question.splitlines()[-1])


def doubtful(
    texts: Texts,
    patient: Patient,
    wish: Wish,
    doubts: Doubts,
    branch: Branch,
    people: dict[int, Patient],
    today: date,
) -> Screen:
    """What speaks against the time; it may be meant all the same."""
    when = at(texts, branch, _moment(wish), today)
    lines = [texts("booking-doubtful", person=person(texts, patient), when=when)]
    lines += _doubts(texts, doubts, branch, people, today)
    surely = button(texts.plain("booking-button-surely"), wish.model_copy(update={"surely": True}))
    other = button(
        texts.plain("booking-button-other-time"),
        wish.model_copy(update={"at": None, "doctor": None}),
    )
    return Screen("\n".join(lines), under([surely], [other], _away(texts, wish)))


def _doubts(
    texts: Texts, doubts: Doubts, branch: Branch, people: dict[int, Patient], today: date
) -> Iterator[str]:
    if doubts.day_off:
        yield texts("booking-day-off")
    if doubts.closed:
        yield texts("booking-closed", opens=branch.opens, closes=branch.closes)
    if doubts.far:
        yield texts("booking-far", months=FAR_MONTHS)
    for one in doubts.busy:
        yield texts(
            "booking-busy",
            person=person(texts, people[one.patient]),
            when=at(texts, branch, one.starts_at, today),
            minutes=one.minutes,
        )
    for one in doubts.theirs:
        yield texts(
            "booking-theirs", when=at(texts, branch, one.starts_at, today), minutes=one.minutes
        )


def ask_cancel(texts: Texts, found: AppointmentCard) -> Screen:
    one = found.appointment
    when = at(texts, found.branch, one.starts_at, found.today)
    text = texts("booking-cancel-sure", person=person(texts, found.patient), when=when)
    yes = _press(texts.plain("booking-button-cancel-surely"), one, AppointmentStep.CANCEL_SURELY)
    back = _press(texts.plain("booking-button-keep"), one, AppointmentStep.SHOW)
    return Screen(text, under([yes, back]))


def below(texts: Texts, found: AppointmentCard) -> Screen:
    """An older card: the appointment has a newer one."""
    return Screen(texts("booking-below", person=person(texts, found.patient)))


def _press(label: str, one: Appointment, step: AppointmentStep) -> InlineKeyboardButton:
    return button(label, AppointmentPress(appointment=one.id, revision=one.revision, step=step))


def _away(texts: Texts, wish: Wish) -> Row:
    return _leave(texts) if isinstance(wish, MovePress) else _drop(texts)


def _drop(texts: Texts) -> Row:
    """Nobody is booked yet: there is nothing to leave as it is."""
    return [button(texts.plain("booking-button-drop"), LeavePress())]


def _leave(texts: Texts) -> Row:
    return [button(texts.plain("correction-leave"), LeavePress())]


def _minute(moment: datetime) -> int:
    return int(moment.timestamp()) // 60


def _moment(wish: Wish) -> datetime:
    return of_minute(wish.at or 0)
