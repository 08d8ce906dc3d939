"""Buttons that take a visit back, give points by hand, and decide about both."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

MOST_POINTS = 1_000_000


class Correction(StrEnum):
    """What the receipt in the staff chat offers."""

    WRONG_SUM = "sum"
    WRONG_PATIENT = "patient"
    RETURNED = "returned"
    SLIP = "slip"  # an invitation with a QR for a patient without Telegram


class CorrectPress(CallbackData, prefix="correct"):
    visit: int
    what: Correction


class ReturnReason(StrEnum):
    REDONE = "redone"
    COMPLAINT = "complaint"
    BILLING = "billing"
    OWN = "own"  # typed next


class ReturnPress(CallbackData, prefix="return"):
    """All the money of the visit is to go back, for this reason; asked once more."""

    visit: int
    reason: ReturnReason


class ReturnSurelyPress(CallbackData, prefix="return-surely"):
    """Asked once more, and meant. Own words stand in the question, they don't fit in here."""

    visit: int
    reason: ReturnReason


class UndoPress(CallbackData, prefix="undo"):
    visit: int


class GiftReason(StrEnum):
    WAITING = "waiting"
    SORRY = "sorry"
    THANKS = "thanks"
    OWN = "own"  # typed next


class GiftPress(CallbackData, prefix="gift"):
    """A gift to a patient, as far as it is chosen."""

    patient: int
    points: Annotated[int, Field(ge=1, le=MOST_POINTS)] | None = None
    reason: GiftReason | None = None


class GiftTypedPress(CallbackData, prefix="gift-typed"):
    """Another number of points, typed next."""

    patient: int


class GoodWillPress(CallbackData, prefix="goodwill"):
    """Points that have ended come back; without a number it is asked how many."""

    patient: int
    points: Annotated[int, Field(ge=1, le=MOST_POINTS)] | None = None


class LeavePress(CallbackData, prefix="leave"):
    """The question is put away; nothing has changed."""


class DecidePress(CallbackData, prefix="decide"):
    """A manager's or owner's tap on what waits for it."""

    request: int
    granted: bool


class ConfirmAccountPress(CallbackData, prefix="account-is"):
    """The desk has seen the person: the new Telegram account is theirs."""

    patient: int
    surely: bool = False
