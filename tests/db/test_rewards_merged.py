"""Whose the gathered rewards are when two records become one, and when they are two again."""

import pytest

from db.audit import compared
from loyalty import registration
from loyalty.desk import approving
from loyalty.desk.newcomers import record_patient
from loyalty.desk.purse import OwnPocketError
from loyalty.errors import PatientMergedError
from loyalty.people import Patient
from loyalty.registration import Family
from loyalty.visits import Slice
from tests.db.test_correcting import EMMAS, IRINA, PHONE, desk, maria
from tests.db.test_merging import GRANTED, merge, undo
from tests.db.test_returning_parts import part
from tests.db.test_rewards import (
    IVANS,
    emma,
    friend,
    gathered,
    ivan,
    recommend,
    rows,
)

__all__ = ["desk", "emma", "friend", "ivan", "maria"]

ANTONS = "+79161112236"


@pytest.fixture(autouse=True)
async def books_agree(store):
    """Whatever a test does, the audit has nothing to say after it."""
    yield
    assert (await store.engines.read(compared)).differences == []


async def together(store, desk, clock, one: Patient, other: Patient):
    """`one` was written down first, or is in the bot: it stays."""
    clock.pass_(minutes=1)
    request = await merge(store, desk.anna, one, other)
    assert (request.patient, request.other) == (one.id, other.id)
    clock.pass_(minutes=1)
    return request


async def apart(store, clock, request):
    clock.pass_(minutes=1)
    await undo(store, request)
    clock.pass_(minutes=1)


# --- of the one who recommended --------------------------------------------------------------


async def test_what_a_referrer_gathered_is_the_kept_records_and_undone_their_own_again(
    store, database, desk, friend, emma, ivan, clock
):
    await desk.visit(PHONE, 4_000_00)
    request = await together(store, desk, clock, emma, ivan)
    assert gathered(database, emma) == 200
    await apart(store, clock, request)
    assert (gathered(database, emma), gathered(database, ivan)) == (200, 0)


async def test_friends_of_the_record_that_went_reward_the_kept_one_till_it_is_undone(
    store, database, desk, friend, ivan, clock
):
    antons = await store.change(record_patient, ANTONS, "Антон")
    assert await recommend(store, friend, antons)
    before = await desk.visit(PHONE, 4_000_00)
    request = await together(store, desk, clock, ivan, antons)
    since = await desk.visit(PHONE, 2_000_00)
    assert (gathered(database, ivan), rows(database, antons)) == (300, [])

    await apart(store, clock, request)

    assert rows(database, antons) == [(before.id, None, 200), (since.id, None, 100)]
    assert rows(database, ivan) == []
    await desk.visit(PHONE, 6_000_00)
    assert gathered(database, antons) == 600


async def test_two_who_recommended_the_same_friend_are_one_and_the_first_counts(
    store, database, desk, friend, emma, ivan, clock
):
    request = await together(store, desk, clock, emma, ivan)
    assert await recommend(store, friend, ivan)  # by whichever card: it is one person
    await desk.visit(PHONE, 4_000_00)
    assert gathered(database, emma) == 200
    await apart(store, clock, request)
    assert (gathered(database, emma), gathered(database, ivan)) == (200, 0)
    assert not await recommend(store, friend, ivan)


async def test_by_the_card_of_a_merged_record_a_friend_is_of_who_brought_them(
    store, database, desk, friend, emma, ivan, clock
):
    """Emma and Ivan were taken for one, and Anton pressed Ivan's link."""
    anton = await store.change(record_patient, ANTONS, "Антон")
    request = await together(store, desk, clock, emma, ivan)
    assert await recommend(store, anton, ivan)
    await desk.visit(ANTONS, 2_000_00)
    assert gathered(database, emma) == 100
    await apart(store, clock, request)
    assert (gathered(database, emma), gathered(database, ivan)) == (0, 100)


# --- of the friend ---------------------------------------------------------------------------


async def test_a_merged_friend_rewards_who_recommended_them(
    store, database, desk, maria, friend, ivan, clock
):
    """Ivan's paper record becomes part of Maria; Anton recommended Ivan."""
    anton = await store.change(record_patient, ANTONS, "Антон")
    assert await recommend(store, ivan, anton)
    early, ivans = await desk.visit(PHONE, 4_000_00), await desk.visit(IVANS, 2_000_00)
    request = await together(store, desk, clock, friend, ivan)
    since = await desk.visit(PHONE, 6_000_00)
    assert rows(database, anton) == [(ivans.id, None, 100), (since.id, None, 300)]
    await part(desk, since, 1, Slice(0, 1_000_00))

    await apart(store, clock, request)

    await desk.visit(PHONE, 8_000_00)  # nobody recommended Maria
    after = await desk.visit(IVANS, 8_000_00)
    for n, visit in ((2, since), (1, early), (1, ivans)):
        back = await part(desk, visit, n)
        if back.reversal is None:
            how = {**GRANTED, "owners": ()}
            await store.change(approving.decide, 1005, back.request.id, **how)
    assert rows(database, anton) == [
        (ivans.id, None, 100),
        (since.id, None, 300),
        (since.id, 1, -50),
        (after.id, None, 400),
        (since.id, 2, -250),
        (ivans.id, 1, -100),
    ]


