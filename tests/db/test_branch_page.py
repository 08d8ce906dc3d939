"""The page of a branch, on both databases: who changes it, what stays of it."""

import asyncio
from zoneinfo import ZoneInfo

import pytest

from db.store import Store
from loyalty.branches import Branch
from loyalty.desk import branch_page, connecting
from loyalty.desk.access import Decider, ManagerOnlyError
from loyalty.desk.branch_page import Field, NotOpenError
from loyalty.desk.connecting import NotAnAddressError
from loyalty.links import NotALinkError
from loyalty.signboard import Signboard

OWNER, STRANGER = Decider(1005, is_owner=True), Decider(1001, is_owner=False)
CHAT = -1001
BOARD = Signboard("Улыбка", "ООО «Улыбка»", "+7 843 000-00-00", ZoneInfo("Europe/Moscow"))
YANDEX, GIS = "https://yandex.ru/maps/org/1", "https://2gis.ru/kazan/firm/1"


@pytest.fixture
async def branch(store: Store) -> Branch:
    return await store.change(connecting.connect, CHAT, "Ленина", BOARD)


async def written(store: Store, branch: Branch, field: Field, words: str) -> Branch:
    await store.change(branch_page.write, OWNER, branch.id, field, words)
    return await store.ask(branch_page.shown_one, branch.id)


async def test_a_new_branch_says_nothing_but_phone_and_hours(store, branch):
    assert await store.ask(branch_page.shown) == [branch]
    assert (branch.address, branch.directions, branch.reviews) == (None, None, ())


async def test_what_is_written_is_read(store, branch):
    assert (await written(store, branch, Field.ADDRESS, " ул.\nЛенина, 12 ")).address == (
        "ул. Ленина, 12"
    )
    assert (await written(store, branch, Field.DIRECTIONS, f" {YANDEX}\n")).directions == YANDEX
    assert (await written(store, branch, Field.REVIEWS, YANDEX)).reviews == (YANDEX,)
    assert (await written(store, branch, Field.REVIEWS, GIS)).reviews == (YANDEX, GIS)


async def test_what_is_refused_leaves_all_as_it_was(store, branch):
    before = await written(store, branch, Field.REVIEWS, YANDEX)
    for field, words, refusal in (
        (Field.REVIEWS, f"{GIS}\nhttp://flamp.ru", NotALinkError),
        (Field.DIRECTIONS, f"{GIS} {YANDEX}", NotALinkError),
        (Field.ADDRESS, "12", NotAnAddressError),
        (Field.ADDRESS, "у" * 201, NotAnAddressError),
    ):
        with pytest.raises(refusal):
            await store.change(branch_page.write, OWNER, branch.id, field, words)
    assert await store.ask(branch_page.shown_one, branch.id) == before


async def test_what_may_be_missing_is_taken_away(store, branch):
    await written(store, branch, Field.ADDRESS, "ул. Ленина, 12")
    await written(store, branch, Field.DIRECTIONS, GIS)
    await written(store, branch, Field.REVIEWS, f"{YANDEX} {GIS}")
    for field in Field:
        await store.change(branch_page.clear, OWNER, branch.id, field)
    await store.change(branch_page.drop_reviews, OWNER, branch.id, [GIS])
    left = await store.ask(branch_page.shown_one, branch.id)
    assert (left.address, left.directions, left.reviews) == (None, None, (YANDEX,))
    assert (left.phone, left.opens) == (branch.phone, branch.opens)


async def test_of_what_is_written_at_once_nothing_is_lost(store, branch):
    written = [(Field.REVIEWS, YANDEX), (Field.REVIEWS, GIS), (Field.ADDRESS, "ул. Ленина, 12")]
    changes = [
        store.change(branch_page.write, OWNER, branch.id, field, words) for field, words in written
    ]
    await asyncio.gather(*changes, store.change(branch_page.set_day_off, OWNER, branch.id, 6, True))
    kept = await store.ask(branch_page.shown_one, branch.id)
    assert set(kept.reviews) == {YANDEX, GIS}
    assert (kept.address, kept.days_off) == ("ул. Ленина, 12", {6})


async def test_whoever_decides_nothing_there_changes_nothing(store, branch):
    for change, *more in (
        (branch_page.write, Field.ADDRESS, "ул. Ленина, 12"),
        (branch_page.clear, Field.ADDRESS),
        (branch_page.drop_reviews, []),
        (branch_page.set_day_off, 6, True),
    ):
        with pytest.raises(ManagerOnlyError):
            await store.change(change, STRANGER, branch.id, *more)


async def test_a_closed_branch_is_not_shown(store, branch):
    await store.change(connecting.disconnect, CHAT)
    assert await store.ask(branch_page.shown) == []
    with pytest.raises(NotOpenError):
        await store.ask(branch_page.shown_one, branch.id)
