"""The buttons under what didn't arrive."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field


class LostPress(CallbackData, prefix="lost"):
    """The list, from the `skip`-th letter."""

    skip: Annotated[int, Field(ge=0, le=9_999_999)] = 0


class LostLetterPress(CallbackData, prefix="lost-one"):
    letter: Annotated[int, Field(ge=0)]


class SendAgainPress(CallbackData, prefix="lost-again"):
    letter: Annotated[int, Field(ge=0)]
