"""Two records of one person, on both databases: merged, worked with, and apart again."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy.util import await_only

from db.audit import compared
from db.store import Store
from loyalty import delivery, expiry, mail, privacy, ratings, registration, statement
from loyalty.desk import (
    approving,
    consent,
    correcting,
    drafting,
    freezing,
    gifts,
    goodwill,
    merging,
    receipts,
    recording,
    returning,
)
from loyalty.desk.access import NotStaffError
from loyalty.desk.approving import NotTheirsToDecideError
from loyalty.desk.merging import SameRecordError, TwoFamiliesError
from loyalty.desk.newcomers import record_patient
from loyalty.desk.purse import OwnPocketError
from loyalty.desk.unmerging import (
    AccountsChangedError,
    CorrectedSinceError,
    ErasedSinceError,
    MergedFurtherError,
)
from loyalty.errors import OutOfTurnError, PatientErasedError, PatientMergedError
from loyalty.people import Patient, SpendingOff
from loyalty.points import Kind, Reason
from loyalty.requests import RequestState
from loyalty.team import Standing
from tests.db.test_desk import MARIA, PHONE, admit, drafted, line, open_branch, recorded, register
from tests.db.test_desk_review_p import beside, between_writers, waits_or_ends
from tests.db.test_goodwill import add_lot, sweep

OLEG, EMMA = 1005, 1011
DESK_PHONE, OTHER_PHONE = "+79123450001", "+79123450002"
GRANTED = {"is_owner": True, "granted": True, "owners": (OLEG,)}


@pytest.fixture
async def anna(store: Store):
    return await store.change(admit, await store.change(open_branch))


@pytest.fixture
async def maria(store: Store) -> Patient:
    """In the bot, with the welcome."""
    await register(store)
    return await found(store, PHONE)


@pytest.fixture
async def paper(store: Store) -> Patient:
    """The same person as the desk wrote them down, by another phone."""
    return await store.change(record_patient, DESK_PHONE, "Мария", "Петрова")


async def found(store: Store, phone: str) -> Patient:
    (patient,) = await store.ask(lambda tx: tx.people.patients_with_phone(phone))
    return patient


async def visited(store, anna, phone, sum_, points=0, source="line:1:1"):
    return await recorded(
        store, anna, await drafted(store, anna, phone, line(sum_, points), source)
    )


async def ask(store, anna, one: Patient, other: Patient, source="merge:1:1"):
    return await store.change(
        *(merging.ask, anna, anna.name, one.id, other.id), source=source, owners=(OLEG,)
    )


async def decide(store, request, *, granted=True):
    how = {"is_owner": True, "granted": granted, "owners": (OLEG,)}
    return await store.change(approving.decide, OLEG, request.id, **how)


async def merge(store, anna, one, other, source="merge:1:1"):
    request = await ask(store, anna, one, other, source)
    await decide(store, request)
    return request


async def undo(store, request, telegram=OLEG, *, is_owner=True):
    return await store.change(approving.undo_merge, telegram, request.id, is_owner=is_owner)


async def wallet(store, number):
    return await store.ask(lambda tx: tx.people.wallet(number))


async def lots(store, number):
    held = await store.ask(lambda tx: tx.ledger.lots(number))
    return [(lot.id, lot.reason, lot.remaining, lot.ends_at) for lot in held]


async def points(store, patient) -> int:
    return (await store.ask(statement.statement, patient.wallet)).points


async def letters(store, *kinds):
    taken = await store.change(delivery.claim, 100)
    return [letter for letter in taken if letter.kind in kinds]


async def agree(store):
    assert (await store.engines.read(compared)).differences == []


async def everything(store, *patients):
    """All that must be as it was: wallets, lots with their ends, whose visits are whose."""
    return [
        (
            await wallet(store, patient.wallet),
            await lots(store, patient.wallet),
            [v.id for v in await store.ask(lambda tx, p=patient: tx.desk.visits_of([p.id], 0, 9))],
            await store.ask(lambda tx, p=patient: tx.people.patient(p.id)),
            [a.id for a in await store.ask(lambda tx, p=patient: tx.people.speaking_for(p.id))],
        )
        for patient in patients
    ]


# --- together --------------------------------------------------------------------------------


async def test_all_of_the_paper_record_becomes_part_of_who_is_in_the_bot(store, anna, maria, paper):
    visit = await visited(store, anna, DESK_PHONE, 10_000_00)
    ends = [lot[3] for lot in await lots(store, paper.wallet)]
    request = await ask(store, anna, paper, maria)
    assert (request.patient, request.other) == (maria.id, paper.id)  # whichever was named first

    await decide(store, request)

    assert await points(store, maria) == 1500
    assert [lot[3] for lot in await lots(store, maria.wallet) if lot[1] == "cashback"] == ends
    assert (await wallet(store, maria.wallet)).cash_paid == 10_000_00
    emptied = await wallet(store, paper.wallet)
    assert (emptied.balance, emptied.cash_paid, emptied.debt) == (0, 0, 0)
    (moved,) = await store.ask(lambda tx: tx.desk.visits_of([maria.id], 0, 9))
    assert (moved.id, moved.wallet) == (visit.id, paper.wallet)  # where it was earned stays written
    assert (await found(store, DESK_PHONE)).id == maria.id
    by_name = await store.ask(lambda tx: tx.people.patients_by_name([["петрова"], ["Петрова"]], 9))
    assert {patient.id for patient in by_name} <= {maria.id}
    assert (await store.ask(statement.history, maria.wallet)).lines[0].kind == Kind.MERGE
    await agree(store)


async def test_what_the_kept_record_lacks_it_takes_over_and_no_more(store, anna, maria, paper):
    request = await merge(store, anna, maria, paper)
    kept = await store.ask(lambda tx: tx.people.patient(maria.id))
    assert (kept.name, kept.surname, kept.phone) == ("Мария", "Петрова", PHONE)
    await undo(store, request)
    kept = await store.ask(lambda tx: tx.people.patient(maria.id))
    assert (kept.name, kept.surname, kept.phone) == (None, None, PHONE)


async def test_nothing_happens_before_a_manager_agrees(store, anna, maria, paper):
    request = await ask(store, anna, maria, paper)
    assert request.state is RequestState.WAITING
    assert [letter.telegram for letter in await letters(store, "request")] == [OLEG]
    before = await everything(store, maria, paper)
    await decide(store, request, granted=False)
    assert await everything(store, maria, paper) == before
    with pytest.raises(OutOfTurnError):
        await undo(store, request)


async def test_pressed_twice_it_is_done_once(store, anna, maria, paper):
    await visited(store, anna, DESK_PHONE, 10_000_00)
    assert await ask(store, anna, maria, paper) == await ask(store, anna, maria, paper)
    request = await merge(store, anna, maria, paper)
    before = await everything(store, maria, paper)
    assert (await decide(store, request)).request.state is RequestState.GRANTED
    assert await everything(store, maria, paper) == before
    await undo(store, request)
    before = await everything(store, maria, paper)
    assert (await undo(store, request)).request.state is RequestState.UNDONE
    assert await everything(store, maria, paper) == before


async def test_who_speaks_for_the_patient_hears_of_it_and_of_its_undoing(store, anna, maria, paper):
    request = await merge(store, anna, maria, paper)
    (letter,) = await letters(store, "merged")
    facts = await store.ask(mail.facts, letter)
    assert (letter.telegram, facts.balance, facts.lapsed, facts.undone) == (MARIA, 1000, 0, False)
    await store.change(mail.arrived, letter, 7)
    await undo(store, request)
    (letter,) = await letters(store, "merge-undone")
    assert (await store.ask(mail.facts, letter)).undone


def owe(tx, number, debt):
    tx.people.save_wallet(replace(tx.people.wallet(number), debt=debt))


async def test_debt_comes_along_and_goes_back(store, anna, maria, paper):
    await store.change(owe, paper.wallet, 70)
    await store.change(owe, maria.wallet, 30)
    request = await merge(store, anna, maria, paper)
    assert (await wallet(store, maria.wallet)).debt == 100
    await visited(store, anna, PHONE, 1_000_00)  # earns 50, which settle
    await undo(store, request)
    # Her own 30 are paid by her 50; the other 20 paid a stranger's debt and come back.
    assert (await wallet(store, maria.wallet)).debt == 0
    assert (await wallet(store, paper.wallet)).debt == 70
    assert await points(store, maria) == 1020
    await agree(store)


@pytest.mark.parametrize("whose", ["kept", "gone"])
async def test_spending_stopped_for_either_is_stopped_for_both(store, anna, maria, paper, whose):
    def stop(tx, number):
        tx.people.save_wallet(replace(tx.people.wallet(number), spending_off=SpendingOff.FROZEN))

    stopped, free = (maria, paper) if whose == "kept" else (paper, maria)
    await store.change(stop, stopped.wallet)
    request = await merge(store, anna, maria, paper)
    assert (await wallet(store, maria.wallet)).spending_off is SpendingOff.FROZEN
    await undo(store, request)
    assert (await wallet(store, stopped.wallet)).spending_off is SpendingOff.FROZEN
    assert (await wallet(store, free.wallet)).spending_off is None


async def test_what_was_let_go_since_stays_let_go(store, anna, maria, paper):
    await store.change(freezing.stop, MARIA, (OLEG,))
    request = await merge(store, anna, maria, paper)
    await store.change(freezing.release, OLEG, True, maria.wallet)
    await undo(store, request)
    assert (await wallet(store, maria.wallet)).spending_off is None
    assert (await wallet(store, paper.wallet)).spending_off is None


# --- the welcome -----------------------------------------------------------------------------


async def test_one_person_is_welcomed_once(store, anna, maria, clock):
    clock.pass_(days=1)
    await register(store, EMMA, OTHER_PHONE)  # the same person, a second phone and Telegram
    second = await found(store, OTHER_PHONE)
    before = await everything(store, maria, second)

    request = await merge(store, anna, maria, second)

    assert await points(store, maria) == 1000
    told = await letters(store, "merged")
    assert sorted(letter.telegram for letter in told) == [MARIA, EMMA]
    assert (await store.ask(mail.facts, told[0])).lapsed == 1000
    for account in (MARIA, EMMA):
        shown = await store.ask(lambda tx, one=account: tx.people.account_of(one))
        assert shown.wallet == maria.wallet
    await agree(store)
    await undo(store, request)
    assert await everything(store, maria, second) == before
    await agree(store)


async def test_a_parents_welcome_is_not_the_childs(store, anna, maria, clock):
    def add_child(tx):
        child = tx.people.add_patient(Patient(0, maria.wallet, "desk", name="Лёва"))
        account = tx.people.account_of(MARIA)
        tx.people.speaks_for(account.id, child.id, "family")
        return child

    child = await store.change(add_child)
    await register(store, EMMA, OTHER_PHONE)  # Лёва has grown up and came by himself
    grown = await found(store, OTHER_PHONE)
    await merge(store, anna, child, grown)
    assert await points(store, maria) == 2000


# --- families --------------------------------------------------------------------------------


async def test_the_wallet_of_a_family_is_the_one_that_stays(store, anna, maria, paper):
    def add_child(tx):
        return tx.people.add_patient(Patient(0, maria.wallet, "desk", name="Лёва"))

    child = await store.change(add_child)
    await visited(store, anna, DESK_PHONE, 10_000_00)
    request = await ask(store, anna, paper, child)
    assert request.patient == child.id
    await decide(store, request)
    assert await points(store, maria) == 1500
    await undo(store, request)
    assert (await points(store, maria), await points(store, paper)) == (1000, 500)


async def test_two_records_in_one_wallet_move_no_points(store, anna, maria):
    def add_twin(tx):
        return tx.people.add_patient(
            Patient(0, maria.wallet, "desk", name="Маша", phone=OTHER_PHONE)
        )

    twin = await store.change(add_twin)
    await visited(store, anna, OTHER_PHONE, 10_000_00)
    request = await merge(store, anna, maria, twin)
    assert (await points(store, maria), (await wallet(store, maria.wallet)).cash_paid) == (
        1500,
        10_000_00,
    )
    await undo(store, request)
    assert len(await store.ask(lambda tx: tx.desk.visits_of([twin.id], 0, 9))) == 1
    assert await points(store, maria) == 1500
    await agree(store)


async def test_two_families_stay_two(store, anna, maria, paper):
    def add_children(tx):
        one = tx.people.add_patient(Patient(0, maria.wallet, "desk", name="Лёва"))
        tx.people.add_patient(Patient(0, paper.wallet, "desk", name="Лев"))
        return one

    child = await store.change(add_children)
    with pytest.raises(TwoFamiliesError):
        await ask(store, anna, child, paper)


# --- who may not -----------------------------------------------------------------------------


async def test_a_record_is_not_merged_with_itself(store, anna, maria):
    with pytest.raises(SameRecordError):
        await ask(store, anna, maria, maria)


async def test_nobody_merges_what_is_their_own(store, anna, maria, paper):
    herself = await store.change(
        lambda tx: admit(tx, tx.branches.branch(anna.branch), MARIA, "Мария")
    )
    for one, other in ((maria, paper), (paper, maria)):
        with pytest.raises(OwnPocketError):
            await ask(store, herself, one, other)
    request = await ask(store, anna, maria, paper)
    managing = replace(herself, standing=Standing.MANAGER)
    await store.change(lambda tx: tx.branches.save_member(herself, managing))
    with pytest.raises(OwnPocketError):
        await store.change(approving.decide, MARIA, request.id, is_owner=False, granted=True)
    await decide(store, request)
    with pytest.raises(OwnPocketError):
        await undo(store, request, MARIA, is_owner=False)


async def test_staff_neither_decide_nor_undo(store, anna, maria, paper):
    request = await merge(store, anna, maria, paper)
    with pytest.raises(NotTheirsToDecideError):
        await undo(store, request, anna.telegram, is_owner=False)


async def test_who_has_left_asks_for_nothing(store, anna, maria, paper):
    gone = replace(anna, standing=Standing.GONE)
    await store.change(lambda tx: tx.branches.save_member(anna, gone))
    with pytest.raises(NotStaffError):
        await ask(store, gone, maria, paper)


async def test_an_erased_record_is_not_merged(store, anna, maria, paper):
    request = await ask(store, anna, maria, paper)
    await store.change(privacy.erase, MARIA)
    with pytest.raises(PatientErasedError):
        await ask(store, anna, maria, paper, "merge:1:2")
    assert (await store.ask(approving.question, request.id)).pair is None


async def test_a_merged_record_takes_nothing_any_more(store, anna, maria, paper):
    await merge(store, anna, maria, paper)
    with pytest.raises(PatientMergedError):
        await ask(store, anna, paper, maria, "merge:1:2")
    with pytest.raises(PatientMergedError):
        await store.change(
            *(gifts.give, anna, "Анна", paper.id, 10, "sorry"), source="gift:1", owners=()
        )


async def test_erasing_the_person_erases_both_records(store, anna, maria, paper):
    request = await merge(store, anna, maria, paper)
    shown = await store.ask(privacy.dossier, MARIA)
    assert {patient.id for patient, _ in shown.patients} == {maria.id, paper.id}
    await store.change(privacy.erase, MARIA)
    for record in (maria, paper):
        kept = await store.ask(lambda tx, one=record: tx.people.patient(one.id))
        assert (kept.name, kept.surname, kept.phone, kept.erased) == (None, None, None, True)
    with pytest.raises(ErasedSinceError):
        await undo(store, request)


# --- the desk goes on ------------------------------------------------------------------------


async def test_an_open_card_changes_hands_and_is_looked_at_again(store, anna, maria, paper):
    laid = await drafted(store, anna, DESK_PHONE, line(10_000_00, 0))
    request = await merge(store, anna, maria, paper)
    with pytest.raises(drafting.StaleCardError):
        await recorded(store, anna, laid)
    draft = await store.ask(lambda tx: tx.desk.draft(laid.draft.id))
    assert draft.patient == maria.id
    visit = await recorded(store, anna, replace(laid, draft=draft))
    await undo(store, request)
    # It was recorded since the merge, so it is hers; card and visit say the same.
    assert (await store.ask(lambda tx: tx.desk.draft(visit.id))).patient == maria.id
    assert len(await store.ask(lambda tx: tx.desk.visits_of([maria.id], 0, 9))) == 1
    await agree(store)


async def test_a_visit_of_before_is_returned_after_the_merge(store, anna, maria, paper):
    visit = await visited(store, anna, DESK_PHONE, 4_000_00)
    request = await merge(store, anna, maria, paper)
    await store.change(returning.return_money, anna, "Анна", visit.id, "redone", (OLEG,))
    assert await points(store, maria) == 1000  # the 200 that it earned are gone again
    assert (await wallet(store, maria.wallet)).cash_paid == 0
    await agree(store)
    with pytest.raises(CorrectedSinceError):
        await undo(store, request)


async def test_a_visit_of_before_is_returned_after_the_undoing(store, anna, maria, paper):
    await visited(store, anna, DESK_PHONE, 10_000_00)
    spent = await register_and_spend_later(store, anna)
    request = await merge(store, anna, maria, paper)
    await undo(store, request)
    await store.change(returning.return_money, anna, "Анна", spent.id, "redone", (OLEG,))
    assert await points(store, paper) == 500
    assert await points(store, maria) == 1000
    await agree(store)


async def register_and_spend_later(store, anna):
    """A second visit of the paper record, a day later, that spends by signature."""
    store._clock.pass_(days=1)
    laid = await drafted(store, anna, DESK_PHONE, line(2_000_00, 300), "line:1:2")
    await store.change(drafting.sign, anna, laid.draft.id, laid.draft.revision)
    draft = await store.ask(lambda tx: tx.desk.draft(laid.draft.id))
    return await recorded(store, anna, replace(laid, draft=draft))


async def test_a_wrong_sum_of_before_is_mended_after_the_merge(store, anna, maria, paper):
    visit = await visited(store, anna, DESK_PHONE, 100_000_00)
    await merge(store, anna, maria, paper)
    draft = await store.change(correcting.correct_sum, anna, "Анна", visit.id)
    laid = await store.change(drafting.set_sum, anna, draft.id, draft.revision, 0, 10_000_00)
    mended = await recorded(store, anna, laid)
    assert mended.patient == maria.id
    assert await points(store, maria) == 1500
    await agree(store)


async def test_a_visit_of_before_is_rated_after_the_merge(store, anna, maria, paper):
    visit = await visited(store, anna, DESK_PHONE, 10_000_00)
    request = await merge(store, anna, maria, paper)
    rated = await store.change(ratings.rate, MARIA, visit.id, 1, (OLEG,))
    assert rated.case.patient == maria.id
    await undo(store, request)
    assert (await store.ask(lambda tx: tx.ratings.rating(visit.id))).stars == 1
    assert (await store.ask(lambda tx: tx.desk.visit(visit.id))).patient == paper.id
    assert (await store.ask(lambda tx: tx.cases.case(rated.case.id))).patient == paper.id
    with pytest.raises(OutOfTurnError):  # it isn't hers to speak about any more
        await store.change(ratings.rate, MARIA, visit.id, 5, (OLEG,))


async def test_the_receipt_still_finds_its_patient(store, anna, maria, paper):
    visit = await visited(store, anna, DESK_PHONE, 10_000_00)
    await merge(store, anna, maria, paper)
    assert (await store.ask(receipts.receipt, visit.id)).patient.id == maria.id


async def test_a_slip_of_the_other_record_is_no_strangers(store, anna, paper):
    other = await store.change(record_patient, OTHER_PHONE, "Мария")
    visit = await visited(store, anna, DESK_PHONE, 10_000_00)
    await store.change(lambda tx: tx.desk.add_slip("abcdefgh12345678", visit.id))
    await merge(store, anna, other, paper)
    await store.change(registration.open_account, EMMA, "v_abcdefgh12345678")
    await register(store, EMMA, OTHER_PHONE)
    assert await letters(store, "slip-strange") == []
    account = await store.ask(lambda tx: tx.people.account_of(EMMA))
    assert (await store.ask(statement.statement, account.wallet)).points == 1500


# --- apart -----------------------------------------------------------------------------------


async def test_undone_at_once_all_is_as_it_was(store, anna, maria, paper):
    await visited(store, anna, DESK_PHONE, 10_000_00)
    await visited(store, anna, PHONE, 3_000_00, source="line:1:2")
    before = await everything(store, maria, paper)
    request = await merge(store, anna, maria, paper)
    await undo(store, request)
    assert await everything(store, maria, paper) == before
    assert (await found(store, DESK_PHONE)).id == paper.id
    await agree(store)
    again = await merge(store, anna, maria, paper, "merge:1:2")
    assert await points(store, maria) == 1650
    await undo(store, again)
    assert await everything(store, maria, paper) == before


async def test_what_the_one_spent_of_the_other_s_points_comes_back_from_its_own(
    store, anna, maria, paper, clock
):
    await store.change(add_lot, paper.wallet, 400, clock.now() + timedelta(days=20))
    before = await lots(store, paper.wallet)
    request = await merge(store, anna, maria, paper)
    await spends(store, anna, 300)  # from the lot that ends first, which was the other's
    assert await points(store, maria) == 1100 + 35
    await undo(store, request)
    assert await lots(store, paper.wallet) == before
    assert await points(store, maria) == 700 + 35
    await agree(store)


async def test_what_the_wallet_lacks_then_it_owes(store, anna, maria, paper, clock):
    await visited(store, anna, DESK_PHONE, 90_000_00)  # earns 4500
    clock.pass_(days=220)  # her welcome is over
    request = await merge(store, anna, maria, paper)
    await spends(store, anna, 300)
    await undo(store, request)
    assert await points(store, paper) == 4500
    kept = await wallet(store, maria.wallet)
    assert (await points(store, maria), kept.debt) == (0, 265)  # the 35 earned were all there was
    await agree(store)


async def spends(store, anna, points_, telegram=MARIA):
    """She pays 1 000 ₽ with some points, agreed on her phone; returns the visit."""
    laid = await drafted(store, anna, PHONE, line(1_000_00, points_), "line:9:9")
    await store.change(consent.answer, telegram, laid.draft.id, points_, True)
    draft = await store.ask(lambda tx: tx.desk.draft(laid.draft.id))
    return await recorded(store, anna, replace(laid, draft=draft))


async def test_a_welcome_that_comes_back_pays_what_was_spent_of_the_other(
    store, anna, paper, maria, clock
):
    clock.pass_(days=1)
    await register(store, EMMA, DESK_PHONE)  # the one that stays, and the later welcome
    request = await merge(store, anna, paper, maria)
    await spends(store, anna, 300, EMMA)
    await undo(store, request)
    assert (await points(store, maria), await points(store, paper)) == (1000, 735)
    assert (await wallet(store, paper.wallet)).debt == 0
    await agree(store)


async def test_a_gift_asked_for_before_goes_back_with_who_it_was_for(store, anna, maria, paper):
    asked = await store.change(
        *(gifts.give, anna, "Анна", paper.id, 2000, "sorry"), source="gift:1", owners=(OLEG,)
    )
    assert asked.request.state is RequestState.WAITING
    await store.change(owe, maria.wallet, 100)
    request = await merge(store, anna, maria, paper)
    await decide(store, asked.request)  # 100 of it settle what Maria owed
    await spends(store, anna, 300)  # from the gift, which ends first
    (gift,) = [lot for lot in await lots(store, maria.wallet) if lot[1] == Reason.GIFT]
    await undo(store, request)
    question = await store.ask(approving.question, asked.request.id)
    assert question.patient.id == paper.id
    assert [lot[1:] for lot in await lots(store, paper.wallet)] == [(Reason.GIFT, 2000, gift[3])]
    assert (await points(store, maria), (await wallet(store, maria.wallet)).debt) == (635, 0)
    await agree(store)
    await undo(store, await merge(store, anna, maria, paper, "merge:1:2"))
    assert (await points(store, maria), await points(store, paper)) == (635, 2000)


@pytest.mark.parametrize("whose", ["kept", "gone"])
@pytest.mark.parametrize("amount", [600, 601])
@pytest.mark.parametrize("days", [0, 40])
async def test_a_gift_that_went_into_debt_comes_back_to_who_it_was_for(
    store, anna, paper, clock, whose, amount, days
):
    """A point more or less than the debt, and whether the gift would have ended, are all one."""
    other = await store.change(record_patient, OTHER_PHONE, "Мария")
    given = await waiting_gift(store, anna, other, amount)
    owes = {"kept": paper, "gone": other}[whose]
    await store.change(owe, owes.wallet, 600)
    request = await merge(store, anna, paper, other)
    await decide(store, given)
    clock.pass_(days=days)
    told = await store.change(approving.undoable, OLEG, request.id, is_owner=True)
    await undo(store, request)
    debts = [(await wallet(store, one.wallet)).debt for one in (paper, other)]
    assert debts == [600 * (owes is one) for one in (paper, other)]
    came = 600 if days else amount  # the one point has ended, as points do
    assert (await points(store, paper), await points(store, other)) == (0, came)
    assert (told.parting.back, told.parting.debt) == (came, debts[0])
    await agree(store)


async def waiting_gift(store, anna, whom, amount):
    asked = await store.change(
        *(gifts.give, anna, "Анна", whom.id, amount, "sorry"), source="gift:1", owners=(OLEG,)
    )
    assert asked.request.state is RequestState.WAITING
    return asked.request


async def test_a_gift_that_went_into_debt_comes_back_however_deep(store, anna, paper):
    third, fourth = [
        await store.change(record_patient, phone, "Маша") for phone in (OTHER_PHONE, "+79123450003")
    ]
    given = await waiting_gift(store, anna, fourth, 600)
    await store.change(owe, paper.wallet, 600)
    first = await merge(store, anna, third, fourth)
    second = await merge(store, anna, paper, third, "merge:1:2")
    await decide(store, given)
    await undo(store, second)
    assert [await points(store, one) for one in (paper, third, fourth)] == [0, 600, 0]
    await undo(store, first)
    assert [await points(store, one) for one in (paper, third, fourth)] == [0, 0, 600]
    assert (await wallet(store, paper.wallet)).debt == 600
    await agree(store)


async def test_a_gift_asked_for_before_goes_back_however_deep(store, anna, maria, paper):
    third = await store.change(record_patient, OTHER_PHONE, "Маша")
    asked = await store.change(
        *(gifts.give, anna, "Анна", third.id, 2000, "sorry"), source="gift:1", owners=(OLEG,)
    )
    first = await merge(store, anna, paper, third)
    second = await merge(store, anna, maria, paper, "merge:1:2")
    await decide(store, asked.request)
    await undo(store, second)
    assert (await points(store, maria), await points(store, paper)) == (1000, 2000)
    await undo(store, first)
    assert (await points(store, paper), await points(store, third)) == (0, 2000)
    await agree(store)


async def test_good_will_asked_for_before_goes_back_with_who_it_was_for(
    store, anna, maria, paper, clock
):
    await store.change(add_lot, paper.wallet, 800, clock.now() + timedelta(days=5))
    clock.pass_(days=6)
    asked = await store.change(
        *(goodwill.give, anna, "Анна", paper.id, 800), source="goodwill:1", owners=(OLEG,)
    )
    request = await merge(store, anna, maria, paper)
    await decide(store, asked.request)
    await undo(store, request)
    assert (await points(store, maria), await points(store, paper)) == (1000, 800)
    await agree(store)


async def test_what_has_ended_meanwhile_has_ended(store, anna, maria, paper, clock):
    await visited(store, anna, DESK_PHONE, 10_000_00)
    request = await merge(store, anna, maria, paper)
    clock.pass_(days=400)
    while await store.change(expiry.sweep):
        pass
    await undo(store, request)
    assert (await lots(store, paper.wallet), await lots(store, maria.wallet)) == ([], [])
    await agree(store)
    # What ended unused while it lay in the other wallet is not clawed back either.
    visit = (await store.ask(lambda tx: tx.desk.visits_of([paper.id], 0, 9)))[0]
    asked = await store.change(returning.return_money, anna, "Анна", visit.id, "redone", (OLEG,))
    await decide(store, asked.request)
    assert (await wallet(store, paper.wallet)).debt == 0
    await agree(store)


async def test_what_ended_of_the_others_is_no_good_will_of_the_first(
    store, anna, maria, paper, clock
):
    await store.change(add_lot, paper.wallet, 400, clock.now() + timedelta(days=5))
    request = await merge(store, anna, maria, paper)
    clock.pass_(days=6)
    await sweep(store)
    assert (await store.ask(goodwill.ended, maria.wallet)).points == 400
    await undo(store, request)
    assert (await store.ask(goodwill.ended, maria.wallet)).points == 0


@pytest.mark.parametrize("swept", [True, False])
async def test_what_ended_while_merged_is_good_will_of_whose_it_was(
    store, anna, maria, paper, clock, swept
):
    third = await store.change(record_patient, OTHER_PHONE, "Маша")
    await store.change(add_lot, third.wallet, 300, clock.now() + timedelta(days=5))
    first = await merge(store, anna, paper, third)
    second = await merge(store, anna, maria, paper, "merge:1:2")
    clock.pass_(days=6)
    if swept:
        await sweep(store)
    assert await ended(store, maria) == 300
    await undo(store, second)
    assert await ended(store, maria, paper) == [0, 300]
    await undo(store, first)
    assert await ended(store, maria, paper, third) == [0, 0, 300]
    again = await merge(store, anna, maria, third, "merge:1:3")
    assert await ended(store, maria) == 300
    await undo(store, again)
    assert await ended(store, maria, third) == [0, 300]


async def test_what_a_return_brings_back_after_the_parting_is_good_will_of_who_paid(
    store, anna, maria, paper, clock
):
    """The kept record has repaid the other's points, so what its bill gives back is its own."""
    await store.change(add_lot, paper.wallet, 300, clock.now() + timedelta(days=20))
    request = await merge(store, anna, maria, paper)
    visit = await spends(store, anna, 300)
    await undo(store, request)
    await store.change(returning.return_money, anna, "Анна", visit.id, "redone", (OLEG,))
    clock.pass_(days=21)
    assert await ended(store, maria, paper) == [300, 300]
    await sweep(store)
    assert await ended(store, maria, paper) == [300, 300]
    await agree(store)


