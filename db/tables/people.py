"""Accounts, patients, wallets, who speaks for whom; consents and marks."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    false,
    text,
)

from db.tables.base import metadata
from db.types import Id, UtcDateTime

wallets = Table(
    "wallets",
    metadata,
    Column("id", Id, primary_key=True),
    Column("balance", BigInteger, nullable=False, server_default="0"),
    Column("debt", BigInteger, nullable=False, server_default="0"),
    Column("cash_paid", BigInteger, nullable=False, server_default="0"),
    Column("spending_off", String(20)),
    Column("opened_at", UtcDateTime, nullable=False),
    CheckConstraint("balance >= 0", name="balance"),
    CheckConstraint("debt >= 0", name="debt"),
    CheckConstraint("cash_paid >= 0", name="cash_paid"),
)

patients = Table(
    "patients",
    metadata,
    Column("id", Id, primary_key=True),
    Column("wallet_id", ForeignKey("wallets.id"), nullable=False, index=True),
    Column("source", String(40), nullable=False),
    Column("external_id", String(80)),
    Column("name", String(80)),
    Column("surname", String(80)),
    Column("phone", String(20), index=True),
    Column("birth_day", SmallInteger),
    Column("birth_month", SmallInteger),
    Column("birth_year", SmallInteger),
    Column("birthday_entered_at", UtcDateTime),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("erased_at", UtcDateTime),
    Column("merged_into", ForeignKey("patients.id")),  # the record that this one became part of
    UniqueConstraint("source", "external_id"),
    Index(
        "ix_patients_merged_into",
        "merged_into",
        sqlite_where=text("merged_into IS NOT NULL"),
        postgresql_where=text("merged_into IS NOT NULL"),
    ),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("telegram_id", BigInteger, unique=True),
    Column("language", String(8)),
    Column("name", String(80)),
    Column("phone", String(20), unique=True),
    Column("wallet_id", ForeignKey("wallets.id"), index=True),
    Column("consent_version", String(20)),
    Column("consented_at", UtcDateTime),
    Column("withdrawn_at", UtcDateTime),
    Column("name_answered", Boolean, nullable=False, server_default=false()),
    Column("birthday_answered", Boolean, nullable=False, server_default=false()),
    Column("advertising", Boolean),
    Column("care_off_at", UtcDateTime),
    Column("met_at", UtcDateTime, nullable=False),
    Column("erased_at", UtcDateTime),
    Column("unreachable_since", UtcDateTime),  # the last letter said so
    Index("ix_accounts_withdrawn_at", "withdrawn_at"),
)

speaks_for = Table(
    "speaks_for",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("patient_id", ForeignKey("patients.id"), nullable=False, index=True),
    Column("relation", String(20), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime),
    Index(
        "uq_speaks_for_now",
        "account_id",
        "patient_id",
        unique=True,
        sqlite_where=text("until IS NULL"),
        postgresql_where=text("until IS NULL"),
    ),
)

arrivals = Table(
    "arrivals",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("payload", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("account_id", "payload"),
)

consents = Table(
    "consents",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("decision", String(20), nullable=False),
    Column("version", String(20), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

welcome_marks = Table(
    "welcome_marks",
    metadata,
    Column("mark", String(64), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

secrets = Table(
    "secrets",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(128), nullable=False),
)
