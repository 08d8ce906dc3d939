"""«Рекомендации» of who runs the clinic or a branch, on both databases."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from loyalty import referrals, rewards
from loyalty.branches import Branch
from loyalty.desk.access import Decider, ManagerOnlyError
from loyalty.desk.newcomers import record_patient
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
    few, many = await brings("+79120000001", one), await brings("+79120000002", other)
    await desk.visit(one[0], 1_000_00)
    await desk.visit(one[1], 1_000_00)
    back = await desk.visit(one[2], 1_000_00)
    await desk.return_(back)
    await desk.visit(other[0], 4_900_00)

    found = await store.ask(referrals.sums, OWNER)
    assert (found.friends, found.paying, found.points, found.posted) == (4, 3, 345, 0)
    page = await store.ask(referrals.best, OWNER, 0)
    assert [(b.referrer.id, b.friends, b.paying, b.points) for b in page.lines] == [
        (many.id, 1, 1, 245),
        (few.id, 3, 2, 100),
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
