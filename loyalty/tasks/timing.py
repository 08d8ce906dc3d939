"""When staff are at the desk, and which half of their day it is."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from loyalty.branches import Branch
from loyalty.hours import LONGEST_SILENCE, at, silent

MORNING = timedelta(hours=1)  # after opening: who calls lets people wake up
EVENING = timedelta(hours=3)  # before closing: who works is reached then
LAST_MINUTES = timedelta(minutes=30)  # before closing nobody promises an answer for today


def is_open(branch: Branch, moment: datetime) -> bool:
    return not silent(branch.days_off, branch.today(moment)) and within_hours(branch, moment)


def within_hours(branch: Branch, moment: datetime) -> bool:
    """By the hours and days of its week alone: a branch that has visits works at New Year too."""
    here = moment.astimezone(branch.where)
    works = here.weekday() not in branch.days_off
    return works and branch.opens <= here.time() < branch.closes


def next_open(branch: Branch, moment: datetime) -> datetime:
    """The moment itself while the branch is open, else when it opens next."""
    if is_open(branch, moment):
        return moment
    here = moment.astimezone(branch.where)
    day = here.date() + timedelta(days=here.time() >= branch.opens)
    return at(branch, _working(branch, day), branch.opens)


def next_morning(branch: Branch, moment: datetime) -> datetime:
    """An hour after the branch has opened on its next working day."""
    day = _working(branch, branch.today(moment) + timedelta(days=1))
    return _first_call(branch, day)


def other_half(branch: Branch, moment: datetime) -> datetime:
    """When to try again: in the evening what was tried before the middle of the working day, else
    on the next working morning.
    """
    here = moment.astimezone(branch.where)
    if not silent(branch.days_off, here.date()):
        if here.time() < branch.opens:
            return _first_call(branch, here.date())
        if here.time() < middle(branch):
            return _evening_call(branch, here.date())
    return next_morning(branch, moment)


def middle(branch: Branch) -> time:
    """The middle of the branch's working day."""
    return _clock((_minutes(branch.opens) + _minutes(branch.closes)) // 2)


def half(branch: Branch, moment: datetime) -> tuple[date, bool]:
    """The branch's day, and whether it is the second half of it."""
    here = moment.astimezone(branch.where)
    return here.date(), here.time() >= middle(branch)


def day_ends(branch: Branch, moment: datetime) -> datetime:
    """The midnight after this moment at the branch."""
    return at(branch, branch.today(moment) + timedelta(days=1), time())


def _working(branch: Branch, day: date) -> date:
    """This day or the next one on which the branch works."""
    for _ in range(LONGEST_SILENCE):
        if not silent(branch.days_off, day):
            break
        day += timedelta(days=1)
    return day


def _first_call(branch: Branch, day: date) -> datetime:
    minutes = min(_minutes(branch.opens) + MORNING // timedelta(minutes=1), _half_of(branch))
    return at(branch, day, _clock(minutes))


def _evening_call(branch: Branch, day: date) -> datetime:
    minutes = max(_minutes(branch.closes) - EVENING // timedelta(minutes=1), _half_of(branch))
    return at(branch, day, _clock(minutes))


def _half_of(branch: Branch) -> int:
    return _minutes(middle(branch))


def _minutes(hour: time) -> int:
    return hour.hour * 60 + hour.minute


def _clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


# --- what is promised to a patient -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Promise:
    """When the desk will answer or call: by the `hour` of this `day` at the branch, or from it on
    where the desk is closed now. `days`: how far the day is from today.
    """

    branch: Branch
    day: date
    hour: time
    days: int
    closed: bool


def promise(branch: Branch, now: datetime) -> Promise:
    """By closing time; while the desk is closed, or about to close, from when it opens."""
    here = now.astimezone(branch.where)
    if is_open(branch, now) and now < at(branch, here.date(), branch.closes) - LAST_MINUTES:
        return Promise(branch, here.date(), branch.closes, 0, closed=False)
    closing = at(branch, here.date(), branch.closes)
    opens = next_open(branch, closing if is_open(branch, now) else now)
    day = opens.astimezone(branch.where).date()
    return Promise(branch, day, branch.opens, (day - here.date()).days, closed=True)
