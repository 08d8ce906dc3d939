"""Points that wait for a booked visit, on both databases: as ruled, once, wherever they go."""

import asyncio
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from db.audit import compared
from db.store import Store
from loyalty import expiry, prolonging, statement
from loyalty.branches import Branch
from loyalty.desk import codes, correcting, drafting, returning
from loyalty.desk.newcomers import record_patient
from loyalty.errors import KeyReusedError, PatientErasedError
from loyalty.family import pour_together
from loyalty.people import Patient
from loyalty.requests import RequestState
from loyalty.statement import Ending
from tests.db.test_desk import MARIA, PHONE, admit, drafted, line, open_branch, recorded, register
from tests.db.test_goodwill import add_lot, ended, give, sweep
from tests.db.test_merging import merge, undo
from tests.support.second import second

MOSCOW = ZoneInfo("Europe/Moscow")
TODAY = date(2026, 11, 21)  # of the clock
DAY = timedelta(days=1)
OTHER = "+79123450001"
OLEG = 1005


def midnight(day: date, zone: ZoneInfo = MOSCOW) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


@pytest.fixture(autouse=True)
async def books_agree(store):
    yield
    assert (await store.engines.read(compared)).differences == []


@pytest.fixture
async def branch(store: Store) -> Branch:
    return await store.change(open_branch)


@pytest.fixture
async def anna(store, branch):
    return await store.change(admit, branch)


@pytest.fixture
async def maria(store) -> Patient:
    """1000 points of the welcome until June, and 100 that end in ten days."""
    await register(store)
    (patient,) = await store.ask(lambda tx: tx.people.patients_with_phone(PHONE))
    await store.change(add_lot, patient.wallet, 100, midnight(TODAY + 10 * DAY))
    return patient


async def book(store, branch, patient, day: date, number: int = 1):
    how = {"cause": f"booking:{number}:{day}", "booked": day}
    return await store.change(prolonging.prolong, patient.id, branch, **how)


async def tap(store, branch, patient, day: date, number: int = 1):
    how = {"cause": f"tap:{number}", "tapped": day}
    return await store.change(prolonging.prolong_without_date, patient.id, branch, **how)


def ends(database: str, points: int = 100) -> list[tuple[object, ...]]:
    """As a second connection reads them: of lots of so many points, the oldest first."""
    with closing(second(database)) as behind:
        rows = behind.rows(f"SELECT ends_at FROM lots WHERE amount = {points} ORDER BY id")
    return [_moment(ends_at) for (ends_at,) in rows]


def _moment(read: object) -> datetime:
    return datetime.fromisoformat(str(read)).replace(tzinfo=UTC)


async def points(store, patient) -> int:
    return (await store.ask(statement.statement, patient.wallet)).points


async def test_what_would_end_before_the_visit_waits_for_it(store, database, branch, maria, clock):
    visit = TODAY + 30 * DAY
    moved = await book(store, branch, maria, visit)
    assert [(lot.remaining, lot.ends_at) for lot in moved] == [(100, midnight(visit + 2 * DAY))]
    assert ends(database) == [midnight(visit + 2 * DAY)]
    assert (await store.ask(statement.ending, maria.wallet))[0] == Ending(visit + DAY, 100)
    history = (await store.ask(statement.history, maria.wallet)).lines
    assert (history[0].kind, history[0].points) == ("prolonged", 0)
    clock.moment = midnight(visit + 2 * DAY) - timedelta(seconds=1)
    assert await points(store, maria) == 1100
    clock.moment = midnight(visit + 2 * DAY)
    assert await points(store, maria) == 1000
    await sweep(store)


async def test_the_same_booking_twice_moves_once_and_says_the_same(store, branch, maria, clock):
    visit = TODAY + 30 * DAY
    first = await book(store, branch, maria, visit)
    await store.change(add_lot, maria.wallet, 50, midnight(TODAY + 5 * DAY))
    clock.pass_(days=1)
    assert await book(store, branch, maria, visit) == first
    kinds = [line.kind for line in (await store.ask(statement.history, maria.wallet)).lines]
    assert kinds.count("prolonged") == 1


@pytest.mark.parametrize("way", [book, tap])
async def test_the_same_cause_under_the_record_of_now(store, branch, anna, maria, way):
    """Merged since, and apart again."""
    paper = await store.change(record_patient, OTHER, "Мария", "Петрова")
    await store.change(add_lot, paper.wallet, 70, midnight(TODAY + 10 * DAY))
    day = TODAY + 15 * DAY
    await way(store, branch, paper, day)
    request = await merge(store, anna, maria, paper)
    first = await way(store, branch, maria, day)
    await undo(store, request)
    again = await way(store, branch, paper, day)
    assert [lot.remaining for lot in first] == [lot.remaining for lot in again] == [70]


