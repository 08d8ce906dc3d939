"""Money returned in parts, on both databases: every part within what is left, each of them once."""

import asyncio
from dataclasses import replace

import pytest

from db import migrate
from db.audit import compared
from loyalty import delivery, mail, privacy, statement
from loyalty.categories import Category
from loyalty.desk import correcting, drafting, receipts, returning
from loyalty.desk.approving import question
from loyalty.desk.correcting import PartlyReturnedError, ReversedAlreadyError
from loyalty.desk.drafting import Wanted
from loyalty.desk.newcomers import record_patient
from loyalty.desk.returning import (
    ReturnedMeanwhileError,
    ReturnWaitsError,
    TooMuchToReturnError,
)
from loyalty.reversing import ReturnWholeError
from loyalty.visits import Slice, Visit
from tests.db.test_correcting import (
    MARIA,
    OLEG,
    OWNERS,
    PHONE,
    Clinic,
    decide,
    desk,
    maria,
    signed,
)

__all__ = ["desk", "maria"]


@pytest.fixture(autouse=True)
async def books_agree(store):
    """Whatever a test does, the audit has nothing to say after it."""
    yield
    assert (await store.engines.read(compared)).differences == []


async def billed(desk: Clinic, who: str, *sums: tuple[int, Category | None], most=False) -> Visit:
    desk.lines += 1
    draft = await desk.store.change(
        drafting.open_draft,
        desk.anna,
        "Анна",
        source=f"line:1:{desk.lines}",
        who=who,
        wanted=Wanted(
            parts=[(sum_, category, None) for sum_, category in sums],
            points=None if most else 0,
            most=most,
        ),
    )
    return await desk.record(draft.id)


async def part(desk: Clinic, visit: Visit, n: int, *slices: Slice, by=None):
    """The reversal number `n`: these slices, or all that is left."""
    by = by or desk.anna
    return await desk.store.change(
        returning.return_money,
        by,
        by.name,
        visit.id,
        "redone",
        OWNERS,
        slices=slices or None,
        n=n,
    )


def moved(back):
    return back.reversal.money, back.reversal.points_back, back.reversal.clawed


# --- several in turn -------------------------------------------------------------------------


async def test_a_third_takes_back_a_third_and_the_last_part_the_rest(desk, maria, store):
    before = await store.ask(lambda tx: tx.ledger.lots(maria))
    visit = await desk.visit(await desk.code(MARIA), 4_000_00, most=True)
    assert (visit.points, visit.earned) == (1000, 150)

    thirds = [await part(desk, visit, n, Slice(0, 1_333_00)) for n in (1, 2)]
    last = await part(desk, visit, 3)

    assert [moved(back) for back in (*thirds, last)] == [
        (1_000_00, 333, 49),
        (1_000_00, 333, 50),
        (1_000_00, 334, 51),
    ]
    assert [one.total for one in await desk.reversals(visit)] == [1_333_00, 1_333_00, 1_334_00]
    wallet = await desk.wallet(maria)
    assert (wallet.balance, wallet.debt, wallet.cash_paid) == (1000, 0, 0)
    assert await store.ask(lambda tx: tx.ledger.lots(maria)) == before
    operations = [
        await store.ask(lambda tx, key=f"reversal:{one.id}:{n}": tx.ledger.operation(key))
        for one in [await store.ask(lambda tx: tx.ledger.operation(f"visit:{visit.id}"))]
        for n in (1, 2, 3)
    ]
    assert [one.kind for one in operations] == ["return"] * 3


async def test_the_tier_falls_by_the_money_that_went_back(desk, maria):
    visit = await desk.visit(await desk.code(MARIA), 12_400_00, most=True)
    await part(desk, visit, 1, Slice(0, 3_100_00))
    assert (await desk.wallet(maria)).cash_paid == 11_400_00 - 2_850_00


