"""What an owner adds for a friend's first payment, on both databases: once a friend, to whoever
recommended them, for as long as any of that visit's money stays.
"""

from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, event

from db.audit import compared
from db.prepared import Prepared
from loyalty import privacy, referrals
from loyalty.categories import Category
from loyalty.desk import correcting, drafting, recording, returning
from loyalty.desk.access import Decider
from loyalty.desk.drafting import StaleCardError, Wanted
from loyalty.desk.newcomers import record_patient
from loyalty.people import Patient
from loyalty.visits import Slice
from scheduler.postings import Postings
from tests.db.test_correcting import MARIA, OLEG, OWNERS, PHONE, decide, desk, maria
from tests.db.test_desk_review_p import beside, between_writers
from tests.db.test_posting import goes_to, posted
from tests.db.test_returning_parts import billed, part
from tests.db.test_rewards import (
    IVANS,
    emma,
    friend,
    gathered,
    ivan,
    recommend,
    rows,
)
from tests.db.test_rewards_merged import ANTONS, apart, together
from tests.support.second import second

__all__ = ["desk", "emma", "friend", "ivan", "maria"]

FIXED = 500


@pytest.fixture(autouse=True)
async def books_agree(store):
    """Whatever a test does, the audit has nothing to say after it."""
    yield
    assert (await store.engines.read(compared)).differences == []


@pytest.fixture(autouse=True)
async def on(store):
    """The owner has switched it on."""
    await owner_sets(store, FIXED)


async def owner_sets(store, points: int, **others) -> None:
    def set_(tx):
        number, programme = tx.programmes.current()
        assert tx.programmes.add(replace(programme, friend_fixed=points, **others), OLEG, number)

    await store.change(set_)


def fixed(database: str, of: Patient) -> list[tuple]:
    """Visit, number of the reversal and points of each fixed sum that gathered for them."""
    with closing(second(database)) as behind:
        return behind.rows(
            "SELECT w.visit_id, w.n, w.points FROM rewards w"
            " JOIN patients p ON p.id = w.referrer_id WHERE w.friend_id IS NOT NULL"
            f" AND COALESCE(p.merged_into, p.id) = {of.id} ORDER BY w.id"
        )


async def drafted(desk, who: str, source: str, **wanted):
    """2 000 roubles, ready to be recorded."""
    wanted = Wanted(**{"parts": [(2_000_00, None, None)], "points": 0} | wanted)
    how = {"source": source, "who": who, "wanted": wanted}
    return await desk.store.change(drafting.open_draft, desk.anna, "Анна", **how)


# --- a first payment -------------------------------------------------------------------------


async def test_it_comes_once_with_the_first_payment(store, database, desk, friend, emma):
    first = await desk.visit(PHONE, 2_000_00)
    second_ = await desk.visit(PHONE, 4_000_00)
    assert rows(database, emma) == [
        (first.id, None, 100),
        (first.id, None, FIXED),
        (second_.id, None, 200),
    ]
    wallet = await desk.wallet(emma.wallet)
    assert wallet.balance == 0  # unseen till it is posted


async def test_it_is_off_till_an_owner_switches_it_on(store, database, desk, friend, emma):
    await owner_sets(store, 0)
    await desk.visit(PHONE, 2_000_00)
    assert fixed(database, emma) == []
    await owner_sets(store, FIXED)
    await desk.visit(PHONE, 2_000_00)  # which is not their first
    assert fixed(database, emma) == []


async def test_it_is_the_sum_of_the_visits_day(store, database, desk, friend, emma, clock):
    clock.pass_(days=2)
    await owner_sets(store, 900)
    yesterday = clock.now().date() - timedelta(days=1)
    visit = await desk.record((await drafted(desk, PHONE, "line:1:past", day=yesterday)).id)
    assert fixed(database, emma) == [(visit.id, None, FIXED)]


async def test_whoever_recommended_nobody_gets_nothing(store, database, desk, friend, ivan):
    await desk.visit(PHONE, 2_000_00)
    await desk.visit(IVANS, 2_000_00)
    with closing(second(database)) as behind:
        assert behind.rows("SELECT * FROM rewards") == []


