"""What the buttons carry. Buttons live for weeks: change the meaning of none, add new ones."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from loyalty.registration import Family

FARTHEST_PAGE = 100_000


class ConsentStep(StrEnum):
    GIVE = "give"
    FULL = "full"
    BACK = "back"
    CANCEL = "cancel"
    AGAIN = "again"


class ConsentPress(CallbackData, prefix="consent"):
    """`version` is of the wording above the button: what the person has agreed to."""

    step: ConsentStep
    version: Annotated[str, Field(max_length=8)] | None = None


class FamilyPress(CallbackData, prefix="family"):
    choice: Family


class MePress(CallbackData, prefix="me"):
    """Who of the patients the person is; no patient is "none of them"."""

    choice: Family
    patient: int | None = None


class NameStep(StrEnum):
    SUGGESTED = "suggested"  # the name is read again: it never travels in a button
    TYPED = "typed"
    OTHER = "other"
    BACK = "back"


class NamePress(CallbackData, prefix="name"):
    step: NameStep


class BirthdayStep(StrEnum):
    ENTER = "enter"
    SKIP = "skip"
    BACK = "back"


class BirthdayPress(CallbackData, prefix="birthday"):
    step: BirthdayStep


class BornPress(CallbackData, prefix="born"):
    """The date the button shows is the person's birthday."""

    day: Annotated[int, Field(ge=1, le=31)]
    month: Annotated[int, Field(ge=1, le=12)]
    year: Annotated[int, Field(ge=1, le=9999)] | None = None


class ShownPress(CallbackData, prefix="shown"):
    """The date in the person's profile, to be confirmed."""

    day: Annotated[int, Field(ge=1, le=31)]
    month: Annotated[int, Field(ge=1, le=12)]
    year: Annotated[int, Field(ge=1, le=9999)] | None = None


class AdvertisingPress(CallbackData, prefix="ads"):
    agrees: bool


class Place(StrEnum):
    """A page of the menu."""

    BALANCE = "balance"
    HELP = "help"
    CLINIC = "clinic"
    LANGUAGE = "language"
    PRIVACY = "privacy"


class GoPress(CallbackData, prefix="go"):
    """Opens a page in the same message; `origin` is where its way back leads."""

    to: Place
    origin: Place | None = None


class HistoryPress(CallbackData, prefix="history"):
    page: Annotated[int, Field(ge=0, le=FARTHEST_PAGE)]


class LanguagePress(CallbackData, prefix="language"):
    language: Annotated[str, Field(max_length=8)]
    origin: Place | None = None


class PrivacyStep(StrEnum):
    FILE = "file"
    ADVERTISING = "ads"
    ADVERTISING_ON = "ads-on"
    ADVERTISING_OFF = "ads-off"
    CARE_ON = "care-on"
    CARE_OFF = "care-off"
    WITHDRAW = "withdraw"
    WITHDRAW_SURELY = "withdraw-yes"
    ERASE = "erase"
    ERASE_SURELY = "erase-yes"


class PrivacyPress(CallbackData, prefix="privacy"):
    step: PrivacyStep


class AsPatientPress(CallbackData, prefix="as-patient"):
    """An owner looks at the bot as patients see it."""
