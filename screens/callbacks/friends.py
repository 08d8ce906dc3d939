"""Buttons about recommendations."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from screens.callbacks import FARTHEST_PAGE


class MyFriendsPress(CallbackData, prefix="my-friends"):
    """A patient's own recommendations."""


class Shown(StrEnum):
    """A page about all recommendations, for who runs the clinic or a branch."""

    SUMS = "sums"
    BONDS = "bonds"
    BEST = "best"
    STRANGE = "strange"


class ReferralsPress(CallbackData, prefix="referrals"):
    show: Shown
    page: Annotated[int, Field(ge=0, le=FARTHEST_PAGE)] = 0
