"""A bond: somebody came by somebody's recommendation."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from loyalty.people import Patient


@dataclass(frozen=True, slots=True)
class Bond:
    """Both as they are now. `paid`: some of the friend's money has stayed; `points` is what their
    visits have brought the referrer.
    """

    referrer: Patient
    friend: Patient
    at: datetime
    paid: bool
    points: int


@dataclass(frozen=True, slots=True)
class Counted:
    """Of all bonds: how many, of how many the friend has paid, what their visits have brought."""

    friends: int
    paying: int
    points: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """What the recommendations of one patient, by number, have come to."""

    referrer: int
    friends: int
    paying: int
    points: int


class Named(NamedTuple):
    """Of somebody whom the patient `by` recommended, or of `by`, what tells whether two are one."""

    by: int
    patient: int
    name: str | None
    surname: str | None
    phone: str | None
