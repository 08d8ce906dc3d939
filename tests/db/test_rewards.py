"""What friends' visits gather for whoever recommended them, on both databases."""

from contextlib import closing
from dataclasses import replace

import pytest

from db.audit import compared
from loyalty import privacy, rewards
from loyalty.categories import Category
from loyalty.desk import correcting, drafting, gifts, merging, recording
from loyalty.desk.drafting import Wanted
from loyalty.desk.newcomers import record_patient
from loyalty.desk.purse import OwnPocketError
from loyalty.errors import PatientErasedError
from loyalty.people import Patient
from loyalty.visits import Slice
from tests.db.test_correcting import (
    IRINA,
    MARIA,
    OLEG,
    OWNERS,
    PHONE,
    decide,
    desk,
    maria,
    register,
)
from tests.db.test_desk_review_p import beside, between_writers
from tests.db.test_returning_parts import billed, part
from tests.support.second import second

__all__ = ["desk", "maria"]

EMMAS, IVANS = "+79161112234", "+79161112235"


@pytest.fixture(autouse=True)
async def books_agree(store):
    """Whatever a test does, the audit has nothing to say after it."""
    yield
    assert (await store.engines.read(compared)).differences == []


@pytest.fixture
async def friend(store, maria) -> Patient:
    """Maria, who has the bot, came by Emma's recommendation."""
    return await found(store, PHONE)


@pytest.fixture
async def emma(store, friend) -> Patient:
    emma = await store.change(record_patient, EMMAS, "Эмма")
    assert await recommend(store, friend, emma)
    return emma


@pytest.fixture
async def ivan(store) -> Patient:
    return await store.change(record_patient, IVANS, "Иван")


async def found(store, phone: str) -> Patient:
    (patient,) = await store.ask(lambda tx: tx.people.patients_with_phone(phone))
    return patient


async def recommend(store, friend: Patient, referrer: Patient) -> bool:
    return await store.change(rewards.recommend, friend.id, referrer.id)


def rows(database: str, *of: Patient) -> list[tuple]:
    """Visit, number of the reversal and points, as a second connection reads them."""
    theirs = ", ".join(str(one.id) for one in of)
    with closing(second(database)) as behind:
        return behind.rows(
            "SELECT w.visit_id, w.n, w.points FROM rewards w"
            " JOIN patients p ON p.id = w.referrer_id"
            f" WHERE COALESCE(p.merged_into, p.id) IN ({theirs}) ORDER BY w.id"
        )


def gathered(database: str, of: Patient) -> int:
    return sum(points for *_, points in rows(database, of))


# --- who recommended whom --------------------------------------------------------------------


async def test_the_first_who_recommends_stays(store, database, desk, friend, emma, ivan):
    assert not await recommend(store, friend, ivan)
    assert await recommend(store, friend, emma)  # said twice, it is said once
    visit = await desk.visit(PHONE, 12_400_00)
    assert rows(database, emma) == [(visit.id, None, visit.reward)]
    assert rows(database, ivan) == []


async def test_nobody_recommends_oneself_nor_who_shares_a_phone_or_a_wallet(store, friend):
    twin = await store.change(record_patient, PHONE, "Маша")

    def add_child(tx):
        return tx.people.add_patient(Patient(0, friend.wallet, "desk", name="Лёва"))

    child = await store.change(add_child)
    for referrer in (friend, twin, child):
        assert not await recommend(store, friend, referrer)
        assert not await recommend(store, referrer, friend)


async def test_an_erased_patient_recommends_nobody_and_is_recommended_no_more(
    store, maria, friend, ivan
):
    await store.change(privacy.erase, MARIA)
    assert not await recommend(store, ivan, friend)
    with pytest.raises(PatientErasedError):
        await recommend(store, friend, ivan)


async def test_two_may_recommend_each_other_and_a_visit_rewards_one_of_them(
    store, database, desk, friend, emma
):
    assert await recommend(store, emma, friend)
    hers, emmas = await desk.visit(PHONE, 2_000_00), await desk.visit(EMMAS, 4_000_00)
    assert rows(database, emma) == [(hers.id, None, 100)]
    assert rows(database, friend) == [(emmas.id, None, 200)]


async def test_the_reward_goes_one_level_up(store, database, desk, friend, emma, ivan):
    assert await recommend(store, emma, ivan)
    await desk.visit(PHONE, 2_000_00)
    assert (gathered(database, emma), gathered(database, ivan)) == (100, 0)


# --- a visit ---------------------------------------------------------------------------------


async def test_a_friends_visit_gathers_five_percent_of_what_they_paid(
    store, database, desk, friend, emma
):
    visit = await desk.visit(await desk.code(MARIA), 12_400_00, most=True)
    assert (visit.cash, visit.reward) == (11_400_00, 570)
    assert rows(database, emma) == [(visit.id, None, 570)]
    wallet = await desk.wallet(emma.wallet)
    assert (wallet.balance, wallet.cash_paid) == (0, 0)  # unseen till it is posted


