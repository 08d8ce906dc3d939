"""What a review of the desk found about consent, erasure and stopped spending."""

from types import SimpleNamespace

import pytest

from db.store import Store
from handlers.owner import approvals, freeze, team
from handlers.staff.desk import DisconnectedError
from loyalty import privacy, registration
from loyalty.branches import Branch
from loyalty.desk import (
    approving,
    codes,
    connecting,
    correcting,
    drafting,
    freezing,
    gifts,
    moved,
    returning,
)
from loyalty.desk.approving import DecidedAlreadyError
from loyalty.desk.card import Spending, card
from loyalty.desk.freezing import ConfirmFirstError, FreezeNotYoursError
from loyalty.desk.newcomers import record_patient
from loyalty.desk.recording import ConsentWithdrawnError
from loyalty.errors import PatientErasedError
from loyalty.people import SpendingOff
from loyalty.requests import RequestState
from loyalty.team import Member, Standing
from loyalty.visits import DraftState, FoundBy
from tests.db.test_desk import (
    MARIA,
    PHONE,
    admit,
    balance,
    drafted,
    line,
    open_branch,
    recorded,
    register,
)

EMMA, IRINA, OWNER = 1002, 1005, 1009


@pytest.fixture
async def branch(store: Store) -> Branch:
    return await store.change(open_branch)


@pytest.fixture
async def anna(store: Store, branch: Branch) -> Member:
    return await store.change(admit, branch)


async def patient_of(store: Store, wallet: int):
    (patient,) = await store.ask(lambda tx: tx.people.sharing(wallet))
    return patient


async def wallet_of(store: Store, wallet: int):
    return await store.ask(lambda tx: tx.people.wallet(wallet))


async def employ_irina(store: Store, branch) -> Member:
    irina = Member(0, branch.id, IRINA, "Ирина", Standing.MANAGER)
    return await store.change(lambda tx: tx.branches.add_member(irina))


async def given(store: Store, anna, patient: int, points: int):
    return await store.change(
        gifts.give, anna, "Анна", patient, points, "извинились", source="g:1", owners=[OWNER]
    )


# --- consent withdrawn -----------------------------------------------------------------------


async def test_a_withdrawn_patient_is_not_one_without_telegram(store, anna):
    await register(store)
    await store.change(privacy.withdraw, MARIA)

    laid = await drafted(store, anna, PHONE, line(10_000_00, most=True))
    signed = await store.change(drafting.sign, anna, laid.draft.id, laid.draft.revision)

    assert signed.spending is Spending.WITHDRAWN
    with pytest.raises(ConsentWithdrawnError):
        await recorded(store, anna, signed)


async def test_a_code_claimed_before_withdrawal_spends_nothing(store, anna):
    wallet = await register(store)
    shown = await store.change(codes.show, MARIA)
    laid = await drafted(store, anna, shown.code.digits, line(10_000_00, most=True))
    await store.change(privacy.withdraw, MARIA)

    with pytest.raises(ConsentWithdrawnError):
        await recorded(store, anna, laid)
    assert (await wallet_of(store, wallet)).balance == 1000


async def test_after_withdrawal_a_visit_is_recorded_without_a_person(store, anna):
    await register(store)
    laid = await drafted(store, anna, PHONE, line(10_000_00))
    await store.change(privacy.withdraw, MARIA)

    draft = laid.draft
    nobody = await store.change(drafting.without_person, anna, draft.id, draft.revision)
    assert (await recorded(store, anna, nobody)).patient is None


async def test_consent_given_again_opens_the_desk_again(store, anna):
    await register(store)
    await store.change(privacy.withdraw, MARIA)
    await store.change(registration.consent, MARIA)

    laid = await drafted(store, anna, PHONE, line(10_000_00))
    assert (await recorded(store, anna, laid)).earned == 500


async def test_a_patient_without_telegram_still_signs(store, anna):
    await store.change(record_patient, PHONE, "Пётр")
    laid = await drafted(store, anna, PHONE, line(10_000_00))

    assert laid.spending is Spending.NONE
    assert (await recorded(store, anna, laid)).patient is not None


# --- erased ----------------------------------------------------------------------------------


async def test_erasure_drops_the_open_card_with_its_phone(store, anna):
    await register(store)
    laid = await drafted(store, anna, PHONE, line(10_000_00))
    await store.change(privacy.erase, MARIA)

    kept = await store.ask(lambda tx: tx.desk.draft(laid.draft.id))
    assert (kept.state, kept.who, kept.typed) == (DraftState.DROPPED, None, None)


async def test_a_card_that_outlives_erasure_records_nothing(store, anna):
    wallet = await register(store)
    laid = await drafted(store, anna, PHONE, line(10_000_00))
    patient = await patient_of(store, wallet)
    await store.change(lambda tx: tx.people.erase_patient(patient.id))

    with pytest.raises(PatientErasedError):
        await recorded(store, anna, laid)


