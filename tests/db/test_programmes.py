"""An owner changes the programme: a version of its own, once, on top of what was seen."""

import asyncio

import pytest

from db.store import Store
from loyalty.desk import drafting, programmes, recording
from loyalty.desk.card import card
from loyalty.desk.newcomers import record_patient
from loyalty.desk.programmes import NumbersMovedError, SameNumberError
from loyalty.numbers import GiveawayError, NotAPercentError, value
from loyalty.programme import DEFAULTS
from tests.db.test_desk import PHONE, admit, line, open_branch, register

OLEG, VERA = 1005, 1006


async def in_force(store: Store, key: str) -> int | None:
    return value(await store.ask(programmes.in_force), key)


async def change(store: Store, key: str, wanted: int | None, version: int, by: int = OLEG):
    return await store.change(programmes.change, by, key, wanted, version)


async def test_nobody_has_changed_anything_yet(store):
    assert await store.ask(programmes.in_force) == DEFAULTS
    assert await store.ask(programmes.history) == []


async def test_a_change_counts_from_now_on(store):
    proposal = await store.ask(programmes.propose, "cap", 2500)
    assert (proposal.before, proposal.after, proposal.version) == (3000, 2500, 0)
    await change(store, "cap", 2500, proposal.version)

    assert await in_force(store, "cap") == 2500


async def test_a_second_press_makes_no_second_version(store):
    await change(store, "cap", 2500, 0)
    await change(store, "cap", 2500, 0)

    assert len(await store.ask(programmes.history)) == 1


async def test_of_two_owners_the_second_sees_what_the_first_has_done(store):
    await change(store, "cap", 2500, 0)
    with pytest.raises(NumbersMovedError):
        await change(store, "cap", 2000, 0, by=VERA)

    proposal = await store.ask(programmes.propose, "cap", 2000)
    assert (proposal.before, proposal.version) == (2500, 1)
    await change(store, "cap", 2000, proposal.version, by=VERA)
    assert await in_force(store, "cap") == 2000


async def test_of_two_changes_at_the_same_moment_one_counts(store):
    wanted = [("cap", 2000 + n, 0) for n in range(5)]
    outcomes = await asyncio.gather(
        *(change(store, *one) for one in wanted), return_exceptions=True
    )

    refused = [outcome for outcome in outcomes if isinstance(outcome, NumbersMovedError)]
    assert len(refused) == len(wanted) - 1
    assert len(await store.ask(programmes.history)) == 1


async def test_numbers_that_cannot_be_change_nothing(store):
    with pytest.raises(NotAPercentError):
        await change(store, "cap", 10_000, 0)
    with pytest.raises(GiveawayError):
        await change(store, "rate-gold", 5000, 0)
    with pytest.raises(SameNumberError):
        await store.ask(programmes.propose, "cap", 3000)

    assert await store.ask(programmes.in_force) == DEFAULTS


async def test_an_own_number_of_a_category_comes_and_goes(store):
    await change(store, "rate-implants", 500, 0)
    assert await in_force(store, "rate-implants") == 500
    await change(store, "rate-implants", None, 1)
    assert await store.ask(programmes.in_force) == DEFAULTS


async def test_a_visit_of_an_earlier_day_keeps_that_days_numbers(store, clock):
    anna = await store.change(lambda tx: admit(tx, open_branch(tx)))
    await store.change(record_patient, PHONE, "Пётр")
    clock.pass_(days=1)
    await change(store, "rate-standard", 800, 0)

    async def earned(source: str, days_ago: int) -> int:
        draft = await store.change(
            drafting.open_draft, anna, "Анна", source=source, who=PHONE, wanted=line(10_000_00)
        )
        laid = await store.change(drafting.set_day, anna, draft.id, draft.revision, days_ago)
        step = laid.draft
        visit = await store.change(recording.record, anna, "Анна", step.id, step.revision)
        return visit.earned

    assert await earned("line:1:1", 0) == 800
    assert await earned("line:1:2", 1) == 500


async def test_history_says_who_changed_what_newest_first(store, clock):
    await change(store, "cap", 2500, 0)
    clock.pass_(hours=1)
    await change(store, "excluded-implants", 1, 1, by=VERA)

    newest, first = await store.ask(programmes.history)
    assert (newest.by, newest.at) == (VERA, clock.now())
    (difference,) = newest.differences
    assert (difference.number.key, difference.before, difference.after) == (
        "excluded-implants",
        0,
        1,
    )
    assert [(d.number.key, d.before, d.after) for d in first.differences] == [("cap", 3000, 2500)]


async def test_history_is_ten_changes_long(store):
    for version in range(12):
        await change(store, "welcome", 1001 + version, version)

    changes = await store.ask(programmes.history)
    befores = [change.differences[0].before for change in changes]
    assert befores == list(range(1011, 1001, -1))


@pytest.mark.parametrize(
    ("key", "wanted", "cash_paid", "before", "after"),
    [
        ("cap", 2000, 0, (3000, 500, 500), (2000, 500, 500)),
        ("rate-gold", 1200, 300_000_00, (3000, 1500, 500), (3000, 1200, 500)),
        ("threshold-silver", 80_000_00, 80_000_00, (3000, 500, 500), (3000, 1000, 500)),
        ("referral", 300, 0, (3000, 500, 500), (3000, 500, 300)),
        ("rate-implants", 300, 0, (3000, 500, 500), (3000, 300, 500)),
        ("excluded-implants", 1, 0, (3000, 500, 500), (0, 0, 0)),
    ],
)
async def test_the_example_shows_what_moves(store, key, wanted, cash_paid, before, after):
    proposal = await store.ask(programmes.propose, key, wanted)
    assert proposal.cash_paid == cash_paid
    assert [(e.points, e.earned, e.reward) for e in proposal.examples] == [before, after]


async def test_where_no_visit_is_counted_differently_there_is_no_example(store):
    assert not (await store.ask(programmes.propose, "birthday", 700)).examples


async def test_a_welcome_of_nothing_leaves_an_empty_wallet(store):
    await change(store, "welcome", 0, 0)
    wallet = await register(store)
    assert await store.ask(lambda tx: tx.ledger.lots(wallet)) == []


async def test_the_balance_says_what_points_may_pay_now(store):
    from loyalty.statement import statement

    wallet = await register(store)
    await change(store, "cap", 2500, 0)
    assert (await store.ask(statement, wallet)).programme.cap == 2500


async def test_a_card_of_today_is_counted_by_the_newest_numbers(store):
    anna = await store.change(lambda tx: admit(tx, open_branch(tx)))
    await register(store)
    draft = await store.change(
        drafting.open_draft,
        anna,
        "Анна",
        source="line:1:1",
        who=PHONE,
        wanted=line(3_000_00, most=True),
    )
    assert (await store.ask(card, draft.id)).points == 900
    await change(store, "cap", 2000, 0)
    laid = await store.ask(card, draft.id)
    assert (laid.points, laid.counted.max_points) == (900, 600)  # shown 900: it is asked anew
