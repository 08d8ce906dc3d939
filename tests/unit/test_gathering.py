"""What is posted on each 1st, whatever friends bring and clinics take back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.gathering import Brought, first_of, midnight, shares, waited_till

MOSCOW = ZoneInfo("Europe/Moscow")
# In some the clocks change on a 1st, at midnight even; one is nearly a day ahead of another.
ZONES = [
    *("Europe/Moscow", "Europe/Berlin", "America/Havana", "America/Asuncion", "Asia/Beirut"),
    *("Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "Africa/Cairo"),
]
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
MAY = datetime(2026, 5, 3, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Visit:
    """What is left of its reward."""

    record: int
    friend: int
    day: date
    recorded_at: datetime
    points: int


def visit(points: int, friend: int = 1, at: datetime = MAY, record: int = 1) -> Visit:
    return Visit(record, friend, at.astimezone(MOSCOW).date(), at, points)


def posted_on(
    first: date, visits: Sequence[Visit], before: dict[int, int], zone: ZoneInfo = MOSCOW
) -> dict[int, int]:
    """As the books sum them."""
    points, alone = Counter(), Counter()
    for one in visits:
        if one.recorded_at < midnight(first, zone):
            points[one.record, one.friend] += one.points
            alone[one.record, one.friend] += one.points if one.day < waited_till(first) else 0
    return shares([Brought(*by, points[by], alone[by]) for by in points], before)


@pytest.mark.parametrize(
    ("month", "posted"), [(6, {}), (7, {}), (8, {}), (9, {1: 100}), (10, {1: 100})]
)
def test_a_single_friends_visit_of_may_waits_for_september(month, posted):
    assert posted_on(date(2026, month, 1), [visit(120)], {}) == posted


def test_the_month_is_that_of_the_visit_not_of_its_record():
    """They came on 30 April; it was written down in May."""
    late = replace(visit(120), day=date(2026, 4, 30))
    assert posted_on(date(2026, 8, 1), [late], {}) == {1: 100}


def test_a_visit_that_went_back_whole_makes_no_paying_friend():
    june = date(2026, 6, 1)
    assert posted_on(june, [visit(120), visit(0, friend=2)], {}) == {}
    assert posted_on(june, [visit(120), visit(1, friend=2)], {}) == {1: 100}


def test_what_one_record_owes_the_others_bring():
    brought = [visit(30), visit(130, friend=2, record=2)]
    assert posted_on(date(2026, 6, 1), brought, {1: 50}) == {2: 100}
    assert posted_on(date(2026, 6, 1), brought, {1: 200}) == {}


VISITS = st.lists(
    st.tuples(
        st.integers(1, 3),  # for which record
        st.integers(1, 4),  # by which friend
        st.integers(0, 2 * 365 * 24).map(lambda hours: NEW_YEAR + timedelta(hours=hours)),
        st.integers(1, 400),
        st.none() | st.tuples(st.integers(0, 200), st.integers(1, 100)),  # back: days, per cent
    ),
    max_size=12,
)


@given(VISITS, st.sampled_from(ZONES).map(ZoneInfo))
def test_month_after_month_no_point_is_lost_or_doubled(visits, zone):
    posted: Counter[int] = Counter()
    for n in range(1, 37):
        first = date(2026 + n // 12, n % 12 + 1, 1)
        now = midnight(first, zone) + timedelta(minutes=1)
        assert first_of(now, zone) == first
        brought = [_as_of(one, now, zone) for one in visits if one[2] < now]
        taken = posted_on(first, brought, posted, zone)

        assert sum(taken.values()) % 50 == 0
        assert all(points > 0 for points in taken.values())
        gathered = Counter()
        for one in brought:
            gathered[one.record] += one.points
        for record, points in taken.items():
            assert posted[record] + points <= gathered[record]
        before = [one for one in brought if one.recorded_at < midnight(first, zone)]
        posted.update(taken)
        left = sum(one.points for one in before) - posted.total()
        paid = {one.friend for one in before if one.points}
        if len(paid) > 1:
            assert left < 50
        elif n == 36:
            assert left < 50, "by then the last visit has waited long enough"


def _as_of(visit: tuple, now: datetime, zone: ZoneInfo) -> Visit:
    record, friend, at, points, back = visit
    if back is not None and at + timedelta(days=back[0]) <= now:
        points -= points * back[1] // 100
    return Visit(record, friend, at.astimezone(zone).date(), at, points)


@given(
    st.integers(0, 10 * 365 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes)),
    st.sampled_from(ZONES).map(ZoneInfo),
)
def test_a_month_has_begun_at_its_midnight_and_not_before(moment, zone):
    first = first_of(moment, zone)
    begins = midnight(first, zone)
    assert begins <= moment
    assert first_of(begins, zone) == first
    assert first_of(begins - timedelta(microseconds=1), zone) < first