async def ended(store, *patients):
    found = [(await store.ask(goodwill.ended, one.wallet)).points for one in patients]
    return found if len(found) > 1 else found[0]


@pytest.mark.parametrize("swept", [True, False])
async def test_good_will_that_waits_is_granted_to_the_one_record_too(
    store, anna, maria, paper, clock, swept
):
    await store.change(add_lot, paper.wallet, 900, clock.now() + timedelta(days=5))
    clock.pass_(days=6)
    if swept:
        await sweep(store)
    asked = await store.change(
        *(goodwill.give, anna, "Анна", paper.id, 900), source="goodwill:1", owners=(OLEG,)
    )
    request = await merge(store, anna, maria, paper)
    assert await ended(store, maria) == 900
    await decide(store, asked.request)
    assert (await points(store, maria), await ended(store, maria)) == (1900, 0)
    await undo(store, request)
    assert (await points(store, maria), await points(store, paper)) == (1000, 900)
    assert await ended(store, maria, paper) == [0, 0]
    await agree(store)


@pytest.mark.parametrize("swept", [True, False])
async def test_a_gift_that_ended_under_another_record_is_good_will_once(
    store, anna, maria, paper, clock, swept
):
    """It came while the records were one, went back, and lay there once more as it ended."""
    given = await waiting_gift(store, anna, paper, 600)
    request = await merge(store, anna, maria, paper)
    await decide(store, given)
    await undo(store, request)
    again = await merge(store, anna, maria, paper, "merge:1:2")
    clock.pass_(days=40)
    if swept:
        await sweep(store)
    assert await ended(store, maria) == 600
    await undo(store, again)
    assert await ended(store, maria, paper) == [0, 600]