async def test_what_was_before_the_recommendation_gathers_nothing(
    store, database, desk, friend, ivan, clock
):
    await desk.visit(PHONE, 2_000_00)
    clock.pass_(minutes=1)
    assert await recommend(store, friend, ivan)
    clock.pass_(minutes=1)
    await desk.visit(PHONE, 4_000_00)
    assert gathered(database, ivan) == 200


async def test_a_recommendation_whose_writer_began_before_the_visits_is_after_the_visit(
    store, database, desk, friend, ivan, clock
):
    """It waited for the visit, which had asked already; the audit misses no reward of it."""
    await desk.visit(PHONE, 2_000_00)
    clock.pass_(minutes=-1)
    assert await recommend(store, friend, ivan)
    clock.pass_(minutes=1)
    assert gathered(database, ivan) == 0


@between_writers
@pytest.mark.parametrize("first", ["said", "recorded"])
async def test_a_visit_beside_a_recommendation_comes_before_or_after_it(
    store, database, desk, friend, ivan, first
):
    draft = await store.change(
        drafting.open_draft,
        desk.anna,
        "Анна",
        source="line:1:beside",
        who=PHONE,
        wanted=Wanted(parts=[(2_000_00, None, None)], points=0),
    )
    said = (rewards.recommend, friend.id, ivan.id)
    recorded = (recording.record, desk.anna, "Анна", draft.id, draft.revision)
    await beside(store, *((said, recorded) if first == "said" else (recorded, said)))
    assert gathered(database, ivan) == (100 if first == "said" else 0)


@between_writers
async def test_of_two_who_recommend_at_once_one_counts(store, desk, friend, ivan):
    anton = await store.change(record_patient, "+79161112236", "Антон")
    said = [(rewards.recommend, friend.id, one.id) for one in (ivan, anton)]
    assert await beside(store, *said) == (True, False)


async def test_an_advance_gathers_as_it_earns(store, database, desk, friend, emma):
    await _advance(desk, 60_000_00)
    assert gathered(database, emma) == 3000


async def _advance(desk, sum_):
    draft = await desk.store.change(
        drafting.open_draft,
        desk.anna,
        "Анна",
        source="line:1:advance",
        who=PHONE,
        wanted=Wanted(parts=[(sum_, None, None)], advance=True),
    )
    return await desk.record(draft.id)


async def test_what_rewards_nothing_leaves_no_row(store, database, desk, friend, emma):
    await desk.visit(PHONE, 19_99)  # less than a point
    await desk.visit("0000", 12_400_00)  # training
    await desk.visit(EMMAS, 12_400_00)  # nobody recommended Emma
    assert rows(database, friend, emma) == []


async def test_excluded_lines_reward_nobody(store, database, desk, friend, emma):
    def exclude(tx):
        number, programme = tx.programmes.current()
        surgery = (Category.SURGERY,)
        assert tx.programmes.add(replace(programme, excluded=surgery), OLEG, number)

    await store.change(exclude)
    visit = await billed(desk, PHONE, (4_000_00, None), (7_000_00, Category.SURGERY))
    assert rows(database, emma) == [(visit.id, None, 200)]


async def test_pressed_twice_it_gathers_once(store, database, desk, friend, emma):
    visit = await desk.visit(PHONE, 2_000_00)
    await desk.record(visit.id)
    assert gathered(database, emma) == 100


# --- taken back ------------------------------------------------------------------------------


async def test_undone_nothing_is_left_of_the_reward(store, database, desk, friend, emma):
    visit = await desk.visit(PHONE, 12_400_00)
    await desk.undo(visit)
    await desk.undo(visit)
    assert rows(database, emma) == [(visit.id, None, 620), (visit.id, 1, -620)]


async def test_a_reward_goes_back_in_the_share_of_the_bill_and_the_last_part_takes_the_rest(
    store, database, desk, friend, emma
):
    visit = await desk.visit(await desk.code(MARIA), 4_000_00, most=True)
    assert (visit.points, visit.reward) == (1000, 150)
    for n in (1, 2):
        await part(desk, visit, n, Slice(0, 1_333_00))
    assert gathered(database, emma) == 150 - 150 * 2 * 1_333_00 // 4_000_00
    await part(desk, visit, 3)
    assert rows(database, emma) == [
        (visit.id, None, 150),
        (visit.id, 1, -49),
        (visit.id, 2, -50),
        (visit.id, 3, -51),
    ]


async def test_a_part_too_small_for_a_point_of_it_leaves_no_row(
    store, database, desk, friend, emma
):
    visit = await desk.visit(PHONE, 4_000_00)
    await part(desk, visit, 1, Slice(0, 1_00))
    assert rows(database, emma) == [(visit.id, None, 200)]
    await part(desk, visit, 2)
    assert rows(database, emma)[1:] == [(visit.id, 2, -200)]


