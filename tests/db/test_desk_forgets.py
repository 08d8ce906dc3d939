"""What the desk typed to find somebody doesn't outlive its use."""

import pytest

from loyalty import privacy
from loyalty.desk import drafting, tidying
from loyalty.visits import DraftState
from tests.db.test_desk import MARIA, PHONE, admit, drafted, line, open_branch, recorded, register


@pytest.fixture
async def branch(store):
    return await store.change(open_branch)


@pytest.fixture
async def anna(store, branch):
    return await store.change(admit, branch)


async def kept(store, draft: int):
    return await store.ask(lambda tx: tx.desk.draft(draft))


async def test_a_recorded_draft_says_no_more_whom_it_was_typed_for(store, anna):
    await register(store)
    laid = await drafted(store, anna, PHONE, line(900_00))
    await recorded(store, anna, laid)
    assert (await kept(store, laid.draft.id)).who is None


async def test_a_newcomer_who_signed_nothing_is_forgotten_with_the_card(store, anna):
    laid = await drafted(store, anna, PHONE, line(900_00))
    await store.change(drafting.name_newcomer, anna, laid.draft.id, "Пётр")
    await store.change(drafting.drop, anna, laid.draft.id)
    draft = await kept(store, laid.draft.id)
    assert (draft.state, draft.who, draft.newcomer) == (DraftState.DROPPED, None, None)


async def test_a_card_that_nobody_recorded_is_dropped_after_two_days(store, anna, clock):
    laid = await drafted(store, anna, PHONE, line(900_00))
    clock.pass_(hours=48)
    await store.change(tidying.tidy)
    assert (await kept(store, laid.draft.id)).open

    clock.pass_(seconds=1)
    await store.change(tidying.tidy)

    draft = await kept(store, laid.draft.id)
    assert (draft.state, draft.who, draft.typed) == (DraftState.DROPPED, None, None)


async def test_the_dossier_holds_the_visits(store, anna):
    await register(store)
    laid = await drafted(store, anna, PHONE, line(900_00))
    visit = await recorded(store, anna, laid)
    assert [v.id for v in (await store.ask(privacy.dossier, MARIA)).visits] == [visit.id]


async def test_the_phone_is_not_asked_about_points_that_cannot_be_spent(store, anna):
    await register(store)
    laid = await drafted(store, anna, PHONE, line(900_00, 5000))
    assert laid.draft.asked_until is None
    assert laid.counted.max_points == 270
