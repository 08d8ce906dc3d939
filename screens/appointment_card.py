"""An appointment in the staff chat: its card, and what is asked before it is booked or moved."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton

from loyalty.appointments.appointment import Appointment, State
from loyalty.appointments.looking import AppointmentCard
from loyalty.appointments.times import OFFERED
from screens.appointments import day_in_words
from screens.callbacks.appointments import AppointmentPress, AppointmentStep, MovePress
from screens.naming import person
from screens.screen import Screen, button, under
from screens.texts import Html, Texts

Row = Sequence[InlineKeyboardButton]


def card(texts: Texts, found: AppointmentCard) -> Screen:
    """How it stands, and what can be done about it."""
    one = found.appointment
    at = one.timed_at.astimezone(found.branch.where)
    lines = [
        texts(
            "booking-title", state=Html(one.state), asked=Html("yes" if one.by_patient else "no")
        ),
        person(texts, found.patient),
        texts("appointment-ahead", when=Html(_time(texts, found))),
        " · ".join(_with_whom(texts, found)),
        texts("booking-booked", at=at, name=one.booked_name),
    ]
    if one.live and not found.in_app:
        lines.append(texts("booking-not-in-app"))
    return Screen("\n".join(lines), under(*_buttons(texts, one)))


def _with_whom(texts: Texts, found: AppointmentCard) -> list[str]:
    doctor = [texts("card-doctor", name=found.doctor)] if found.doctor else []
    return [texts("booking-minutes", minutes=found.appointment.minutes), *doctor]


def _time(texts: Texts, found: AppointmentCard) -> str:
    one = found.appointment
    day = day_in_words(one.day(found.branch), found.today, texts)
    return texts("booking-time", day=day, hour=one.hour(found.branch))


def _buttons(texts: Texts, one: Appointment) -> list[Row]:
    if one.state is State.MISSED:
        return [[_key(texts.plain("booking-button-not-missed"), one, AppointmentStep.NOT_MISSED)]]
    if not one.live:
        return []
    lengths = [
        _key(texts.plain("booking-minutes", minutes=minutes), one, AppointmentStep.LENGTH, minutes)
        for minutes in OFFERED
        if minutes != one.minutes
    ]
    move = MovePress(appointment=one.id, revision=one.revision)
    return [
        [
            button(texts.plain("appointment-button-move"), move),
            _key(texts.plain("appointment-button-cancel"), one, AppointmentStep.CANCEL),
        ],
        [*lengths, _key(texts.plain("booking-button-missed"), one, AppointmentStep.MISSED)],
    ]


def _key(
    label: str, one: Appointment, step: AppointmentStep, minutes: int = 0
) -> InlineKeyboardButton:
    press = AppointmentPress(appointment=one.id, revision=one.revision, step=step, minutes=minutes)
    return button(label, press)
