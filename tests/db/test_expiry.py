"""Points that have ended leave the books on both databases, and leave everything else as it was."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import bindparam, text

from db.audit import compared
from db.ledger import _ENDING, _NEAREST
from db.store import Store
from db.tables import lots
from loyalty import expiry, ledger, registration, statement
from loyalty.dates import end_after, last_day
from loyalty.desk import codes, returning
from loyalty.desk.approving import decide
from loyalty.desk.newcomers import record_patient
from loyalty.family import pour_together
from loyalty.points import Credit, Debit, Kind, Reason
from loyalty.requests import RequestState
from loyalty.statement import Ending
from tests.db.test_desk import MARIA, PHONE, admit, drafted, line, open_branch, recorded, register
from tests.db.test_merging_and_back import Clinic

OLEG = 7
YEAR = timedelta(days=366)


@pytest.fixture
async def anna(store):
    return await store.change(admit, await store.change(open_branch))


@pytest.fixture
async def maria(store):
    await register(store)
    return await store.ask(lambda tx: tx.people.account_of(MARIA))


async def books(store, wallet: int) -> tuple[int, int, list[str]]:
    """Balance, debt, and what the history says, newest first."""
    kept = await store.ask(lambda tx: tx.people.wallet(wallet))
    page = await store.ask(statement.history, wallet)
    return kept.balance, kept.debt, [f"{one.kind} {one.points}" for one in page.lines]


async def visited(store, anna, source: str = "line:1:1", sum_: int = 10_000_00):
    return await recorded(store, anna, await drafted(store, anna, PHONE, line(sum_, 0), source))


async def test_at_its_end_a_lot_is_taken_out_once(store, clock, maria, anna):
    await visited(store, anna)
    assert await store.change(expiry.sweep) == 0
    clock.pass_(days=250)  # the welcome of seven months has ended, the cashback of a year not
    shown = (await store.ask(statement.statement, maria.wallet)).points
    assert await store.change(expiry.sweep) == 1
    for _ in range(2):
        assert await store.change(expiry.sweep) == 0
        assert await books(store, maria.wallet) == (
            500,
            0,
            ["expiry -1000", "visit 500", "welcome 1000"],
        )
    assert (await store.ask(statement.statement, maria.wallet)).points == shown == 500
    assert (await store.engines.read(compared)).differences == []


async def test_at_the_end_itself_and_not_before(store, clock, maria):
    [lot] = await store.ask(lambda tx: tx.ledger.lots(maria.wallet))
    clock.moment = lot.ends_at - timedelta(microseconds=1)
    assert await store.change(expiry.sweep) == 0
    clock.moment = lot.ends_at
    assert await store.change(expiry.sweep) == 1


@pytest.mark.parametrize("swept", [False, True])
async def test_what_ended_unused_is_not_clawed_back(store, clock, maria, anna, swept):
    """Money returned after the end: swept or not, nobody owes what they never could spend."""
    visit = await visited(store, anna)
    clock.pass_(days=YEAR.days)
    while swept and await store.change(expiry.sweep):
        pass
    asked = await store.change(returning.return_money, anna, "Анна", visit.id, "redone", (OLEG,))
    assert asked.request.state is RequestState.WAITING
    await store.change(decide, OLEG, asked.request.id, is_owner=True, granted=True)
    [back] = await store.ask(lambda tx: tx.desk.reversals(visit.id))
    assert (back.clawed, back.debt, back.money) == (0, 0, 10_000_00)
    assert (await books(store, maria.wallet))[1] == 0
    assert (await store.engines.read(compared)).differences == []


async def test_what_came_into_a_family_and_ended_there_is_not_clawed_back(
    store, clock, maria, anna
):
    """The visit's points were poured into the wallet of the account that speaks for the patient."""
    son = await store.change(record_patient, "+79123456700", "Петя")
    wanted = line(10_000_00, 0)
    visit = await recorded(
        store, anna, await drafted(store, anna, "+79123456700", wanted, "line:1:1")
    )
    await store.change(pour_together, maria, [son])
    assert (await store.ask(statement.statement, maria.wallet)).points == 1500
    clock.pass_(days=YEAR.days)
    while await store.change(expiry.sweep):
        pass
    asked = await store.change(returning.return_money, anna, "Анна", visit.id, "redone", (OLEG,))
    await store.change(decide, OLEG, asked.request.id, is_owner=True, granted=True)
    [back] = await store.ask(lambda tx: tx.desk.reversals(visit.id))
    assert (back.clawed, back.debt) == (0, 0)
    assert (await store.engines.read(compared)).differences == []


