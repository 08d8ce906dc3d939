"""What a review of the desk found, on both databases: money that went around its rules."""

import pytest

from db.store import Store
from loyalty import registration
from loyalty.branches import Branch
from loyalty.desk import approving, codes, correcting, drafting, gifts
from loyalty.desk.approving import OwnRequestError
from loyalty.desk.codes import CodeEndedError
from loyalty.desk.correcting import MovesWholeError, NeedsReturnError, NotToTrainingError
from loyalty.desk.newcomers import record_patient
from loyalty.desk.purse import OwnPocketError
from loyalty.registration import Family
from loyalty.team import Member
from tests.db.test_desk import (
    ANNA,
    MARIA,
    PHONE,
    admit,
    drafted,
    line,
    open_branch,
    recorded,
    register,
)

OTHER, OTHERS_ACCOUNT, OWNER, ANOTHER_OWNER = "+79120000001", 2003, 7, 8


@pytest.fixture
async def branch(store: Store) -> Branch:
    return await store.change(open_branch)


@pytest.fixture
async def anna(store: Store, branch: Branch) -> Member:
    return await store.change(admit, branch)


async def moving(store, anna, clock, sum_=100_000_00, *, days=45):
    """An old visit of one patient, on a card that asks for another."""
    await store.change(record_patient, PHONE, "Пётр")
    await store.change(record_patient, OTHER, "Иван")
    wrong = await recorded(store, anna, await drafted(store, anna, PHONE, line(sum_)))
    clock.pass_(days=days)
    return await store.change(correcting.correct_patient, anna, "Анна", wrong.id)


async def test_an_old_visit_moves_whole(store, anna, clock):
    draft = await moving(store, anna, clock)
    laid = await store.change(drafting.not_this_patient, anna, draft.id, 0, OTHER)
    less = await store.change(drafting.set_sum, anna, draft.id, laid.draft.revision, 0, 1_00)
    with pytest.raises(MovesWholeError):
        await recorded(store, anna, less)
    again = (anna, draft.id, less.draft.revision, 0, 100_000_00)
    right = await recorded(store, anna, await store.change(drafting.set_sum, *again))
    assert right.bill == 100_000_00


async def test_a_visit_is_not_moved_to_the_training_patient(store, anna, clock):
    draft = await moving(store, anna, clock, days=0)
    laid = await store.change(drafting.not_this_patient, anna, draft.id, 0, "0000")
    with pytest.raises(NotToTrainingError):
        await recorded(store, anna, laid)


@pytest.mark.parametrize(("sum_", "days"), [(100_000_00, 0), (900_00, 45)])
async def test_a_visit_left_without_a_person_keeps_to_the_limits(store, anna, clock, sum_, days):
    draft = await moving(store, anna, clock, sum_, days=days)
    laid = await store.change(drafting.without_person, anna, draft.id, 0)
    with pytest.raises(NeedsReturnError):
        await recorded(store, anna, laid)


async def test_points_poured_at_a_join_are_not_earned_that_day(store, anna, clock):
    father = await store.change(record_patient, PHONE, "Пётр")
    child = await store.change(record_patient, PHONE, "Дочь")
    chosen = {"source": "s:1", "patient": child.id, "found_by": "phone"}
    draft = await store.change(drafting.open_for_patient, anna, "Анна", **chosen)
    laid = await store.change(drafting.set_sum, anna, draft.id, 0, 0, 40_000_00)
    await recorded(store, anna, laid)
    clock.pass_(days=40)
    await store.change(registration.consent, MARIA)
    await store.change(registration.prove_phone, MARIA, PHONE)
    await store.change(registration.choose_family, MARIA, Family.ALL, father.id)
    digits = (await store.change(codes.show, MARIA)).code.digits
    bill = await drafted(store, anna, digits, line(100_000_00, most=True), source="l:5")
    assert bill.purse.available == bill.purse.balance == 3000


async def test_yesterdays_points_do_not_pay_yesterdays_bill(store, anna, clock):
    await store.change(record_patient, PHONE, "Пётр")
    await recorded(store, anna, await drafted(store, anna, PHONE, line(10_000_00)))
    clock.pass_(days=1)
    bill = await drafted(store, anna, PHONE, line(10_000_00, most=True), source="l:2")
    assert bill.points == 500
    past = await store.change(drafting.set_day, anna, bill.draft.id, bill.draft.revision, 1)
    assert past.points == 0


async def test_a_replaced_code_ends_when_it_can_no_longer_be_read_aloud(store, anna, clock):
    await register(store)
    old = (await store.change(codes.show, MARIA)).code.digits
    clock.pass_(minutes=1)
    await store.change(codes.renew, MARIA)
    clock.pass_(minutes=2)
    with pytest.raises(CodeEndedError):
        await drafted(store, anna, old, line(10_000_00))


async def test_an_owner_does_not_grant_their_own_wish_beside_another(store, branch):
    own = await store.change(admit, branch, OWNER, "Олег")
    patient = await store.change(record_patient, PHONE, "Пётр")
    owners = [OWNER, ANOTHER_OWNER]
    wish = (own, "Олег", patient.id, 90_000, "sorry")
    asked = (await store.change(gifts.give, *wish, source="g:1", owners=owners)).request.id
    how = {"is_owner": True, "granted": True}
    with pytest.raises(OwnRequestError):
        await store.change(approving.decide, OWNER, asked, owners=owners, **how)
    await store.change(approving.decide, OWNER, asked, owners=[OWNER], **how)


async def test_a_phone_moved_to_another_account_leaves_the_pocket_ones_own(store, branch):
    await register(store, telegram=ANNA)
    anna = await store.change(admit, branch)
    await register(store, telegram=OTHERS_ACCOUNT)
    with pytest.raises(OwnPocketError):
        await drafted(store, anna, PHONE, line(10_000_00))
    colleague = await store.change(admit, branch, OWNER, "Олег")
    laid = await drafted(store, colleague, PHONE, line(10_000_00))
    with pytest.raises(OwnPocketError):
        await recorded(store, anna, laid)
