"""Visits taken back, on both databases: whatever is corrected, no point appears or gets lost."""

import asyncio

import pytest

from db.ledger import OverfilledError
from db.store import Store
from loyalty import delivery, ledger, mail, registration, statement
from loyalty.branches import Branch
from loyalty.desk import approving, codes, correcting, drafting, recording, returning
from loyalty.desk.access import NotStaffError
from loyalty.desk.approving import DecidedAlreadyError, NotTheirsToDecideError, OwnRequestError
from loyalty.desk.card import Spending, Stage, card
from loyalty.desk.correcting import (
    NothingToUndoError,
    NotYourRecordingError,
    ReversedAlreadyError,
    TooLateToCorrectError,
    TooLateToUndoError,
)
from loyalty.desk.drafting import OtherBranchError, Wanted
from loyalty.desk.moved import confirm_account
from loyalty.desk.newcomers import record_patient
from loyalty.desk.purse import OwnPocketError
from loyalty.letters import UntrueError
from loyalty.people import SpendingOff
from loyalty.points import Kind, Refund
from loyalty.requests import RequestState
from loyalty.team import Member, Standing
from loyalty.visits import Reversal, ReversalKind, Visit

MARIA, EMMA, ANNA, IRINA, BORIS, OLEG = 1001, 1002, 1003, 1004, 1006, 1005
PHONE, EMMAS = "+79123456788", "+79161112234"
OWNERS = (OLEG,)


class Clinic:
    """The desk of one branch, as a test speaks of it."""

    def __init__(self, store: Store, branch: Branch, anna: Member, irina: Member) -> None:
        self.store, self.branch, self.anna, self.irina = store, branch, anna, irina
        self.lines = 0

    async def visit(self, who: str, sum_: int, *, most=False, by: Member | None = None) -> Visit:
        """One line and one tap. A code is fetched for a phone that has the bot."""
        by, self.lines = by or self.anna, self.lines + 1
        draft = await self.store.change(
            drafting.open_draft,
            by,
            by.name,
            source=f"line:1:{self.lines}",
            who=who,
            wanted=Wanted(parts=[(sum_, None, None)], points=None if most else 0, most=most),
        )
        return await self.record(draft.id, by)

    async def record(self, draft: int, by: Member | None = None) -> Visit:
        by, laid = by or self.anna, await self.card(draft)
        await self.store.change(recording.record, by, by.name, draft, laid.draft.revision)
        return await self.store.ask(lambda tx: tx.desk.visit(draft))

    async def card(self, draft: int):
        return await self.store.ask(card, draft)

    async def code(self, telegram: int) -> str:
        return (await self.store.change(codes.show, telegram)).code.digits

    async def correct_sum(self, visit: Visit, sum_: int, by: Member | None = None) -> int:
        by = by or self.anna
        draft = await self.store.change(correcting.correct_sum, by, by.name, visit.id)
        await self.store.change(drafting.set_sum, by, draft.id, draft.revision, 0, sum_)
        return draft.id

    async def return_(self, visit: Visit, by: Member | None = None) -> returning.MoneyBack:
        by = by or self.anna
        return await self.store.change(
            returning.return_money, by, by.name, visit.id, "redone", OWNERS
        )

    async def undo(self, visit: Visit, by: Member | None = None) -> Reversal:
        by = by or self.anna
        return await self.store.change(correcting.undo, by, by.name, visit.id)

    async def reversals(self, visit: Visit):
        return await self.store.ask(lambda tx: tx.desk.reversals(visit.id))

    async def wallet(self, wallet: int):
        return await self.store.ask(lambda tx: tx.people.wallet(wallet))

    async def points(self, wallet: int) -> int:
        return (await self.store.ask(statement.statement, wallet)).points

    async def letters(self) -> list[tuple[str, int | None]]:
        """What lies in the outbox, with who it is for; taken out by looking."""
        letters = await self.store.change(delivery.claim, 100)
        return [(letter.kind, letter.telegram) for letter in letters]


def open_desk(tx):
    branch = Branch(0, "Ленина", -100, "Europe/Moscow", "ООО «Улыбка»", "+7 843 212-34-56")
    branch = tx.branches.add_branch(branch)
    return branch, *(
        tx.branches.add_member(Member(0, branch.id, telegram, name, Standing.STAFF))
        for telegram, name in ((ANNA, "Анна"), (IRINA, "Ирина"))
    )


