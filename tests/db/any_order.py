"""A machine of hypothesis that chooses what is recorded, corrected, returned, given, posted, merged
and ended, in any order and at any time; each deed is crashed and repeated at will (`deeds.py`).
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.db.deeds import PHONES, Desk, Fate
from tests.support.emptied import Emptied

STEPS = 20

# Small sums, that rounding is felt and tiers are near; lines outside points, or of an own rate.
SUMS = st.integers(1, 9_99) | st.integers(1, 300_00) | st.integers(1, 3_000_00)
CATEGORIES = st.sampled_from([None, "hygiene", "surgery", "implants", "diagnostics"])
LINES = st.lists(
    st.tuples(SUMS, CATEGORIES, st.sampled_from([False] * 9 + [True])),
    min_size=1,
    max_size=3,
)
WHO = st.sampled_from(range(len(PHONES)))
RECENT = st.sampled_from([0, 0, 0, 1, 1, 2, 3])
TENTHS = st.sampled_from([10, 10, 10, 0, 3, 7])
MOSTLY = st.sampled_from([True, True, True, False])
SELDOM = st.sampled_from([False, False, False, True])
FATES = st.builds(
    Fate, crashes=st.sampled_from([0, 0, 0, 1]), again=st.sampled_from([0, 0, 0, 1, 2])
)
CORRECTIONS = st.one_of(
    st.tuples(st.just("correct_sum"), SUMS, FATES),
    st.tuples(st.just("correct_patient"), WHO, FATES),
    st.tuples(st.just("undo"), FATES),
)


def recent(numbers: list[int], n: int) -> int:
    return numbers[n % len(numbers)]


class AnyOrder(RuleBasedStateMachine):
    """Chooses what is done next; `Desk` does it and compares."""

    books: Emptied

    @initialize()
    def open_clinic(self) -> None:
        self.desk = Desk(self.books)

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.check_at_the_end()

    @rule(
        who=WHO,
        lines=LINES,
        tenths=TENTHS,
        days_ago=st.sampled_from([0, 0, 0, 1, 3]),
        advance=SELDOM,
        one_more=SELDOM,
        mended=st.one_of(st.none(), CORRECTIONS),
        fate=FATES,
    )
    def visit(self, who, lines, tenths, days_ago, advance, one_more, mended, fate):
        if one_more:
            self.desk.too_many_points(who, lines)
        visit = self.desk.visit(
            who, lines, tenths=tenths, days_ago=days_ago, advance=advance, fate=fate
        )
        if mended:
            self.mend(visit, *mended)

    @rule(
        who=WHO,
        earning=st.integers(100_00, 3_000_00),
        presents=st.lists(st.integers(1, 40), max_size=2),
        bill=st.integers(100_00, 3_000_00),
        lines=LINES,
        settling=st.sampled_from(["visit", "gift", None]),
        cuts=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 12)), min_size=1, max_size=3),
    )
    def pay_from_several_lots_and_return_in_parts(
        self, who, earning, presents, bill, lines, settling, cuts
    ):
        """The second visit spends what the first has earned: where that goes back there is debt."""
        first = self.desk.visit(who, [(earning, None, False)], tenths=0)
        for points in presents:
            self.desk.give(who, points)
        self.desk.time_passes(days=1)
        visit = self.desk.visit(who, [(bill, None, False), *lines])
        self.desk.return_part(first, [0], cuts[0][0] + 1)
        if settling == "visit":
            self.desk.visit(who, lines)
        if settling == "gift":
            self.desk.give(who, 30)
        for tenths, days in cuts:
            self.desk.return_part(visit, [days % 2, 0], tenths)
            self.desk.time_passes(days=days)

    @rule(n=RECENT, how=CORRECTIONS)
    @precondition(lambda self: self.desk.recorded)
    def correct(self, n, how):
        self.mend(recent(self.desk.recorded, n), *how)

    def mend(self, visit, how, *about):
        getattr(self.desk, how)(visit, *about)

    @rule(n=RECENT, granted=MOSTLY, fate=FATES)
    @precondition(lambda self: self.desk.recorded)
    def return_money(self, n, granted, fate):
        self.desk.return_money(recent(self.desk.recorded, n), granted=granted, fate=fate)

    @rule(
        n=RECENT,
        which=st.lists(st.integers(0, 2), min_size=1, max_size=3, unique=True),
        tenths=st.integers(0, 10),
        fate=FATES,
    )
    @precondition(lambda self: self.desk.standing)
    def return_part(self, n, which, tenths, fate):
        self.desk.return_part(recent(self.desk.standing, n), which, tenths, fate)

    @rule(who=WHO, points=st.integers(1, 400), granted=MOSTLY, later=SELDOM, fate=FATES)
    def give(self, who, points, granted, later, fate):
        self.desk.give(who, points, granted=granted, later=later, fate=fate)

    @rule(n=RECENT, granted=MOSTLY, fate=FATES)
    @precondition(lambda self: self.desk.waiting)
    def decide(self, n, granted, fate):
        self.desk.decide(recent(self.desk.waiting, n), granted=granted, fate=fate)

    @rule(
        who=WHO,
        present=st.sampled_from([0, 20, 90]),
        tenths=st.integers(1, 10),
        granted=MOSTLY,
        fate=FATES,
    )
    def good_will(self, who, present, tenths, granted, fate):
        """For what ended of all they had, or of a present nobody used."""
        if present:
            self.desk.give(who, present)
            self.desk.time_passes(days=31)
        self.desk.good_will(who, tenths, granted=granted, fate=fate)

    @rule(one=WHO, other=WHO, granted=MOSTLY, fate=FATES)
    def merge(self, one, other, granted, fate):
        self.desk.merge(one, other, granted=granted, fate=fate)

    @rule(one=WHO, other=WHO, points=st.integers(1, 90), bill=st.integers(30_00, 600_00))
    def merge_spend_and_part(self, one, other, points, bill):
        """What the other had may pay for the one."""
        for who in (one, other):
            self.desk.give(who, points)
        self.desk.merge(one, other)
        self.desk.visit(one, [(bill, None, False)])
        if self.desk.merged:
            self.desk.part(self.desk.merged[-1])

    @rule(n=RECENT, fate=FATES)
    @precondition(lambda self: self.desk.merged)
    def part(self, n, fate):
        self.desk.part(recent(self.desk.merged, n), fate)

    @rule(
        who=WHO,
        points=st.integers(0, 40),
        days=st.lists(
            st.sampled_from([None, 0, 20, 33, 45, 80, 95]), min_size=1, max_size=2, unique=True
        ),
        fate=FATES,
    )
    def book(self, who, points, days, fate):
        """Perhaps just given some, that end in thirty days."""
        if points > 20:
            self.desk.give(who, points)
        for ahead in days:
            self.desk.book(who, ahead, fate)

    @rule(referrer=WHO, friend=WHO, bill=SUMS, fate=FATES)
    def recommend(self, referrer, friend, bill, fate):
        """And the friend comes."""
        self.desk.recommend(referrer, friend, fate)
        self.desk.visit(friend, [(bill, None, False)], tenths=3)

    @rule(referrer=WHO, bills=st.lists(SUMS, min_size=2, max_size=3), back=SELDOM, fate=FATES)
    def friends_pay_and_the_1st_comes(self, referrer, bills, back, fate):
        """Both others; by the next 1st something may have gone back."""
        for n, bill in enumerate(bills):
            friend = (referrer + 1 + n % 2) % len(PHONES)
            self.desk.recommend(referrer, friend)
            visit = self.desk.visit(friend, [(bill, None, False)], tenths=0)
        if back:
            self.desk.return_money(visit)
        self.desk.a_month_turns()
        self.desk.rewards_are_posted(fate)

    @rule(
        days=st.sampled_from([1, 1, 1, 1, 1, 5, 20, 30, 150, 370]),
        to_an_end=st.sampled_from([None, None, None, 0, 1, 3]),
        version=st.sampled_from([None, None, None, None, 0, 1]),
        swept=st.booleans(),
        posted=st.booleans(),
        fate=FATES,
    )
    def time_passes(self, days, to_an_end, version, swept, posted, fate):
        if to_an_end is None:
            self.desk.time_passes(days)
        else:
            self.desk.time_passes_to_an_end(to_an_end)
        if swept:
            self.desk.sweep(fate)
        if posted:
            self.desk.rewards_are_posted(fate)
        if version is not None:
            self.desk.owner_changes_numbers(version)

    @rule(n=RECENT, who=WHO)
    def use_a_key_again(self, n, who):
        self.desk.reuse_a_key(n, who)
        self.desk.post_a_gift_again(n, who)

    @rule()
    @precondition(lambda self: len(self.desk.standing) > 2)
    def take_everything_back(self):
        self.desk.take_everything_back()


def run(books: Emptied, examples: int, **how: Any) -> None:
    """The machine over these books. Raises what the first example that fails has raised."""
    machine = type("AnyOrder", (AnyOrder,), {"books": books})
    chosen = settings(max_examples=examples, stateful_step_count=STEPS, **how)
    with _seldom_collected():
        run_state_machine_as_test(machine, settings=chosen)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Deeds leave many small objects and hardly a cycle: to look for some takes a tenth of all."""
    usual = gc.get_threshold()
    gc.set_threshold(20_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
