"""What came on the 1st for several patients of one account, in one message."""

from dataclasses import replace
from datetime import date

from loyalty.reward_posting import PostedFacts, together

FIRST, ENDS = date(2026, 12, 1), date(2027, 12, 1)
ONE = PostedFacts(FIRST, 200, 50, ENDS, 1350, 0)


def test_the_points_are_of_all_and_the_balance_of_the_wallet_they_share():
    other = replace(ONE, points=300, settled=0)
    assert together([ONE, other]) == replace(ONE, points=500, settled=50)


def test_of_two_wallets_neither_balance_is_told():
    anothers = replace(ONE, points=100, settled=0, balance=None, debt=None)
    assert together([ONE, anothers]) == PostedFacts(FIRST, 300, 50, ENDS, None, None)


def test_what_went_into_debt_whole_ends_on_no_day():
    owed = replace(ONE, points=50, settled=50, ends_on=None)
    assert together([owed, ONE]).ends_on == ENDS
    assert together([owed, owed]).ends_on is None
