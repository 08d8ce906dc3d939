"""Appointments on both databases: booked, moved, cancelled, come to; and what is due about them."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta

import pytest

from db.store import Store
from loyalty import delivery, leaving, mail, privacy, registration, statement
from loyalty.appointments import (
    answering,
    attending,
    booking,
    cancelling,
    elsewhere,
    looking,
    moving,
    reminding,
    wishing,
)
from loyalty.appointments.appointment import State
from loyalty.appointments.attending import NotYetError
from loyalty.appointments.changing import AppointmentChangedError, AppointmentOverError
from loyalty.appointments.times import (
    AppointmentInPastError,
    AppointmentOverYearError,
    DoubtfulTimeError,
)
from loyalty.desk import connecting, correcting
from loyalty.desk.newcomers import record_patient
from loyalty.errors import OutOfTurnError
from loyalty.registration import Family
from loyalty.tasks.task import TaskKind, Wish
from tests.db.test_access import BOARD
from tests.db.test_desk import MARIA, PHONE, admit, drafted, line, open_branch, recorded, register
from tests.db.test_goodwill import add_lot
from tests.db.test_merging import merge, undo

AT = datetime(2026, 12, 12, 12, 30, tzinfo=UTC)  # a Saturday, 15:30 in Moscow


@pytest.fixture
async def branch(store: Store):
    return await store.change(open_branch)


@pytest.fixture
async def anna(store: Store, branch):
    return await store.change(admit, branch)


@pytest.fixture
async def maria(store: Store) -> int:
    await register(store)
    (patient,) = await store.ask(lambda tx: tx.people.patients_with_phone(PHONE))
    return patient.id


async def book(store, anna, patient, at=AT, *, source="line:1:1", **more):
    wanted = {"source": source, "patient": patient, "branch": anna.branch, "starts_at": at}
    return await store.change(booking.book, anna, anna.name, **wanted, **more)


async def letters(store, *kinds: str):
    due = await store.change(lambda tx: tx.outbox.due(100))
    return [one for one in due if one.kind in kinds]


async def test_a_booking_is_told_once_however_often_it_is_made(store, anna, maria):
    first = await book(store, anna, maria)
    assert await book(store, anna, maria) == first
    assert await book(store, anna, maria, source="line:1:2") == first
    assert len(await letters(store, "booked")) == 1


async def test_what_speaks_against_a_time_is_asked_and_not_booked(store, anna, maria):
    await book(store, anna, maria)
    with pytest.raises(DoubtfulTimeError) as asked:
        await book(store, anna, maria, AT + timedelta(minutes=29), source="line:1:2")
    assert [one.starts_at for one in asked.value.doubts.theirs] == [AT]
    await book(store, anna, maria, AT + timedelta(minutes=30), source="line:1:3")


async def test_nothing_is_booked_for_the_past_nor_for_later_than_a_year(store, anna, maria, clock):
    with pytest.raises(AppointmentInPastError):
        await book(store, anna, maria, clock.now())
    with pytest.raises(AppointmentOverYearError):
        await book(store, anna, maria, clock.now() + timedelta(days=367))


async def test_moved_by_an_old_button_it_stays(store, anna, maria):
    first = await book(store, anna, maria)
    moved = await move(store, anna, first, AT + timedelta(days=2))
    assert moved.revision == 1
    assert await move(store, anna, first, AT + timedelta(days=2)) == moved  # the same again
    with pytest.raises(AppointmentChangedError):
        await move(store, anna, first, AT + timedelta(days=3))


async def move(store, anna, one, at, **more):
    return await store.change(
        moving.move, anna, anna.name, one.id, one.revision, starts_at=at, **more
    )


async def test_a_cancelled_one_frees_its_time_and_is_told_once(store, anna, maria):
    first = await book(store, anna, maria)
    for _ in range(2):
        gone = await store.change(cancelling.cancel, anna, first.id, first.revision)
    assert gone.state is State.CANCELLED
    assert len(await letters(store, "appointment-cancelled")) == 1
    with pytest.raises(AppointmentOverError):
        await move(store, anna, gone, AT + timedelta(days=1))
    assert (await book(store, anna, maria, source="line:1:2")).id != first.id


async def test_a_visit_of_the_day_keeps_what_was_booked_and_its_correction_opens_it_again(
    store, anna, maria, clock
):
    first = await book(store, anna, maria)
    clock.moment = AT + timedelta(minutes=40)
    visit = await recorded(store, anna, await drafted(store, anna, PHONE, line(3_000_00, 0)))
    assert await state(store, first) is State.CAME
    await store.change(correcting.undo, anna, anna.name, visit.id)
    assert await state(store, first) is State.BOOKED


async def state(store, one) -> State:
    return (await store.ask(lambda tx: tx.appointments.appointment(one.id))).state


async def test_nobody_is_missed_before_the_time(store, anna, maria, clock):
    first = await book(store, anna, maria)
    with pytest.raises(NotYetError):
        await store.change(attending.missed, anna, first.id, first.revision)
    clock.moment = AT + timedelta(minutes=10)
    missed = await store.change(attending.missed, anna, first.id, first.revision)
    again = await store.change(attending.not_missed, anna, first.id, missed.revision)
    assert (missed.state, again.state) == (State.MISSED, State.BOOKED)


@pytest.mark.parametrize("after", [timedelta(minutes=10), timedelta(days=1)])
async def test_what_was_a_slip_is_not_said_again_by_the_morning_after(
    store, anna, maria, clock, after
):
    """Once the morning is over, staff's word is the last."""
    first = await book(store, anna, maria)
    clock.moment = AT + after
    missed = await store.change(attending.missed, anna, first.id, first.revision)
    clock.pass_(days=1)
    await store.change(attending.not_missed, anna, first.id, missed.revision)
    await store.change(reminding.round_)
    assert await state(store, first) is State.BOOKED


