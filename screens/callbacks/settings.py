"""The buttons under an owner's settings."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from loyalty.numbers import Group

Key = Annotated[str, Field(max_length=24, pattern="^[a-z-]+$")]
Value = Annotated[int, Field(ge=0, le=10_000_000_000)]


class ShelfPress(CallbackData, prefix="numbers"):
    """The numbers of a group; without one, all groups."""

    group: Group | None = None


class NumberPress(CallbackData, prefix="number"):
    key: Key


class TypeNumberPress(CallbackData, prefix="number-type"):
    """The next words are the new number."""

    key: Key


class WantNumberPress(CallbackData, prefix="number-want"):
    """A value that needs no typing; none: the number goes away."""

    key: Key
    value: Value | None = None


class SaveNumberPress(CallbackData, prefix="number-save"):
    """The change as it was confirmed, on top of the version that was shown."""

    key: Key
    value: Value | None = None
    version: Annotated[int, Field(ge=0, le=9_999_999)]


class ChangesPress(CallbackData, prefix="number-past"):
    """Who changed what."""


class PromoStep(StrEnum):
    PAGE = "page"
    ASK = "ask"
    ON = "on"
    OFF = "off"
    MARKER = "marker"
    NO_MARKER = "no-marker"


class PromoPress(CallbackData, prefix="promo"):
    """Whether advertising leaves. `version`: of the decision that was shown."""

    step: PromoStep
    version: Annotated[int, Field(ge=0, le=9_999_999)] | None = None
