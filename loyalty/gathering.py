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
    """What is left of a visit's reward, for which record it has gathered, by which friend."""

    record: int
    friend: int | None
    day: date
    recorded_at: datetime
    points: int


def first_of(moment: datetime, zone: ZoneInfo) -> date:
    """The last 1st that has come by then, in the zone."""
    return moment.astimezone(zone).date().replace(day=1)


def midnight(first: date, zone: ZoneInfo) -> datetime:
    """The moment at which the day begins."""
    return end_after(first - timedelta(days=1), zone)


def shares(
    brought: Sequence[Brought], posted: Mapping[int, int], first: date, zone: ZoneInfo
) -> dict[int, int]:
    """How much is posted on this 1st of which record; `posted` is what was before.

    A record that more was posted of than it has by now lowers what is posted of the others.
    """
    left = {record: -points for record, points in posted.items()}
    for one in _ripe(brought, first, zone):
        left[one.record] = left.get(one.record, 0) + one.points
    points = max(0, sum(left.values())) // STEP * STEP
    taken: dict[int, int] = {}
    for record, most in sorted(left.items()):
        if share := min(points, max(0, most)):
            taken[record] = share
            points -= share
    return taken


def _ripe(brought: Sequence[Brought], first: date, zone: ZoneInfo) -> list[Brought]:
    came = [one for one in brought if one.points and one.recorded_at < midnight(first, zone)]
    if len({one.friend for one in came}) >= CROWD:
        return came
    return [one for one in came if months_later(one.day.replace(day=1), WAITS) <= first]
