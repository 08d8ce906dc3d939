"""«Рекомендации» of who runs the clinic or a branch, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

import db.referrals
from db.people import SqlPeople
from db.tables import patients
from loyalty import referrals, rewards
from loyalty.branches import Branch
from loyalty.desk.access import Decider, ManagerOnlyError
from loyalty.desk.newcomers import record_patient
from loyalty.people import Patient
from loyalty.referrals import Why
from screens import referrals as screens
from screens.texts import texts_in
from tests.db.test_correcting import ANNA, BORIS, OLEG, desk, make_manager

__all__ = ["desk"]

ZONE = ZoneInfo("Europe/Moscow")
OWNER = Decider(OLEG, is_owner=True)


@pytest.fixture(autouse=True)
def november(clock):
    clock.moment = datetime(2026, 11, 10, 12, tzinfo=UTC)


@pytest.fixture
def brings(store):
    async def brings(by: str, phones: list[str], names: tuple[str, ...] = ("Пётр",)):
        who = await store.change(record_patient, by, "Мария")
        for n, phone in enumerate(phones):
            friend = await store.change(record_patient, phone, names[n % len(names)])
            assert await store.change(rewards.recommend, friend.id, who.id)
        return who

    return brings


def phones(of: int, count: int) -> list[str]:
    return [f"+7912{of:03}{n:04}" for n in range(count)]


async def test_who_brought_whom_newest_first_in_pages(store, desk, brings):
    (first, *_), (paid,) = phones(1, 9), phones(2, 1)
    await brings("+79120000001", phones(1, 9))
    await brings("+79120000002", [paid])
    visit = await desk.visit(paid, 2_000_00)

    page = await store.ask(referrals.bonds, OWNER, 0)
    assert (len(page.lines), page.more) == (8, True)
    assert page.lines[0].friend.phone == paid
    assert (page.lines[0].paid, page.lines[0].points) == (True, visit.reward)
    last = await store.ask(referrals.bonds, OWNER, 1)
    assert (len(last.lines), last.more) == (2, False)
    assert (last.lines[-1].friend.phone, last.lines[-1].paid) == (first, False)


async def test_sums_and_who_brought_most(store, desk, brings):
    one, other = phones(1, 3), phones(2, 1)
    three, single = await brings("+79120000001", one), await brings("+79120000002", other)
    await desk.visit(one[0], 1_000_00)
    await desk.visit(one[1], 1_000_00)
    back = await desk.visit(one[2], 1_000_00)
    await desk.return_(back)
    await desk.visit(other[0], 4_900_00)

    found = await store.ask(referrals.sums, OWNER)
    assert (found.friends, found.paying, found.points, found.posted) == (4, 3, 345, 0)
    page = await store.ask(referrals.best, OWNER, 0)
    assert [(b.referrer.id, b.friends, b.paying, b.points) for b in page.lines] == [
        (three.id, 3, 2, 100),
        (single.id, 1, 1, 245),
    ]


async def test_a_manager_sees_who_was_treated_at_the_branch(store, desk, brings):
    here, elsewhere = phones(1, 1), phones(2, 1)
    await brings("+79120000001", here)
    await brings("+79120000002", elsewhere)
    await desk.visit(here[0], 2_000_00)

    def other_branch(tx):
        branch = Branch(0, "Мира", -200, "Europe/Moscow", "ООО", "+7 843 212-34-57")
        branch = tx.branches.add_branch(branch)
        make_manager(tx, branch, BORIS)
        make_manager(tx, desk.branch, OLEG)

    await store.change(other_branch)
    there = await store.ask(referrals.bonds, Decider(BORIS, is_owner=False), 0)
    assert there.lines == []
    ours = await store.ask(referrals.bonds, Decider(OLEG, is_owner=False), 0)
    assert [one.friend.phone for one in ours.lines] == here
    with pytest.raises(ManagerOnlyError):
        await store.ask(referrals.bonds, Decider(ANNA, is_owner=False), 0)


async def test_what_looks_strange(store, desk, clock, brings):
    crowd = await brings("+79120000001", phones(1, 6))
    await desk.visit(phones(1, 1)[0], 2_000_00)
    calm = await brings("+79120000002", phones(2, 2))
    alike = await brings("+79120000003", phones(3, 2), ("Пётр Ильин",))
    await desk.visit(phones(3, 1)[0], 2_000_00)

    found = (await store.ask(referrals.strange, OWNER, 0)).lines
    assert [(one.referrer.id, one.why, one.friends, one.day) for one in found] == [
        (crowd.id, Why.CROWD, 6, date(2026, 11, 10)),
        (alike.id, Why.SAME, 2, None),
    ]
    unpaid = await brings("+79120000004", phones(4, 3))
    found = (await store.ask(referrals.strange, OWNER, 0)).lines
    assert (unpaid.id, Why.UNPAID, 3) in {(f.referrer.id, f.why, f.friends) for f in found}
    assert calm.id not in {one.referrer.id for one in found}


async def test_two_records_of_one_friend_are_no_crowd_and_a_crowd_is_of_one_day(
    store, desk, clock, brings
):
    by = await brings("+79120000001", phones(1, 6))
    assert Why.CROWD in await whys(store)
    await store.change(becomes, phones(1, 1)[0], phones(1, 2)[1])
    clock.pass_(days=1)
    one = await store.change(record_patient, "+79120000009", "Пётр")
    assert await store.change(rewards.recommend, one.id, by.id)
    found = (await store.ask(referrals.strange, OWNER, 0)).lines
    assert [(line.why, line.friends) for line in found] == [(Why.UNPAID, 6)]


async def test_who_has_become_one_with_their_friend_has_a_friend_less(store, desk, clock, brings):
    by = await brings("+79120000001", phones(1, 2))
    clock.pass_(minutes=1)
    assert await store.ask(lambda tx: tx.rewards.friends(by.id, tx.now)) == 2
    await store.change(becomes, phones(1, 1)[0], "+79120000001")
    assert await store.ask(lambda tx: tx.rewards.friends(by.id, tx.now)) == 1
    assert (await store.ask(referrals.sums, OWNER)).friends == 1
    assert len((await store.ask(referrals.bonds, OWNER, 0)).lines) == 1


def becomes(tx, gone: str, kept: str) -> None:
    """Two records that have become one; no more of it than these pages read."""
    one, other = (tx.people.patients_with_phone(phone)[0] for phone in (gone, kept))
    tx.people._connection.execute(
        update(patients).where(patients.c.id == one.id).values(merged_into=other.id)
    )


async def whys(store) -> set[Why]:
    return {line.why for line in (await store.ask(referrals.strange, OWNER, 0)).lines}


async def test_a_crowd_is_what_the_owner_says_is_one(store, desk, brings):
    def unasked(tx, number: int) -> None:
        at, programme = tx.programmes.current()
        assert tx.programmes.add(replace(programme, friends_a_day=number), OLEG, at)

    await brings("+79120000001", phones(1, 6))
    assert Why.CROWD in await whys(store)
    await store.change(unasked, 6)
    assert Why.CROWD not in await whys(store)
    await store.change(unasked, 2)
    assert Why.CROWD in await whys(store)


async def test_a_name_is_the_same_however_it_is_spelt_and_a_first_name_alone_is_none(
    store, desk, brings
):
    await brings("+79120000001", phones(1, 2), ("Пётр ИЛЬИН", "пётр  Ильин"))
    await brings("+79120000002", phones(2, 2), ("Пётр",))
    await brings("+79120000003", phones(3, 1), ("Мария",))
    found = (await store.ask(referrals.strange, OWNER, 0)).lines
    assert [(line.why, line.friends) for line in found] == [(Why.SAME, 2)]


async def test_the_best_and_the_strange_have_pages_too(store, desk, brings):
    for n in range(9):
        await brings(f"+7912000010{n}", phones(n, 3))
    for page in (referrals.best, referrals.strange):
        first, second = [await store.ask(page, OWNER, number) for number in (0, 1)]
        assert (len(first.lines), first.more) == (8, True)
        assert (len(second.lines), second.more) == (1, False)
        them = {line.referrer.id for line in (*first.lines, *second.lines)}
        assert len(them) == 9
        assert (await store.ask(page, OWNER, -1)).lines == first.lines


@pytest.mark.parametrize("page", [referrals.bonds, referrals.best, referrals.strange])
async def test_of_many_only_those_of_the_page_are_read(store, desk, brings, monkeypatch, page):
    """And one more, which tells that there is another page."""
    for n in range(12):
        await brings(f"+791200001{n:02}", phones(n, 3))
    read = []

    def counting(function: Callable[..., Patient]) -> Callable[..., Patient]:
        return lambda *args: read.append(args) or function(*args)

    monkeypatch.setattr("db.referrals._side", counting(db.referrals._side))
    monkeypatch.setattr(SqlPeople, "patient", counting(SqlPeople.patient))
    assert len((await store.ask(page, OWNER, 0)).lines) == 8
    assert len(read) == (2 * 9 if page is referrals.bonds else 8)


@pytest.mark.sqlite
@pytest.mark.parametrize("language", ["ru", "en"])
async def test_each_page_is_said(store, desk, brings, language):
    texts = texts_in(language)
    empty = [
        screens.sums(texts, await store.ask(referrals.sums, OWNER), is_owner=True),
        screens.strange(texts, await store.ask(referrals.strange, OWNER, 0)),
    ]
    await brings("+79120000001", phones(1, 9))
    await desk.visit(phones(1, 1)[0], 2_000_00)
    said = [
        *empty,
        screens.bonds(texts, await store.ask(referrals.bonds, OWNER, 0), ZONE),
        screens.best(texts, await store.ask(referrals.best, OWNER, 0)),
        screens.strange(texts, await store.ask(referrals.strange, OWNER, 0)),
    ]
    assert all("…00-0" in one.text for one in said[2:])
    assert len({one.text for one in said}) == len(said)


@pytest.mark.sqlite
async def test_only_what_goes_back_in_time_is_turned_to_earlier(store, desk, brings):
    texts = texts_in("ru")
    for n in range(1, 10):
        await brings(f"+7912900000{n}", phones(n, 1))
    bonds = screens.bonds(texts, await store.ask(referrals.bonds, OWNER, 0), ZONE)
    best = screens.best(texts, await store.ask(referrals.best, OWNER, 0))
    assert "Раньше →" in labels(bonds)
    assert "Дальше →" in labels(best)
    further = screens.best(texts, await store.ask(referrals.best, OWNER, 1))
    assert "← Назад" in labels(further)
    assert "2026" in bonds.text  # a clinic has years behind it
    assert "\N{NO-BREAK SPACE}…" in bonds.text  # a phone stays with its name


def labels(screen) -> list[str]:
    return [each.text for row in screen.keyboard.inline_keyboard for each in row]
