"""Who comes to the clinic: accounts speak for patients, patients share their payer's wallet."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from loyalty.errors import (
    NotABirthdayError,
    NotANameError,
    PatientErasedError,
    PatientMergedError,
)

LONGEST_NAME = 60
MOST_NAMES = 3
MARKS_IN_NAMES = "-'’."  # «Анна-Мария», «О'Коннор», «Иванова М.П.»

# Unicode's categories of emoji, their tints, and the mark that says "draw it as a picture".
PICTURES, AS_PICTURE = {"So", "Sk", "Cn", "Co"}, "\ufe0f"
OLDEST = 120


class Relation(StrEnum):
    """Who a patient is to the account that speaks for them."""

    SELF = "self"
    FAMILY = "family"


class SpendingOff(StrEnum):
    """Why a wallet takes no spending."""

    MOVED = "moved"  # its phone came with a new account; the desk confirms
    FROZEN = "frozen"  # the patient said «Это не я»
    FROZEN_MOVED = "frozen_moved"  # first they said so, then the phone moved


UNCONFIRMED = frozenset({SpendingOff.MOVED, SpendingOff.FROZEN_MOVED})
STOPPED = frozenset({SpendingOff.FROZEN, SpendingOff.FROZEN_MOVED})


def both(one: SpendingOff | None, other: SpendingOff | None) -> SpendingOff | None:
    """Two reasons at once: the desk takes away one, a manager the other."""
    if one is None or other is None or one is other:
        return one or other
    return SpendingOff.FROZEN_MOVED


@dataclass(frozen=True, slots=True)
class Birthday:
    """A day of the year; `year` only where the person gave it."""

    day: int
    month: int
    year: int | None = None

    def check(self, today: date) -> "Birthday":
        """Raises NotABirthdayError: no such day, in the future, or over 120 years ago."""
        try:
            born = date(
                2000 if self.year is None else self.year, self.month, self.day
            )  # 2000 had a 29 February
        except (ValueError, OverflowError) as wrong:
            raise NotABirthdayError from wrong
        if self.year is not None and not (born <= today and today.year - born.year <= OLDEST):
            raise NotABirthdayError
        return self


@dataclass(frozen=True, slots=True)
class Patient:
    """A person treated. `source` says who wrote them down first: the bot or the desk.

    `merged_into` is the record that this one is part of: nothing is written down here any more.
    """

    id: int
    wallet: int
    source: str
    name: str | None = None
    surname: str | None = None
    phone: str | None = None
    birthday: Birthday | None = None
    erased: bool = False
    merged_into: int | None = None

    def check_kept(self) -> "Patient":
        """Raises PatientErasedError: nothing more is written down about them. PatientMergedError:
        it is, but under another record.
        """
        if self.erased:
            raise PatientErasedError
        if self.merged_into is not None:
            raise PatientMergedError
        return self


@dataclass(frozen=True, slots=True)
class Account:
    """A Telegram account. `phone` is proved; `wallet` is None until it joined its patients.

    `unreachable_since`: a letter came back (the bot is blocked), and they have said nothing since.
    """

    id: int
    telegram: int | None
    language: str | None = None
    name: str | None = None
    phone: str | None = None
    wallet: int | None = None
    consent_version: str | None = None
    consented_at: datetime | None = None
    withdrawn_at: datetime | None = None
    name_answered: bool = False
    birthday_answered: bool = False
    advertising: bool | None = None
    unreachable_since: datetime | None = None
    care_off_at: datetime | None = None  # since then «Не напоминать»

    @property
    def consented(self) -> bool:
        return self.consented_at is not None and self.withdrawn_at is None

    @property
    def registered(self) -> bool:
        return self.consented and self.wallet is not None


@dataclass(frozen=True, slots=True)
class Wallet:
    """Where points live. Money is kopecks; `cash_paid` is what the tier is counted by."""

    id: int
    balance: int = 0
    debt: int = 0
    cash_paid: int = 0
    spending_off: SpendingOff | None = None


def looks_like_name(words: str) -> bool:
    """Whether words that nobody asked for may be a name: up to three, each with a capital."""
    return is_spelt_like_name(words) and all(part[0].isupper() for part in words.split())


def is_spelt_like_name(words: str) -> bool:
    """Up to three words of letters, with what stands between the letters of names."""
    parts = words.split()
    letters = (part.translate(dict.fromkeys(map(ord, MARKS_IN_NAMES))) for part in parts)
    return 0 < len(parts) <= MOST_NAMES and all(letter.isalpha() for letter in letters)


def without_ornaments(name: str) -> str:
    """A profile's name without the flowers and stars that people put around it."""
    return "".join(c for c in name if unicodedata.category(c) not in PICTURES and c != AS_PICTURE)


def clean_name(spelling: str) -> str:
    """A name as it may be kept: printable, one space between words.

    Raises NotANameError: no letter in it, a question, or longer than 60 characters.
    """
    printable = "".join(c if c.isprintable() else " " for c in spelling)
    name = " ".join(printable.split())
    sentence = any(c in "?!" or c.isdigit() for c in name)
    if sentence or len(name) > LONGEST_NAME or not any(c.isalpha() for c in name):
        raise NotANameError(longest=LONGEST_NAME)
    return name
