"""The buttons of what brings people into the bot: posters, and invitations."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from loyalty.sources import Place


class Paper(StrEnum):
    """What a link can be taken as."""

    STAND = "a6"
    POSTER = "a4"
    QR = "qr"


class KitPress(CallbackData, prefix="kit"):
    """Opens the places, a place there or (`paper`) sends its file; `language` is the sheet's."""

    place: Place | None = None
    branch: Annotated[int, Field(ge=1)] | None = None
    language: Annotated[str, Field(max_length=8)] | None = None
    paper: Paper | None = None


class InvitePress(CallbackData, prefix="invite"):
    """Opens the invitations; `file`: sends the workbook."""

    file: bool = False