@pytest.fixture
async def desk(store: Store) -> Clinic:
    return Clinic(store, *await store.change(open_desk))


async def register(store: Store, telegram: int, phone: str) -> int:
    await store.change(registration.consent, telegram)
    return (await store.change(registration.prove_phone, telegram, phone)).account.wallet


@pytest.fixture
async def maria(store: Store) -> int:
    """Her wallet, with the welcome in it."""
    return await register(store, MARIA, PHONE)


def make_manager(tx, branch: Branch, telegram: int = BORIS) -> Member:
    return tx.branches.add_member(Member(0, branch.id, telegram, "Борис", Standing.MANAGER))


# --- undo ------------------------------------------------------------------------------------


async def test_undone_it_is_as_if_nothing_had_been(desk, maria):
    visit = await desk.visit(await desk.code(MARIA), 12_400_00, most=True)
    assert await desk.points(maria) == 570

    back = await desk.undo(visit)

    assert (back.money, back.points_back, back.clawed, back.debt) == (11_400_00, 1000, 570, 0)
    assert await desk.points(maria) == 1000
    wallet = await desk.wallet(maria)
    assert (wallet.balance, wallet.cash_paid, wallet.debt) == (1000, 0, 0)


async def test_points_go_back_to_the_lot_they_came_from(desk, maria, store):
    before = await store.ask(lambda tx: tx.ledger.lots(maria))
    await desk.undo(await desk.visit(await desk.code(MARIA), 12_400_00, most=True))
    assert await store.ask(lambda tx: tx.ledger.lots(maria)) == before


async def test_undone_twice_it_is_undone_once(desk, maria):
    visit = await desk.visit(await desk.code(MARIA), 12_400_00, most=True)
    assert await desk.undo(visit) == await desk.undo(visit)
    assert await desk.points(maria) == 1000


async def test_undo_is_for_the_presser_s_own_last_recording(desk, maria, store):
    with pytest.raises(NothingToUndoError):
        await store.ask(correcting.last_recorded, desk.irina)
    visit = await desk.visit(PHONE, 900_00)
    with pytest.raises(NotYourRecordingError):
        await desk.undo(visit, desk.irina)

    assert (await store.ask(correcting.last_recorded, desk.anna)).id == visit.id
    await desk.undo(visit)
    with pytest.raises(ReversedAlreadyError):
        await store.ask(correcting.last_recorded, desk.anna)


async def test_undo_ends_with_the_day(desk, maria, store, clock):
    visit = await desk.visit(PHONE, 900_00)
    clock.pass_(hours=13)  # noon in Moscow and on: past midnight
    with pytest.raises(TooLateToUndoError):
        await desk.undo(visit)
    with pytest.raises(NothingToUndoError):
        await store.ask(correcting.last_recorded, desk.anna)


async def test_the_patient_hears_of_a_mistake_only_after_its_receipt(desk, maria, store):
    visit = await desk.visit(PHONE, 900_00)
    (receipt,) = await store.change(delivery.claim, 10)
    await desk.undo(visit)
    (mistaken,) = await store.change(delivery.claim, 10)

    assert mistaken.kind == "visit-mistaken"
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, receipt)
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, mistaken)
    await store.change(delivery.sent, receipt.id)
    facts = await store.ask(mail.facts, mistaken)
    assert (facts.visit.id, facts.balance, facts.debt) == (visit.id, 1000, 0)


async def test_a_visit_without_a_wallet_is_taken_back_too(desk, store):
    training = await desk.visit("0000", 12_400_00, most=True)
    await desk.undo(training)
    (back,) = await desk.reversals(training)
    assert (back.points_back, back.clawed, back.debt) == (1000, 570, 0)


# --- wrong sum -------------------------------------------------------------------------------


