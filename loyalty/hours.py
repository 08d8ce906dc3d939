"""When a class of messages may reach a person, in the branch's own time (programme: Messages)."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from loyalty.branches import Branch

CARE_FROM, CARE_UNTIL = time(10), time(20, 30)
WAKES, SLEEPS = time(9), time(21)
LONGEST_SILENCE = 60  # days; a branch that is never open would be asked for ever

# 31 December to 8 January nobody is reminded of anything (month, day).
NEW_YEAR = {(12, 31), *((1, day) for day in range(1, 9))}


def next_care(branch: Branch, moment: datetime) -> datetime:
    """The moment itself where care may be sent then, else the opening hour of the next such day."""
    here = moment.astimezone(branch.where)
    day = here.date() + timedelta(days=here.time() >= CARE_UNTIL)
    if day == here.date() and here.time() >= CARE_FROM and not silent(branch, day):
        return moment
    for _ in range(LONGEST_SILENCE):
        if not silent(branch, day):
            break
        day += timedelta(days=1)
    return at(branch, day, CARE_FROM)


def next_aftercare(branch: Branch, moment: datetime) -> datetime:
    """As `next_care`, on any day: who was operated on is not left alone at New Year."""
    here = moment.astimezone(branch.where)
    if CARE_FROM <= here.time() < CARE_UNTIL:
        return moment
    return at(branch, here.date() + timedelta(days=here.time() >= CARE_UNTIL), CARE_FROM)


def next_service(branch: Branch, moment: datetime) -> datetime:
    """As `next_care`, for what is of service: 9–21 on any day."""
    return next_service_in(branch.where, moment)


def next_service_in(zone: ZoneInfo, moment: datetime) -> datetime:
    """As `next_service`, of what concerns the clinic and no branch of it."""
    here = moment.astimezone(zone)
    if WAKES <= here.time() < SLEEPS:
        return moment
    day = here.date() + timedelta(days=here.time() >= SLEEPS)
    return datetime.combine(day, WAKES, zone)


def silent(branch: Branch, day: date) -> bool:
    """A day on which neither care nor promo is sent, but for after-care and greetings."""
    return day.weekday() in branch.days_off or (day.month, day.day) in NEW_YEAR


def night(branch: Branch, moment: datetime) -> bool:
    """What can't wait comes without a sound."""
    here = moment.astimezone(branch.where).time()
    return not WAKES <= here < SLEEPS


def at(branch: Branch, day: date, hour: time) -> datetime:
    """This hour of the branch's day."""
    return datetime.combine(day, hour, branch.where)
