"""An appointment: whose, where, with whom, when, and how it stands."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from loyalty.branches import Branch


class State(StrEnum):
    """How an appointment stands (issue: states)."""

    BOOKED = "booked"
    CONFIRMED = "confirmed"  # the patient said that they come
    TO_MOVE = "to_move"  # the patient asked for another time; staff will call
    CANCELLED = "cancelled"
    CAME = "came"
    MISSED = "missed"

    @property
    def live(self) -> bool:
        """Whether it holds its time: nobody has cancelled it, and its day has not decided it."""
        return self in LIVE


LIVE = frozenset({State.BOOKED, State.CONFIRMED, State.TO_MOVE})


@dataclass(frozen=True, slots=True)
class Appointment:
    """`starts_at` is in UTC; the branch's zone says what a clock shows then.

    Every change is a new `revision`, and the buttons of staff name theirs. `timed_at`: since when
    it has this time. `due_at`: when something is next to be done about it by itself. `by_patient`:
    its last state is the patient's own word. `card` is its message in the staff chat.
    """

    id: int
    source: str
    branch: int
    patient: int
    doctor: int | None
    starts_at: datetime
    minutes: int
    booked_by: int
    booked_name: str
    booked_at: datetime
    timed_at: datetime
    state: State = State.BOOKED
    revision: int = 0
    due_at: datetime | None = None
    confirmed_at: datetime | None = None
    by_patient: bool = False
    card: int | None = None

    @property
    def live(self) -> bool:
        return self.state.live

    @property
    def expected(self) -> bool:
        """Whether the patient is awaited then: who asked for another time is not."""
        return self.state in {State.BOOKED, State.CONFIRMED}

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def minute(self) -> int:
        """The time as a button carries it: minutes since 1970."""
        return int(self.starts_at.timestamp()) // 60

    def day(self, branch: Branch) -> date:
        """Its day at the branch."""
        return self.starts_at.astimezone(branch.where).date()

    def hour(self, branch: Branch) -> time:
        """What a clock at the branch shows when it starts."""
        return self.starts_at.astimezone(branch.where).time()

    def overlaps(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether both need the same minute; one may begin as another ends."""
        return self.starts_at < ends_at and starts_at < self.ends_at
