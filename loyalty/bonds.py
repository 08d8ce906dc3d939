"""A bond: somebody came by somebody's recommendation."""

from dataclasses import dataclass
from datetime import datetime

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
