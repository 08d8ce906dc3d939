"""What a typed line may mean."""

from dataclasses import dataclass
from datetime import date, time
from enum import Enum
from typing import Final

from loyalty.categories import Category
from loyalty.recalls import Interval


class Most(Enum):
    """Instead of a number of points: as many as may be."""

    MOST = "most"


MOST: Final = Most.MOST


@dataclass(frozen=True, slots=True)
class Who:
    """The four digits as typed, or the phone in E.164."""

    code: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One sum of a visit, in kopecks; the doctor as in the clinic's list, else as typed."""

    sum: int
    category: Category | None = None
    doctor: str | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """`points` is None where the line leaves them to the card, `day` where it names none.

    A single part of 0 is an attendance without payment.
    """

    who: Who
    parts: tuple[Part, ...]
    points: int | Most | None = None
    recall: Interval | None = None
    day: date | None = None
    advance: bool = False


@dataclass(frozen=True, slots=True)
class Appointment:
    who: Who
    day: date
    at: time
    doctor: str | None = None


@dataclass(frozen=True, slots=True)
class Prefill:
    """The doctor's line: what the card begins with before anybody knows the sum."""

    who: Who
    recall: Interval | None
    category: Category | None
    doctor: str | None


@dataclass(frozen=True, slots=True)
class JustWho:
    """Shows the patient's card."""

    who: Who


Reading = Visit | Appointment | Prefill | JustWho