async def test_a_wrong_sum_is_one_reversal_and_one_visit(desk, maria):
    wrong = await desk.visit(await desk.code(MARIA), 124_000_00, most=True)
    draft = await desk.correct_sum(wrong, 12_400_00)
    laid = await desk.card(draft)
    assert (laid.points, laid.purse.balance, laid.spending) == (1000, 1000, Spending.AGREED)

    right = await desk.record(draft)

    assert (right.points, right.cash, right.earned) == (1000, 11_400_00, 570)
    (back,) = await desk.reversals(wrong)
    assert (back.kind, back.money) == (ReversalKind.WRONG_SUM, 123_000_00)
    wallet = await desk.wallet(maria)
    assert (wallet.balance, wallet.cash_paid) == (570, 11_400_00)


async def test_a_smaller_sum_takes_as_many_points_as_fit(desk, maria):
    wrong = await desk.visit(await desk.code(MARIA), 12_400_00, most=True)
    right = await desk.record(await desk.correct_sum(wrong, 1_240_00))
    assert (right.points, right.cash, right.earned) == (372, 868_00, 43)
    assert await desk.points(maria) == 1000 - 372 + 43


async def test_more_points_than_before_need_the_patient_again(desk, maria, store):
    wrong = await desk.visit(await desk.code(MARIA), 1_000_00, most=True)
    assert wrong.points == 300
    draft = await desk.correct_sum(wrong, 10_000_00)
    assert (await desk.card(draft)).points == 300
    laid = await desk.card(draft)
    laid = await store.change(drafting.spend, desk.anna, draft, laid.draft.revision, 700)
    assert laid.spending is not Spending.NONE
    assert laid.counted.points == 700


async def test_the_right_sum_earns_at_the_rate_before_the_wrong_one(desk, store):
    patient = await store.change(record_patient, PHONE, "Пётр")
    wrong = await desk.visit(PHONE, 400_000_00)
    right = await desk.record(await desk.correct_sum(wrong, 40_000_00))
    assert (right.rate, right.earned) == (500, 2000)
    assert await desk.points(patient.wallet) == 2000


async def test_asked_twice_a_correction_is_one_draft(desk, maria, store):
    wrong = await desk.visit(PHONE, 900_00)
    first = await store.change(correcting.correct_sum, desk.anna, "Анна", wrong.id)
    again = await store.change(correcting.correct_sum, desk.irina, "Ирина", wrong.id)
    assert first.id == again.id
    await store.change(drafting.drop, desk.anna, first.id)
    other = await store.change(correcting.correct_sum, desk.irina, "Ирина", wrong.id)
    assert other.id != first.id


async def test_of_two_corrections_only_one_is_recorded(desk, maria, store):
    wrong = await desk.visit(PHONE, 900_00)
    sum_ = await desk.correct_sum(wrong, 800_00)
    whose = (await store.change(correcting.correct_patient, desk.anna, "Анна", wrong.id)).id
    draft = await store.change(drafting.without_person, desk.anna, whose, 0)
    await desk.record(sum_)

    with pytest.raises(ReversedAlreadyError):
        await desk.record(draft.draft.id)
    assert len(await desk.reversals(wrong)) == 1


async def test_recorded_twice_a_correction_is_one_reversal(desk, maria):
    wrong = await desk.visit(PHONE, 900_00)
    draft = await desk.correct_sum(wrong, 800_00)
    assert await desk.record(draft) == await desk.record(draft)
    assert len(await desk.reversals(wrong)) == 1


async def test_a_correction_that_can_t_be_recorded_takes_nothing_back(desk, maria, store):
    wrong = await desk.visit(PHONE, 900_00)
    whose = (await store.change(correcting.correct_patient, desk.anna, "Анна", wrong.id)).id
    with pytest.raises(recording.NotReadyError):
        await desk.record(whose)
    assert await desk.reversals(wrong) == []


async def test_a_sum_is_corrected_on_the_day_it_was_recorded(desk, maria, store, clock):
    wrong = await desk.visit(PHONE, 900_00)
    draft = await desk.correct_sum(wrong, 800_00)
    clock.pass_(hours=13)
    with pytest.raises(TooLateToCorrectError):
        await desk.record(draft)
    with pytest.raises(TooLateToCorrectError):
        await store.change(correcting.correct_sum, desk.anna, "Анна", wrong.id)


# --- wrong patient ---------------------------------------------------------------------------