async def test_what_a_clock_set_back_has_filled_again_stays_and_the_rest_waits(
    store, database, branch, anna, clock
):
    paper = await store.change(record_patient, OTHER, "Мария", "Петрова")
    end = midnight(TODAY + 40 * DAY)
    await store.change(add_lot, paper.wallet, 90, end)
    spent = await spends_by_signature(store, anna, OTHER, 50)
    now, clock.moment = clock.moment, end
    await sweep(store)
    clock.moment = now + timedelta(minutes=1)
    await store.change(correcting.undo, anna, "Анна", spent.id)
    await store.change(add_lot, paper.wallet, 30, end)
    visit = TODAY + 45 * DAY
    moved = await book(store, branch, paper, visit)
    assert [(lot.remaining, lot.ends_at) for lot in moved] == [(30, midnight(visit + 2 * DAY))]
    assert ends(database, 90) == [end]


async def spends_by_signature(store, anna, phone, points_):
    laid = await drafted(store, anna, phone, line(2_000_00, points_), "line:5:1")
    signed = await store.change(drafting.sign, anna, laid.draft.id, laid.draft.revision)
    return await recorded(store, anna, signed)


async def test_a_cause_of_another_day_is_an_error(store, branch, maria):
    await tap(store, branch, maria, TODAY)
    with pytest.raises(KeyReusedError):
        await tap(store, branch, maria, TODAY + DAY)
    how = {"cause": "tap:1", "booked": TODAY}
    with pytest.raises(KeyReusedError):
        await store.change(prolonging.prolong, maria.id, branch, **how)


async def test_a_booking_that_is_moved_moves_no_end_again(store, database, branch, maria):
    await book(store, branch, maria, TODAY + 30 * DAY)
    once = ends(database)
    assert await book(store, branch, maria, TODAY + 50 * DAY) == []
    assert await book(store, branch, maria, TODAY + 3 * DAY) == []
    assert await tap(store, branch, maria, TODAY) == []
    assert ends(database) == once


async def test_what_came_later_waits_for_the_same_visit_by_a_cause_of_its_own(
    store, database, branch, maria
):
    visit = TODAY + 30 * DAY
    await book(store, branch, maria, visit)
    await store.change(add_lot, maria.wallet, 50, midnight(TODAY + 5 * DAY))
    how = {"cause": f"booking:1:{visit}:gift:7", "booked": visit}
    (lot,) = await store.change(prolonging.prolong, maria.id, branch, **how)
    assert (lot.remaining, lot.ends_at) == (50, midnight(visit + 2 * DAY))


async def test_more_than_sixty_days_is_no_waiting(store, database, branch, maria):
    before = ends(database)
    assert await book(store, branch, maria, TODAY + 69 * DAY) == []
    assert ends(database) == before
    assert len(await book(store, branch, maria, TODAY + 68 * DAY)) == 1
    assert ends(database) == [midnight(TODAY + 70 * DAY)]


async def test_without_a_date_they_wait_for_forty_five_days(store, database, branch, maria):
    await tap(store, branch, maria, TODAY)
    assert ends(database) == [midnight(TODAY + 46 * DAY)]
    assert await book(store, branch, maria, TODAY + 60 * DAY) == []


@pytest.mark.parametrize("swept", [False, True])
async def test_what_has_ended_stays_ended(store, branch, maria, clock, swept):
    clock.moment = midnight(TODAY + 10 * DAY)
    while swept and await store.change(expiry.sweep):
        pass
    assert await book(store, branch, maria, TODAY + 20 * DAY) == []
    assert await points(store, maria) == 1000


async def test_two_bookings_at_once_move_it_once(store, database, branch, maria):
    days = [TODAY + n * DAY for n in (20, 30, 40)]
    done = await asyncio.gather(*(book(store, branch, maria, day) for day in days))
    assert sorted(map(len, done)) == [0, 0, 1]
    assert ends(database)[0] in {midnight(day + 2 * DAY) for day in days}


async def test_midnight_is_the_branch_s(store, database, maria):
    """The lot was made by the clinic's midnight, nine hours after that of Kamchatka."""
    far = ZoneInfo("Asia/Kamchatka")
    there = Branch(0, "Камчатка", -101, str(far), "ООО «Улыбка»", "+7 843 212-34-56")
    there = await store.change(lambda tx: tx.branches.add_branch(there))
    await book(store, there, maria, TODAY + 30 * DAY)
    assert ends(database) == [midnight(TODAY + 32 * DAY, far)]


