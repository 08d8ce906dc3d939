"""What patients press about a visit, and owners and managers about a case."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from loyalty.opinions import Call, Feels, Why
from screens.callbacks.desk_patient import Number


class RatePress(CallbackData, prefix="rate"):
    visit: Number
    stars: Annotated[int, Field(ge=1, le=5)]


class FeelsPress(CallbackData, prefix="feels"):
    """The answer to the after-care question."""

    visit: Number
    feels: Feels


class WhyPress(CallbackData, prefix="why"):
    visit: Number
    why: Why


class CallPress(CallbackData, prefix="call"):
    visit: Number
    call: Call


class SayPress(CallbackData, prefix="say"):
    """«Ответить» under the clinic's words."""

    visit: Number


class CaseAct(StrEnum):
    LOOK = "look"
    TAKE = "take"
    HAND_ON = "pass"
    ANSWER = "answer"
    SOLVE = "solve"
    SOLVED = "solved"  # without a note


class CasePress(CallbackData, prefix="case"):
    case: Number
    act: CaseAct
    to: Number | None = None  # whom it is passed to


class CaseList(StrEnum):
    OPEN = "open"
    SOLVED = "solved"
    AWAY = "away"
    BACK = "back"


class CasesPress(CallbackData, prefix="cases"):
    """The list of cases, and «Меня нет»."""

    show: CaseList
    deputy: Number | None = None