async def test_what_ended_unused_for_the_friend_is_no_matter_of_the_reward(
    store, database, desk, friend, emma, clock
):
    visit = await desk.visit(PHONE, 4_000_00)
    clock.pass_(days=400)
    back = await part(desk, visit, 1)
    await decide(store, OLEG, back.request.id, granted=True, is_owner=True)
    assert gathered(database, emma) == 0


async def test_the_right_sum_has_the_right_reward(store, database, desk, friend, emma):
    wrong = await desk.visit(PHONE, 4_000_00)
    right = await desk.record(await desk.correct_sum(wrong, 2_000_00))
    assert rows(database, emma) == [
        (wrong.id, None, 200),
        (wrong.id, 1, -200),
        (right.id, None, 100),
    ]


async def test_another_patients_visit_rewards_who_recommended_that_one(
    store, database, desk, friend, emma, ivan
):
    anton = await store.change(record_patient, "+79161112236", "Антон")
    assert await recommend(store, ivan, anton)
    wrong = await desk.visit(PHONE, 4_000_00)
    draft = await store.change(correcting.correct_patient, desk.anna, "Анна", wrong.id)
    await store.change(drafting.not_this_patient, desk.anna, draft.id, 0, IVANS)
    right = await desk.record(draft.id)
    assert gathered(database, emma) == 0
    assert rows(database, anton) == [(right.id, None, 200)]


# --- own pockets -----------------------------------------------------------------------------


async def test_nobody_works_on_a_patient_whose_visits_reward_them(store, desk, friend, ivan):
    """Irina of the desk recommended Maria: her wallet would have its share."""
    visit = await desk.visit(PHONE, 4_000_00)
    await register(store, IRINA, EMMAS)
    assert await recommend(store, friend, await found(store, EMMAS))
    for attempt in (
        desk.visit(PHONE, 2_000_00, by=desk.irina),
        desk.return_(visit, desk.irina),
        store.change(correcting.correct_sum, desk.irina, "Ирина", visit.id),
        store.change(correcting.correct_patient, desk.irina, "Ирина", visit.id),
        store.change(
            *(gifts.give, desk.irina, "Ирина", friend.id, 100, "kindness"),
            source="gift:1",
            owners=OWNERS,
        ),
        store.change(
            *(merging.ask, desk.irina, "Ирина", friend.id, ivan.id), source="m", owners=OWNERS
        ),
    ):
        with pytest.raises(OwnPocketError):
            await attempt
    await desk.visit(PHONE, 2_000_00)  # a colleague may
    await desk.visit(IVANS, 2_000_00, by=desk.irina)


async def test_a_card_that_was_drawn_before_the_recommendation_is_not_recorded_by_the_referrer(
    store, desk, friend
):
    await register(store, IRINA, EMMAS)
    draft = await store.change(
        drafting.open_draft,
        desk.irina,
        "Ирина",
        source="line:1:drawn",
        who=PHONE,
        wanted=Wanted(parts=[(4_000_00, None, None)], points=0),
    )
    assert await recommend(store, friend, await found(store, EMMAS))
    with pytest.raises(OwnPocketError):
        await desk.record(draft.id, desk.irina)
    await desk.record(draft.id)


async def test_a_childs_recommendation_is_the_parents_pocket(store, desk, friend):
    wallet = await register(store, IRINA, EMMAS)

    def add_child(tx):
        child = tx.people.add_patient(Patient(0, wallet, "desk", name="Лёва"))
        tx.people.speaks_for(tx.people.account_of(IRINA).id, child.id, "family")
        return child

    assert await recommend(store, friend, await store.change(add_child))
    with pytest.raises(OwnPocketError):
        await desk.visit(PHONE, 2_000_00, by=desk.irina)


# --- erased ----------------------------------------------------------------------------------


async def test_what_an_erased_friend_brought_stays_and_is_lowered(
    store, database, desk, friend, emma
):
    visit = await desk.visit(PHONE, 4_000_00)
    await store.change(privacy.erase, MARIA)
    assert gathered(database, emma) == 200
    await part(desk, visit, 1, Slice(0, 1_000_00))
    assert gathered(database, emma) == 150
    await part(desk, visit, 2)
    assert gathered(database, emma) == 0


async def test_an_erased_referrer_breaks_nothing(store, database, desk, friend, ivan):
    assert await recommend(store, ivan, friend)
    visit = await desk.visit(IVANS, 4_000_00)
    await store.change(privacy.erase, MARIA)
    await desk.visit(IVANS, 2_000_00)
    await desk.undo(await desk.visit(IVANS, 6_000_00))
    await part(desk, visit, 1)
    assert gathered(database, friend) == 100