async def test_who_had_paid_before_the_recommendation_brings_none(
    store, database, desk, friend, ivan, clock
):
    await desk.visit(PHONE, 2_000_00)
    clock.pass_(minutes=1)
    assert await recommend(store, friend, ivan)
    clock.pass_(minutes=1)
    await desk.visit(PHONE, 2_000_00)
    assert (gathered(database, ivan), fixed(database, ivan)) == (100, [])


async def test_who_had_it_all_back_before_the_recommendation_pays_first_now(
    store, database, desk, friend, ivan, clock
):
    await desk.return_(await desk.visit(PHONE, 2_000_00))
    clock.pass_(minutes=1)
    assert await recommend(store, friend, ivan)
    clock.pass_(minutes=1)
    visit = await desk.visit(PHONE, 2_000_00)
    assert fixed(database, ivan) == [(visit.id, None, FIXED)]


async def test_a_visit_that_nobody_pays_for_is_not_it(store, database, desk, friend, emma):
    """Insurance, a check-up; nor an exercise."""
    insured = await drafted(
        desk, PHONE, "line:1:unpaid", points=None, unpaid=True, parts=[(0, None, None)]
    )
    await desk.record(insured.id)
    await desk.visit("0000", 2_000_00)
    assert fixed(database, emma) == []
    visit = await desk.visit(PHONE, 1)
    assert rows(database, emma) == [(visit.id, None, FIXED)]  # a kopeck is no reward, but is money


async def test_an_advance_is_money_too(store, database, desk, friend, emma):
    draft = await drafted(desk, PHONE, "line:1:advance", points=None, advance=True)
    advance = await desk.record(draft.id)
    await desk.visit(PHONE, 2_000_00)
    assert fixed(database, emma) == [(advance.id, None, FIXED)]


async def test_money_for_what_earns_no_points_is_money(store, database, desk, friend, emma):
    await owner_sets(store, FIXED, excluded=(Category.SURGERY,))
    visit = await billed(desk, PHONE, (7_000_00, Category.SURGERY))
    assert rows(database, emma) == [(visit.id, None, FIXED)]


async def test_pressed_twice_it_comes_once(store, database, desk, friend, emma):
    visit = await desk.visit(PHONE, 2_000_00)
    await desk.record(visit.id)
    assert fixed(database, emma) == [(visit.id, None, FIXED)]


async def test_each_of_two_friends_brings_it(store, database, desk, friend, emma, ivan):
    assert await recommend(store, ivan, emma)
    visits = [(await desk.visit(phone, 2_000_00)).id for phone in (PHONE, IVANS)]
    assert fixed(database, emma) == [(visit, None, FIXED) for visit in visits]


@between_writers
async def test_of_two_first_payments_at_once_one_brings_it(store, database, desk, friend, emma):
    """The second card of one patient is to be looked at again."""
    drafts = [await drafted(desk, PHONE, f"line:1:at-once-{n}") for n in range(2)]
    both = [(recording.record, desk.anna, "Анна", one.id, one.revision) for one in drafts]
    with pytest.raises(StaleCardError):
        await beside(store, *both)
    await desk.record(drafts[1].id)
    assert [points for *_, points in fixed(database, emma)] == [FIXED]


@between_writers
@pytest.mark.parametrize("first", ["returned", "recorded"])
async def test_a_payment_beside_the_return_of_the_first(store, database, desk, friend, emma, first):
    """Whichever comes first, no more than one of it stands, and nothing fails."""
    visit, draft = await desk.visit(PHONE, 2_000_00), await drafted(desk, PHONE, "line:1:beside")
    returned = (returning.return_money, desk.anna, "Анна", visit.id, "redone", OWNERS)
    recorded = (recording.record, desk.anna, "Анна", draft.id, draft.revision)
    await beside(store, *((returned, recorded) if first == "returned" else (recorded, returned)))
    stands = sum(points for *_, points in fixed(database, emma))
    assert stands == (FIXED if first == "returned" else 0)