async def test_the_last_merge_is_undone_first(store, anna, maria, paper):
    third = await store.change(record_patient, OTHER_PHONE, "Маша")
    await visited(store, anna, DESK_PHONE, 10_000_00)
    before = await everything(store, third, paper, maria)
    first = await merge(store, anna, paper, third)
    second = await merge(store, anna, paper, maria, "merge:1:2")
    assert await points(store, maria) == 1500
    assert (await found(store, OTHER_PHONE)).id == maria.id
    with pytest.raises(MergedFurtherError):
        await undo(store, first)
    await undo(store, second)
    assert (await found(store, OTHER_PHONE)).id == paper.id
    await undo(store, first)
    assert await everything(store, third, paper, maria) == before
    await agree(store)


async def test_a_visit_twice_moved_still_knows_what_it_earned(store, anna, maria, paper):
    third = await store.change(record_patient, OTHER_PHONE, "Маша")
    visit = await visited(store, anna, OTHER_PHONE, 4_000_00)
    await merge(store, anna, paper, third)
    await merge(store, anna, paper, maria, "merge:1:2")
    await store.change(returning.return_money, anna, "Анна", visit.id, "redone", (OLEG,))
    held = await lots(store, maria.wallet)
    assert [(reason, left) for _, reason, left, _ in held] == [("welcome", 1000)]
    await agree(store)


