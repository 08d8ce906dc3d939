"""When care may be sent, and when a rating is due: against programme.md, by hand."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.branches import Branch
from loyalty.categories import Category
from loyalty.hours import CARE, next_aftercare, next_care, silent
from loyalty.ratings import due
from loyalty.visits import FoundBy, Visit, VisitKind, VisitPart

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
ZONES = ("Europe/Moscow", "Asia/Kamchatka", "Europe/Berlin", "America/Sao_Paulo")


def branch(zone: str = "Europe/Moscow", days_off: frozenset[int] = frozenset()) -> Branch:
    return Branch(1, "Ленина", -100, zone, "ООО", "+7", days_off=days_off)


def visit(here: datetime, *categories: Category, day: date | None = None) -> Visit:
    parts = tuple(VisitPart(100, category, None, False, 0) for category in categories or (None,))
    return Visit(
        id=1,
        branch=1,
        patient=1,
        wallet=1,
        kind=VisitKind.ATTENDANCE,
        found_by=FoundBy.CODE,
        training=False,
        day=day or here.date(),
        bill=100,
        excluded=0,
        points=0,
        cash=100,
        earned=5,
        reward=5,
        rate=500,
        balance_before=0,
        balance_after=5,
        ends_on=None,
        recall_on=None,
        programme=None,
        legal="ООО",
        recorded_by=1,
        recorded_name="Анна",
        recorded_at=here.astimezone(UTC),
        parts=parts,
    )


@pytest.mark.parametrize(
    ("came", "asked"),
    [
        ("2026-11-20 09:10", "2026-11-20 12:10"),
        ("2026-11-20 06:30", "2026-11-20 10:00"),
        ("2026-11-20 17:29", "2026-11-20 20:29"),
        ("2026-11-20 17:30", "2026-11-21 10:00"),
        ("2026-11-20 17:59", "2026-11-21 10:00"),
        ("2026-11-20 18:00", "2026-11-21 10:00"),
        ("2026-11-20 23:50", "2026-11-21 10:00"),
        ("2026-11-21 18:30", "2026-11-23 10:00"),  # the Sunday is a day off
        ("2026-12-30 19:00", "2027-01-09 10:00"),  # nobody is asked at New Year
        ("2026-12-30 12:00", "2026-12-30 15:00"),
        ("2027-01-08 12:00", "2027-01-09 10:00"),
    ],
)
def test_a_rating_is_asked_three_hours_later_and_after_six_in_the_morning(came, asked):
    at = branch(days_off=frozenset({6}))
    here = datetime.fromisoformat(came).replace(tzinfo=at.where)
    assert due(at, visit(here)) == datetime.fromisoformat(asked).replace(tzinfo=at.where)


@pytest.mark.parametrize("category", [Category.SURGERY, Category.IMPLANTS])
def test_after_surgery_it_is_asked_at_eleven_the_next_day(category):
    at = branch()
    here = datetime(2026, 11, 20, 9, tzinfo=at.where)
    then = datetime(2026, 11, 21, 11, tzinfo=at.where)
    assert due(at, visit(here, Category.THERAPY, category)) == then


@pytest.mark.parametrize(
    ("recorded", "day", "asked"),
    [
        ("2026-11-21 18:30", "2026-11-21", "2026-11-22 11:00"),  # the Sunday is a day off
        ("2026-12-30 12:00", "2026-12-30", "2026-12-31 11:00"),  # nor does New Year hold it
        ("2027-01-02 12:00", "2027-01-02", "2027-01-03 11:00"),
        ("2026-11-20 23:50", "2026-11-20", "2026-11-21 11:00"),
        ("2026-11-21 00:20", "2026-11-21", "2026-11-22 11:00"),
        # Recorded the day after: at once, within the hours of care.
        ("2026-11-21 09:00", "2026-11-20", "2026-11-21 11:00"),
        ("2026-11-21 14:00", "2026-11-20", "2026-11-21 14:00"),
        ("2026-11-21 20:30", "2026-11-20", "2026-11-22 10:00"),
    ],
)
def test_after_surgery_days_off_hold_nothing_and_the_hours_do(recorded, day, asked):
    at = branch(days_off=frozenset({6}))
    here = datetime.fromisoformat(recorded).replace(tzinfo=at.where)
    surgery = visit(here, Category.SURGERY, day=date.fromisoformat(day))
    assert due(at, surgery) == datetime.fromisoformat(asked).replace(tzinfo=at.where)


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        ("2026-03-28", 22),  # the clocks of Berlin go forward in the night
        ("2026-10-24", 24),  # and back
        ("2026-11-20", 23),
    ],
)
def test_eleven_is_eleven_on_the_clock_of_the_branch(day, hours):
    at = branch("Europe/Berlin")
    noon = datetime.combine(date.fromisoformat(day), time(12), at.where)
    asked = due(at, visit(noon, Category.IMPLANTS))
    assert asked.astimezone(at.where).time() == time(11)
    assert asked.astimezone(UTC) - noon.astimezone(UTC) == timedelta(hours=hours)


@given(
    moment=st.integers(0, 4 * 366 * 24 * 60).map(lambda m: FIRST + timedelta(minutes=m)),
    zone=st.sampled_from(ZONES),
    days_off=st.frozensets(st.integers(0, 6)),
)
def test_aftercare_waits_for_the_hour_alone(moment, zone, days_off):
    at = branch(zone, days_off)
    opens = next_aftercare(at, moment)
    assert moment <= opens <= moment + timedelta(hours=14, minutes=30)
    assert CARE.opens <= opens.astimezone(at.where).time() < CARE.closes
    assert next_aftercare(at, opens) == opens


def test_a_visit_of_yesterday_is_asked_about_now_and_an_older_one_never():
    at = branch()
    here = datetime(2026, 11, 20, 12, tzinfo=at.where)
    assert due(at, visit(here, day=date(2026, 11, 19))) == here
    assert due(at, visit(here, day=date(2026, 11, 18))) is None


@given(
    moment=st.integers(0, 4 * 366 * 24 * 60).map(lambda m: FIRST + timedelta(minutes=m)),
    zone=st.sampled_from(ZONES),
    days_off=st.frozensets(st.integers(0, 6), max_size=6),
)
def test_care_opens_at_an_hour_of_care_and_never_in_the_past(moment, zone, days_off):
    at = branch(zone, days_off)
    opens = next_care(at, moment)
    here = opens.astimezone(at.where)
    assert moment <= opens <= moment + timedelta(days=25)
    assert CARE.opens <= here.time() < CARE.closes
    assert not silent(at.days_off, here.date())
    assert next_care(at, opens) == opens


def test_a_branch_without_a_working_day_is_not_waited_for_for_ever():
    shut = branch(days_off=frozenset(range(7)))
    noon = datetime.combine(date(2026, 11, 20), time(12), shut.where)
    assert next_care(shut, noon) > noon
