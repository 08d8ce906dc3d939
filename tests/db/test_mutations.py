"""The plain model sees what it is for: each of these faults, put into the product's own source, is
met by a short history of the machine's deeds (`deeds.py`), which passes without it; in `make long`
the machine has to come upon it by itself.
"""

import inspect
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import CodeType
from typing import Any

import pytest
from hypothesis import Phase
from sqlalchemy.exc import IntegrityError

from db.desk.corrections import SqlCorrections
from db.ledger import SqlLedger
from loyalty import counting, gathering, prolonging, reversing, rewards
from loyalty.desk import approving, gifts, purse, recording, takeback, unmerging
from loyalty.errors import Refusal
from tests.conftest import LONG
from tests.db.any_order import run
from tests.db.deeds import Desk, Fate

MARIA, OTHER, THIRD = 0, 1, 2
PLAIN = (None, False)  # no category, and points are taken
TWICE = Fate(again=1)
# The model differs, nobody was refused where somebody should be or the reverse, a constraint held.
CAUGHT = (AssertionError, pytest.fail.Exception, Refusal, IntegrityError)

Edit = tuple[Callable[..., Any], str, str]


@dataclass(frozen=True)
class Mutation:
    """A fault by its edits, each of a function whose line says otherwise, and what meets it."""

    edits: Sequence[Edit]
    history: Callable[[Desk], object]


def bill(roubles: float) -> list[tuple[int, None, bool]]:
    return [(round(roubles * 100), *PLAIN)]


# --- histories that meet them ----------------------------------------------------------------


def a_gift_that_is_posted_again(desk: Desk) -> None:
    desk.give(MARIA, 50)
    desk.post_a_gift_again(0, MARIA)


def a_key_with_other_input(desk: Desk) -> None:
    desk.give(MARIA, 50)
    desk.reuse_a_key(0, MARIA)


def a_second_press(desk: Desk) -> None:
    desk.give(MARIA, 50, fate=TWICE)


def a_managers_second_tap(desk: Desk) -> None:
    desk.give(MARIA, 400, fate=TWICE)


def a_second_record(desk: Desk) -> None:
    desk.visit(MARIA, bill(300), fate=TWICE)


def two_gifts_of_which_one_is_spent(desk: Desk) -> None:
    for points in (50, 60):
        desk.give(MARIA, points)
        desk.time_passes(days=1)
    desk.visit(MARIA, bill(300))


def a_gift_that_ended(desk: Desk) -> None:
    desk.give(MARIA, 50)
    desk.time_passes(days=31)
    desk.visit(MARIA, bill(300))


def a_gift_at_its_last_midnight(desk: Desk) -> None:
    desk.give(MARIA, 50)
    desk.time_passes(days=30, hours=12)
    desk.visit(MARIA, bill(300))


def points_of_the_day(desk: Desk) -> None:
    for _ in range(2):
        desk.visit(MARIA, bill(300))


def a_step_over_a_tier(desk: Desk) -> None:
    desk.visit(MARIA, bill(3_000))


def nearly_a_point(desk: Desk) -> None:
    desk.visit(MARIA, bill(19.99))


def nearly_a_point_of_the_cap(desk: Desk) -> None:
    desk.give(MARIA, 50)
    desk.visit(MARIA, bill(1.99))


def a_part_of_fifteen_points(desk: Desk) -> None:
    desk.return_money(desk.visit(MARIA, bill(300)), [131_00])


def a_visit_that_returns(desk: Desk) -> None:
    desk.return_money(desk.visit(MARIA, bill(300)))


def earned_spent_and_returned(desk: Desk) -> tuple[int, int]:
    """The first visit's points paid the second: who returns the first owes them."""
    first = desk.visit(MARIA, bill(300))
    desk.time_passes(days=1)
    second = desk.visit(MARIA, bill(50))
    desk.return_money(first)
    assert desk.plain.wallets[desk.plain.whose[desk.patients[MARIA]]].debt == 14
    return first, second


def a_debt_and_a_visit(desk: Desk) -> None:
    earned_spent_and_returned(desk)
    desk.visit(MARIA, bill(1_000))


def a_debt_and_a_gift(desk: Desk) -> None:
    earned_spent_and_returned(desk)
    desk.give(MARIA, 50)


def a_debt_and_points_back(desk: Desk) -> None:
    _, second = earned_spent_and_returned(desk)
    desk.return_money(second)