async def test_a_wrong_patient_s_visit_moves_to_the_right_one(desk, maria, store, clock):
    emma = await register(store, EMMA, EMMAS)
    wrong = await desk.visit(await desk.code(MARIA), 10_000_00, most=True)
    clock.pass_(days=1)
    draft = await store.change(correcting.correct_patient, desk.anna, "Анна", wrong.id)
    assert (await desk.card(draft.id)).stage is Stage.WHO
    laid = await store.change(drafting.not_this_patient, desk.anna, draft.id, 0, EMMAS)
    assert (laid.points, laid.spending) == (0, Spending.NONE)

    right = await desk.record(draft.id)

    assert (await desk.points(maria), await desk.points(emma)) == (1000, 1500)
    assert (right.day, right.wallet) == (wrong.day, emma)
    (back,) = await desk.reversals(wrong)
    assert back.kind is ReversalKind.WRONG_PATIENT
    told = await desk.letters()
    assert ("visit-mistaken", MARIA) in told
    assert ("visit-mistaken", EMMA) not in told


# --- money returned --------------------------------------------------------------------------


async def test_a_small_return_needs_nobody(desk, maria, store):
    visit = await desk.visit(await desk.code(MARIA), 5_000_00, most=True)
    back = await desk.return_(visit, desk.irina)
    assert (back.request.state, back.reversal.made_name) == (RequestState.GRANTED, "Ирина")
    assert (back.request.amount, back.request.reason) == (4_000_00, "redone")
    assert await desk.points(maria) == 1000
    assert ("money-returned", MARIA) in await desk.letters()
    assert (await desk.return_(visit, desk.irina)).reversal == back.reversal
    with pytest.raises(ReversedAlreadyError):
        await desk.return_(visit, desk.anna)


async def test_a_large_return_waits_for_a_manager(desk, maria, store):
    boris = await store.change(make_manager, desk.branch)
    visit = await desk.visit(PHONE, 12_400_00)
    back = await desk.return_(visit)
    assert (back.reversal, back.request.state) == (None, RequestState.WAITING)
    assert (await desk.return_(visit, desk.irina)).request == back.request
    asked = {to for kind, to in await desk.letters() if kind == "request"}
    assert asked == {boris.telegram, OLEG}

    request = back.request.id
    granted = await decide(store, BORIS, request, granted=True)
    assert granted.request.decided_by == BORIS

    (reversal,) = await desk.reversals(visit)
    assert (reversal.made_by, reversal.made_name) == (ANNA, "Анна")
    assert await desk.points(maria) == 1000
    assert ("request-decided", desk.branch.chat) in await desk.letters()
    assert (await decide(store, BORIS, request, granted=True)).request == granted.request
    with pytest.raises(DecidedAlreadyError):
        await decide(store, OLEG, request, granted=False, is_owner=True)


async def decide(store, telegram, request, *, granted, is_owner=False):
    return await store.change(
        approving.decide, telegram, request, is_owner=is_owner, granted=granted
    )


async def test_refused_a_return_moves_nothing_and_may_be_asked_again(desk, maria, store):
    visit = await desk.visit(PHONE, 12_400_00)
    first = await desk.return_(visit)
    await decide(store, OLEG, first.request.id, granted=False, is_owner=True)
    assert await desk.reversals(visit) == []
    again = await desk.return_(visit)
    assert again.request.id != first.request.id
    assert again.request.state is RequestState.WAITING


async def test_a_late_return_waits_however_small(desk, maria, clock):
    visit = await desk.visit(PHONE, 900_00)
    clock.pass_(days=14)
    in_time = await desk.return_(await desk.visit(PHONE, 900_00))
    assert in_time.reversal
    clock.pass_(days=1)
    late = await desk.return_(visit)
    assert late.reversal is None
    asked = await desk.store.ask(approving.question, late.request.id)
    assert asked.late == 14  # the manager reads why


async def test_a_large_return_of_today_is_not_called_late(desk, maria):
    large = await desk.return_(await desk.visit(PHONE, 12_400_00))
    assert (await desk.store.ask(approving.question, large.request.id)).late is None


