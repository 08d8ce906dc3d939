"""What to say: of whom the administrator asked, with the points that this bill takes."""

import pytest

from db.store import Store
from loyalty.branches import Branch
from loyalty.desk import codes, drafting, scripts
from loyalty.desk.codes import CodeLockedError, NoSuchCodeError
from loyalty.desk.newcomers import record_patient
from loyalty.line.alone import NotAPersonError
from loyalty.team import Member
from tests.db.test_desk import (
    MARIA,
    PHONE,
    admit,
    drafted,
    line,
    open_branch,
    recorded,
    register,
)


@pytest.fixture
async def branch(store: Store) -> Branch:
    return await store.change(open_branch)


@pytest.fixture
async def anna(store: Store, branch: Branch) -> Member:
    return await store.change(admit, branch)


async def test_for_anybody_while_no_bill_is_usual(store, branch):
    said = await store.ask(scripts.for_anybody, branch)
    assert (said.name, said.in_bot, said.points, said.usable, said.cap) == (
        None,
        False,
        1000,
        None,
        3000,
    )


async def test_for_anybody_by_the_usual_bill(store, anna, branch):
    await store.change(record_patient, PHONE, "Пётр")
    for n in range(10):
        laid = await drafted(store, anna, PHONE, line(2_000_00), source=f"line:1:{n}")
        await recorded(store, anna, laid)

    said = await store.ask(scripts.for_anybody, branch)
    assert (said.points, said.usable) == (1000, 600)


async def test_under_a_card_by_its_own_bill(store, anna, branch):
    await register(store)
    laid = await drafted(store, anna, PHONE, line(2_000_00))
    await store.change(drafting.put_on_card, laid.draft.id, 77)

    said = await store.ask(scripts.for_card, branch, 77)
    assert (said.in_bot, said.points, said.usable) == (True, 1000, 600)
    elsewhere = await store.ask(scripts.for_card, branch, 78)
    assert elsewhere == await store.ask(scripts.for_anybody, branch)


async def test_a_phone_without_the_bot_is_a_newcomer_by_name(store, anna, branch):
    await store.change(record_patient, PHONE, "Пётр")
    said = await store.ask(scripts.for_person, anna, branch, "8 912 345-67-88")
    assert (said.name, said.in_bot) == ("Пётр", False)


async def test_a_code_is_looked_at_and_not_claimed(store, anna, branch):
    await register(store)
    shown = await store.change(codes.show, MARIA)
    said = await store.ask(scripts.for_person, anna, branch, shown.code.digits)
    assert (said.in_bot, said.points) == (True, 1000)

    laid = await drafted(store, anna, shown.code.digits, line(2_000_00))
    assert laid.patient is not None


async def test_a_family_or_nobody_is_anybody(store, anna, branch):
    anybody = await store.ask(scripts.for_anybody, branch)
    assert await store.ask(scripts.for_person, anna, branch, PHONE) == anybody
    for name in ("Пётр", "Вера"):
        await store.change(record_patient, PHONE, name)
    for typed in (PHONE, "6788", codes.TRAINING):
        assert await store.ask(scripts.for_person, anna, branch, typed) == anybody


async def test_nobody_guesses_codes_by_asking_for_words(store, anna, branch):
    with pytest.raises(NoSuchCodeError):
        await store.ask(scripts.for_person, anna, branch, "4821")
    for _ in range(codes.MISSES):
        await store.change(codes.note_miss, anna, [])
    locked = await store.ask(lambda tx: tx.branches.member(branch.id, anna.telegram))
    with pytest.raises(CodeLockedError):
        await store.ask(scripts.for_person, locked, branch, "4821")


async def test_what_names_nobody_is_refused(store, anna, branch):
    with pytest.raises(NotAPersonError):
        await store.ask(scripts.for_person, anna, branch, "Мария")
