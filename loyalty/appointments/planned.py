"""What is done about an appointment by itself, and when (programme: Messages, autopilot).

Pure: the same appointment at the same branch has the same plan. docs/decisions/appointments.md
has it as a table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from loyalty.appointments.appointment import Appointment
from loyalty.branches import Branch
from loyalty.hours import SLEEPS, WAKES, at, next_service_in

DAY_BEFORE = timedelta(hours=24)
SILENT_AT = timedelta(hours=20)
HOURS_BEFORE = timedelta(hours=2)
SOON_AFTER_NOTICE = timedelta(hours=1)  # a reminder so soon after the notice would say it again
EVENING = time(SLEEPS.hour - 1)
NEXT_MORNING = time(10)
LONGEST_CLOSED = 60  # days


class Step(StrEnum):
    DAY_BEFORE = "remind24"
    CALL = "call"  # nothing was heard from the patient
    HOURS_BEFORE = "remind2"
    CLOSE = "close"  # the day is over: they came, or they did not


@dataclass(frozen=True, slots=True)
class Due:
    """`until`: from then on it would be no use. None: always."""

    step: Step
    at: datetime
    until: datetime | None


def plan(branch: Branch, one: Appointment) -> list[Due]:
    """In the order of time."""
    return sorted(_plan(branch, one), key=lambda due: due.at)


def _plan(branch: Branch, one: Appointment) -> Iterator[Due]:
    start, asked_at = one.starts_at, day_before(branch, one.starts_at)
    soon = start - HOURS_BEFORE
    if one.timed_at < asked_at:  # else the notice of this time was the reminder
        yield Due(Step.DAY_BEFORE, asked_at, soon)
        yield Due(Step.CALL, call_at(branch, start), start)
    if one.timed_at + SOON_AFTER_NOTICE <= soon:
        yield Due(Step.HOURS_BEFORE, soon, start)
    yield Due(Step.CLOSE, closes_at(branch, one), None)


def day_before(branch: Branch, start: datetime) -> datetime:
    """T-24 h. By night it waits for the morning, unless the call of T-20 h would come before it:
    then it goes in the evening.
    """
    asked_at = start - DAY_BEFORE
    opens = next_service_in(branch.where, asked_at)
    if opens < start - SILENT_AT:
        return opens.astimezone(UTC)
    here = asked_at.astimezone(branch.where)
    before = here.date() - timedelta(days=here.time() < WAKES)
    return at(branch, before, EVENING).astimezone(UTC)


def call_at(branch: Branch, start: datetime) -> datetime:
    """T-20 h, or as soon as the branch works after it; where that leaves no time to call, in the
    hours in which people are written to.
    """
    silent_at = start - SILENT_AT
    works_at = next_working(branch, silent_at)
    useful = works_at is not None and works_at <= start - HOURS_BEFORE
    found = works_at if works_at and useful else next_service_in(branch.where, silent_at)
    return found.astimezone(UTC)


def next_working(branch: Branch, moment: datetime) -> datetime | None:
    """The moment itself where the branch works then, else when it next opens; None: never."""
    here = moment.astimezone(branch.where)
    day = here.date()
    if day.weekday() not in branch.days_off and branch.opens <= here.time() < branch.closes:
        return moment
    day += timedelta(days=here.time() >= branch.opens)
    days = (day + timedelta(days=n) for n in range(LONGEST_CLOSED))
    open_day = next((one for one in days if one.weekday() not in branch.days_off), None)
    return None if open_day is None else at(branch, open_day, branch.opens)


def closes_at(branch: Branch, one: Appointment) -> datetime:
    """The morning after: yesterday's visits are written down by then."""
    return at(branch, one.day(branch) + timedelta(days=1), NEXT_MORNING).astimezone(UTC)