async def test_the_morning_after_tells_who_did_not_come(store, anna, maria, clock):
    first = await book(store, anna, maria)
    clock.moment = AT + timedelta(hours=18, minutes=29)  # 09:59 in Moscow
    while await store.change(reminding.round_):
        pass
    assert await state(store, first) is State.BOOKED
    clock.pass_(minutes=1)
    await store.change(reminding.round_)
    assert await state(store, first) is State.MISSED
    assert await store.ask(looking.booked_ahead, maria) is None


# --- whom it is about, and who hears ---------------------------------------------------------


@pytest.fixture
async def children(store: Store, anna) -> list[int]:
    """Two whom Maria speaks for."""
    names = ("Пётр", "Аня")
    for name in names:
        await store.change(record_patient, PHONE, name)
    await store.change(registration.consent, MARIA)
    await store.change(registration.prove_phone, MARIA, PHONE)
    await store.change(registration.choose_family, MARIA, Family.ALL, None)
    found = await store.ask(lambda tx: tx.people.patients_with_phone(PHONE))
    return [one.id for one in found if one.name in names]


async def test_a_family_is_reminded_of_its_day_once(store, anna, children, clock):
    first, second = children
    await book(store, anna, first)
    await book(store, anna, second, AT + timedelta(hours=2), source="line:1:2")
    clock.moment = AT - timedelta(hours=24)
    await store.change(reminding.round_)
    claimed = await store.change(delivery.claim, 20)
    reminders = [letter for letter in claimed if letter.kind == "remind24"]
    assert len(reminders) == 2
    leaving_ = await store.change(leaving.leave, reminders[0])
    assert [one.name for one in leaving_.facts.several] == ["Пётр", "Аня"]
    for one in leaving_.letters:
        await store.change(mail.arrived, one, 10)
    clock.pass_(hours=2)  # the second one's own hour: it has been said
    await store.change(reminding.round_)
    assert await letters(store, "remind24") == []


