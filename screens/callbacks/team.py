"""Buttons about the staff chat and the people in it. A name never travels: its mark does."""

from enum import StrEnum
from typing import Annotated
from zlib import crc32

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

LARGEST_MARK = 2**32 - 1


class ConnectPress(CallbackData, prefix="connect"):
    """Connects this chat: to a closed branch, or (`new`) to one of the wanted name."""

    branch: int | None = None
    new: bool = False


class DisconnectPress(CallbackData, prefix="disconnect"):
    surely: bool


class BranchField(StrEnum):
    NAME = "name"
    ZONE = "zone"
    LEGAL = "legal"
    PHONE = "phone"
    HOURS = "hours"
    DAYS_OFF = "days-off"


class BranchPress(CallbackData, prefix="branch"):
    """What to change about this chat's branch; nothing: back to the summary."""

    field: BranchField | None = None


class ZonePress(CallbackData, prefix="zone"):
    """A place in the list of zones (`screens.staff_chat.ZONES`)."""

    zone: Annotated[int, Field(ge=0, le=99)]


class DayOffPress(CallbackData, prefix="day-off"):
    day: Annotated[int, Field(ge=0, le=6)]
    off: bool


class LeafletPress(CallbackData, prefix="leaflet"):
    """The card for a new administrator, once more."""


class AccessPress(CallbackData, prefix="access"):
    member: int
    give: bool


class ShiftPress(CallbackData, prefix="shift"):
    """Whose shift it is by the mark of the name; nothing: the names are shown again."""

    mark: Annotated[int, Field(ge=0, le=LARGEST_MARK)] | None = None


class OtherNamePress(CallbackData, prefix="shift-other"):
    """The name of who is on shift will be typed."""


class ChangeShiftPress(CallbackData, prefix="shift-change"):
    """Somebody else is at the desk now."""


def mark(name: str) -> int:
    return crc32(name.encode())


class TeamAct(StrEnum):
    LET_IN = "let-in"
    REMOVE = "remove"
    MAKE_MANAGER = "manager"
    DISMISS_MANAGER = "no-manager"
    SHARE = "share"
    STOP_SHARING = "no-share"
    RENAME = "rename"


class TeamPress(CallbackData, prefix="team"):
    """Opens branches, a branch or a person there; with `act` does something to the person."""

    branch: int | None = None
    member: int | None = None
    act: TeamAct | None = None


class AsOwnerPress(CallbackData, prefix="as-owner"):
    """Back from the patient's menu to the owner's."""