async def test_what_nobody_may_decide_alone(desk, maria, store):
    boris = await store.change(make_manager, desk.branch)
    visit = await desk.visit(PHONE, 12_400_00, by=desk.anna)
    asked = (await desk.return_(visit, boris)).request.id
    with pytest.raises(OwnRequestError):
        await decide(store, BORIS, asked, granted=True)
    with pytest.raises(NotTheirsToDecideError):
        await decide(store, ANNA, asked, granted=True)
    with pytest.raises(NotTheirsToDecideError):
        await decide(store, MARIA, asked, granted=True)
    assert await desk.reversals(visit) == []
    await decide(store, OLEG, asked, granted=True, is_owner=True)
    assert await desk.reversals(visit)


async def test_an_owner_may_grant_what_they_asked_for_but_not_to_themselves(desk, store):
    await register(store, OLEG, PHONE)
    visit = await desk.visit(PHONE, 12_400_00)
    asked = (await desk.return_(visit)).request.id
    with pytest.raises(OwnPocketError):
        await decide(store, OLEG, asked, granted=True, is_owner=True)


async def test_a_request_that_was_overtaken_is_not_granted(desk, maria, store):
    visit = await desk.visit(PHONE, 12_400_00)
    asked = (await desk.return_(visit)).request.id
    await desk.undo(visit)
    with pytest.raises(DecidedAlreadyError):
        await decide(store, OLEG, asked, granted=True, is_owner=True)
    assert len(await desk.reversals(visit)) == 1


# --- where the points go ---------------------------------------------------------------------


async def test_points_of_a_lot_about_to_end_come_back_for_fourteen_days(desk, maria, clock):
    clock.pass_(days=210)
    (welcome,) = await desk.store.ask(lambda tx: tx.ledger.lots(maria))
    left = (welcome.ends_at - clock.now()).days
    assert left < 14
    visit = await desk.visit(await desk.code(MARIA), 4_000_00, most=True)
    await desk.return_(visit)
    clock.pass_(days=left + 1)
    lots = await desk.store.ask(lambda tx: tx.ledger.lots(maria))
    (returned,) = [lot for lot in lots if lot.ends_at > clock.now()]
    assert (returned.reason, returned.remaining) == ("returned", visit.points)
    clock.pass_(days=14)
    assert await desk.points(maria) == 0


async def test_what_was_earned_and_spent_becomes_debt_that_accruals_settle(desk, store, clock):
    patient = await store.change(record_patient, PHONE, "Пётр")
    first = await desk.visit(PHONE, 4_000_00)
    clock.pass_(days=1)
    second = await signed(desk, 600_00)
    assert (first.earned, second.points) == (200, 180)

    back = await desk.return_(first)

    wallet = await desk.wallet(patient.wallet)
    assert back.reversal.debt == wallet.debt == 200 - 20 - second.earned
    assert wallet.balance == 0
    await desk.visit(PHONE, 10_000_00)
    after = await desk.wallet(patient.wallet)
    assert (after.debt, after.balance) == (0, 500 - wallet.debt)


async def signed(desk: Clinic, sum_: int) -> Visit:
    desk.lines += 1
    draft = await desk.store.change(
        drafting.open_draft,
        desk.anna,
        "Анна",
        source=f"line:1:{desk.lines}",
        who=PHONE,
        wanted=Wanted(parts=[(sum_, None, None)], most=True),
    )
    await desk.store.change(drafting.sign, desk.anna, draft.id, draft.revision)
    return await desk.record(draft.id)


async def test_returned_points_settle_debt(desk, store, clock):
    patient = await store.change(record_patient, PHONE, "Пётр")
    first = await desk.visit(PHONE, 4_000_00)
    clock.pass_(days=1)
    second = await signed(desk, 600_00)
    await desk.return_(first)
    assert (await desk.wallet(patient.wallet)).debt
    await desk.return_(second)
    wallet = await desk.wallet(patient.wallet)
    assert (wallet.balance, wallet.debt, wallet.cash_paid) == (0, 0, 0)


async def test_what_ended_unused_is_not_taken_again(desk, store, clock):
    patient = await store.change(record_patient, PHONE, "Пётр")
    visit = await desk.visit(PHONE, 4_000_00)
    clock.pass_(days=366)
    asked = await desk.return_(visit)
    await decide(store, OLEG, asked.request.id, granted=True, is_owner=True)
    wallet = await desk.wallet(patient.wallet)
    assert (wallet.debt, wallet.cash_paid) == (0, 0)


