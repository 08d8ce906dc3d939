"""The calendar of the programme: months, and the midnight at which points end."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day (31 Jan + 1 month = 28/29 Feb)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def end_after(last_day: date, zone: ZoneInfo) -> datetime:
    """The exclusive end of points good through `last_day`: 00:00 of the day after, in the zone."""
    return datetime.combine(last_day + timedelta(days=1), time(), zone).astimezone(UTC)


def last_day(ends_at: datetime, zone: ZoneInfo) -> date:
    """The last day on which points with this exclusive end can be spent."""
    return (ends_at - timedelta(microseconds=1)).astimezone(zone).date()
