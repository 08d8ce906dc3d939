"""A recommendation that the desk writes down, on both databases: before the first paid visit."""

import asyncio
from contextlib import closing

import pytest

from loyalty.desk import merging, recording, spoken
from loyalty.desk.purse import OwnPocketError
from loyalty.desk.spoken import NoRecommendationError, NotFirstVisitError, StaffRecommendsError
from loyalty.people import Patient
from tests.db.test_arriving import (
    CROWD,
    EMMA,
    IVAN,
    LEV,
    MARIA,
    bill_of,
    books_agree,
    decided,
    emmas,
    town,
)
from tests.db.test_correcting import ANNA, BORIS, OWNERS, desk, make_manager
from tests.db.test_desk_review_p import between_writers, held, waits_or_ends
from tests.support.second import second

__all__ = ["books_agree", "desk", "emmas", "town"]


async def says(town, friend: Patient, referrer: Patient):
    named = (town.desk.anna, friend.id, referrer.id)
    return await town.store.change(spoken.name, *named, owners=OWNERS)


async def test_a_spoken_recommendation_rewards_the_very_first_visit_and_gives_no_gift(
    town, store, database, emmas
):
    maria, emma = await town.known(MARIA), await town.patient(EMMA)
    await says(town, maria, emma)
    await says(town, maria, emma)  # a double tap
    visit = await town.visit(MARIA)
    with closing(second(database)) as behind:
        assert behind.rows("SELECT referrer_id, visit_id, points FROM rewards") == [
            (emma.id, visit.id, 100)
        ]
    registered = await town.registers(MARIA)
    assert registered.friend is None


async def test_the_card_asks_until_it_is_said_or_paid_for(town, store, emmas):
    maria, emma = await town.known(MARIA), await town.patient(EMMA)
    ivan = await town.known(IVAN)

    async def asks(patient):
        return await store.ask(lambda tx: tx.friends.may_be_recommended(patient.id))

    assert await asks(maria)
    await says(town, maria, emma)
    assert not await asks(maria)
    await town.visit(IVAN)
    assert not await asks(ivan)
    await town.registers(LEV, emmas)
    assert not await asks(await town.patient(LEV))


async def test_who_waits_in_a_crowd_was_brought_by_the_card(town, store, emmas):
    for telegram in CROWD[:6]:
        await town.registers(telegram, emmas)
    waiting, ivan = await town.patient(CROWD[5]), await town.known(IVAN)
    assert not await store.ask(lambda tx: tx.rewards.referrer(waiting.id))
    with pytest.raises(NotFirstVisitError):
        await says(town, waiting, ivan)


async def test_said_again_after_the_referrers_records_became_one_it_is_said_once(
    town, store, emmas
):
    maria, emma = await town.known(MARIA), await town.patient(EMMA)
    ivan = await town.known(IVAN)
    await says(town, maria, ivan)
    by = (town.desk.anna, "Анна", emma.id, ivan.id)
    together = await store.change(merging.ask, *by, source="merge:1", owners=OWNERS)
    await decided(store, together.id, granted=True)
    assert together.patient == emma.id
    await says(town, maria, emma)
    with pytest.raises(NotFirstVisitError):
        await says(town, maria, await town.known(LEV))


async def test_a_word_at_the_desk_counts_before_a_press_of_who_has_not_registered(town, emmas):
    """A press is nobody's until a person stands behind it: the gift is still the card's."""
    await town.presses(MARIA, emmas)
    town.clock.pass_(minutes=5)
    maria, ivan = await town.known(MARIA), await town.known(IVAN)
    await says(town, maria, ivan)
    await town.registers(MARIA)
    assert await town.outcome(MARIA) == (500, ivan.id)


async def test_what_may_not_be_said_is_refused(town, store, emmas):
    maria, emma = await town.known(MARIA), await town.patient(EMMA)
    sister = await town.known(MARIA, "Лиза")
    await town.registers(ANNA)
    anna = await town.patient(ANNA)
    await town.registers(BORIS)
    await store.change(make_manager, town.desk.branch)
    boris = await town.patient(BORIS)
    treated = await town.known(IVAN)
    await town.visit(IVAN)
    for friend, referrer, refusal in (
        (maria, maria, NoRecommendationError),
        (maria, sister, NoRecommendationError),
        (maria, anna, OwnPocketError),  # Anna herself asks
        (anna, emma, OwnPocketError),
        (maria, boris, StaffRecommendsError),
        (treated, emma, NotFirstVisitError),
    ):
        with pytest.raises(refusal):
            await says(town, friend, referrer)
    await says(town, maria, emma)
    with pytest.raises(NotFirstVisitError):
        await says(town, maria, await town.known(LEV))
    assert not await store.ask(lambda tx: tx.rewards.referrer(anna.id))


@between_writers
async def test_a_word_beside_the_first_paid_visit_comes_too_late(town, store, emmas):
    maria, emma, anna = await town.known(MARIA), await town.patient(EMMA), town.desk.anna
    draft = await store.change(lambda tx: bill_of(tx, anna, maria.id))
    revision = (await town.desk.card(draft)).draft.revision
    async with held(store, recording.record, anna, "Анна", draft, revision):
        word = asyncio.create_task(says(town, maria, emma))
        await waits_or_ends(store, word)
    with pytest.raises(NotFirstVisitError):
        await word
    assert not await store.ask(lambda tx: tx.rewards.referrer(maria.id))