def a_gift_beside_what_was_earned(desk: Desk) -> None:
    visit = desk.visit(MARIA, bill(1_000))
    desk.give(MARIA, 40)
    desk.return_money(visit)


def two_gifts_spent_and_a_part_back(desk: Desk) -> None:
    for points in (50, 60):
        desk.give(MARIA, points)
        desk.time_passes(days=1)
    visit = desk.visit(MARIA, bill(300))
    desk.return_part(visit, [0], 3)


def anothers_points_spent_together(desk: Desk) -> None:
    desk.give(MARIA, 40)
    desk.give(OTHER, 50)
    desk.merge(MARIA, OTHER)
    desk.visit(MARIA, bill(200))
    desk.part(desk.merged[0])


def a_friends_part_that_returns(desk: Desk) -> None:
    desk.recommend(OTHER, MARIA)
    desk.return_money(desk.visit(MARIA, bill(300)), [131_00])


def a_friends_visit_that_returns(desk: Desk) -> None:
    desk.recommend(OTHER, MARIA)
    desk.return_money(desk.visit(MARIA, bill(300)))


def a_friends_visit_of_yesterday(desk: Desk) -> None:
    """Since when an owner has taken the fixed sum away."""
    desk.recommend(OTHER, MARIA)
    desk.time_passes(days=1)
    desk.owner_changes_numbers(1)
    desk.visit(MARIA, bill(300), days_ago=1)


def a_single_friend_and_the_1st(desk: Desk) -> None:
    desk.recommend(OTHER, MARIA)
    desk.visit(MARIA, bill(1_000))
    desk.a_month_turns()
    desk.rewards_are_posted()


def two_friends_and_the_1st(desk: Desk) -> None:
    for friend in (MARIA, THIRD):
        desk.recommend(OTHER, friend)
        desk.visit(friend, bill(300))
    desk.a_month_turns()
    desk.rewards_are_posted()


def two_bookings(desk: Desk) -> None:
    desk.give(MARIA, 50)
    for days in (40, 50):
        desk.book(MARIA, days)


# --- the faults ------------------------------------------------------------------------------