async def test_an_erased_patient_gets_no_card_and_no_gift(store, anna):
    wallet = await register(store)
    patient = await patient_of(store, wallet)
    await store.change(privacy.erase, MARIA)

    with pytest.raises(PatientErasedError):
        await store.change(
            drafting.open_for_patient,
            anna,
            "Анна",
            source="found:1",
            patient=patient.id,
            found_by=FoundBy.NAME,
        )
    with pytest.raises(PatientErasedError):
        await given(store, anna, patient.id, 300)


async def test_erasure_refuses_the_gift_that_waits(store, anna):
    wallet = await register(store)
    asked = await given(store, anna, (await patient_of(store, wallet)).id, 900)
    await store.change(privacy.erase, MARIA)

    with pytest.raises(DecidedAlreadyError):
        await store.change(approving.decide, OWNER, asked.request.id, is_owner=True, granted=True)
    assert await balance(store, wallet) == 0


async def test_money_returned_to_an_erased_patient_moves_no_points(store, anna):
    wallet = await register(store)
    shown = await store.change(codes.show, MARIA)
    laid = await drafted(store, anna, shown.code.digits, line(4_000_00, most=True))
    visit = await recorded(store, anna, laid)
    await store.change(privacy.erase, MARIA)

    back = await store.change(returning.return_money, anna, "Анна", visit.id, "ошибка", [OWNER])

    assert (back.reversal.money, back.reversal.points_back) == (visit.cash, 0)
    kept = await wallet_of(store, wallet)
    assert (kept.balance, kept.debt) == (0, 0)


# --- «Это не я» ------------------------------------------------------------------------------


async def test_a_moved_phone_does_not_lift_the_stop(store, anna):
    wallet = await register(store)
    await store.change(freezing.stop, MARIA, [OWNER])
    await register(store, EMMA, PHONE)
    emma = await store.ask(lambda tx: tx.people.account_of(EMMA))
    assert await store.ask(registration.oneself, emma) is None
    with pytest.raises(ConfirmFirstError):
        await store.change(freezing.release, OWNER, True, wallet)

    await store.change(moved.confirm_account, anna, (await patient_of(store, wallet)).id)
    assert (await wallet_of(store, wallet)).spending_off is SpendingOff.FROZEN
    assert await store.ask(registration.oneself, emma) is not None

    await store.change(freezing.release, OWNER, True, wallet)
    assert (await wallet_of(store, wallet)).spending_off is None


async def test_only_an_owner_releases_a_patient_without_visits(store, branch):
    wallet = await register(store)
    await employ_irina(store, branch)
    await store.change(freezing.stop, MARIA, [OWNER])

    with pytest.raises(FreezeNotYoursError):
        await store.change(freezing.release, IRINA, False, wallet)


# --- a branch without a chat -----------------------------------------------------------------


async def test_a_disconnected_branch_dismisses_no_manager_by_a_press(store, anna, branch):
    irina = await employ_irina(store, branch)
    patient = await store.change(record_patient, PHONE, "Пётр")
    asked = await given(store, anna, patient.id, 900)
    await store.change(connecting.disconnect, branch.chat)
    question = await store.ask(approving.question, asked.request.id)
    visitor = SimpleNamespace(
        is_owner=False, user=SimpleNamespace(id=IRINA), clinic=store, bot=None
    )

    with pytest.raises(DisconnectedError):
        await approvals._check_still_manages(visitor, question)
    with pytest.raises(DisconnectedError):
        await team.check_still_decides(visitor, branch.id)
    await freeze._note_leaving(visitor)

    assert await store.ask(lambda tx: tx.branches.member(branch.id, IRINA)) == irina


async def test_a_manager_of_a_disconnected_branch_releases_nothing(store, anna, branch):
    wallet = await register(store)
    await employ_irina(store, branch)
    await recorded(store, anna, await drafted(store, anna, PHONE, line(4_000_00)))
    await store.change(freezing.stop, MARIA, [OWNER])
    await store.change(connecting.disconnect, branch.chat)

    with pytest.raises(FreezeNotYoursError):
        await store.change(freezing.release, IRINA, False, wallet)


# --- requests and papers ---------------------------------------------------------------------


async def test_an_undone_visit_leaves_no_return_waiting(store, anna):
    await store.change(record_patient, PHONE, "Пётр")
    visit = await recorded(store, anna, await drafted(store, anna, PHONE, line(100_000_00)))
    asked = await store.change(returning.return_money, anna, "Анна", visit.id, "ошибка", [OWNER])
    await store.change(correcting.undo, anna, "Анна", visit.id)

    request = await store.ask(lambda tx: tx.desk.request(asked.request.id))
    assert request.state is RequestState.REFUSED


async def test_a_paper_consent_is_in_what_the_person_takes_along(store, anna):
    await drafted(store, anna, PHONE, line(4_000_00))
    draft = (await store.ask(card, 1)).draft
    named = await store.change(drafting.name_newcomer, anna, draft.id, "Пётр")
    written = await store.change(drafting.write_down, anna, draft.id, named.draft.revision)
    await register(store)

    (paper,) = (await store.ask(privacy.dossier, MARIA)).papers
    assert (paper.patient, paper.version) == (written.patient.id, registration.CONSENT_VERSION)
