"""When a class of messages may reach a person, in the branch's own time (programme: Messages)."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from loyalty.branches import Branch

WAKES, SLEEPS = time(9), time(21)
LONGEST_SILENCE = 60  # days; a branch that is never open would be asked for ever

# 31 December to 8 January nobody is reminded of anything (month, day).
NEW_YEAR = {(12, 31), *((1, day) for day in range(1, 9))}


@dataclass(frozen=True, slots=True)
class Hours:
    """From when till when a class may come, and whether days off and New Year are silent."""

    opens: time
    closes: time
    any_day: bool = False


SERVICE = Hours(WAKES, SLEEPS, any_day=True)
CARE = Hours(time(10), time(20, 30))
AFTERCARE = replace(CARE, any_day=True)  # who was operated on is not left alone at New Year
PROMO = Hours(time(10), time(20))


def next_open(
    hours: Hours, zone: ZoneInfo, days_off: Collection[int], moment: datetime
) -> datetime:
    """The moment itself where it is within the hours, else the opening of the next such day."""
    here = moment.astimezone(zone)
    day = here.date() + timedelta(days=here.time() >= hours.closes)
    for _ in range(LONGEST_SILENCE):
        if hours.any_day or not silent(days_off, day):
            break
        day += timedelta(days=1)
    opens = datetime.combine(day, hours.opens, zone)
    return moment if day == here.date() and here.time() >= hours.opens else opens


def next_care(branch: Branch, moment: datetime) -> datetime:
    """When care may be sent: 10–20:30, not on days off, nor at New Year."""
    return next_open(CARE, branch.where, branch.days_off, moment)


def next_aftercare(branch: Branch, moment: datetime) -> datetime:
    """As `next_care`, on any day."""
    return next_open(AFTERCARE, branch.where, (), moment)


def next_service_in(zone: ZoneInfo, moment: datetime) -> datetime:
    """What is of service, and concerns the clinic and no branch of it: 9–21 on any day."""
    return next_open(SERVICE, zone, (), moment)


def silent(days_off: Collection[int], day: date) -> bool:
    """A day on which neither care nor promo is sent, but for after-care and greetings."""
    return day.weekday() in days_off or (day.month, day.day) in NEW_YEAR


def night(branch: Branch, moment: datetime) -> bool:
    """What can't wait comes without a sound."""
    here = moment.astimezone(branch.where).time()
    return not WAKES <= here < SLEEPS


def at(branch: Branch, day: date, hour: time) -> datetime:
    """This hour of the branch's day."""
    return datetime.combine(day, hour, branch.where)
