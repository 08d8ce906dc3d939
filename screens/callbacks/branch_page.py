"""Buttons about what patients read of a branch. A link never travels: its mark does."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field as Limits

from loyalty.desk.branch_page import Field
from screens.callbacks.desk_patient import Number
from screens.callbacks.team import LARGEST_MARK


class AtBranchPress(CallbackData, prefix="at-branch"):
    """A patient looks at one of several branches."""

    branch: Number


class PagesPress(CallbackData, prefix="pages"):
    """Whoever decides somewhere chooses the branch whose page it is about."""


class PagePress(CallbackData, prefix="page"):
    """The page of a branch; with a field the question what it should say."""

    branch: Number
    field: Field | None = None


class ClearPress(CallbackData, prefix="page-clear"):
    branch: Number
    field: Field


class DropReviewPress(CallbackData, prefix="page-drop"):
    branch: Number
    link: Annotated[int, Limits(ge=0, le=LARGEST_MARK)]


class PageDaysPress(CallbackData, prefix="page-days"):
    """The switches of days off; with a day it is turned."""

    branch: Number
    day: Annotated[int, Limits(ge=0, le=6)] | None = None
    off: bool = True