async def test_parts_are_named_by_the_lines_of_the_bill(desk, maria, store):
    visit = await billed(desk, PHONE, (3_000_00, Category.HYGIENE), (900_00, Category.THERAPY))
    await part(desk, visit, 1, Slice(1, 400_00))
    found = await store.ask(returning.returnable, desk.anna, visit.id)
    assert found.left == (Slice(0, 3_000_00), Slice(1, 500_00))
    await part(desk, visit, 2, Slice(0, 1_000_00), Slice(1, 500_00))
    (first, second) = await desk.reversals(visit)
    assert first.slices == (Slice(1, 400_00),)
    assert second.slices == (Slice(0, 1_000_00), Slice(1, 500_00))


@pytest.mark.parametrize(
    "slices",
    [
        (Slice(1, 900_01),),
        (Slice(0, 0),),
        (Slice(0, -1),),
        (Slice(2, 1),),
        (Slice(0, 1_000_00), Slice(0, 1_000_00)),
    ],
)
async def test_no_more_of_a_line_goes_back_than_is_left_of_it(desk, maria, slices):
    visit = await billed(desk, PHONE, (3_000_00, Category.HYGIENE), (900_00, Category.THERAPY))
    with pytest.raises(TooMuchToReturnError):
        await part(desk, visit, 1, *slices)
    await part(desk, visit, 1, Slice(1, 900_00))
    with pytest.raises(TooMuchToReturnError):
        await part(desk, visit, 2, Slice(1, 1))
    with pytest.raises(TooMuchToReturnError) as refused:
        await part(desk, visit, 2, Slice(0, 3_000_01))
    assert refused.value.arguments == {"left": 3_000_00}
    assert len(await desk.reversals(visit)) == 1


async def test_excluded_lines_return_money_only(desk, maria, store):
    """By their category too, as the programme had it on the day of the visit."""
    await exclude(store, Category.SURGERY)
    visit = await billed(
        desk,
        await desk.code(MARIA),
        (4_000_00, Category.THERAPY),
        (700_00, Category.SURGERY),
        most=True,
    )
    assert (visit.excluded, visit.points, visit.earned) == (700_00, 1000, 150)
    await exclude(store)
    assert moved(await part(desk, visit, 1, Slice(1, 700_00))) == (700_00, 0, 0)
    assert moved(await part(desk, visit, 2, Slice(0, 2_000_00))) == (1_500_00, 500, 75)
    assert moved(await part(desk, visit, 3)) == (1_500_00, 500, 75)


async def exclude(store, *categories: Category) -> None:
    def set_(tx):
        number, programme = tx.programmes.current()
        assert tx.programmes.add(replace(programme, excluded=categories), OLEG, number)

    await store.change(set_)


async def test_a_part_that_would_leave_more_points_than_money_is_refused(desk, maria, store):
    await all_in_points(store)
    visit = await billed(desk, await desk.code(MARIA), (10_99, None), most=True)
    assert visit.points == 10
    assert moved(await part(desk, visit, 1, Slice(0, 50))) == (50, 0, 0)
    with pytest.raises(ReturnWholeError):
        await part(desk, visit, 2, Slice(0, 99))
    assert moved(await part(desk, visit, 2)) == (49, 10, 0)


async def all_in_points(store) -> None:
    def set_(tx):
        assert tx.programmes.add(replace(tx.programme, cap=10_000), OLEG, None)

    await store.change(set_)


# --- who may, and how much -------------------------------------------------------------------


async def test_the_limit_is_of_a_visit_in_all(desk, maria, store):
    visit = await desk.visit(PHONE, 9_000_00)
    assert (await part(desk, visit, 1, Slice(0, 3_000_00))).reversal
    assert (await part(desk, visit, 2, Slice(0, 2_000_00))).reversal
    waits = await part(desk, visit, 3, Slice(0, 1))
    assert (waits.reversal, waits.request.amount) == (None, 1)
    await decide(store, OLEG, waits.request.id, granted=True, is_owner=True)
    third = (await desk.reversals(visit))[-1]
    assert (third.n, third.money, third.made_name) == (3, 1, "Анна")


