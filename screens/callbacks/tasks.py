"""The buttons of a task in the staff chat: each names the task and the revision it shows."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from screens.callbacks import FARTHEST_PAGE

Number = Annotated[int, Field(ge=1, le=2**53)]  # two of them fit beside the words


class TaskAct(StrEnum):
    LOOK = "look"
    PHONE = "phone"
    BOOKED = "book"  # the date is typed
    COMES = "comes"
    NO_ANSWER = "none"
    LATER = "later"
    IN_AN_HOUR = "hour"
    IN_THE_MORNING = "morning"
    IN_A_WEEK = "week"
    MORE = "more"
    DECLINED = "no"
    ELSEWHERE = "else"
    WRONG_NUMBER = "wrong"
    NEVER = "never"
    NEVER_SURELY = "never-yes"
    DONE = "done"


class TaskPress(CallbackData, prefix="task"):
    """`patient`: of several, whom it is about. `page`: of the list in which it was opened."""

    task: Number
    revision: Annotated[int, Field(ge=0, le=99_999)]
    act: TaskAct
    patient: Number | None = None
    page: Annotated[int, Field(ge=0, le=FARTHEST_PAGE)] | None = None


class TasksPress(CallbackData, prefix="tasks"):
    """A page of the open ones."""

    page: Annotated[int, Field(ge=0, le=FARTHEST_PAGE)] = 0


class LiftPress(CallbackData, prefix="lift"):
    """«Никогда» of this patient is lifted; `surely`: asked once more."""

    patient: Number
    surely: bool = False