async def test_nothing_waits_for_who_has_erased_their_data(store, branch, maria):
    await store.change(lambda tx: tx.people.erase_patient(maria.id))
    with pytest.raises(PatientErasedError):
        await book(store, branch, maria, TODAY + 30 * DAY)


# --- wherever points go ----------------------------------------------------------------------


async def test_in_a_family_s_wallet_the_once_goes_along(store, database, branch, maria):
    son = await store.change(record_patient, OTHER, "Петя")
    await store.change(add_lot, son.wallet, 70, midnight(TODAY + 10 * DAY))
    await book(store, branch, son, TODAY + 20 * DAY)
    account = await store.ask(lambda tx: tx.people.account_of(MARIA))
    await store.change(pour_together, account, [son])

    moved = await book(store, branch, maria, TODAY + 40 * DAY, 2)

    assert [lot.remaining for lot in moved] == [100]  # a visit of one waits with all of the family
    assert ends(database, 70) == [midnight(TODAY + 22 * DAY)] * 2
    (poured,) = [
        lot for lot in await store.ask(lambda tx: tx.ledger.lots(maria.wallet)) if lot.moved_from
    ]
    assert poured.first_ends_at == midnight(TODAY + 10 * DAY)


async def test_a_merge_and_its_undoing_take_the_once_along(store, database, branch, anna, maria):
    paper = await store.change(record_patient, OTHER, "Мария")
    await store.change(add_lot, paper.wallet, 70, midnight(TODAY + 10 * DAY))
    await store.change(add_lot, paper.wallet, 80, midnight(TODAY + 15 * DAY))
    await book(store, branch, paper, TODAY + 12 * DAY)  # the one of 70 alone
    request = await merge(store, anna, maria, paper)
    await book(store, branch, maria, TODAY + 30 * DAY, 2)
    assert ends(database, 70) == [midnight(TODAY + 14 * DAY)] * 2
    assert ends(database, 80)[1] == midnight(TODAY + 32 * DAY)

    await undo(store, request)

    held = await store.ask(lambda tx: tx.ledger.lots(paper.wallet))
    assert [(lot.remaining, lot.ends_at) for lot in held] == [
        (70, midnight(TODAY + 14 * DAY)),
        (80, midnight(TODAY + 32 * DAY)),
    ]
    assert await book(store, branch, paper, TODAY + 50 * DAY, 3) == []


async def test_after_its_first_end_a_merge_is_undone_with_what_waits(
    store, branch, anna, maria, clock
):
    paper = await store.change(record_patient, OTHER, "Мария")
    await store.change(add_lot, paper.wallet, 80, midnight(TODAY + 15 * DAY))
    request = await merge(store, anna, maria, paper)
    await book(store, branch, maria, TODAY + 30 * DAY)
    clock.moment = midnight(TODAY + 20 * DAY)

    await undo(store, request)

    assert await points(store, paper) == 80


async def test_returned_points_go_back_to_the_lot_that_waits(
    store, database, branch, anna, maria, clock
):
    await book(store, branch, maria, TODAY + 60 * DAY)
    code = (await store.change(codes.show, MARIA)).code.digits
    visit = await recorded(store, anna, await drafted(store, anna, code, line(1_000_00, 100)))
    clock.pass_(days=5)  # five days before the first end, weeks before the new one
    back = await store.change(returning.return_money, anna, "Анна", visit.id, "redone", (OLEG,))
    assert back.request.state is RequestState.GRANTED
    (lot,) = [
        lot for lot in await store.ask(lambda tx: tx.ledger.lots(maria.wallet)) if lot.prolonged_by
    ]
    assert (lot.remaining, lot.ends_at) == (100, midnight(TODAY + 62 * DAY))


async def test_good_will_waits_too_and_what_waits_has_not_ended(store, branch, anna, maria, clock):
    await book(store, branch, maria, TODAY + 30 * DAY)
    clock.moment = midnight(TODAY + 32 * DAY) - timedelta(seconds=1)
    assert (await ended(store, maria)).points == 0
    clock.pass_(seconds=1)
    assert (await ended(store, maria)).points == 100
    await give(store, anna, maria, 100)
    (lot,) = await book(store, branch, maria, TODAY + 80 * DAY, 2)
    assert (lot.reason, lot.ends_at) == ("good_will", midnight(TODAY + 82 * DAY))