async def test_what_a_clock_that_was_behind_gave_back_to_a_swept_lot_ends_again(
    store, clock, maria, anna
):
    """Two processes, their clocks twenty days apart, had a sweep that found its lot for ever."""
    today = clock.moment
    shown = await store.change(codes.show, MARIA)
    card = await drafted(store, anna, shown.code.digits, line(1_000_00, 100))
    visit = await recorded(store, anna, card)
    clock.pass_(days=250)
    assert await store.change(expiry.sweep) == 1  # the welcome, of which 900 were left
    clock.moment = today
    await store.change(returning.return_money, anna, "Анна", visit.id, "redone", (OLEG,))
    clock.pass_(days=250)

    assert await store.change(expiry.sweep) == 1
    assert await store.change(expiry.sweep) == 0
    balance, debt, _ = await books(store, maria.wallet)
    assert (balance, debt) == (0, 0)
    assert (await store.engines.read(compared)).differences == []


async def test_many_wallets_are_swept_in_parts(store, clock, monkeypatch):
    monkeypatch.setattr(expiry, "TOGETHER", 3)
    for n in range(8):
        await store.change(registration.consent, 2000 + n)
        await store.change(registration.prove_phone, 2000 + n, f"+7912345{n:04}")
    clock.pass_(days=250)
    swept = []
    while found := await store.change(expiry.sweep):
        swept.append(found)
    assert swept == [3, 3, 2]
    query = "SELECT count(*) FROM operations WHERE kind = 'expiry'"
    assert await store.engines.read(lambda c: c.exec_driver_sql(query).scalar_one()) == 8


async def test_beside_people_at_the_desk_nothing_is_lost(store, clock, maria, anna):
    """Sweeps and a visit at once: each of them whole, in whatever order."""
    await visited(store, anna)
    clock.pass_(days=250)
    other = await drafted(store, anna, PHONE, line(7_000_00, 0), "line:2:2")
    await asyncio.gather(
        *(store.change(expiry.sweep) for _ in range(4)),
        recorded(store, anna, other),
        *(store.change(expiry.sweep) for _ in range(4)),
    )
    balance, debt, history = await books(store, maria.wallet)
    assert (balance, debt) == (500 + 350, 0)
    assert sorted(history) == ["expiry -1000", "visit 350", "visit 500", "welcome 1000"]
    assert (await store.engines.read(compared)).differences == []


# --- what ends within so many days -----------------------------------------------------------

