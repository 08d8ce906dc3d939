"""When an appointment may be, and what the book asks before it takes a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from loyalty.appointments.appointment import Appointment
from loyalty.branches import Branch
from loyalty.dates import months_later
from loyalty.errors import Refusal
from loyalty.ports import Transaction

FURTHEST_MONTHS = 12
FAR_MONTHS = 10  # so late a day is mostly one of last month's: «28.11» typed on the 29th
SHORTEST, LONGEST = 5, 480  # minutes
OFFERED = (30, 60)  # minutes, as buttons


class AppointmentInPastError(Refusal):
    """That time has been, on the branch's clock."""

    text = "refusal-appointment-in-past"


class AppointmentOverYearError(Refusal):
    text = "refusal-appointment-over-year"


class NoSuchHourError(Refusal):
    """Clocks are put forward over it that night."""

    text = "refusal-no-such-hour"


class DoubledHourError(Refusal):
    """Clocks are put back that night, and the hour comes twice."""

    text = "refusal-doubled-hour"


def moment(branch: Branch, day: date, hour: time) -> datetime:
    """The moment of this time on the branch's clock, in UTC.

    Raises NoSuchHourError, DoubledHourError.
    """
    first = datetime.combine(day, hour, branch.where)
    if first.astimezone(UTC).astimezone(branch.where).replace(tzinfo=None) != first.replace(
        tzinfo=None
    ):
        raise NoSuchHourError
    if first.utcoffset() != first.replace(fold=1).utcoffset():
        raise DoubledHourError
    return first.astimezone(UTC)


def of_minute(minute: int) -> datetime:
    """The time that a button carries."""
    return datetime.fromtimestamp(minute * 60, UTC)


def check_ahead(tx: Transaction, branch: Branch, starts_at: datetime) -> None:
    """Raises AppointmentInPastError, AppointmentOverYearError."""
    if starts_at <= tx.now:
        raise AppointmentInPastError
    last = months_later(branch.today(tx.now), FURTHEST_MONTHS)
    if starts_at.astimezone(branch.where).date() > last:
        raise AppointmentOverYearError


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is asked about a time before it is booked; nothing here is forbidden.

    `far`: so late that the year may be meant otherwise. `busy`: other appointments of the doctor
    that overlap, `theirs` those of the patient.
    """

    day_off: bool = False
    closed: bool = False
    far: bool = False
    busy: tuple[Appointment, ...] = ()
    theirs: tuple[Appointment, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.day_off or self.closed or self.far or self.busy or self.theirs)


class DoubtfulTimeError(Exception):
    """The time is asked about first; nothing has changed."""

    def __init__(self, doubts: Doubts) -> None:
        super().__init__("doubtful")
        self.doubts = doubts


def doubts(tx: Transaction, branch: Branch, wanted: Appointment) -> Doubts:
    """What speaks against this time of this appointment."""
    day, here = wanted.day(branch), wanted.starts_at.astimezone(branch.where)
    ends = wanted.ends_at.astimezone(branch.where)
    late = ends.date() > day or ends.time() > branch.closes
    day_off = day.weekday() in branch.days_off
    return Doubts(
        day_off=day_off,
        closed=not day_off and (here.time() < branch.opens or late),
        far=day > months_later(branch.today(tx.now), FAR_MONTHS),
        busy=tuple(_others(wanted, _of_doctor(tx, wanted))),
        theirs=tuple(_others(wanted, tx.appointments.live_of(wanted.patient))),
    )


def _of_doctor(tx: Transaction, wanted: Appointment) -> Sequence[Appointment]:
    if wanted.doctor is None:
        return ()
    around = timedelta(minutes=LONGEST)
    return tx.appointments.of_doctor(wanted.doctor, wanted.starts_at - around, wanted.ends_at)


def _others(wanted: Appointment, found: Sequence[Appointment]) -> Iterator[Appointment]:
    for one in found:
        if one.id != wanted.id and one.overlaps(wanted.starts_at, wanted.ends_at):
            yield one
