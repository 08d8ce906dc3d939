"""Appointments on both databases: booked, moved, cancelled, come to; and what is due about them."""

from datetime import UTC, datetime, timedelta

import pytest

from db.store import Store
from loyalty.appointments import attending, booking, cancelling, looking, moving, reminding
from loyalty.appointments.appointment import State
from loyalty.appointments.attending import NotYetError
from loyalty.appointments.changing import AppointmentChangedError, AppointmentOverError
from loyalty.appointments.times import (
    AppointmentInPastError,
    AppointmentOverYearError,
    DoubtfulTimeError,
)
from loyalty.desk import correcting
from tests.db.test_desk import PHONE, admit, drafted, line, open_branch, recorded, register

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