MOMENT = datetime(2026, 12, 1, tzinfo=UTC)
ZONES = ("Europe/Moscow", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe")


def add_lots(tx, wallet: int, *ends: datetime) -> None:
    operation = tx.ledger.add_operation(f"test:{len(ends)}:{wallet}", Kind.GIFT, "")
    entry = tx.ledger.add_entry(operation, wallet, 100 * len(ends))
    for ends_at in ends:
        lot = tx.ledger.add_lot(operation, Credit(wallet, Reason.GIFT, 100, ends_at))
        tx.ledger.allocate(entry, lot, 100)


@pytest.mark.parametrize("zone", [ZoneInfo(name) for name in ZONES], ids=str)
@pytest.mark.parametrize("day", [date(2026, 3, 20), date(2026, 10, 20)])  # clocks change in between
async def test_what_ends_within_days_is_by_the_calendar_of_the_clinic(database, clock, zone, day):
    store = Store(database, clock, zone)
    try:
        clock.moment = datetime.combine(day, time(23, 59), zone).astimezone(UTC)
        wallet = (await store.change(lambda tx: tx.people.open_wallet())).id
        last = [day + timedelta(days=days) for days in (-1, 0, 10, 10, 11)]
        ends = [end_after(one, zone) for one in last]
        await store.change(add_lots, wallet, *ends)

        within = [await store.ask(statement.ending, wallet, days) for days in (0, 9, 10, 11)]

        today, tenth, eleventh = Ending(last[1], 100), Ending(last[2], 200), Ending(last[4], 100)
        assert within == [[today], [today], [today, tenth], [today, tenth, eleventh]]
        assert await store.ask(statement.ending, wallet) == [today, tenth, eleventh]
    finally:
        await store.close()


async def test_a_lot_that_was_spent_or_has_ended_ends_no_more(store, clock, maria):
    (lot,) = await store.ask(lambda tx: tx.ledger.lots(maria.wallet))
    clock.moment = lot.ends_at - timedelta(microseconds=1)
    assert [one.points for one in await store.ask(statement.ending, maria.wallet, 0)] == [1000]
    clock.moment = lot.ends_at
    assert await store.ask(statement.ending, maria.wallet, 0) == []


async def test_what_ends_soon_is_found_by_an_index(store, maria):
    def plan(connection) -> str:
        asked = _ENDING.where(lots.c.ends_at <= bindparam("until", type_=lots.c.ends_at.type))
        explain = "EXPLAIN QUERY PLAN"
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL enable_seqscan = off"))  # the table is small
            explain = "EXPLAIN"
        given = {"wallet": maria.wallet, "now": MOMENT, "until": MOMENT}
        literal = asked.params(given).compile(connection, compile_kwargs={"literal_binds": True})
        return "".join(map(str, connection.execute(text(f"{explain} {literal}"))))

    assert "ix_lots_" in await store.engines.read(plan)


async def test_the_card_says_what_ends_soon(store, clock, maria, anna):
    (lot,) = await store.ask(lambda tx: tx.ledger.lots(maria.wallet))
    clock.moment = lot.ends_at - timedelta(days=31, seconds=1)
    assert (await drafted(store, anna, PHONE, line(1_000_00, 0))).ends_soon is None
    clock.moment = lot.ends_at - timedelta(days=30)
    soon = (await drafted(store, anna, PHONE, line(1_000_00, 0), "line:1:2")).ends_soon
    assert (soon.points, soon.last_day) == (1000, last_day(lot.ends_at, ZoneInfo("Europe/Moscow")))


# --- the nearest ends ------------------------------------------------------------------------


HELD = st.lists(
    st.tuples(
        st.integers(1, 400),
        st.integers(-1, 5),
        st.sampled_from(ZONES[:2]),
        st.sampled_from([False, False, False, True]),
    ),
    max_size=14,
)


@settings(max_examples=60)
@given(held=HELD, at_midnight=st.booleans())
def test_a_balance_is_all_that_has_not_ended_and_its_first_three_days(emptied, held, at_midnight):
    """Each lot has its points, days from today, the zone of its midnight; some are spent by now."""
    clinic = Clinic(emptied)
    if at_midnight:  # at which lots end, in one of the zones
        clinic.clock.moment = end_after(date(2026, 11, 20), ZoneInfo("Europe/Moscow"))
    wallet, now = clinic.patients[0].wallet, clinic.clock.now()
    clinics = ZoneInfo("Europe/Moscow")
    today = now.astimezone(clinics).date()
    alive: dict[date, int] = {}
    for n, (points, days, zone, spent) in enumerate(held):
        ends_at = end_after(today + timedelta(days=days), ZoneInfo(zone))
        clinic.change(add_lot, wallet, n, points, ends_at, spent)
        if ends_at > now and not spent:
            day = last_day(ends_at, clinics)
            alive[day] = alive.get(day, 0) + points
    found = clinic.change(statement.statement, wallet)
    assert found.points == sum(alive.values())
    assert [(one.last_day, one.points) for one in found.endings] == sorted(alive.items())[:3]


def add_lot(tx, wallet: int, n: int, points: int, ends_at: datetime, spent: bool) -> None:
    made = ledger.post(
        tx, f"test:{n}", Kind.GIFT, [n], [Credit(wallet, Reason.GIFT, points, ends_at)]
    )
    if spent:
        (lot,) = tx.ledger.lots_of(made.id)
        ledger.post(tx, f"test:{n}:spent", Kind.VISIT, [n], [Debit(lot, points)])


async def test_what_a_wallet_has_held_is_not_looked_at_for_its_balance(store, maria):
    """However many lots it has emptied, and however many end after those that are told."""

    def plan(connection) -> str:
        explain = "EXPLAIN QUERY PLAN"
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL enable_seqscan = off"))  # the table is small
            explain = "EXPLAIN"
        given = {"wallet": maria.wallet, "now": MOMENT, "limit": 4}
        literal = _NEAREST.statement.params(given).compile(
            connection, compile_kwargs={"literal_binds": True}
        )
        lines = [str(row) for row in connection.execute(text(f"{explain} {literal}"))]
        return "\n".join(line for line in lines if "lots" in line)

    looked = await store.engines.read(plan)
    assert "ix_lots_held" in looked
    assert "SCAN lots" not in looked
    assert "ix_lots_spending_order" not in looked
