"""Buttons of appointments: of staff, of patients, and of who wishes to be booked."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

Number = Annotated[int, Field(ge=1, le=2**62)]
Minute = Annotated[int, Field(ge=0, le=10**9)]  # since 1970
ANY_DOCTOR = 0


class BookPress(CallbackData, prefix="book"):
    """«Записать»: this patient, as far as it is chosen. Without `at` the time is asked.

    `surely`: what speaks against the time was shown. `adds`: a doctor whom the list lacks joins
    it; the name stands in the question.
    """

    patient: int
    at: Minute | None = None
    doctor: int | None = None
    surely: bool = False
    adds: bool = False


class MovePress(CallbackData, prefix="mv"):  # its numbers leave no room for a word
    """«Перенести», as `BookPress`."""

    appointment: int
    revision: Annotated[int, Field(ge=0, le=99_999)]
    at: Minute | None = None
    doctor: int | None = None
    surely: bool = False
    adds: bool = False


class AppointmentStep(StrEnum):
    SHOW = "show"
    LENGTH = "len"  # `minutes`
    CANCEL = "can"
    CANCEL_SURELY = "yes"
    MISSED = "mis"
    NOT_MISSED = "not"


class AppointmentPress(CallbackData, prefix="ap"):
    """A button of the card in the staff chat; each names the revision that it shows."""

    appointment: int
    revision: Annotated[int, Field(ge=0, le=99_999)]
    step: AppointmentStep
    minutes: Annotated[int, Field(ge=0, le=999)] = 0


class VisitAnswer(StrEnum):
    COMES = "yes"
    ALL_COME = "all"  # of the family, up to this one
    MOVE = "move"
    CANCEL = "no"
    CANCEL_SURELY = "surely"


class AnswerPress(CallbackData, prefix="appointment"):
    """What the patient says to their appointment at this time: another time is another question."""

    appointment: Number
    minute: Minute
    answer: VisitAnswer


class ElsewherePress(CallbackData, prefix="elsewhere"):
    """«Уже есть запись»: of a visit that the bot knows nothing about."""


class When(StrEnum):
    """Which hours suit them (programme: wish to book)."""

    DAY = "d"
    EVENING = "e"
    WEEKEND = "w"


class WishPress(CallbackData, prefix="wish"):
    """«Записаться», as far as it is chosen; doctor 0: any."""

    branch: Annotated[int, Field(ge=1, le=10**9)] | None = None
    patient: Number | None = None
    when: When | None = None
    doctor: Annotated[int, Field(ge=0, le=2**62)] | None = None
