"""What a patient presses about the desk: their code, spending, their visits."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from loyalty.desk.complaints import Complaint
from screens.callbacks import FARTHEST_PAGE

Number = Annotated[int, Field(ge=1, le=2**62)]


class CodePress(CallbackData, prefix="code"):
    """«Обновить код»."""


class SpendAnswer(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_ME = "not-me"
    ASK_AGAIN = "ask"  # «Нет, всё верно» after «Это не я»


class SpendPress(CallbackData, prefix="spend"):
    """What the patient says to spending so many points at this draft."""

    draft: Number
    points: Number
    answer: SpendAnswer


class FreezeStep(StrEnum):
    ASK = "ask"
    SURELY = "yes"
    UNDO = "undo"


class FreezePress(CallbackData, prefix="freeze"):
    """«Это не я»; `draft` is the visit at which it was said."""

    step: FreezeStep
    draft: Number | None = None
    points: Number | None = None


class UnfreezePress(CallbackData, prefix="unfreeze"):
    """An owner or manager lets a wallet spend again."""

    wallet: Number


class ComplaintPress(CallbackData, prefix="complain"):
    visit: Number
    complaint: Complaint


class VisitsPress(CallbackData, prefix="visits"):
    page: Annotated[int, Field(ge=0, le=FARTHEST_PAGE)]
