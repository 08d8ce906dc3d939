"""When a lot ends that waits for a visit (programme: expiry pause)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loyalty.prolonging import for_visit, later_end, without_date

MOSCOW, BERLIN, HAVANA = (
    ZoneInfo(name) for name in ("Europe/Moscow", "Europe/Berlin", "America/Havana")
)
ZONES = st.sampled_from(
    [MOSCOW, BERLIN, HAVANA, *map(ZoneInfo, ("Australia/Lord_Howe", "Asia/Kamchatka"))]
)
DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))
# Written by hand, so that a mistake of the code isn't in them too.
DAY = timedelta(days=1)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def at(day: str, zone: ZoneInfo = MOSCOW) -> datetime:
    return midnight(date.fromisoformat(day), zone)


@pytest.mark.parametrize(
    ("ends_at", "instead"),
    [
        ("2026-12-12", "2026-12-14"),  # its last day is the eve of the visit
        ("2026-12-13", None),  # it lasts through the day of the visit
        ("2026-12-14", None),
        ("2027-06-01", None),
        ("2026-11-22", "2026-12-14"),
        ("2026-10-15", "2026-12-14"),  # sixty days
        ("2026-10-14", None),  # sixty-one
    ],
)
def test_a_lot_waits_for_the_visit_of_the_twelfth(ends_at, instead):
    found = later_end(at(ends_at), for_visit(date(2026, 12, 12), MOSCOW), MOSCOW)
    assert found == (instead and at(instead))


@pytest.mark.parametrize(
    ("ends_at", "instead"),
    [
        ("2026-11-22", "2027-01-06"),  # the 45th day after the tap is the last one
        ("2027-01-05", "2027-01-06"),
        ("2027-01-06", None),
    ],
)
def test_without_a_date_a_lot_waits_for_forty_five_days(ends_at, instead):
    found = later_end(at(ends_at), without_date(date(2026, 11, 21), MOSCOW), MOSCOW)
    assert found == (instead and at(instead))


@pytest.mark.parametrize(
    ("zone", "visit"),
    [(BERLIN, date(2026, 11, 20)), (BERLIN, date(2026, 4, 20)), (HAVANA, date(2026, 11, 20))],
)
def test_sixty_days_are_sixty_midnights_whatever_the_clocks_do(zone, visit):
    """Summer time begins or ends in between; in Havana it ends at midnight."""
    until = visit + 2 * DAY
    wait = for_visit(visit, zone)
    assert later_end(midnight(until - 60 * DAY, zone), wait, zone) == midnight(until, zone)
    assert later_end(midnight(until - 61 * DAY, zone), wait, zone) is None


@given(zone=ZONES, visit=DAYS, before=st.integers(-400, 400))
@example(zone=BERLIN, visit=date(2026, 11, 20), before=60)
def test_a_booking_moves_an_end_forward_by_sixty_days_at_most(zone, visit, before):
    """`before`: how many days before the new end the old one is."""
    until = visit + 2 * DAY
    ends_at = midnight(until - before * DAY, zone)

    found = later_end(ends_at, for_visit(visit, zone), zone)

    assert found == (midnight(until, zone) if 2 <= before <= 60 else None)
    assert found is None or found > ends_at


@given(zone=ZONES, tapped=DAYS, left=st.integers(0, 400))
def test_a_tap_without_a_date_moves_every_end_before_the_forty_fifth_day(zone, tapped, left):
    """`left`: days of use after the day of the tap."""
    ends_at = midnight(tapped + (left + 1) * DAY, zone)

    found = later_end(ends_at, without_date(tapped, zone), zone)

    assert found == (midnight(tapped + 46 * DAY, zone) if left < 45 else None)


@given(
    ends_at=st.builds(midnight, DAYS, ZONES),
    zone=ZONES,
    visit=DAYS,
)
def test_whatever_midnight_an_end_was_counted_by_it_moves_as_ruled(ends_at, zone, visit):
    """A branch elsewhere has another midnight than the clinic whose programme made the lot."""
    found = later_end(ends_at, for_visit(visit, zone), zone)

    if found is None:
        lasts = ends_at >= midnight(visit + DAY, zone)
        assert lasts or midnight(visit + 2 * DAY, zone) - ends_at > timedelta(days=60, hours=-3)
    else:
        assert found == midnight(visit + 2 * DAY, zone)
        assert timedelta(0) < found - ends_at <= timedelta(days=60, hours=3)