async def test_all_of_a_family_come_by_one_tap(store, anna, children):
    first, second = children
    one = await book(store, anna, first)
    last = await book(store, anna, second, AT + timedelta(hours=2), source="line:1:2")
    later = await book(store, anna, second, AT + timedelta(days=3), source="line:1:3")
    expected = await store.change(answering.confirm_all, MARIA, last.id, last.minute)
    assert len(expected) == 2
    states = [await state(store, each) for each in (one, last, later)]
    assert states == [State.CONFIRMED, State.CONFIRMED, State.BOOKED]


async def test_who_comes_has_not_answered_for_another_day_or_branch(store, anna, children):
    """Of those they have a reminder of their own, or had one and were silent."""
    first, second = children
    last = await book(store, anna, first)
    day_before = await book(store, anna, second, AT - timedelta(days=1), source="line:1:2")
    other = await store.change(connecting.connect, -300, "Север", BOARD)
    boris = await store.change(admit, other, 1005, "Борис")
    elsewhere_ = await book(store, boris, second, AT - timedelta(hours=3), source="line:1:3")
    assert len(await store.change(answering.confirm_all, MARIA, last.id, last.minute)) == 1
    assert await state(store, last) is State.CONFIRMED
    assert await state(store, day_before) is await state(store, elsewhere_) is State.BOOKED


async def test_a_button_of_the_old_time_confirms_nothing(store, anna, maria):
    first = await book(store, anna, maria)
    moved = await move(store, anna, first, AT + timedelta(days=2))
    answered = await store.change(answering.confirm, MARIA, first.id, first.minute)
    assert not answered.heard
    assert await state(store, moved) is State.BOOKED


async def test_nobody_answers_for_another(store, anna, maria):
    first = await book(store, anna, maria)
    await register(store, 2002, "+79123450077")
    with pytest.raises(OutOfTurnError):
        await store.change(answering.cancel, 2002, first.id, first.minute)


async def test_whoever_came_with_the_phone_hears_nothing_till_the_desk_has_seen_them(
    store, anna, maria
):
    await store.change(registration.consent, 3003)
    await store.change(registration.prove_phone, 3003, PHONE)  # the same phone, a new account
    first = await book(store, anna, maria)
    assert await letters(store, "booked") == []
    assert not (await store.ask(looking.card, first.id)).in_app
    with pytest.raises(OutOfTurnError):
        await store.change(answering.confirm, 3003, first.id, first.minute)


# --- what hangs on it ------------------------------------------------------------------------


async def test_points_wait_for_the_visit_that_is_booked(store, anna, maria, clock):
    wallet = (await store.ask(lambda tx: tx.people.patient(maria))).wallet
    await store.change(add_lot, wallet, 100, clock.now() + timedelta(days=10))
    await book(store, anna, maria)
    ends = {
        lot.remaining: lot.ends_at for lot in await store.ask(lambda tx: tx.ledger.lots(wallet))
    }
    assert ends[100] == datetime(2026, 12, 13, 21, tzinfo=UTC)  # 00:00 of the second day after


async def test_nobodys_own_points_wait_for_what_they_book_themselves(store, branch, clock):
    await register(store)
    me = await store.change(admit, branch, MARIA, "Мария")
    (patient,) = await store.ask(lambda tx: tx.people.patients_with_phone(PHONE))
    await store.change(add_lot, patient.wallet, 100, clock.now() + timedelta(days=10))
    await book(store, me, patient.id)
    lots = await store.ask(lambda tx: tx.ledger.lots(patient.wallet))
    assert {lot.prolonged_by for lot in lots} == {None}


async def test_erased_they_are_expected_no_more(store, anna, maria):
    first = await book(store, anna, maria)
    await store.change(privacy.erase, MARIA)
    assert await state(store, first) is State.CANCELLED


async def test_merged_and_parted_an_appointment_follows_its_record(store, anna, maria):
    other = await store.change(record_patient, "+79123450001", "Мария")
    first = await book(store, anna, other.id)
    kept = await store.ask(lambda tx: tx.people.patient(maria))
    merged = await merge(store, anna, kept, other)
    assert (await look(store, first)).patient == maria
    await undo(store, merged)
    assert (await look(store, first)).patient == other.id


