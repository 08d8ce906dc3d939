"""What is booked, and what came of it."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    false,
    text,
)

from db.tables.base import metadata
from db.types import Id, UtcDateTime

LIVE = "state IN ('booked', 'confirmed', 'to_move')"

# «Уже есть запись»: who said that a visit is booked of which the bot knows nothing.
booked_elsewhere = Table(
    "booked_elsewhere",
    metadata,
    Column("id", Id, primary_key=True),
    Column("patient_id", ForeignKey("patients.id"), nullable=False),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_booked_elsewhere_patient", "patient_id", "at"),
    Index("ix_booked_elsewhere_account", "account_id"),
)

appointments = Table(
    "appointments",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source", String(60), nullable=False, unique=True),
    Column("branch_id", ForeignKey("branches.id"), nullable=False),
    Column("patient_id", ForeignKey("patients.id"), nullable=False),
    Column("doctor_id", ForeignKey("doctors.id")),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("booked_by", BigInteger, nullable=False),
    Column("booked_name", String(80), nullable=False),
    Column("booked_at", UtcDateTime, nullable=False),
    Column("timed_at", UtcDateTime, nullable=False),  # since when it has this time
    Column("due_at", UtcDateTime),  # when something is next to be done about it
    Column("confirmed_at", UtcDateTime),
    Column("by_patient", Boolean, nullable=False, server_default=false()),
    Column("card_id", BigInteger),
    CheckConstraint("minutes > 0", name="minutes"),
    Index("ix_appointments_patient", "patient_id", "starts_at"),
    Index("ix_appointments_doctor", "doctor_id", "starts_at"),
    Index("ix_appointments_branch", "branch_id", "starts_at"),
    Index("ix_appointments_due", "due_at", sqlite_where=text(LIVE), postgresql_where=text(LIVE)),
)
