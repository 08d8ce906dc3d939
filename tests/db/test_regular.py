"""The bonus of a regular visit, on both databases: for hygiene again in time, once a visit."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from db.audit import compared
from loyalty.categories import Category
from loyalty.dates import end_after
from loyalty.desk import correcting, drafting
from loyalty.desk.drafting import Wanted
from loyalty.desk.newcomers import record_patient
from loyalty.visits import Slice
from tests.db.test_correcting import EMMAS, OLEG, PHONE, Clinic, decide, desk
from tests.db.test_returning_parts import billed, moved, part

__all__ = ["desk"]

ZONE = ZoneInfo("Europe/Moscow")
HYGIENE = Category.HYGIENE


@pytest.fixture(autouse=True)
async def books_agree(store):
    yield
    assert (await store.engines.read(compared)).differences == []


@pytest.fixture
async def wallet(desk, store) -> int:
    return (await store.change(record_patient, PHONE, "Пётр")).wallet


async def hygiene(desk: Clinic, sum_: int = 3_000_00, who: str = PHONE):
    return await billed(desk, who, (sum_, HYGIENE))


async def on_day(desk: Clinic, day: date, **what):
    desk.lines += 1
    wanted = Wanted(**{"parts": [(3_000_00, HYGIENE, None)], "points": 0, "day": day} | what)
    draft = await desk.store.change(
        drafting.open_draft,
        desk.anna,
        "Анна",
        source=f"line:1:{desk.lines}",
        who=PHONE,
        wanted=wanted,
    )
    return await desk.record(draft.id)


async def test_hygiene_again_in_time_earns_besides(desk, wallet, store, clock):
    first = await hygiene(desk)
    clock.pass_(days=180)
    second = await hygiene(desk)
    assert (first.earned, first.bonus) == (150, 0)
    assert (second.earned, second.bonus) == (450, 300)
    day = second.day
    lots = await store.ask(lambda tx: tx.ledger.lots(wallet))
    bonus = next(lot for lot in lots if lot.reason == "regular")
    assert (bonus.remaining, bonus.ends_at) == (300, end_after(second.bonus_ends_on, ZONE))
    assert second.bonus_ends_on == date(day.year, day.month + 7, day.day)
    assert await desk.points(wallet) == 600


@pytest.mark.parametrize(("last", "bonus"), [(date(2027, 6, 21), 300), (date(2027, 6, 22), 0)])
async def test_seven_months_are_months_of_the_calendar(desk, wallet, clock, last, bonus):
    assert (await hygiene(desk)).day == date(2026, 11, 21)
    clock.moment = datetime(last.year, last.month, last.day, 9, tzinfo=ZONE)
    assert (await hygiene(desk)).bonus == bonus


async def test_the_first_another_kind_and_another_patient_earn_no_bonus(desk, wallet, clock, store):
    await store.change(record_patient, EMMAS, "Эмма")
    assert (await hygiene(desk)).bonus == 0
    clock.pass_(days=30)
    assert (await billed(desk, PHONE, (3_000_00, Category.THERAPY))).bonus == 0
    assert (await hygiene(desk, who=EMMAS)).bonus == 0
    assert (await billed(desk, PHONE, (1_00, Category.THERAPY), (3_000_00, HYGIENE))).bonus == 300


async def test_a_second_hygiene_of_one_day_earns_no_second_bonus(desk, wallet, clock):
    await hygiene(desk)
    assert (await hygiene(desk)).bonus == 0
    clock.pass_(days=30)
    assert [(await hygiene(desk)).bonus, (await hygiene(desk)).bonus] == [300, 0]


async def test_neither_an_advance_nor_hygiene_that_pays_nothing_earns_it(desk, wallet, clock):
    await hygiene(desk)
    clock.pass_(days=30)
    today = date(2026, 12, 21)
    advance = await on_day(desk, today, advance=True)
    unpaid = await on_day(desk, today, parts=[(0, HYGIENE, None)], unpaid=True)
    warranty = [(0, HYGIENE, None), (2_000_00, Category.THERAPY, None)]
    beside = await on_day(desk, today, parts=warranty)
    assert (advance.bonus, unpaid.bonus, unpaid.earned) == (0, 0, 0)
    assert (beside.bonus, beside.earned) == (0, 100)


async def test_hygiene_without_payment_is_a_visit_to_be_regular_after(desk, wallet, clock):
    await on_day(desk, date(2026, 11, 21), parts=[(0, HYGIENE, None)], unpaid=True)
    clock.pass_(days=30)
    assert (await hygiene(desk)).bonus == 300


async def test_a_line_without_points_earns_no_bonus(desk, wallet, store, clock):
    await hygiene(desk)
    clock.pass_(days=30)
    wanted = Wanted(parts=[(3_000_00, HYGIENE, None)], points=0)
    draft = await store.change(
        drafting.open_draft, desk.anna, "Анна", source="line", who=PHONE, wanted=wanted
    )
    await store.change(drafting.exclude, desk.anna, draft.id, draft.revision, 0)
    assert (await desk.record(draft.id)).earned == 0


async def test_a_corrected_visit_has_its_bonus_once(desk, wallet, clock):
    await hygiene(desk)
    clock.pass_(days=30)
    wrong = await hygiene(desk, 9_000_00)
    right = await desk.record(await desk.correct_sum(wrong, 3_000_00))
    assert (wrong.bonus, right.bonus, right.earned) == (300, 300, 450)
    assert await desk.points(wallet) == 150 + 450


async def test_a_visit_of_mistake_is_no_earlier_one(desk, wallet, clock):
    await desk.undo(await hygiene(desk))
    clock.pass_(days=30)
    assert (await hygiene(desk)).bonus == 0


async def test_a_stranger_s_visit_gives_its_bonus_back(desk, wallet, store, clock):
    emma = await store.change(record_patient, EMMAS, "Эмма")
    await hygiene(desk)
    clock.pass_(days=30)
    wrong = await hygiene(desk)
    draft = await store.change(correcting.correct_patient, desk.anna, "Анна", wrong.id)
    await store.change(drafting.not_this_patient, desk.anna, draft.id, 0, EMMAS)
    assert (await desk.record(draft.id)).bonus == 0
    assert (await desk.points(wallet), await desk.points(emma.wallet)) == (150, 150)


async def test_a_past_day_counts_by_its_own_day(desk, wallet, clock):
    clock.pass_(days=40)
    today = await hygiene(desk)
    past = await on_day(desk, date(2026, 12, 1))
    assert (today.bonus, past.bonus) == (0, 0)
    clock.pass_(days=1)
    between = await on_day(desk, date(2026, 12, 20))
    assert (between.bonus, between.bonus_ends_on) == (300, date(2027, 7, 20))


async def test_a_part_takes_its_share_of_the_bonus_back(desk, wallet, clock):
    await hygiene(desk)
    clock.pass_(days=30)
    visit = await hygiene(desk)
    assert moved(await part(desk, visit, 1, Slice(0, 1_000_00))) == (1_000_00, 0, 150)
    assert moved(await part(desk, visit, 2)) == (2_000_00, 0, 300)
    assert await desk.points(wallet) == 150


async def test_debt_takes_from_the_bonus_first(desk, wallet, store, clock):
    first = await hygiene(desk, 8_000_00)
    clock.pass_(days=1)
    desk.lines += 1
    wanted = Wanted(parts=[(1_000_00, None, None)], most=True)
    draft = await store.change(
        drafting.open_draft, desk.anna, "Анна", source="spend", who=PHONE, wanted=wanted
    )
    await store.change(drafting.sign, desk.anna, draft.id, draft.revision)
    assert (await desk.record(draft.id)).points == 300
    waits = await desk.return_(first)
    await decide(store, OLEG, waits.request.id, granted=True, is_owner=True)
    owed = (await desk.wallet(wallet)).debt
    assert 0 < owed < 300
    clock.pass_(days=30)
    again = await hygiene(desk)
    lots = {lot.reason: lot for lot in await store.ask(lambda tx: tx.ledger.lots(wallet))}
    assert (again.bonus, lots["regular"].remaining) == (300, 300 - owed)
    assert again.balance_after - again.balance_before == 450 - owed


async def test_the_owner_s_numbers_hold(desk, wallet, store, clock):
    def set_(tx):
        number, programme = tx.programmes.current()
        changed = replace(programme, regular=0)
        assert tx.programmes.add(changed, OLEG, number)

    await hygiene(desk)
    clock.pass_(days=30)
    await store.change(set_)
    assert (await hygiene(desk)).bonus == 0