async def test_nobody_can_tell_whose_a_new_account_is(store, anna, paper):
    other = await store.change(record_patient, OTHER_PHONE, "Мария")
    request = await merge(store, anna, paper, other)
    await register(store, EMMA, OTHER_PHONE)
    with pytest.raises(AccountsChangedError):
        await undo(store, request)


async def test_a_card_that_got_another_patient_since_stays_theirs(store, anna, maria, paper):
    other = await store.change(record_patient, OTHER_PHONE, "Иван")
    draft = (await drafted(store, anna, DESK_PHONE, line(5_000_00, 0))).draft
    request = await merge(store, anna, maria, paper)
    draft = await store.ask(lambda tx: tx.desk.draft(draft.id))
    await store.change(
        *(drafting.not_this_patient, anna, draft.id, draft.revision, OTHER_PHONE),
    )
    await undo(store, request)
    assert (await store.ask(lambda tx: tx.desk.draft(draft.id))).patient == other.id


async def test_a_return_asked_meanwhile_goes_back_with_its_visit(store, anna, maria, paper):
    visit = await visited(store, anna, DESK_PHONE, 20_000_00)
    request = await merge(store, anna, maria, paper)
    asked = await store.change(returning.return_money, anna, "Анна", visit.id, "redone", (OLEG,))
    assert (asked.request.state, asked.request.patient) == (RequestState.WAITING, maria.id)
    await undo(store, request)
    question = await store.ask(approving.question, asked.request.id)
    assert question.patient.id == paper.id
    await decide(store, asked.request)
    await agree(store)


