"""Branches: one site with its staff chat, zone, legal entity and hours."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Branch:
    """`days_off` are weekdays, Monday is 0. Without a chat the branch is closed to staff.

    `directions` is a link to a map, `reviews` are links to sites: `loyalty.links` let them pass.
    """

    id: int
    name: str
    chat: int | None
    zone: str
    legal: str
    phone: str
    opens: time = time(9)
    closes: time = time(20)
    days_off: frozenset[int] = frozenset()
    address: str | None = None
    directions: str | None = None
    reviews: tuple[str, ...] = ()

    @property
    def where(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def today(self, now: datetime) -> date:
        """The day it is at this branch."""
        return now.astimezone(self.where).date()