# --- taken back ------------------------------------------------------------------------------


async def test_undone_it_goes_and_comes_with_the_next_payment(store, database, desk, friend, emma):
    undone = await desk.visit(PHONE, 2_000_00)
    await desk.undo(undone)
    await desk.undo(undone)
    await owner_sets(store, 900)
    following = await desk.visit(PHONE, 2_000_00)
    assert fixed(database, emma) == [
        (undone.id, None, FIXED),
        (undone.id, 1, -FIXED),
        (following.id, None, 900),
    ]


async def test_a_part_leaves_it_whole_and_the_last_one_takes_it(
    store, database, desk, friend, emma
):
    visit = await desk.visit(PHONE, 4_000_00)
    for n in (1, 2):
        await part(desk, visit, n, Slice(0, 1_999_99))
        assert fixed(database, emma) == [(visit.id, None, FIXED)]
    await part(desk, visit, 3)
    assert fixed(database, emma) == [(visit.id, None, FIXED), (visit.id, 3, -FIXED)]
    assert gathered(database, emma) == 0


async def test_it_goes_with_the_money_though_points_are_left_to_return(
    store, database, desk, friend, emma
):
    """Of the last rouble a point was paid: no money is left before it goes back, and none after."""
    visit = await desk.visit(await desk.code(MARIA), 100_00, most=True)
    assert visit.points == 30
    await part(desk, visit, 1, Slice(0, 99_00))
    assert fixed(database, emma) == [(visit.id, None, FIXED), (visit.id, 1, -FIXED)]
    back = await part(desk, visit, 2)
    assert (back.reversal.money, back.reversal.points_back) == (0, 1)
    assert len(fixed(database, emma)) == 2


async def test_the_right_sum_has_it_as_the_wrong_one_had(store, database, desk, friend, emma):
    wrong = await desk.visit(PHONE, 4_000_00)
    await desk.visit(PHONE, 1_000_00)  # another one stands meanwhile
    right = await desk.record(await desk.correct_sum(wrong, 2_000_00))
    assert fixed(database, emma) == [
        (wrong.id, None, FIXED),
        (wrong.id, 1, -FIXED),
        (right.id, None, FIXED),
    ]


async def test_another_patients_payment_is_that_ones_first(
    store, database, desk, friend, emma, ivan
):
    anton = await store.change(record_patient, ANTONS, "Антон")
    assert await recommend(store, ivan, anton)
    wrong = await desk.visit(PHONE, 4_000_00)
    draft = await store.change(correcting.correct_patient, desk.anna, "Анна", wrong.id)
    await store.change(drafting.not_this_patient, desk.anna, draft.id, 0, IVANS)
    right = await desk.record(draft.id)
    assert fixed(database, emma) == [(wrong.id, None, FIXED), (wrong.id, 1, -FIXED)]
    assert fixed(database, anton) == [(right.id, None, FIXED)]


async def test_after_the_first_goes_back_the_next_payment_brings_it_though_others_stand(
    store, database, desk, friend, emma
):
    first = await desk.visit(PHONE, 2_000_00)
    await desk.visit(PHONE, 2_000_00)
    await desk.return_(first)
    assert sum(points for *_, points in fixed(database, emma)) == 0
    following = await desk.visit(PHONE, 2_000_00)
    await desk.visit(PHONE, 2_000_00)
    assert fixed(database, emma)[2:] == [(following.id, None, FIXED)]


async def test_switched_off_meanwhile_it_goes_and_comes_no_more(
    store, database, desk, friend, emma
):
    first = await desk.visit(PHONE, 2_000_00)
    await owner_sets(store, 0)
    await desk.return_(first)
    await desk.visit(PHONE, 2_000_00)
    assert fixed(database, emma) == [(first.id, None, FIXED), (first.id, 1, -FIXED)]


