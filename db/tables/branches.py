"""Branches with their staff, doctors, and the versions of the programme."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, ForeignKey, String, Table, false
from sqlalchemy import UniqueConstraint as Unique

from db.tables.base import metadata
from db.types import Id, UtcDateTime

branches = Table(
    "branches",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("chat_id", BigInteger, unique=True),
    Column("zone", String(40), nullable=False),
    Column("legal", String(200), nullable=False),
    Column("phone", String(40), nullable=False),
    Column("opens", String(5), nullable=False),
    Column("closes", String(5), nullable=False),
    Column("days_off", String(7), nullable=False, server_default=""),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("address", String(200)),
    Column("directions", String(300)),
    Column("reviews", JSON, nullable=False, server_default="[]"),
)

team = Table(
    "team",
    metadata,
    Column("id", Id, primary_key=True),
    Column("branch_id", ForeignKey("branches.id"), nullable=False),
    Column("telegram_id", BigInteger, nullable=False, index=True),
    Column("name", String(80), nullable=False),
    Column("standing", String(10), nullable=False),
    Column("shared", Boolean, nullable=False, server_default=false()),
    Column("on_shift", String(80)),
    Column("shift_until", UtcDateTime),
    Column("codes_locked_until", UtcDateTime),
    Column("since", UtcDateTime, nullable=False),
    Unique("branch_id", "telegram_id"),
)

doctors = Table(
    "doctors",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("added_by", BigInteger, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
)

programmes = Table(
    "programmes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("numbers", JSON, nullable=False),
    Column("set_by", BigInteger, nullable=False),
    Column("since", UtcDateTime, nullable=False),
)
