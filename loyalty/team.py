"""Who works at a branch: one tap of an owner or manager lets a member of its chat in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Standing(StrEnum):
    """How far a member of the staff chat has come."""

    WAITING = "waiting"  # wrote there, nobody has let them in yet
    STAFF = "staff"
    MANAGER = "manager"
    GONE = "gone"  # left the chat, or was shown the door

    @property
    def works(self) -> bool:
        return self in {Standing.STAFF, Standing.MANAGER}


@dataclass(frozen=True, slots=True)
class Member:
    """One Telegram account in one branch. A shared one says who is at the desk today."""

    id: int
    branch: int
    telegram: int
    name: str
    standing: Standing
    shared: bool = False
    on_shift: str | None = None
    shift_until: datetime | None = None
    codes_locked_until: datetime | None = None

    @property
    def works(self) -> bool:
        return self.standing.works

    @property
    def manages(self) -> bool:
        return self.standing is Standing.MANAGER

    def signature(self, now: datetime) -> str | None:
        """The name that goes on an operation; None: a shared account must say whose shift it is."""
        if not self.shared:
            return self.name
        on_duty = self.shift_until is not None and now < self.shift_until
        return self.on_shift if on_duty else None
