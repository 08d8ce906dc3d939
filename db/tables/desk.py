"""What happens at the desk: codes, drafts, visits, corrections, gifts."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    false,
    text,
)

from db.tables.base import metadata
from db.types import Id, UtcDateTime

codes = Table(
    "codes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("digits", String(4), nullable=False),
    Column("token", String(32), nullable=False, unique=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("claimed_by", ForeignKey("drafts.id"), index=True),
    Column("claimed_at", UtcDateTime),
    Index("ix_codes_account", "account_id", "id"),
    Index("ix_codes_digits", "digits", "id"),
    Index("ix_codes_ends_at", "ends_at"),
)

# The message in which a patient looks at the code: it is refreshed in place.
code_screens = Table(
    "code_screens",
    metadata,
    Column("account_id", ForeignKey("accounts.id"), primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, nullable=False),
    Column("refresh_at", UtcDateTime, index=True),
    Column("refresh_until", UtcDateTime, nullable=False),
)

code_misses = Table(
    "code_misses",
    metadata,
    Column("id", Id, primary_key=True),
    Column("telegram_id", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_code_misses", "telegram_id", "at"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source", String(60), nullable=False, unique=True),
    Column("typed", String(64)),
    Column("branch_id", ForeignKey("branches.id"), nullable=False),
    Column("card_id", BigInteger),
    Column("state", String(10), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("author_id", BigInteger, nullable=False),
    Column("author_name", String(80), nullable=False),
    Column("patient_id", ForeignKey("patients.id"), index=True),
    Column("who", String(20)),
    Column("newcomer", String(80)),
    Column("found_by", String(10), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("day", Date, nullable=False),
    Column("parts", JSON, nullable=False),
    Column("points", BigInteger),
    Column("most", Boolean, nullable=False, server_default=false()),
    Column("recall_on", Date),
    Column("consent_until", UtcDateTime),
    Column("consent_points", BigInteger),
    Column("asked_until", UtcDateTime),
    Column("asked_points", BigInteger),
    Column("signed", Boolean, nullable=False, server_default=false()),
    Column("repeats", Boolean, nullable=False, server_default=false()),
    Column("new_doctor", String(80)),
    Column("corrects", BigInteger),  # a visit; visits point here already
    Column("created_at", UtcDateTime, nullable=False),
    CheckConstraint("points >= 0", name="points"),
    Index("ix_drafts_typed", "branch_id", "typed", "created_at"),
    Index("ix_drafts_card", "branch_id", "card_id"),
    Index(
        "ix_drafts_open",
        "created_at",
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
    Index(
        "ix_drafts_typed_for",
        "created_at",
        sqlite_where=text("who IS NOT NULL OR typed IS NOT NULL"),
        postgresql_where=text("who IS NOT NULL OR typed IS NOT NULL"),
    ),
)

# A visit takes the number of the draft it was recorded from: one number, one visit.
visits = Table(
    "visits",
    metadata,
    Column("id", ForeignKey("drafts.id"), primary_key=True, autoincrement=False),
    Column("branch_id", ForeignKey("branches.id"), nullable=False),
    Column("patient_id", ForeignKey("patients.id")),
    Column("wallet_id", ForeignKey("wallets.id")),
    Column("kind", String(10), nullable=False),
    Column("found_by", String(10), nullable=False),
    Column("training", Boolean, nullable=False, server_default=false()),
    Column("day", Date, nullable=False),
    Column("bill", BigInteger, nullable=False),
    Column("excluded", BigInteger, nullable=False),
    Column("points", BigInteger, nullable=False),
    Column("cash", BigInteger, nullable=False),
    Column("earned", BigInteger, nullable=False),
    Column("reward", BigInteger, nullable=False),
    Column("rate", Integer, nullable=False),
    Column("balance_before", BigInteger, nullable=False),
    Column("balance_after", BigInteger, nullable=False),
    Column("ends_on", Date),
    Column("recall_on", Date),
    Column("programme_id", ForeignKey("programmes.id")),
    Column("legal", String(200), nullable=False),
    Column("recorded_by", BigInteger, nullable=False),
    Column("recorded_name", String(80), nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("bonus", BigInteger, nullable=False, server_default="0"),
    Column("bonus_ends_on", Date),
    CheckConstraint("bill >= 0 AND points >= 0 AND earned >= 0", name="amounts"),
    CheckConstraint("cash = bill - 100 * points AND cash >= 0", name="cash"),
    Index("ix_visits_patient", "patient_id", "day"),
    Index("ix_visits_branch", "branch_id", "day"),
    Index("ix_visits_latest", "branch_id", "id"),
    Index("ix_visits_presser", "branch_id", "recorded_by", "recorded_at"),
)

visit_parts = Table(
    "visit_parts",
    metadata,
    Column("visit_id", ForeignKey("visits.id"), primary_key=True),
    Column("n", SmallInteger, primary_key=True, autoincrement=False),
    Column("sum", BigInteger, nullable=False),
    Column("category", String(20)),
    Column("doctor_id", ForeignKey("doctors.id"), index=True),
    Column("excluded", Boolean, nullable=False),
    Column("points", BigInteger, nullable=False),
)

reversals = Table(
    "reversals",
    metadata,
    Column("id", Id, primary_key=True),
    Column("visit_id", ForeignKey("visits.id"), nullable=False),
    Column("n", SmallInteger, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("bill", BigInteger, nullable=False),
    Column("money", BigInteger, nullable=False),
    Column("points_back", BigInteger, nullable=False),
    Column("clawed", BigInteger, nullable=False),
    Column("debt", BigInteger, nullable=False),
    Column("made_by", BigInteger, nullable=False),
    Column("made_name", String(80), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("visit_id", "n"),
)

# How much of which part of the bill a reversal has taken back.
reversal_parts = Table(
    "reversal_parts",
    metadata,
    Column("visit_id", Id, primary_key=True, autoincrement=False),
    Column("n", SmallInteger, primary_key=True, autoincrement=False),
    Column("part", SmallInteger, primary_key=True, autoincrement=False),
    Column("sum", BigInteger, nullable=False),
    CheckConstraint("sum > 0", name="sum"),
    ForeignKeyConstraint(["visit_id", "n"], ["reversals.visit_id", "reversals.n"]),
    ForeignKeyConstraint(["visit_id", "part"], ["visit_parts.visit_id", "visit_parts.n"]),
)

# What waits for a manager's tap, and what became of it: gifts and returns above the limits.
requests = Table(
    "requests",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source", String(60), nullable=False, unique=True),
    Column("branch_id", ForeignKey("branches.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("state", String(10), nullable=False),
    Column("patient_id", ForeignKey("patients.id")),
    Column("visit_id", ForeignKey("visits.id")),
    Column("n", SmallInteger),  # the reversal of the visit that it asks for
    Column("slices", JSON),  # of which parts how much; null: all that is left
    Column("amount", BigInteger, nullable=False),
    Column("reason", String(200), nullable=False),
    Column("asked_by", BigInteger, nullable=False),
    Column("asked_name", String(80), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("decided_by", BigInteger),
    Column("decided_at", UtcDateTime),
    Column("other_id", ForeignKey("patients.id")),  # of two records that are one person
    Index("ix_requests_branch", "branch_id", "kind", "asked_at"),
    Index("ix_requests_patient", "patient_id"),
)

complaints = Table(
    "complaints",
    metadata,
    Column("id", Id, primary_key=True),
    Column("visit_id", ForeignKey("visits.id"), nullable=False),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("visit_id", "account_id", "kind"),
)

paper_consents = Table(
    "paper_consents",
    metadata,
    Column("patient_id", ForeignKey("patients.id"), primary_key=True, autoincrement=False),
    Column("version", String(20), nullable=False),
    Column("taken_by", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

slips = Table(
    "slips",
    metadata,
    Column("token", String(32), primary_key=True),
    Column("visit_id", ForeignKey("visits.id"), nullable=False, unique=True),
    Column("used_by", ForeignKey("accounts.id")),
    Column("used_at", UtcDateTime),
)
