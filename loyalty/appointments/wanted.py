"""Whom, when and with whom a typed appointment means."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from loyalty.appointments import times
from loyalty.desk import codes, searching
from loyalty.desk.searching import SHOWN
from loyalty.errors import Refusal
from loyalty.line.line import Appointment, Who, read
from loyalty.line.refusals import AppointmentPastError, AppointmentTooFarError
from loyalty.line.words import BOOKING_SAID
from loyalty.people import Patient
from loyalty.ports import Transaction
from loyalty.team import Member

ANYBODY = "0000"


class PhoneUnknownError(Refusal):
    """Nobody is written down under this number: they are, first."""

    text = "refusal-appointment-phone-unknown"


class TrainingAppointmentError(Refusal):
    """The training patient comes to nobody."""

    text = "refusal-appointment-training"


class NotATimeError(Refusal):
    """The words name no day and hour, or something besides."""

    text = "refusal-not-a-time"


@dataclass(frozen=True, slots=True)
class Slot:
    """A time and a doctor: of the list, or a name that it lacks."""

    starts_at: datetime
    doctor: int | None
    unknown: str | None


def patients(tx: Transaction, by: Member, who: Who) -> Sequence[Patient]:
    """Whom they may mean, up to nine; one code may mean another child of the family.

    Raises PhoneUnknownError, TrainingAppointmentError, CodeLockedError, NoSuchCodeError (the miss
    is counted by `codes.note_miss`).
    """
    if who.phone is not None:
        found = tx.people.patients_with_phone(who.phone)[: SHOWN + 1]
        if not found:
            raise PhoneUnknownError
        return found
    if who.code == codes.TRAINING:
        raise TrainingAppointmentError
    found = searching.by_digits(tx, by, who.code or "", SHOWN + 1)
    return tx.people.sharing(found[0].wallet) if len(found) == 1 else found


def slot(tx: Transaction, by: Member, day: date, hour: time, doctor: str | None) -> Slot:
    """On the clock of the branch. Raises NoSuchHourError, DoubledHourError."""
    known = {name.casefold(): number for number, name in tx.branches.doctors().items()}
    number = known.get(doctor.casefold()) if doctor else None
    starts_at = times.moment(tx.branches.branch(by.branch), day, hour)
    return Slot(starts_at, number, doctor if number is None else None)


def typed(tx: Transaction, by: Member, words: str, today: date) -> Slot:
    """«12.12 15:30 Петрова» alone.

    Raises NotATimeError, AppointmentPastError, AppointmentTooFarError, and as `slot` does.
    """
    found = _reading(words, today, list(tx.branches.doctors().values()))
    return slot(tx, by, found.day, found.at, found.doctor)


def _reading(words: str, today: date, doctors: Sequence[str]) -> Appointment:
    try:
        readings = read(f"{ANYBODY} {BOOKING_SAID} {words}", today, doctors)
    except (AppointmentPastError, AppointmentTooFarError):
        raise
    except Refusal as unread:
        raise NotATimeError from unread
    match readings:
        case (Appointment() as only,):
            return only
    raise NotATimeError