MUTATIONS = {
    # The unique key would stop it in the database, so the key has to be another one each time.
    "no key check": Mutation(
        [(SqlLedger.add_operation, '"key": key,', '"key": f"{key}:{self._now}:{id(given)}",')],
        a_gift_that_is_posted_again,
    ),
    "no check of the input": Mutation(
        [(recording.post.__globals__["_stored"], "stored.given != given", "False")],
        a_key_with_other_input,
    ),
    # What stands before the key: these meet a unique source, draft or key, and never move twice.
    "no look for the gift's question": Mutation(
        [(SqlCorrections.request_from, "None if row is None else _request(row)", "None")],
        a_second_press,
    ),
    "no look for the manager's answer": Mutation(
        [(approving.decide, "asked.request.state is not RequestState.WAITING", "False")],
        a_managers_second_tap,
    ),
    "no look for the record": Mutation(
        [(recording.record, "kept.state is DraftState.RECORDED", "False")],
        a_second_record,
    ),
    "newest lot first": Mutation(
        [(recording.take, "for lot in lots", "for lot in sorted(lots, key=lambda lot: -lot.id)")],
        two_gifts_of_which_one_is_spent,
    ),
    "ended lot spendable": Mutation(
        [
            (purse.purse, " if lot.ends_at > tx.now]", "]"),
            (purse.spendable, "lot.ends_at > tx.now and ", ""),
        ],
        a_gift_that_ended,
    ),
    "end inclusive": Mutation(
        [
            (purse.purse, "lot.ends_at > tx.now", "lot.ends_at >= tx.now"),
            (purse.spendable, "lot.ends_at > tx.now", "lot.ends_at >= tx.now"),
        ],
        a_gift_at_its_last_midnight,
    ),
    "waits for a second booking": Mutation(
        [(prolonging._moves, "lot.prolonged_by is None", "True")],
        two_bookings,
    ),
    "earned today spendable today": Mutation(
        [(purse.spendable, "not _earned_since(tx, lot, branch, day)", "True")],
        points_of_the_day,
    ),
    "tier before earn": Mutation(
        [(counting.count, "shares, cash_paid) + bonus", "shares, cash_paid + cash) + bonus")],
        a_step_over_a_tier,
    ),
    "earned rounded": Mutation(
        [(counting._earned, "max(0, earned) // POINT", "round(max(0, earned) / POINT)")],
        nearly_a_point,
    ),
    "cap rounded": Mutation(
        [
            (
                counting.most_points,
                "sum(_weights(programme, parts)) // POINT",
                "round(sum(_weights(programme, parts)) / POINT)",
            )
        ],
        nearly_a_point_of_the_cap,
    ),
    "part rounded": Mutation(
        [
            (
                reversing._due,
                "amount * total.bill // visit.bill",
                "round(amount * total.bill / visit.bill)",
            )
        ],
        a_part_of_fifteen_points,
    ),
    "no claw-back": Mutation(
        [(reversing.reverse, "max(0, claw_due - so_far.clawed)", "0")],
        a_visit_that_returns,
    ),
    "reward kept on reversal": Mutation(
        [
            (
                reversing.reverse,
                "_due(visit.reward, visit, total) - _due(visit.reward, visit, so_far)",
                "0",
            )
        ],
        a_friends_part_that_returns,
    ),
    "fixed sum kept on reversal": Mutation(
        [(rewards.lower, "if money_left(visit, before) and", "if False and")],
        a_friends_visit_that_returns,
    ),
    "fixed sum taken by a part": Mutation(
        [(rewards.lower, "and not money_left(visit, (*before, reversal))", "")],
        a_friends_part_that_returns,
    ),
    "fixed sum of today's programme": Mutation(
        [(recording._write, "weighed.programme.friend_fixed", "tx.programme.friend_fixed")],
        a_friends_visit_of_yesterday,
    ),
    "a single friend's posted at once": Mutation(
        [(gathering.shares, "< CROWD", "< 1")],
        a_single_friend_and_the_1st,
    ),
    "posting not rounded": Mutation(
        [(gathering.shares, " // STEP * STEP", "")],
        two_friends_and_the_1st,
    ),
    "debt ignored": Mutation(
        [(takeback._taken, "short - sum(settled)", "-sum(settled)")],
        earned_spent_and_returned,
    ),
    "debt unsettled by a visit": Mutation(
        [(recording._move_points, "min(purse.debt, counted.earned)", "0")],
        a_debt_and_a_visit,
    ),
    "debt unsettled by a gift": Mutation(
        [(gifts.carry_out, "min(wallet.debt, request.amount)", "0")],
        a_debt_and_a_gift,
    ),
    "debt unsettled by points back": Mutation(
        [(takeback._taken, "min(debt, back.points_back)", "0")],
        a_debt_and_points_back,
    ),
    "own lot not first": Mutation(
        [(takeback._in_order, "pot.lot not in own", "False")],
        a_gift_beside_what_was_earned,
    ),
    "points back to the lot spent first": Mutation(
        [
            (
                takeback._returned,
                "backwards([taken for _, taken in spent], already, points)",
                "backwards([taken for _, taken in spent][::-1], already, points)[::-1]",
            )
        ],
        two_gifts_spent_and_a_part_back,
    ),
    "the other's points spent for nothing": Mutation(
        [(unmerging._parting, "take(own, lacks)", "[]")],
        anothers_points_spent_together,
    ),
}


def put_in(monkeypatch: pytest.MonkeyPatch, edits: Sequence[Edit]) -> None:
    """The function itself is changed, so whoever has imported it has the fault too."""
    for function, line, fault in edits:
        source = textwrap.dedent(inspect.getsource(function))
        assert line in source, f"{function.__qualname__} reads otherwise by now"
        module = compile(source.replace(line, fault), function.__code__.co_filename, "exec")
        code = next(one for one in module.co_consts if isinstance(one, CodeType))
        monkeypatch.setattr(function, "__code__", code)


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_fault_is_met_where_its_history_passes_without_it(emptied, monkeypatch, name):
    mutation = MUTATIONS[name]
    mutation.history(desk := Desk(emptied))
    desk.check_at_the_end()

    put_in(monkeypatch, mutation.edits)

    with pytest.raises(CAUGHT):
        mutation.history(Desk(emptied))


# Those that any order of deeds meets at once.
SOON = ("tier before earn", "no claw-back", "earned rounded")


@pytest.mark.long
@pytest.mark.parametrize("name", MUTATIONS if LONG else SOON)
def test_the_machine_comes_upon_a_fault_by_itself(emptied, monkeypatch, name):
    put_in(monkeypatch, MUTATIONS[name].edits)

    with pytest.raises(CAUGHT):
        run(emptied, 500, derandomize=True, phases=[Phase.generate], print_blob=False)
