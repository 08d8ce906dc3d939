"""Mistakes that were seen in running peers (design: Mistakes the peers make), on both databases:
those of points, one test each. Those of pressing and typing are in `tests/e2e`.

The use cases are driven from outside, and a second connection says what has come of it.
"""

import asyncio
from collections import Counter
from contextlib import closing
from datetime import timedelta

import pytest

from db.audit import compared
from loyalty import expiry
from loyalty.counting import TooManyPointsError
from loyalty.desk import consent, drafting, recording
from loyalty.desk.drafting import Wanted
from loyalty.desk.newcomers import record_patient
from loyalty.family import claim, pour_together
from loyalty.visits import Draft, ReversalKind
from tests.db.test_correcting import EMMAS, MARIA, PHONE, Clinic, desk, maria
from tests.support.second import second

__all__ = ["desk", "maria"]

WELCOME = 1000
BILL = 1_000_00  # kopecks; 300 points may pay of it
A_DAY = timedelta(days=1)


@pytest.fixture
def rows(database: str):
    """What a second connection reads."""
    with closing(second(database)) as behind:
        yield behind.rows


@pytest.fixture(autouse=True)
async def books_agree(store):
    yield
    assert (await store.engines.read(compared)).differences == []


async def over(desk: Clinic, clock, wallet: int) -> None:
    """It is the end of the lot that ends first."""
    lots = await desk.store.ask(lambda tx: tx.ledger.lots(wallet))
    clock.moment = lots[0].ends_at


async def sweep(desk: Clinic) -> None:
    while await desk.store.change(expiry.sweep):
        pass


async def opened(desk: Clinic, sum_: int) -> Draft:
    """A card that spends nothing."""
    wanted = Wanted(parts=[(sum_, None, None)], points=0)
    how = {"source": "line:opened", "who": PHONE, "wanted": wanted}
    return await desk.store.change(drafting.open_draft, desk.anna, "Анна", **how)


async def asked_to_spend(desk: Clinic, who: str, sum_: int, source: str) -> tuple[int, int]:
    """A card on which the patient has agreed to spend all that may be spent, with its points."""
    wanted = Wanted(parts=[(sum_, None, None)], points=None, most=True)
    draft = await desk.store.change(
        *(drafting.open_draft, desk.anna, "Анна"), source=source, who=who, wanted=wanted
    )
    points = (await desk.card(draft.id)).points
    await desk.store.change(consent.answer, MARIA, draft.id, points, True)
    return draft.id, points


# --- at the desk -----------------------------------------------------------------------------


async def test_a_double_tap_does_not_accrue_twice(desk, maria, rows):
    draft = await opened(desk, 10_000_00)
    taps = [
        desk.store.change(recording.record, by, by.name, draft.id, draft.revision)
        for by in (desk.anna, desk.irina) * 3
    ]
    done = await asyncio.gather(*taps)
    assert {visit.id for visit in done} == {draft.id}
    assert rows("SELECT count(*), sum(earned) FROM visits") == [(1, 500)]
    assert rows("SELECT balance FROM wallets") == [(WELCOME + 500,)]


async def test_parallel_spends_do_not_pass_a_read_then_write_check(desk, maria, store, rows):
    """Two of one family at two desks: each card was right when the patient agreed to it."""
    account = await store.ask(lambda tx: tx.people.account_of(MARIA))
    son = await store.change(record_patient, EMMAS, "Петя")
    await store.change(claim, account, [son], 0)
    await store.change(pour_together, account, [son])
    cards = [await asked_to_spend(desk, who, 4_000_00, f"line:{who}") for who in (PHONE, EMMAS)]
    assert [points for _, points in cards] == [WELCOME, WELCOME]

    async def record(draft: int) -> object:
        revision = (await desk.card(draft)).draft.revision
        return await store.change(recording.record, desk.anna, "Анна", draft, revision)

    done = await asyncio.gather(*(record(draft) for draft, _ in cards), return_exceptions=True)

    assert Counter(type(one) for one in done)[TooManyPointsError] == 1
    assert rows("SELECT sum(points) FROM visits") == [(WELCOME,)]
    assert rows("SELECT count(*) FROM wallets WHERE balance < 0") == [(0,)]


# --- what has ended --------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["visit", "sweep"])
async def test_expiry_does_not_eat_a_concurrent_accrual(desk, maria, clock, rows, first):
    await over(desk, clock, maria)
    draft = await opened(desk, 10_000_00)
    visit = desk.store.change(recording.record, desk.anna, "Анна", draft.id, draft.revision)
    both = [visit, sweep(desk)]
    await asyncio.gather(*(both if first == "visit" else reversed(both)))
    assert rows("SELECT balance FROM wallets") == [(500,)]


async def test_expiry_keeps_a_ledger_row(desk, maria, clock, rows):
    await over(desk, clock, maria)
    await sweep(desk)
    swept = "SELECT e.points FROM entries e JOIN operations o ON o.id = e.operation_id"
    assert rows(f"{swept} WHERE o.kind = 'expiry'") == [(-WELCOME,)]
    assert rows("SELECT sum(points) FROM entries") == rows("SELECT balance FROM wallets") == [(0,)]


async def test_an_expired_lot_is_not_spendable_before_the_sweep(desk, maria, clock, rows):
    await over(desk, clock, maria)
    visit = await desk.visit(await desk.code(MARIA), BILL, most=True)
    assert visit.points == 0
    assert rows("SELECT remaining FROM lots WHERE reason = 'welcome'") == [(WELCOME,)]
    assert rows("SELECT points, cash FROM visits") == [(0, BILL)]


# --- what goes back --------------------------------------------------------------------------


async def test_a_refund_does_not_keep_the_earned_points(desk, maria, rows):
    visit = await desk.visit(PHONE, 4_000_00)
    assert rows("SELECT balance FROM wallets") == [(WELCOME + 200,)]
    await desk.return_(visit)
    assert rows("SELECT balance, debt FROM wallets") == [(WELCOME, 0)]


async def test_a_refund_does_not_raise_the_tier(desk, maria, clock, rows):
    """Money back is no money paid: what comes next earns as if it had never been paid."""
    await desk.visit(PHONE, 97_000_00)
    await desk.return_(await desk.visit(PHONE, 4_000_00))
    assert rows("SELECT cash_paid FROM wallets") == [(97_000_00,)]
    clock.pass_(days=1)
    assert (await desk.visit(PHONE, 1_000_00)).rate == 500


async def test_a_cancelled_redeem_does_not_make_points_eternal(desk, maria, clock, rows):
    before = rows("SELECT id, ends_at, remaining FROM lots")
    visit = await desk.visit(await desk.code(MARIA), 4_000_00, most=True)
    back = await desk.undo(visit)
    assert (back.kind, back.points_back) == (ReversalKind.UNDONE, WELCOME)
    assert rows("SELECT id, ends_at, remaining FROM lots WHERE remaining > 0") == before
    await over(desk, clock, maria)
    await sweep(desk)
    assert rows("SELECT balance FROM wallets") == [(0,)]


async def test_a_redeem_that_is_cancelled_late_lasts_for_fourteen_days(desk, maria, clock, rows):
    await over(desk, clock, maria)
    clock.moment -= A_DAY
    visit = await desk.visit(await desk.code(MARIA), 4_000_00, most=True)
    await desk.return_(visit)
    clock.pass_(days=14)
    await sweep(desk)
    assert rows("SELECT balance FROM wallets") == [(WELCOME,)]
    clock.pass_(days=1)
    await sweep(desk)
    assert rows("SELECT balance FROM wallets") == [(0,)]
