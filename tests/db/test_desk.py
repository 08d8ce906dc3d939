"""The desk on both databases: a visit from a line to its receipt."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from db.store import Store
from loyalty import registration, statement
from loyalty.branches import Branch
from loyalty.categories import Category
from loyalty.desk import codes, consent, drafting, recording
from loyalty.desk.card import Spending, Stage, card
from loyalty.desk.codes import CodeEndedError, NoSuchCodeError
from loyalty.desk.drafting import RecordedAlreadyError, StaleCardError, Wanted
from loyalty.desk.newcomers import record_patient
from loyalty.desk.purse import OwnPocketError
from loyalty.desk.recording import NeedsConsentError
from loyalty.points import Reason
from loyalty.team import Member, Standing
from loyalty.visits import FoundBy

MARIA, ANNA, IRINA = 1001, 1003, 1004
PHONE = "+79123456788"  # its end is no code: 6789 was drawn as one, once in a thousand


def open_branch(tx) -> Branch:
    return tx.branches.add_branch(
        Branch(0, "Ленина", -100, "Europe/Moscow", "ООО «Улыбка»", "+7 843 212-34-56")
    )


def admit(tx, branch: Branch, telegram: int = ANNA, name: str = "Анна") -> Member:
    return tx.branches.add_member(Member(0, branch.id, telegram, name, Standing.STAFF))


@pytest.fixture
async def branch(store: Store) -> Branch:
    return await store.change(open_branch)


@pytest.fixture
async def anna(store: Store, branch: Branch) -> Member:
    return await store.change(admit, branch)


async def register(store: Store, telegram: int = MARIA, phone: str = PHONE) -> int:
    await store.change(registration.consent, telegram)
    registered = await store.change(registration.prove_phone, telegram, phone)
    return registered.account.wallet


def line(sum_: int, points: int | None = None, *, most: bool = False, category=None) -> Wanted:
    return Wanted(parts=[(sum_, category, None)], points=points, most=most)


async def drafted(store: Store, anna: Member, who: str, wanted: Wanted, source="line:1:1"):
    draft = await store.change(
        drafting.open_draft, anna, anna.name, source=source, who=who, wanted=wanted
    )
    return await store.ask(card, draft.id)


async def recorded(store: Store, anna: Member, laid):
    draft = laid.draft
    return await store.change(recording.record, anna, anna.name, draft.id, draft.revision)


async def balance(store: Store, wallet: int) -> int:
    return (await store.ask(statement.statement, wallet)).points


async def test_a_code_and_a_sum_are_a_visit(store, anna):
    wallet = await register(store)
    shown = await store.change(codes.show, MARIA)

    laid = await drafted(store, anna, shown.code.digits, line(12_400_00, most=True))
    assert (laid.stage, laid.spending, laid.points) == (Stage.READY, Spending.AGREED, 1000)
    visit = await recorded(store, anna, laid)

    assert (visit.cash, visit.points, visit.earned) == (11_400_00, 1000, 570)
    assert await balance(store, wallet) == 570


async def test_recorded_twice_it_is_one_visit(store, anna):
    wallet = await register(store)
    shown = await store.change(codes.show, MARIA)
    laid = await drafted(store, anna, shown.code.digits, line(12_400_00, most=True))

    first = await recorded(store, anna, laid)
    again = await recorded(store, anna, laid)

    assert again == first
    assert await balance(store, wallet) == 570


async def test_of_two_cards_of_one_patient_the_second_is_looked_at_again(store, anna, branch):
    irina = await store.change(admit, branch, 1004, "Ирина")
    await register(store)
    hers = await drafted(store, anna, PHONE, line(3_300_00, 0), "line:1:1")
    other = await drafted(store, irina, PHONE, line(3_300_00, 0), "line:1:2")
    await recorded(store, irina, other)

    with pytest.raises(StaleCardError):
        await recorded(store, anna, hers)
    looked = await store.ask(card, hers.draft.id)
    assert [visit.id for visit in looked.today] == [other.draft.id]
    await recorded(store, anna, looked)  # it is another visit after all


async def test_two_cards_pressed_at_once_are_one_visit_and_a_question(store, anna, branch):
    irina = await store.change(admit, branch, 1004, "Ирина")
    await register(store)
    cards = [
        (who, await drafted(store, who, PHONE, line(3_300_00, 0), f"line:1:{n}"))
        for n, who in enumerate((anna, irina))
    ]
    presses = (recorded(store, who, laid) for who, laid in cards)
    outcomes = await asyncio.gather(*presses, return_exceptions=True)
    assert sorted(type(one).__name__ for one in outcomes) == ["StaleCardError", "Visit"]


async def test_points_of_today_do_not_pay_a_bill_of_yesterday(store, anna, clock):
    await register(store)
    await recorded(store, anna, await drafted(store, anna, PHONE, line(10_000_00, 0)))
    yesterday = branch_day(clock) - timedelta(days=1)
    past = replace(line(10_000_00, most=True), day=yesterday)
    laid = await drafted(store, anna, PHONE, past, "line:1:2")
    assert laid.points == 1000  # the welcome, and nothing of the 500 that came today


def branch_day(clock):
    return clock.now().astimezone(ZoneInfo("Europe/Moscow")).date()


async def test_a_draft_is_recorded_only_as_it_was_seen(store, anna):
    await register(store)
    shown = await store.change(codes.show, MARIA)
    old = await drafted(store, anna, shown.code.digits, line(12_400_00, most=True))
    draft = old.draft
    await store.change(drafting.spend, anna, draft.id, draft.revision, 0)

    with pytest.raises(StaleCardError):
        await recorded(store, anna, old)


async def test_after_recording_nothing_changes_the_draft(store, anna):
    await register(store)
    laid = await drafted(store, anna, PHONE, line(12_400_00))
    await recorded(store, anna, laid)

    with pytest.raises(RecordedAlreadyError):
        await store.change(drafting.spend, anna, laid.draft.id, laid.draft.revision, 0)


async def test_points_found_by_phone_wait_for_the_patient(store, anna, clock):
    wallet = await register(store)
    laid = await drafted(store, anna, PHONE, line(12_400_00, most=True))
    assert laid.spending is Spending.ASKED
    with pytest.raises(NeedsConsentError):
        await recorded(store, anna, laid)

    await store.change(consent.answer, MARIA, laid.draft.id, 1000, True)
    await recorded(store, anna, laid)

    assert await balance(store, wallet) == 570


async def test_a_consent_lasts_ten_minutes(store, anna, clock):
    await register(store)
    laid = await drafted(store, anna, PHONE, line(12_400_00, most=True))
    await store.change(consent.answer, MARIA, laid.draft.id, 1000, True)
    clock.pass_(minutes=10)

    with pytest.raises(NeedsConsentError):
        await recorded(store, anna, laid)


async def test_an_answer_that_comes_late_is_refused(store, anna, clock):
    await register(store)
    laid = await drafted(store, anna, PHONE, line(12_400_00, most=True))
    clock.pass_(minutes=10)

    with pytest.raises(consent.SpendRequestOverError):
        await store.change(consent.answer, MARIA, laid.draft.id, 1000, True)


async def test_without_telegram_points_are_signed_for(store, anna):
    patient = await store.change(record_patient, PHONE, "Пётр")
    laid = await drafted(store, anna, PHONE, line(10_000_00))
    await recorded(store, anna, laid)
    assert await balance(store, patient.wallet) == 500


async def test_points_earned_today_do_not_pay_today(store, anna, clock):
    patient = await store.change(record_patient, PHONE, "Пётр")
    await recorded(store, anna, await drafted(store, anna, PHONE, line(10_000_00)))
    today = await drafted(store, anna, PHONE, line(10_000_00, most=True), source="line:1:2")
    assert today.points == 0

    clock.pass_(days=1)
    tomorrow = await drafted(store, anna, PHONE, line(10_000_00, most=True), source="line:1:3")

    assert (tomorrow.points, tomorrow.spending) == (500, Spending.BY_SIGNATURE)
    draft = tomorrow.draft
    signed = await store.change(drafting.sign, anna, draft.id, draft.revision)
    await recorded(store, anna, signed)
    assert await balance(store, patient.wallet) == (10_000_00 - 500_00) * 5 // 100 // 100


async def test_hygiene_ends_after_seven_months(store, anna):
    await store.change(record_patient, PHONE, "Пётр")
    laid = await drafted(store, anna, PHONE, line(10_000_00, category=Category.HYGIENE))
    visit = await recorded(store, anna, laid)
    months = visit.ends_on.year * 12 + visit.ends_on.month - visit.day.year * 12 - visit.day.month
    assert months == 7
    assert visit.recall_on is not None


async def test_nobody_records_on_their_own_wallet(store, branch):
    await register(store, telegram=ANNA)
    anna = await store.change(admit, branch)
    with pytest.raises(OwnPocketError):
        await drafted(store, anna, PHONE, line(10_000_00))

    colleague = await store.change(admit, branch, IRINA, "Ирина")
    laid = await drafted(store, colleague, PHONE, line(10_000_00))
    with pytest.raises(OwnPocketError):
        await recorded(store, anna, laid)


async def test_nobody_comes_to_their_own_card_by_another_s(store, branch):
    await register(store, telegram=ANNA)
    anna = await store.change(admit, branch)
    other = await drafted(store, anna, "+79123456700", line(10_000_00))
    draft = other.draft
    with pytest.raises(OwnPocketError):
        await store.change(drafting.not_this_patient, anna, draft.id, draft.revision, PHONE)
    mine = await store.ask(lambda tx: tx.people.patients_with_phone(PHONE)[0].id)
    given = {"source": "found:1", "patient": mine, "found_by": FoundBy.NAME}
    with pytest.raises(OwnPocketError):
        await store.change(drafting.open_for_patient, anna, "Анна", **given)


async def test_a_code_serves_one_draft(store, anna):
    await register(store)
    shown = await store.change(codes.show, MARIA)
    laid = await drafted(store, anna, shown.code.digits, line(12_400_00))
    await store.change(drafting.drop, anna, laid.draft.id)

    with pytest.raises(CodeEndedError):
        await drafted(store, anna, shown.code.digits, line(900_00), source="line:1:2")


async def test_the_same_message_finds_the_draft_it_made(store, anna):
    await register(store)
    shown = await store.change(codes.show, MARIA)
    first = await drafted(store, anna, shown.code.digits, line(12_400_00))
    again = await drafted(store, anna, shown.code.digits, line(12_400_00))
    assert first.draft.id == again.draft.id


async def test_digits_that_are_no_code_are_refused(store, anna):
    with pytest.raises(NoSuchCodeError):
        await drafted(store, anna, "4821", line(900_00))


async def test_the_tenth_wrong_code_locks_for_ten_minutes(store, anna, branch, clock):
    outcomes = [await store.change(codes.note_miss, anna, []) for _ in range(10)]
    assert outcomes == [False] * 9 + [True]
    locked = await store.ask(lambda tx: tx.branches.member(branch.id, ANNA))

    with pytest.raises(codes.CodeLockedError):
        await drafted(store, locked, "4821", line(900_00))
    clock.pass_(minutes=10)
    with pytest.raises(NoSuchCodeError):
        await drafted(store, locked, "4821", line(900_00))


async def test_the_end_of_a_phone_is_asked_about(store, anna):
    await store.change(record_patient, PHONE, "Пётр")
    laid = await drafted(store, anna, "6788", line(900_00))
    assert laid.stage is Stage.WHO
    assert [patient.name for patient in laid.candidates] == ["Пётр"]


async def test_an_unknown_phone_becomes_a_patient_with_a_signed_paper(store, anna):
    laid = await drafted(store, anna, PHONE, line(10_000_00))
    assert (laid.stage, laid.candidates) == (Stage.WHO, [])
    laid = await store.change(drafting.name_newcomer, anna, laid.draft.id, "Пётр")
    assert laid.stage is Stage.PAPER
    draft = laid.draft
    laid = await store.change(drafting.write_down, anna, draft.id, draft.revision)

    visit = await recorded(store, anna, laid)

    assert visit.earned == 500
    assert await balance(store, visit.wallet) == 500


async def test_without_consent_the_visit_is_counted_without_a_person(store, anna):
    laid = await drafted(store, anna, PHONE, line(10_000_00))
    laid = await store.change(drafting.name_newcomer, anna, laid.draft.id, "Пётр")
    draft = laid.draft
    laid = await store.change(drafting.without_person, anna, draft.id, draft.revision)

    visit = await recorded(store, anna, laid)

    assert (visit.patient, visit.wallet, visit.earned, visit.bill) == (None, None, 0, 10_000_00)
    assert await store.ask(lambda tx: tx.desk.draft(visit.id).who) is None


async def test_the_training_patient_is_outside_the_ledger(store, anna):
    laid = await drafted(store, anna, "0000", line(12_400_00, most=True))
    visit = await recorded(store, anna, laid)
    assert (visit.training, visit.points, visit.earned) == (True, 1000, 570)
    assert await store.ask(lambda tx: tx.ledger.operation(f"visit:{visit.id}")) is None


async def test_the_lot_of_a_visit_says_why(store, anna):
    patient = await store.change(record_patient, PHONE, "Пётр")
    await recorded(store, anna, await drafted(store, anna, PHONE, line(10_000_00)))
    lots = await store.ask(lambda tx: tx.ledger.lots(patient.wallet))
    assert [lot.reason for lot in lots] == [Reason.CASHBACK]
