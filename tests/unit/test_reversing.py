"""Money returned: whatever the parts, nothing is lost and nothing is given twice."""

from datetime import date, datetime
from fractions import Fraction
from math import floor
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.dates import end_after
from loyalty.programme import DEFAULTS
from loyalty.reversing import (
    NOTHING,
    Recorded,
    Returned,
    ReturnWholeError,
    back_until,
    backwards,
    claw,
    reverse,
    reverse_whole,
)

ZONE = ZoneInfo("Europe/Moscow")
VISIT = Recorded(bill=12_400_00, excluded=600_00, points=1000, earned=570)


@st.composite
def recorded(draw):
    bill = draw(st.integers(0, 5_000) | st.integers(0, 10**8))
    earned = draw(st.integers(0, 10**5))
    return Recorded(
        bill=bill,
        excluded=draw(st.just(0) | st.integers(0, 10**7)),
        points=draw(st.integers(0, bill // 100)),
        earned=earned,
        ended=draw(st.just(0) | st.integers(0, earned)),
        reward=draw(st.integers(0, 10**5)) if bill else 0,  # of nothing paid there is none
    )


@st.composite
def cut(draw, whole):
    """The whole in one to six pieces, nothing among them too."""
    cuts = sorted(draw(st.lists(st.integers(0, whole), max_size=5)))
    return [high - low for low, high in zip([0, *cuts], [*cuts, whole], strict=True)]


def after(so_far, back):
    return Returned(
        so_far.bill + back.bill,
        so_far.excluded + back.excluded,
        so_far.points + back.points_back,
        so_far.clawed + back.claw_back,
    )


# --- the whole -------------------------------------------------------------------------------


def test_a_whole_return_takes_everything_back():
    back = reverse_whole(VISIT)
    assert (back.points_back, back.money_back, back.claw_back) == (1000, 12_000_00, 570)
    assert (back.bill, back.excluded) == (12_400_00, 600_00)


@given(recorded())
def test_any_whole_return_takes_everything_back(visit):
    back = reverse_whole(visit)
    assert back.points_back == visit.points
    assert back.money_back == visit.bill + visit.excluded - 100 * visit.points
    assert back.claw_back == visit.earned - visit.ended


def test_what_ended_unused_is_not_clawed_back():
    assert reverse_whole(Recorded(1000_00, 0, 0, earned=50, ended=20)).claw_back == 30


@pytest.mark.parametrize("excluded", [0, 500_00])
def test_the_bonus_of_a_visit_that_billed_nothing_is_taken_back(excluded):
    visit = Recorded(bill=0, excluded=excluded, points=0, earned=300)
    back = reverse_whole(visit)
    assert (back.points_back, back.money_back, back.claw_back) == (0, excluded, 300)


# --- parts -----------------------------------------------------------------------------------


@given(recorded(), st.data())
def test_any_parts_add_up_to_the_whole(visit, data):
    """A part that is refused is left out; what is left returns as the last one."""
    bills, lines = data.draw(cut(visit.bill)), data.draw(cut(visit.excluded))
    so_far, money = NOTHING, 0
    for bill, excluded in zip(bills[:-1], lines, strict=False):
        try:
            back = reverse(visit, so_far, bill=bill, excluded=excluded)
        except ReturnWholeError:
            continue
        assert 0 <= back.points_back * 100 <= bill
        assert back.claw_back >= 0
        so_far, money = after(so_far, back), money + back.money_back
    last = reverse_whole(visit, so_far)
    whole = reverse_whole(visit)
    assert after(so_far, last) == after(NOTHING, whole)
    assert last.money_back >= 0
    assert money + last.money_back == whole.money_back


@given(recorded(), st.data())
def test_a_part_is_that_of_the_naive_one(visit, data):
    bill = data.draw(st.integers(0, visit.bill))
    share = Fraction(bill, visit.bill) if visit.bill else Fraction(1)
    points = min(floor(visit.points * share), floor(Fraction(bill, 100)))
    left = Fraction(visit.bill - bill, 100)
    if visit.points - points > left:
        with pytest.raises(ReturnWholeError):
            reverse(visit, NOTHING, bill=bill, excluded=visit.excluded)
        return
    back = reverse(visit, NOTHING, bill=bill, excluded=visit.excluded)
    assert back.points_back == points
    assert Fraction(back.money_back, 100) == Fraction(bill + visit.excluded, 100) - points
    assert back.claw_back == max(0, floor(visit.earned * share) - visit.ended)
    assert back.reward_back == floor(visit.reward * share)


@given(recorded(), st.data())
def test_of_a_reward_what_is_left_is_the_share_of_the_bill_that_is_left(visit, data):
    """Compared with fractions after every part; what ended unused of the lot does not matter."""
    so_far, left = NOTHING, visit.reward
    for bill in data.draw(cut(visit.bill))[:-1]:
        try:
            back = reverse(visit, so_far, bill=bill)
        except ReturnWholeError:
            continue
        assert back.reward_back >= 0
        so_far, left = after(so_far, back), left - back.reward_back
        share = Fraction(so_far.bill, visit.bill) if visit.bill else 0
        assert left == visit.reward - floor(visit.reward * share)
    assert left == reverse_whole(visit, so_far).reward_back


def test_a_reward_goes_back_by_thirds_and_the_last_takes_the_rest():
    visit = Recorded(bill=9_000_00, excluded=100_00, points=0, earned=450, ended=450, reward=400)
    so_far, parts = NOTHING, []
    for bill, excluded in ((3_000_00, 0), (0, 100_00), (3_000_00, 0), (3_000_00, 0)):
        back = reverse(visit, so_far, bill=bill, excluded=excluded)
        so_far, parts = after(so_far, back), [*parts, back.reward_back]
    assert parts == [133, 0, 133, 134]


def test_a_third_of_the_visit_takes_back_a_third():
    visit = Recorded(bill=9_000_00, excluded=0, points=1000, earned=400)
    first = reverse(visit, NOTHING, bill=3_000_00)
    assert (first.points_back, first.money_back, first.claw_back) == (333, 2_667_00, 133)
    second = reverse(visit, after(NOTHING, first), bill=3_000_00)
    assert (second.points_back, second.money_back, second.claw_back) == (333, 2_667_00, 133)
    last = reverse_whole(visit, after(after(NOTHING, first), second))
    assert (last.points_back, last.money_back, last.claw_back) == (334, 2_666_00, 134)


def test_excluded_lines_return_cash_only():
    back = reverse(VISIT, NOTHING, bill=0, excluded=600_00)
    assert (back.points_back, back.money_back, back.claw_back) == (0, 600_00, 0)


def test_an_excluded_line_claws_nothing_back_while_another_is_left():
    visit = Recorded(bill=0, excluded=500_00, points=0, earned=300)
    first = reverse(visit, NOTHING, bill=0, excluded=200_00)
    assert (first.money_back, first.claw_back) == (200_00, 0)
    assert reverse_whole(visit, after(NOTHING, first)).claw_back == 300


def test_a_part_that_leaves_more_points_than_bill_is_refused():
    """Of 10.99 all but 99 kopecks was paid with points: a return of 50 kopecks brings none back."""
    visit = Recorded(bill=10_99, excluded=0, points=10, earned=0)
    assert reverse(visit, NOTHING, bill=50).money_back == 50
    with pytest.raises(ReturnWholeError):
        reverse(visit, Returned(bill=50), bill=99)
    assert reverse_whole(visit, Returned(bill=50)).money_back == 49


def test_what_ended_between_two_parts_is_never_taken_twice():
    first = reverse(Recorded(1000_00, 0, 0, earned=100), NOTHING, bill=500_00)
    assert first.claw_back == 50
    later = Recorded(1000_00, 0, 0, earned=100, ended=50)
    assert reverse_whole(later, after(NOTHING, first)).claw_back == 0


@pytest.mark.parametrize(
    ("bill", "excluded"), [(-1, 0), (0, -1), (12_400_01, 0), (0, 600_01), (11_400_01, 0)]
)
def test_more_than_is_left_can_not_be_returned(bill, excluded):
    with pytest.raises(ValueError, match=str(bill)):
        reverse(VISIT, Returned(bill=1_000_00, points=80), bill=bill, excluded=excluded)


# --- where the points go ---------------------------------------------------------------------


def test_points_go_back_to_the_lot_spent_from_last():
    assert backwards([100, 50, 30], 0, 40) == (0, 10, 30)
    assert backwards([100, 50, 30], 40, 60) == (20, 40, 0)
    assert backwards([100, 50, 30], 0, 180) == (100, 50, 30)
    assert backwards([], 0, 0) == ()


@given(st.lists(st.integers(0, 500), max_size=6), st.data())
def test_parts_fill_every_lot_they_took_from(spent, data):
    first = data.draw(st.integers(0, sum(spent)))
    before, rest = backwards(spent, 0, first), backwards(spent, first, sum(spent) - first)
    assert sum(before) == first
    assert [one + other for one, other in zip(before, rest, strict=True)] == spent


def test_claw_back_takes_from_the_visits_own_lot_then_the_others_then_debt():
    assert claw(50, [70, 10]) == ((50, 0), 0)
    assert claw(75, [70, 10]) == ((70, 5), 0)
    assert claw(100, [70, 10]) == ((70, 10), 20)
    assert claw(5, []) == ((), 5)
    assert claw(0, [1]) == ((0,), 0)


@pytest.mark.parametrize(
    ("own_last", "last"),
    [
        (date(2026, 11, 20), date(2026, 12, 5)),  # ended already
        (date(2026, 12, 4), date(2026, 12, 5)),
        (date(2026, 12, 5), date(2026, 12, 5)),
        (date(2027, 6, 21), date(2027, 6, 21)),
    ],
)
def test_points_that_go_back_have_fourteen_days(own_last, last):
    ends_at = back_until(DEFAULTS, end_after(own_last, ZONE), date(2026, 11, 21), ZONE)
    assert ends_at == end_after(last, ZONE)
    assert isinstance(ends_at, datetime)