async def test_an_erased_friends_money_takes_it_as_well(store, database, desk, friend, emma):
    visit = await desk.visit(PHONE, 4_000_00)
    await store.change(privacy.erase, MARIA)
    await part(desk, visit, 1, Slice(0, 1_000_00))
    assert len(fixed(database, emma)) == 1
    await part(desk, visit, 2)
    assert fixed(database, emma) == [(visit.id, None, FIXED), (visit.id, 2, -FIXED)]
    assert gathered(database, emma) == 0


# --- two records of one person ---------------------------------------------------------------


async def test_a_friend_merged_brings_no_second_one_and_parted_neither(
    store, database, desk, friend, emma, ivan, clock
):
    """Ivan's paper record was Maria's: nobody recommended it."""
    first = await desk.visit(PHONE, 2_000_00)
    request = await together(store, desk, clock, friend, ivan)
    await desk.visit(PHONE, 2_000_00)
    await apart(store, clock, request)
    await desk.visit(PHONE, 2_000_00)
    await desk.visit(IVANS, 2_000_00)
    assert fixed(database, emma) == [(first.id, None, FIXED)]


async def test_who_paid_as_another_record_pays_not_first(
    store, database, desk, friend, emma, ivan, clock
):
    await desk.visit(IVANS, 2_000_00)
    request = await together(store, desk, clock, friend, ivan)
    await desk.visit(PHONE, 2_000_00)
    assert fixed(database, emma) == []
    await apart(store, clock, request)
    await desk.visit(PHONE, 2_000_00)  # the one between is hers, and she has paid it
    assert fixed(database, emma) == []


async def test_by_whichever_record_it_came_it_is_the_bonds(
    store, database, desk, friend, ivan, clock
):
    """Anton recommended Ivan, whose record was Maria's for a while; she paid meanwhile."""
    anton = await store.change(record_patient, ANTONS, "Антон")
    assert await recommend(store, ivan, anton)
    request = await together(store, desk, clock, friend, ivan)
    between = await desk.visit(PHONE, 2_000_00)
    assert fixed(database, anton) == [(between.id, None, FIXED)]
    await apart(store, clock, request)
    await desk.visit(IVANS, 2_000_00)
    assert fixed(database, anton) == [(between.id, None, FIXED)]

    await desk.return_(between)
    following = await desk.visit(IVANS, 2_000_00)
    assert fixed(database, anton)[1:] == [(between.id, 1, -FIXED), (following.id, None, FIXED)]


async def test_two_records_that_had_brought_it_keep_it_and_bring_no_more(
    store, database, desk, friend, emma, ivan, clock
):
    anton = await store.change(record_patient, ANTONS, "Антон")
    assert await recommend(store, ivan, anton)
    hers, ivans = await desk.visit(PHONE, 2_000_00), await desk.visit(IVANS, 2_000_00)
    request = await together(store, desk, clock, friend, ivan)
    await desk.return_(hers)
    await desk.visit(PHONE, 2_000_00)  # Ivan's stands, and it is one person
    assert fixed(database, emma) == [(hers.id, None, FIXED), (hers.id, 1, -FIXED)]
    assert fixed(database, anton) == [(ivans.id, None, FIXED)]
    assert request.other == ivan.id


async def test_a_referrers_two_records_have_it_together(
    store, database, desk, friend, emma, ivan, clock
):
    first = await desk.visit(PHONE, 2_000_00)
    request = await together(store, desk, clock, emma, ivan)
    await desk.visit(PHONE, 2_000_00)
    assert fixed(database, emma) == [(first.id, None, FIXED)]
    await apart(store, clock, request)
    assert (fixed(database, emma), fixed(database, ivan)) == ([(first.id, None, FIXED)], [])


async def test_who_has_become_their_own_referrer_brings_it_only_once_they_are_two(
    store, database, desk, friend, emma, clock
):
    request = await together(store, desk, clock, friend, emma)
    between = await desk.visit(PHONE, 2_000_00)
    assert fixed(database, friend) == []
    await apart(store, clock, request)
    await desk.visit(PHONE, 2_000_00)
    assert fixed(database, emma) == []  # the one between was Maria's first
    assert between.patient == friend.id


