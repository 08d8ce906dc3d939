"""When staff are asked, and when a patient is told that they will answer."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.branches import Branch
from loyalty.hours import silent
from loyalty.tasks.timing import half, is_open, middle, next_open, other_half, promise

SUNDAY = 6


def branch(zone: str = "Europe/Moscow", opens: time = time(9), closes: time = time(20), days=()):
    name = (1, "Ленина", -100, zone, "ООО «Улыбка»", "+7 843 212-34-56")
    return Branch(*name, opens=opens, closes=closes, days_off=frozenset(days))


HOURS = st.tuples(st.integers(0, 22), st.integers(1, 12)).map(
    lambda h: (time(h[0]), time(min(23, h[0] + h[1])))
)
BRANCHES = st.builds(
    lambda zone, hours, days: branch(zone, *hours, days),
    st.sampled_from(["Europe/Moscow", "Europe/Berlin", "America/New_York", "Asia/Vladivostok"]),
    HOURS,
    st.sets(st.integers(0, 6), max_size=5),
)
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))


@given(here=BRANCHES, moment=MOMENTS)
def test_whatever_the_hour_the_next_one_is_ahead_and_staff_are_there(here, moment):
    opens = next_open(here, moment)
    assert opens >= moment
    assert is_open(here, opens)
    assert (opens == moment) is is_open(here, moment)


@given(here=BRANCHES, moment=MOMENTS)
def test_a_task_comes_again_in_another_half_of_a_working_day(here, moment):
    again = other_half(here, moment)
    day = again.astimezone(here.where).date()
    assert again > moment
    assert not silent(here.days_off, day)
    assert is_open(here, again)
    if is_open(here, moment):
        assert half(here, again) != half(here, moment)


@given(here=BRANCHES, moment=MOMENTS)
def test_a_promise_can_be_kept(here, moment):
    told = promise(here, moment)
    assert told.days == (told.day - here.today(moment)).days >= 0
    assert not silent(here.days_off, told.day)
    assert told.hour == (here.opens if told.closed else here.closes)
    if not told.closed:
        assert told.days == 0


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ((2026, 11, 23, 11), (date(2026, 11, 23), time(20), 0)),  # a Monday
        ((2026, 11, 23, 19, 45), (date(2026, 11, 24), time(9), 1)),  # closes in a moment
        ((2026, 11, 23, 7), (date(2026, 11, 23), time(9), 0)),
        ((2026, 11, 23, 23), (date(2026, 11, 24), time(9), 1)),
        ((2026, 11, 28, 21), (date(2026, 11, 30), time(9), 2)),  # over a Sunday
        ((2026, 12, 30, 21), (date(2027, 1, 9), time(9), 10)),  # over New Year
    ],
)
def test_what_a_patient_is_told(at, told):
    here = branch(days={SUNDAY})
    found = promise(here, datetime(*at, tzinfo=here.where))
    assert (found.day, found.hour, found.days) == told


def test_the_evening_is_three_hours_before_closing_and_never_before_the_middle():
    here = branch()
    assert middle(here) == time(14, 30)
    morning = datetime(2026, 11, 23, 10, tzinfo=here.where)
    assert other_half(here, morning) == morning + timedelta(hours=7)
    short = branch(opens=time(10), closes=time(13))
    assert other_half(short, morning.replace(hour=10, minute=30)).time() == time(11, 30)