async def test_while_a_manager_thinks_nothing_else_of_the_visit_returns(desk, maria, store):
    visit = await desk.visit(PHONE, 9_000_00)
    waits = await part(desk, visit, 1)
    with pytest.raises(ReturnWaitsError):
        await part(desk, visit, 1, Slice(0, 1_000_00), by=desk.irina)
    with pytest.raises(ReturnWaitsError):
        await store.ask(returning.returnable, desk.irina, visit.id)
    assert await part(desk, visit, 1, by=desk.irina) == waits
    await decide(store, OLEG, waits.request.id, granted=False, is_owner=True)
    assert (await part(desk, visit, 1, Slice(0, 1_000_00), by=desk.irina)).reversal


async def test_a_question_tells_what_was_returned_before(desk, maria, store):
    visit = await desk.visit(PHONE, 9_000_00)
    await part(desk, visit, 1, Slice(0, 3_000_00))
    waits = await part(desk, visit, 2)
    asked = await store.ask(question, waits.request.id)
    assert (asked.before, asked.reversal) == (3_000_00, None)
    await decide(store, OLEG, waits.request.id, granted=True, is_owner=True)
    asked = await store.ask(question, waits.request.id)
    assert (asked.before, asked.reversal.money) == (3_000_00, 6_000_00)


# --- pressed twice, pressed late -------------------------------------------------------------


async def test_the_same_press_twice_is_one_part(desk, maria):
    visit = await desk.visit(PHONE, 4_000_00)
    first = await part(desk, visit, 1, Slice(0, 1_000_00))
    assert await part(desk, visit, 1, Slice(0, 1_000_00)) == first
    with pytest.raises(ReversedAlreadyError):
        await part(desk, visit, 1, Slice(0, 1_000_00), by=desk.irina)
    assert len(await desk.reversals(visit)) == 1
    second = await part(desk, visit, 2, Slice(0, 1_000_00))
    assert second.reversal.n == 2


async def test_of_two_questions_asked_at_once_the_second_looks_again(desk, maria):
    """Two colleagues hear of the same filling; both type its sum."""
    visit = await desk.visit(PHONE, 4_000_00)
    await part(desk, visit, 1, Slice(0, 1_000_00))
    with pytest.raises(ReturnedMeanwhileError):
        await part(desk, visit, 1, Slice(0, 2_000_00), by=desk.irina)
    with pytest.raises(ReturnedMeanwhileError):
        await part(desk, visit, 1)


async def test_five_presses_at_once_are_one_part(desk, maria):
    visit = await desk.visit(PHONE, 4_000_00)
    done = await asyncio.gather(*(part(desk, visit, 1, Slice(0, 999_00)) for _ in range(5)))
    assert len({back.request.id for back in done}) == len(await desk.reversals(visit)) == 1


async def test_a_returned_visit_returns_no_further(desk, maria):
    visit = await desk.visit(PHONE, 4_000_00)
    await part(desk, visit, 1, Slice(0, 4_000_00))
    with pytest.raises(ReversedAlreadyError):
        await part(desk, visit, 2)


# --- what else may happen to the visit -------------------------------------------------------


async def test_after_a_part_the_visit_is_not_corrected(desk, maria, store):
    visit = await desk.visit(PHONE, 4_000_00)
    mended = await desk.correct_sum(visit, 3_000_00)
    await part(desk, visit, 1, Slice(0, 1_000_00))
    for attempt in (
        desk.record(mended),
        desk.undo(visit),
        store.ask(correcting.last_recorded, desk.anna),
        store.change(correcting.correct_sum, desk.anna, "Анна", visit.id),
        store.change(correcting.correct_patient, desk.anna, "Анна", visit.id),
    ):
        with pytest.raises(PartlyReturnedError):
            await attempt
    assert len(await desk.reversals(visit)) == 1