async def look(store, one):
    return await store.ask(lambda tx: tx.appointments.appointment(one.id))


async def test_a_chat_that_was_left_has_no_cards_any_more(store, anna, maria, branch):
    first = await book(store, anna, maria)
    await store.change(lambda tx: tx.appointments.put_on_card(first.id, 77))
    await store.change(connecting.disconnect, branch.chat)
    await store.change(connecting.reopen, -200, branch.id)
    assert (await look(store, first)).card is None
    assert (await look(store, first)).state is State.BOOKED


# --- «Записаться», «Уже есть запись» ---------------------------------------------------------


async def wish(store, patient, when=Wish.DAYTIME, doctor=None):
    where = (await store.ask(lambda tx: tx.branches.branches()))[0].id
    asked = {"branch": where, "patient": patient, "when": when, "doctor": doctor}
    return await store.change(wishing.wish, MARIA, **asked)


async def tasks(store, kind: TaskKind) -> int:
    def count(tx):
        everybody = tx.people.patients_with_phone(PHONE)
        found = [task for one in everybody for task in tx.tasks.about(one.id)]
        reasons = [reason for task in found for reason in tx.tasks.reasons(task.id)]
        return sum(reason.kind is kind and reason.open for reason in reasons)

    return await store.ask(count)


async def test_a_wish_pressed_twice_is_one_task_and_another_wish_another(store, anna, maria):
    for _ in range(2):
        call = await wish(store, maria)
    assert (call.hour, call.closed) == (time(20), False)
    assert await tasks(store, TaskKind.BOOK) == 1
    await wish(store, maria, Wish.WEEKEND)
    assert await tasks(store, TaskKind.BOOK) == 2


async def test_booked_they_need_not_be_called(store, anna, maria):
    await wish(store, maria)
    await book(store, anna, maria)
    assert await tasks(store, TaskKind.BOOK) == 0


async def test_booked_elsewhere_they_are_not_called_back_for_45_days(store, anna, maria, clock):
    wallet = (await store.ask(lambda tx: tx.people.patient(maria))).wallet
    await store.change(add_lot, wallet, 100, clock.now() + timedelta(days=10))
    page = await store.ask(statement.visits, await account(store))
    assert page.ends_soon
    for _ in range(2):
        waits = await store.change(elsewhere.tell, MARIA)
        assert (waits.points, waits.until) == (100, date(2027, 1, 5))
    assert not (await store.ask(statement.visits, await account(store))).ends_soon
    assert await store.ask(looking.has_booking, maria)
    clock.pass_(days=45)
    assert not await store.ask(looking.has_booking, maria)


async def account(store):
    return await store.ask(lambda tx: tx.people.account_of(MARIA))


async def test_a_day_that_has_just_passed_is_not_taken_for_one_in_a_year(store, anna, maria, clock):
    with pytest.raises(DoubtfulTimeError) as asked:
        await book(store, anna, maria, clock.now() + timedelta(days=360))
    assert asked.value.doubts.far
    await book(store, anna, maria, clock.now() + timedelta(days=360), surely=True)


async def test_two_who_book_the_same_doctor_at_once_are_one_booking_and_a_question(
    store, anna, maria, branch
):
    irina = await store.change(admit, branch, 1004, "Ирина")
    other = await store.change(record_patient, "+79123450001", "Вера")
    doctor = await store.change(lambda tx: tx.branches.add_doctor("Петрова", 1))
    presses = (
        book(store, anna, maria, doctor=doctor),
        book(store, irina, other.id, source="line:1:2", doctor=doctor),
    )
    outcomes = await asyncio.gather(*presses, return_exceptions=True)
    kinds = sorted(type(one).__name__ for one in outcomes)
    assert kinds == ["Appointment", "DoubtfulTimeError"]