async def test_a_return_finds_the_points_where_a_family_poured_them(desk, store):
    """The desk wrote the visit down before the patient came to the bot and brought a family."""
    old = await store.change(record_patient, PHONE, "Пётр")
    visit = await desk.visit(PHONE, 4_000_00)
    await store.change(record_patient, PHONE, "Вера")
    await store.change(registration.consent, MARIA)
    await store.change(registration.prove_phone, MARIA, PHONE)
    vera = (await store.ask(lambda tx: tx.people.patients_with_phone(PHONE)))[-1]
    joined = await store.change(registration.choose_family, MARIA, registration.Family.ALL, vera.id)
    wallet = joined.account.wallet
    assert wallet != old.wallet
    assert await desk.points(wallet) == 1200

    await desk.undo(visit)

    kept = await desk.wallet(wallet)
    assert (kept.balance, kept.cash_paid, kept.debt) == (1000, 0, 0)


# --- at the same moment ----------------------------------------------------------------------


async def test_five_presses_at_once_are_one_reversal(desk, maria):
    visit = await desk.visit(await desk.code(MARIA), 12_400_00, most=True)
    done = await asyncio.gather(*(desk.undo(visit) for _ in range(5)))
    assert len({back.at for back in done}) == len(await desk.reversals(visit)) == 1
    assert await desk.points(maria) == 1000


async def test_two_corrections_at_once_are_one(desk, maria, store):
    wrong = await desk.visit(PHONE, 12_400_00)
    sum_ = await desk.correct_sum(wrong, 1_240_00)
    tries = await asyncio.gather(
        desk.record(sum_), desk.undo(wrong), desk.return_(wrong), return_exceptions=True
    )
    refused = [one for one in tries if isinstance(one, Exception)]
    reversals = await desk.reversals(wrong)
    assert len(reversals) == 1
    assert all(isinstance(one, ReversedAlreadyError) for one in refused), refused
    assert await desk.points(maria) == (1062 if reversals[0].kind == "wrong_sum" else 1000)


# --- who may ---------------------------------------------------------------------------------


async def test_nobody_corrects_in_their_own_pocket(desk, store):
    await register(store, IRINA, PHONE)
    visit = await desk.visit(PHONE, 900_00)
    for attempt in (
        desk.return_(visit, desk.irina),
        desk.undo(visit, desk.irina),
        store.change(correcting.correct_sum, desk.irina, "Ирина", visit.id),
        store.change(correcting.correct_patient, desk.irina, "Ирина", visit.id),
    ):
        with pytest.raises(OwnPocketError):
            await attempt


async def test_another_branch_corrects_nothing_here(desk, maria, store):
    visit = await desk.visit(PHONE, 900_00)
    stranger = Member(0, desk.branch.id + 1, 5, "Зоя", Standing.STAFF)
    with pytest.raises((OtherBranchError, NotStaffError)):
        await desk.return_(visit, stranger)


# --- the ledger ------------------------------------------------------------------------------


async def test_a_lot_never_holds_more_than_it_was_made_with(store, maria):
    def give_back(tx):
        (lot,) = tx.ledger.lots(maria)
        ledger.post(tx, "x", Kind.REVERSAL, [1], [Refund(lot, 1)])

    with pytest.raises(OverfilledError):
        await store.change(give_back)


# --- a new account on a known phone ----------------------------------------------------------


async def test_the_desk_confirms_a_moved_account(desk, maria, store):
    await register(store, EMMA, PHONE)
    patient = (await store.ask(lambda tx: tx.people.patients_with_phone(PHONE)))[0].id
    assert (await desk.wallet(maria)).spending_off is SpendingOff.MOVED
    await desk.letters()

    assert await store.change(confirm_account, desk.anna, patient)

    assert (await desk.wallet(maria)).spending_off is None
    assert await desk.letters() == [("account-confirmed", EMMA)]
    assert not await store.change(confirm_account, desk.anna, patient)


async def test_staff_don_t_confirm_an_account_of_their_own(desk, maria, store):
    await register(store, ANNA, PHONE)
    patient = (await store.ask(lambda tx: tx.people.patients_with_phone(PHONE)))[0].id
    with pytest.raises(OwnPocketError):
        await store.change(confirm_account, desk.anna, patient)
