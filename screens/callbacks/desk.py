"""The buttons of a card in the staff chat: each names its draft and the revision it shows."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field


class CardStep(StrEnum):
    """What a press does; short words, for a button carries 64 bytes."""

    RECORD = "rec"
    SPEND_NOTHING = "sp0"
    SPEND_MOST = "spm"
    SPEND_OTHER = "spo"  # the number is typed
    SIGNED = "sig"
    ASK_AGAIN = "ask"
    SUM = "sum"  # typed; the line after the last is a new one
    CATEGORIES = "cats"
    CATEGORY = "cat"
    DOCTORS = "docs"
    DOCTOR = "doc"
    OTHER_DOCTOR = "doco"  # typed
    NEW_DOCTOR = "docn"  # the typed name joins the list
    RECALLS = "recs"
    RECALL_MONTHS = "recm"
    RECALL_DAYS = "recd"
    MORE = "more"
    DAYS = "days"
    DAY = "day"
    EXCLUDE = "exc"
    REMOVE = "rem"
    KIND = "kind"
    PEOPLE = "who"
    PERSON = "per"
    OTHER_PERSON = "pero"  # a code or a phone is typed
    NAME = "name"  # typed
    ANOTHER = "ano"  # one more person of the same phone
    PAPER = "pap"
    NO_PAPER = "nop"
    BACK = "back"
    DROP = "drop"


class CardPress(CallbackData, prefix="card"):
    """`n` is a line of the bill, `value` what is chosen: a number, never a name."""

    draft: int
    revision: Annotated[int, Field(ge=0, le=99_999)]
    step: CardStep
    n: Annotated[int, Field(ge=0, le=99)] = 0
    value: Annotated[int, Field(ge=0, le=9_999_999_999)] = 0


class ReadingPress(CallbackData, prefix="line"):
    """One of several readings, by its place in the question: the line itself stands there."""

    n: Annotated[int, Field(ge=0, le=99)]


class FoundPress(CallbackData, prefix="found"):
    """One of the patients that a search found."""

    patient: int


class ScannedPress(CallbackData, prefix="scanned"):
    """The branch to whose chat a scanned code's card goes."""

    branch: int
    token: Annotated[str, Field(max_length=16, pattern=r"^[A-Za-z0-9_-]+$")]