async def test_of_two_recommendations_of_one_person_the_first_counts(
    store, database, desk, friend, emma, ivan, clock
):
    anton = await store.change(record_patient, ANTONS, "Антон")
    clock.pass_(minutes=1)
    assert await recommend(store, ivan, anton)
    request = await together(store, desk, clock, friend, ivan)
    assert not await recommend(store, friend, anton)
    await desk.visit(IVANS, 4_000_00)
    assert (gathered(database, emma), gathered(database, anton)) == (200, 0)
    await apart(store, clock, request)
    await desk.visit(IVANS, 2_000_00)
    assert (gathered(database, emma), gathered(database, anton)) == (200, 100)


async def test_a_merged_record_is_recommended_no_more(store, desk, friend, emma, ivan, clock):
    await together(store, desk, clock, friend, ivan)
    with pytest.raises(PatientMergedError):
        await recommend(store, ivan, emma)


async def test_what_was_recommended_while_merged_stays_with_the_kept_record(
    store, database, desk, friend, ivan, clock
):
    anton = await store.change(record_patient, ANTONS, "Антон")
    request = await together(store, desk, clock, friend, ivan)
    assert await recommend(store, friend, anton)
    await apart(store, clock, request)
    await desk.visit(IVANS, 4_000_00)
    await desk.visit(PHONE, 2_000_00)
    assert gathered(database, anton) == 100


# --- of a friend with the one who recommended them -------------------------------------------


async def test_from_the_merge_on_nobody_rewards_oneself(store, database, desk, friend, emma, clock):
    before = await desk.visit(PHONE, 4_000_00)
    request = await together(store, desk, clock, friend, emma)
    since = await desk.visit(PHONE, 6_000_00)
    assert rows(database, friend) == [(before.id, None, 200)]

    await apart(store, clock, request)

    after = await desk.visit(PHONE, 2_000_00)
    assert rows(database, emma) == [(before.id, None, 200), (after.id, None, 100)]
    await part(desk, since, 1, Slice(0, 1_000_00))
    await part(desk, before, 1)
    assert gathered(database, emma) == 100


async def test_who_recommended_the_referrer_is_rewarded_by_the_two_who_are_one(
    store, database, desk, friend, emma, ivan, clock
):
    assert await recommend(store, emma, ivan)
    await together(store, desk, clock, friend, emma)
    await desk.visit(PHONE, 4_000_00)
    assert gathered(database, ivan) == 200


async def test_one_recommended_by_oneself_is_recommended_by_nobody_else(
    store, database, desk, friend, emma, ivan, clock
):
    await together(store, desk, clock, friend, emma)
    assert not await recommend(store, friend, ivan)
    await desk.visit(PHONE, 4_000_00)
    assert gathered(database, ivan) == 0


async def test_a_merge_of_a_merged_record_and_both_undone(
    store, database, desk, friend, emma, ivan, clock
):
    """Emma recommended Maria; Anton becomes part of Ivan, Ivan of Maria."""
    anton = await store.change(record_patient, ANTONS, "Антон")
    olga = await store.change(record_patient, "+79161112237", "Ольга")
    assert await recommend(store, anton, olga)
    first = await together(store, desk, clock, ivan, anton)
    clock.pass_(minutes=1)
    second = await merge(store, desk.anna, friend, ivan, "merge:1:2")
    clock.pass_(minutes=1)
    visit = await desk.visit(ANTONS, 4_000_00)
    assert visit.patient == friend.id
    assert (gathered(database, emma), gathered(database, olga)) == (200, 0)
    await apart(store, clock, second)
    inner = await desk.visit(ANTONS, 2_000_00)
    assert inner.patient == ivan.id
    await apart(store, clock, first)
    assert (gathered(database, emma), gathered(database, olga)) == (200, 100)
    await desk.visit(IVANS, 8_000_00)
    await desk.visit(ANTONS, 8_000_00)
    assert (gathered(database, emma), gathered(database, olga)) == (200, 500)


async def test_a_merged_record_of_a_child_is_the_parents_pocket(store, desk, friend, ivan, clock):
    """The child comes into the parent's wallet with both its records, whichever recommended."""
    child = await store.change(record_patient, EMMAS, "Иван")
    assert await recommend(store, friend, child)
    await together(store, desk, clock, ivan, child)
    parent = await store.change(record_patient, EMMAS, "Ирина")
    await store.change(registration.consent, IRINA)
    await store.change(registration.prove_phone, IRINA, EMMAS)
    await store.change(registration.choose_family, IRINA, Family.ALL, parent.id)
    with pytest.raises(OwnPocketError):
        await desk.visit(PHONE, 2_000_00, by=desk.irina)