# --- on the 1st, and to an owner -------------------------------------------------------------


async def test_it_is_posted_with_the_rest_on_the_1st(
    store, database, desk, friend, emma, ivan, clock
):
    clock.moment = datetime(2026, 11, 10, 12, tzinfo=UTC)
    assert await recommend(store, ivan, emma)
    await desk.visit(PHONE, 2_000_00)
    visit = await desk.visit(IVANS, 1_200_00)
    assert await Postings(store).round() == 0
    goes_to(clock, 2026, 12)
    assert await Postings(store).round() == 1
    assert await posted(store, database) == [1150]  # 100 + 60, and two sums; 10 are carried over

    clock.moment = datetime(2026, 12, 2, 12, tzinfo=UTC)
    back = await desk.return_(visit)  # so late that it takes a manager
    await decide(store, OLEG, back.request.id, granted=True, is_owner=True)
    await desk.visit(PHONE, 10_000_00)
    goes_to(clock, 2027, 1)
    assert await Postings(store).round() == 0  # 560 went back, 500 came
    clock.moment = datetime(2027, 1, 2, 12, tzinfo=UTC)
    await desk.visit(IVANS, 1_200_00)
    goes_to(clock, 2027, 2)
    assert await Postings(store).round() == 1
    assert await posted(store, database) == [1150, 500]


async def test_of_a_single_friend_it_waits_as_the_rest_does(
    store, database, desk, friend, emma, clock
):
    clock.moment = datetime(2026, 11, 10, 12, tzinfo=UTC)
    await desk.visit(PHONE, 2_000_00)
    for year, month in ((2026, 12), (2027, 1), (2027, 2)):
        goes_to(clock, year, month)
        assert await Postings(store).round() == 0
    goes_to(clock, 2027, 3)
    await Postings(store).round()
    assert await posted(store, database) == [600]


async def test_an_owners_sums_have_it(store, desk, friend, emma, ivan):
    assert await recommend(store, ivan, emma)
    await desk.visit(PHONE, 2_000_00)
    await desk.undo(await desk.visit(IVANS, 2_000_00))
    owner = Decider(OLEG, is_owner=True)
    assert (await store.ask(referrals.sums, owner)).points == 600
    found = await store.ask(referrals.bonds, owner, 0)
    assert {one.friend.id: one.points for one in found.lines} == {friend.id: 600, ivan.id: 0}
    (best,) = (await store.ask(referrals.best, owner, 0)).lines
    assert (best.referrer.id, best.points) == (emma.id, 600)


# --- what it costs ---------------------------------------------------------------------------


@pytest.fixture
def statements(monkeypatch):
    """How many a use case has run, of whichever kind."""
    ran = Counter()

    def core(*_):
        ran.update(["core"])

    event.listen(Engine, "before_cursor_execute", core)
    for run in ("run", "run_each"):
        usual = getattr(Prepared, run)

        def counted(*args, usual=usual, **given):
            ran.update(["prepared"])
            return usual(*args, **given)

        monkeypatch.setattr(Prepared, run, counted)
    yield ran
    event.remove(Engine, "before_cursor_execute", core)


async def test_a_visit_costs_one_statement_more_at_most(store, desk, emma, statements):
    """And none where nobody recommended its patient, or nothing is to come."""

    async def costs(n: int, points: int, *, recommended: bool) -> int:
        patient = await store.change(record_patient, f"+7916333220{n}", "Нина")
        if recommended:
            assert await recommend(store, patient, emma)
        await owner_sets(store, points)
        draft = await drafted(desk, patient.phone, f"line:1:costs:{n}")
        before = statements.total()
        await store.change(recording.record, desk.anna, "Анна", draft.id, draft.revision)
        return statements.total() - before

    off, on = [await costs(n, n * FIXED, recommended=False) for n in (0, 1)]
    assert on == off
    off, on = [await costs(n, (n - 2) * FIXED, recommended=True) for n in (2, 3)]
    assert on == off + 1