async def test_the_receipt_of_a_visit_partly_returned_is_still_true(desk, maria, store):
    visit = await desk.visit(PHONE, 4_000_00)
    await part(desk, visit, 1, Slice(0, 1_000_00))
    letters = await store.change(delivery.claim, 10)
    receipt, back = (one for one in letters if one.kind in {"receipt", "money-returned"})
    assert (await store.ask(mail.facts, receipt)).visit.id == visit.id
    told = await store.ask(mail.facts, back)
    assert (told.reversal.n, told.reversal.money, told.balance) == (1, 1_000_00, 1150)


async def test_both_debt_and_its_settling_are_told(desk, store, clock):
    """What a first visit earned pays a second; of the second a part goes back after the first."""
    patient = await store.change(record_patient, PHONE, "Пётр")
    first = await desk.visit(PHONE, 4_000_00)
    clock.pass_(days=1)
    second = await signed(desk, 600_00)
    assert (first.earned, second.points, second.earned) == (200, 180, 21)
    owed = (await desk.return_(first)).reversal.debt
    assert owed == 159
    back = await part(desk, second, 1, Slice(0, 200_00))
    assert moved(back) == (140_00, 60, 7)
    wallet = await desk.wallet(patient.wallet)
    assert (back.reversal.debt, wallet.debt, wallet.balance) == (-53, owed - 53, 0)


async def test_points_of_a_part_come_back_for_fourteen_days(desk, maria, store, clock):
    clock.pass_(days=210)
    (welcome,) = await store.ask(lambda tx: tx.ledger.lots(maria))
    visit = await desk.visit(await desk.code(MARIA), 4_000_00, most=True)
    await part(desk, visit, 1, Slice(0, 2_000_00))
    lots = await store.ask(lambda tx: tx.ledger.lots(maria))
    (back,) = [lot for lot in lots if lot.reason == "returned"]
    assert (back.remaining, back.ends_at > welcome.ends_at) == (500, True)


async def test_to_an_erased_patient_only_money_returns(desk, maria, store):
    visit = await desk.visit(await desk.code(MARIA), 4_000_00, most=True)
    await part(desk, visit, 1, Slice(0, 1_000_00))
    await store.change(privacy.erase, MARIA)
    second = await part(desk, visit, 2, Slice(0, 1_000_00))
    last = await part(desk, visit, 3)
    assert [moved(second), moved(last)] == [(750_00, 0, 0), (1_500_00, 0, 0)]


# --- what people see -------------------------------------------------------------------------


async def test_the_history_has_a_line_for_every_part(desk, maria, store):
    visit = await desk.visit(await desk.code(MARIA), 4_000_00, most=True)
    await part(desk, visit, 1, Slice(0, 1_000_00))
    await part(desk, visit, 2)
    lines = (await store.ask(statement.history, maria)).lines
    assert [(one.kind, one.points) for one in lines[:2]] == [("return", 637), ("return", 213)]
    found = await store.ask(receipts.receipt, visit.id)
    assert [one.n for one in found.reversals] == [1, 2]


# --- the schema ------------------------------------------------------------------------------


async def test_an_older_molar_s_returns_name_their_parts(desk, maria, store, database):
    """Down to the schema that knew only sums, and up again: what had been returned still is."""
    whole = await billed(desk, PHONE, (3_000_00, Category.HYGIENE), (900_00, None))
    await part(desk, whole, 1)
    some = await desk.visit(await desk.code(MARIA), 4_000_00, most=True)
    await part(desk, some, 1, Slice(0, 1_333_00))
    waits = await part(desk, await desk.visit(PHONE, 9_000_00), 1)
    before = [await desk.reversals(whole), await desk.reversals(some)]
    assert before[0][0].slices == (Slice(0, 3_000_00), Slice(1, 900_00))

    await asyncio.to_thread(migrate.downgrade, database, "0006")
    await asyncio.to_thread(migrate.upgrade, database, copy=False)

    assert [await desk.reversals(whole), await desk.reversals(some)] == before
    kept = await store.ask(lambda tx: tx.desk.request(waits.request.id))
    assert (kept.n, kept.slices) == (1, None)
    assert moved(await part(desk, some, 2)) == (2_000_00, 667, 101)
