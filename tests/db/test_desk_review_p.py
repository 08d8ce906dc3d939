"""Two at once at the desk, on both databases: nobody overwrites, overtakes or blocks another."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.util import await_only

from loyalty import registration
from loyalty.desk import access, codes, correcting, drafting, gifts, recording, returning
from loyalty.desk.access import Decider, NotStaffError
from loyalty.desk.newcomers import record_patient
from loyalty.registration import Family
from loyalty.requests import RequestState
from loyalty.team import Standing
from tests.db.test_desk import (
    ANNA,
    MARIA,
    PHONE,
    admit,
    balance,
    drafted,
    line,
    open_branch,
    recorded,
    register,
)

OWNER = Decider(7, is_owner=True)
# SQLite has one writer: nobody can come between.
between_writers = pytest.mark.parametrize(
    "database", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)
WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")


@pytest.fixture
async def branch(store):
    return await store.change(open_branch)


@pytest.fixture
async def anna(store, branch):
    return await store.change(admit, branch)


@asynccontextmanager
async def held(store, use_case, *arguments):
    """The use case has done everything but commit; it commits at the end of the block."""
    done, go = asyncio.Event(), asyncio.Event()

    def job(tx):
        result = use_case(tx, *arguments)
        done.set()
        await_only(go.wait())
        return result

    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(store.change(job))
        await done.wait()
        yield task
        go.set()


async def waits_or_ends(store, task):
    """Until the other one stands at a lock, or has passed where it should have waited."""
    while not task.done():
        if await store.engines.read(lambda connection: connection.scalar(WAITING)):
            return
        await asyncio.sleep(0)


async def beside(store, first, second):
    """The second comes while the first has not committed yet; both go to their ends."""
    async with held(store, *first) as one:
        other = asyncio.create_task(store.change(*second))
        await waits_or_ends(store, other)
    return one.result(), await other


@between_writers
async def test_a_family_poured_meanwhile_gets_the_points_of_the_visit(store, anna):
    mother = await store.change(record_patient, PHONE, "Пётр")
    child = await store.change(record_patient, PHONE, "Дочь")
    draft = await store.change(
        lambda tx: drafting.open_for_patient(
            tx, anna, "Анна", source="s:1", patient=child.id, found_by="phone"
        )
    )
    laid = await store.change(drafting.set_sum, anna, draft.id, 0, 0, 10_000_00)
    draft = laid.draft
    await store.change(registration.consent, MARIA)
    await store.change(registration.prove_phone, MARIA, PHONE)

    choice = (registration.choose_family, MARIA, Family.ALL, mother.id)
    record = (recording.record, anna, "Анна", draft.id, draft.revision)
    _, visit = await beside(store, choice, record)

    kept = await store.ask(lambda tx: tx.people.patient(child.id))
    assert visit.wallet == kept.wallet == mother.wallet
    assert await balance(store, child.wallet) == 0


@between_writers
async def test_a_patient_who_looks_at_their_code_holds_up_no_recording(store, anna):
    await register(store)
    draft = (await drafted(store, anna, PHONE, line(10_000_00))).draft

    async with asyncio.timeout(10), held(store, lambda tx: tx.people.account_of(MARIA)):
        visit = await store.change(recording.record, anna, "Анна", draft.id, draft.revision)

    assert visit.patient == draft.patient


@between_writers
async def test_who_is_taken_back_by_the_server_tries_once_more(store):
    first, second = [await store.change(lambda tx: tx.people.open_wallet().id) for _ in range(2)]
    met, passed, tries = asyncio.Barrier(2), asyncio.Event(), []

    def both(tx, one, other):
        tries.append(one)
        again = len(tries) > 2
        if again:  # not into the arms of the one who was let through, and is just waking
            await_only(passed.wait())
        tx.people.wallet(one)
        if not again:
            await_only(met.wait())
        return tx.people.wallet(other).id

    async def change(one, other):
        found = await store.change(both, one, other)
        passed.set()
        return found

    found = await asyncio.gather(change(first, second), change(second, first))

    assert (found, len(tries)) == ([second, first], 3)


@between_writers
async def test_gifts_to_different_wallets_share_the_limit_of_the_day(store, anna):
    patients = [await store.change(record_patient, f"+7912000000{i}", "Пётр") for i in range(5)]

    def give(tx, n):
        source = f"gift:{n}"
        return gifts.give(tx, anna, "Анна", patients[n].id, 500, "sorry", source=source, owners=[7])

    for n in range(3):
        await store.change(give, n)

    one, other = await beside(store, (give, 3), (give, 4))

    states = [one.request.state, other.request.state]
    assert states == [RequestState.GRANTED, RequestState.WAITING]


@between_writers
async def test_who_leaves_while_being_renamed_has_the_new_name_and_is_gone(store, branch, anna):
    rename = (access.rename, OWNER, branch.id, anna.id, "Аня")

    await beside(store, rename, (access.left, branch.id, ANNA))

    kept = await store.ask(lambda tx: tx.branches.member(branch.id, ANNA))
    assert (kept.name, kept.standing) == ("Аня", Standing.GONE)


@between_writers
async def test_who_leaves_while_being_let_in_is_gone(store, branch):
    olga = await store.change(admit, branch, 77, "Ольга")
    await store.change(access.remove, OWNER, branch.id, olga.id)

    await beside(store, (access.let_in, OWNER, branch.id, olga.id), (access.left, branch.id, 77))

    kept = await store.ask(lambda tx: tx.branches.member(branch.id, 77))
    assert kept.standing is Standing.GONE


async def test_the_tenth_wrong_code_brings_nobody_back(store, branch, anna):
    for _ in range(9):
        await store.change(codes.note_miss, anna, [])
    await store.change(access.left, branch.id, ANNA)

    assert await store.change(codes.note_miss, anna, [])

    kept = await store.ask(lambda tx: tx.branches.member(branch.id, ANNA))
    assert kept.standing is Standing.GONE
    assert kept.codes_locked_until is not None


async def test_who_was_removed_meanwhile_records_nothing(store, branch, anna):
    await store.change(record_patient, PHONE, "Пётр")
    laid = await drafted(store, anna, PHONE, line(1_000_00))
    await store.change(access.left, branch.id, ANNA)

    with pytest.raises(NotStaffError):
        await recorded(store, anna, laid)


async def test_who_was_removed_meanwhile_gives_nothing(store, branch, anna):
    patient = await store.change(record_patient, PHONE, "Пётр")
    await store.change(access.remove, OWNER, branch.id, anna.id)

    with pytest.raises(NotStaffError):
        await store.change(
            lambda tx: gifts.give(
                tx, anna, "Анна", patient.id, 100, "sorry", source="gift:1", owners=[]
            )
        )


@pytest.mark.parametrize(
    "take_back",
    [
        correcting.correct_sum,
        correcting.correct_patient,
        correcting.undo,
        lambda tx, by, name, visit: returning.return_money(tx, by, name, visit, "sorry", []),
    ],
)
async def test_who_was_removed_meanwhile_takes_nothing_back(store, branch, anna, take_back):
    await store.change(record_patient, PHONE, "Пётр")
    visit = await recorded(store, anna, await drafted(store, anna, PHONE, line(1_000_00)))
    await store.change(access.left, branch.id, ANNA)

    with pytest.raises(NotStaffError):
        await store.change(take_back, anna, "Анна", visit.id)


@between_writers
async def test_a_card_laid_out_while_another_is_recorded_is_to_be_looked_at_again(store, anna):
    await register(store)
    hers = await drafted(store, anna, PHONE, line(3_300_00, 0), "line:1:1")
    late = []

    def job(tx):
        kept, twins = tx.desk.draft_with_twins(hers.draft.id)
        late.append(await_only(drafted(store, anna, PHONE, line(3_300_00, 0), "line:1:2")))
        tx.desk.outdate_twins(kept, twins)

    await store.change(job)
    with pytest.raises(drafting.StaleCardError):
        await recorded(store, anna, late[0])