async def test_what_was_merged_before_goes_back_however_deep(store, anna, maria, paper):
    third = await store.change(record_patient, OTHER_PHONE, "Маша")
    deepest = await store.change(record_patient, "+79123450003", "Маня")
    first = await merge(store, anna, third, deepest)
    second = await merge(store, anna, paper, third, "merge:1:2")
    last = await merge(store, anna, maria, paper, "merge:1:3")
    await undo(store, last)
    for part in (third, deepest):
        record = await store.ask(lambda tx, one=part: tx.people.patient(one.id))
        assert (record.merged_into, record.wallet) == (paper.id, paper.wallet)
    await undo(store, second)
    record = await store.ask(lambda tx: tx.people.patient(deepest.id))
    assert (record.merged_into, record.wallet) == (third.id, third.wallet)
    await undo(store, first)
    await agree(store)


# --- on a server, several at once ------------------------------------------------------------


@between_writers
async def test_who_registers_as_their_record_is_merged_finds_where_it_went(store, anna, paper):
    other = await store.change(record_patient, OTHER_PHONE, "Мария")
    request = await ask(store, anna, paper, other)
    (kept,) = [one for one in (paper, other) if one.id == request.patient]
    await store.change(registration.consent, EMMA)
    _, came = await beside(
        store,
        (partial(approving.decide, **GRANTED), OLEG, request.id),
        (registration.prove_phone, EMMA, OTHER_PHONE),
    )
    assert came.account.wallet == kept.wallet
    spoken_for = await store.ask(lambda tx: tx.people.spoken_for(came.account.id))
    assert [patient.id for patient, _ in spoken_for] == [kept.id]
    await agree(store)


@between_writers
async def test_a_visit_recorded_as_its_patient_is_merged_is_in_nobodys_way(
    store, anna, maria, paper
):
    request = await ask(store, anna, maria, paper)
    draft = (await drafted(store, anna, DESK_PHONE, line(5_000_00))).draft
    held, merges, tries = asyncio.Event(), asyncio.Event(), []

    def record(tx):
        tries.append("record")
        tx.desk.draft_with_twins(draft.id)
        held.set()
        await_only(merges.wait())
        return recording.record(tx, anna, "Анна", draft.id, draft.revision)

    def grant(tx):
        tries.append("merge")
        return approving.decide(tx, OLEG, request.id, **GRANTED)

    records = asyncio.create_task(store.change(record))
    await held.wait()
    granting = asyncio.create_task(store.change(grant))
    await waits_or_ends(store, granting)
    merges.set()
    visit, _ = await records, await granting
    assert tries == ["record", "merge"]  # the server took neither back
    (moved,) = await store.ask(lambda tx: tx.desk.visits_of([maria.id], 0, 9))
    assert moved.id == visit.id
    await agree(store)
