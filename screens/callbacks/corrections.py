"""Buttons that take a visit back, give points by hand, and decide about both."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

MOST_POINTS = 1_000_000
MOST_MONEY = 1_000_000_000


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


Number = Annotated[int, Field(ge=1, le=9_999)]
PartOfBill = Annotated[int, Field(ge=0, le=99)]


class ReturnPress(CallbackData, prefix="money-back"):
    """Money of a visit is to go back, as far as it is chosen: so many kopecks (`sum`) of a part of
    the bill, or all that is left; `n` is the visit's reversal that it would be.

    Asked once more, and meant: `surely`. Own words stand in the question, they don't fit in here.
    """

    visit: int
    n: Number
    part: PartOfBill | None = None
    sum: Annotated[int, Field(ge=1, le=MOST_MONEY)] | None = None
    reason: ReturnReason | None = None
    surely: bool = False


class ReturnTypedPress(CallbackData, prefix="money-back-typed"):
    """Another sum, typed next; of which part of the bill, if there are several, is asked first."""

    visit: int
    n: Number
    part: PartOfBill | None = None


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
