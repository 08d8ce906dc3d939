"""What is booked, and what came of it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    bindparam,
    delete,
    exists,
    insert,
    select,
    update,
)

from db.dialects import one_at_a_time, spelt_out
from db.prepared import Prepared
from db.tables import appointments, booked_elsewhere
from loyalty.appointments.appointment import LIVE, Appointment, State

AROUND = timedelta(hours=36)

_IS_LIVE = appointments.c.state.in_([spelt_out(state) for state in State if state in LIVE])

# Asked at every visit that is recorded.
_OF_DAY = Prepared(
    select(appointments)
    .where(
        appointments.c.patient_id == bindparam("patient"),
        appointments.c.starts_at >= bindparam("since"),
        appointments.c.starts_at <= bindparam("until"),
    )
    .order_by(appointments.c.starts_at, appointments.c.id)
)


class SqlAppointments:
    """`loyalty.ports.Appointments` over one connection. `lock` holds the one that is read."""

    def __init__(self, connection: Connection, now: datetime, *, lock: bool) -> None:
        self._connection = connection
        self._now = now
        self._lock = lock

    def hold_book(self) -> None:
        one_at_a_time(self._connection, "appointments")

    def add(self, appointment: Appointment) -> Appointment:
        values = {
            **_columns(appointment),
            "source": appointment.source,
            "branch_id": appointment.branch,
            "patient_id": appointment.patient,
            "card_id": appointment.card,
        }
        new = insert(appointments).values(**values).returning(appointments)
        return _appointment(self._connection.execute(new).one())

    def appointment(self, appointment: int) -> Appointment:
        query = select(appointments).where(appointments.c.id == appointment)
        if self._lock:
            query = query.with_for_update(key_share=True)
        row = self._connection.execute(query).first()
        if row is None:
            raise LookupError(f"no appointment {appointment}")
        return _appointment(row)

    def from_source(self, source: str) -> Appointment | None:
        found = self._found(appointments.c.source == source)
        return found[0] if found else None

    def save(self, appointment: Appointment) -> None:
        its = appointments.c.id == appointment.id
        changed = update(appointments).where(its).values(**_columns(appointment))
        self._connection.execute(changed)

    def put_on_card(self, appointment: int, message: int) -> None:
        shown = update(appointments).where(appointments.c.id == appointment)
        self._connection.execute(shown.values(card_id=message))

    def live_of(self, patient: int) -> Sequence[Appointment]:
        return self._found(appointments.c.patient_id == patient, _IS_LIVE)

    def of_doctor(self, doctor: int, since: datetime, until: datetime) -> Sequence[Appointment]:
        return self._found(
            appointments.c.doctor_id == doctor,
            appointments.c.starts_at >= since,
            appointments.c.starts_at < until,
            _IS_LIVE,
        )

    def around(self, patient: int, moment: datetime) -> Sequence[Appointment]:
        day = {"since": moment - AROUND, "until": moment + AROUND}
        rows = _OF_DAY.run(self._connection, patient=patient, **day)
        return [_appointment(row) for row in rows]

    def ahead(self, patients: Collection[int]) -> Sequence[Appointment]:
        return self._found(
            appointments.c.patient_id.in_(patients),
            appointments.c.starts_at > self._now,
            _IS_LIVE,
        )

    def all_of(self, patients: Collection[int]) -> Sequence[Appointment]:
        return self._found(appointments.c.patient_id.in_(patients))

    def due(self, limit: int) -> Sequence[Appointment]:
        query = (
            select(appointments)
            .where(_IS_LIVE, appointments.c.due_at <= self._now)
            .order_by(appointments.c.due_at, appointments.c.id)
            .limit(limit)
            .with_for_update(key_share=True, skip_locked=True)
        )
        return [_appointment(row) for row in self._connection.execute(query)]

    def next_step(self, appointment: int, due_at: datetime | None) -> None:
        planned = update(appointments).where(appointments.c.id == appointment)
        self._connection.execute(planned.values(due_at=due_at))

    def note_elsewhere(self, patient: int, account: int) -> None:
        said = {"patient_id": patient, "account_id": account, "at": self._now}
        self._connection.execute(insert(booked_elsewhere).values(**said))

    def elsewhere_since(self, patient: int, moment: datetime) -> bool:
        said = booked_elsewhere.c
        its = exists().where(said.patient_id == patient, said.at > moment)
        return bool(self._connection.scalar(select(its)))

    def forget(self, patient: int) -> None:
        its = booked_elsewhere.c.patient_id == patient
        self._connection.execute(delete(booked_elsewhere).where(its))

    def forget_account(self, account: int) -> None:
        its = booked_elsewhere.c.account_id == account
        self._connection.execute(delete(booked_elsewhere).where(its))

    def forget_cards(self, branch: int) -> None:
        gone = update(appointments).where(appointments.c.branch_id == branch)
        self._connection.execute(gone.values(card_id=None))

    def _found(self, *which: ColumnElement[bool]) -> list[Appointment]:
        query = select(appointments).where(*which)
        query = query.order_by(appointments.c.starts_at, appointments.c.id)
        return [_appointment(row) for row in self._connection.execute(query)]


def _appointment(row: Row[Any]) -> Appointment:
    return Appointment(
        id=row.id,
        source=row.source,
        branch=row.branch_id,
        patient=row.patient_id,
        doctor=row.doctor_id,
        starts_at=row.starts_at,
        minutes=row.minutes,
        state=State(row.state),
        revision=row.revision,
        booked_by=row.booked_by,
        booked_name=row.booked_name,
        booked_at=row.booked_at,
        timed_at=row.timed_at,
        due_at=row.due_at,
        confirmed_at=row.confirmed_at,
        by_patient=row.by_patient,
        card=row.card_id,
    )


def _columns(one: Appointment) -> dict[str, Any]:
    """All but whose it is, where, and its card."""
    return {
        "doctor_id": one.doctor,
        "starts_at": one.starts_at,
        "minutes": one.minutes,
        "state": one.state,
        "revision": one.revision,
        "booked_by": one.booked_by,
        "booked_name": one.booked_name,
        "booked_at": one.booked_at,
        "timed_at": one.timed_at,
        "due_at": one.due_at,
        "confirmed_at": one.confirmed_at,
        "by_patient": one.by_patient,
    }
