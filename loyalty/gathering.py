"""What of the rewards that have gathered is posted on a 1st (programme: referral).

With two friends who have paid, all that was recorded before the 1st. With a single one each
reward waits for the fourth 1st after its visit's month began: by then nobody can tell the day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from loyalty.dates import end_after, months_later

STEP = 50  # points; what is over a multiple of them is carried over
WAITS = 4  # firsts, for who has a single paying friend
CROWD = 2  # paying friends, among whom nobody can tell whose reward it was


@dataclass(frozen=True, slots=True)
class Brought:
    """What is left of the rewards that a friend's visits before a 1st have gathered for a record;
    `alone` of it comes also where no other friend has paid.
    """

    record: int
    friend: int | None
    points: int
    alone: int


def first_of(moment: datetime, zone: ZoneInfo) -> date:
    """The last 1st that has come by then, in the zone."""
    return moment.astimezone(zone).date().replace(day=1)


def midnight(first: date, zone: ZoneInfo) -> datetime:
    """The moment at which the day begins."""
    return end_after(first - timedelta(days=1), zone)


def waited_till(first: date) -> date:
    """A single friend's visits of days before this have waited long enough by the 1st."""
    return months_later(first, 1 - WAITS)


def shares(brought: Sequence[Brought], posted: Mapping[int, int]) -> dict[int, int]:
    """How much is posted of which record; `posted` is what was before.

    A record that more was posted of than it has by now lowers what is posted of the others.
    """
    left = {record: -points for record, points in posted.items()}
    single = len({one.friend for one in brought if one.points}) < CROWD
    for one in brought:
        left[one.record] = left.get(one.record, 0) + (one.alone if single else one.points)
    points = max(0, sum(left.values())) // STEP * STEP
    taken: dict[int, int] = {}
    for record, most in sorted(left.items()):
        if share := min(points, max(0, most)):
            taken[record] = share
            points -= share
    return taken
