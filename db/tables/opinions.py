"""What patients think of visits and how they feel after them, and the cases that come of it."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)

from db.tables.base import metadata
from db.types import Id, UtcDateTime

# Whom a rating was asked, and when: not twice within two days.
rating_questions = Table(
    "rating_questions",
    metadata,
    Column("visit_id", ForeignKey("visits.id"), primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), primary_key=True),
    Column("asked_at", UtcDateTime, nullable=False),
    Index("ix_rating_questions_account", "account_id", "asked_at"),
)

# Whom the after-care question was asked, and how they feel: the worst that they said.
aftercare = Table(
    "aftercare",
    metadata,
    Column("visit_id", ForeignKey("visits.id"), primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), primary_key=True),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("feels", String(10)),
    Column("felt_at", UtcDateTime),
    Index("ix_aftercare_account", "account_id", "asked_at"),
)

# The first tap stands: one row a visit.
ratings = Table(
    "ratings",
    metadata,
    Column("visit_id", ForeignKey("visits.id"), primary_key=True, autoincrement=False),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("stars", SmallInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
    Index("ix_ratings_at", "at"),
)

words = Table(
    "words",
    metadata,
    Column("id", Id, primary_key=True),
    Column("visit_id", ForeignKey("visits.id"), index=True),
    Column("side", String(10), nullable=False),
    Column("author", String(80), nullable=False),
    Column("source", String(60), nullable=False, unique=True),
    Column("text", Text),
    Column("chat_id", BigInteger),
    Column("message_id", BigInteger),
    Column("at", UtcDateTime, nullable=False),
    Column("task_id", ForeignKey("tasks.id"), index=True),
    CheckConstraint("(visit_id IS NULL) <> (task_id IS NULL)", name="about"),
)

cases = Table(
    "cases",
    metadata,
    Column("id", Id, primary_key=True),
    Column("visit_id", ForeignKey("visits.id"), nullable=False, unique=True),
    Column("patient_id", ForeignKey("patients.id"), nullable=False),
    Column("branch_id", ForeignKey("branches.id"), nullable=False),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("stars", SmallInteger),  # none: it began with after-care, or with words
    Column("state", String(10), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("why", String(10)),
    Column("call", String(10)),
    Column("taken_by", BigInteger),
    Column("taken_name", String(80)),
    Column("solved_name", String(80)),
    Column("solved_at", UtcDateTime),
    Column("note", String(500)),
    Column("opened_at", UtcDateTime, nullable=False),
    Index("ix_cases_branch", "branch_id", "state", "opened_at"),
    Index(
        "ix_cases_open",
        "opened_at",
        sqlite_where=text("state <> 'solved'"),
        postgresql_where=text("state <> 'solved'"),
    ),
    Index("ix_cases_patient", "patient_id", "state"),
    Index("ix_cases_account", "account_id", "state"),
)

# Messages of a case in the chats of owners and managers.
case_messages = Table(
    "case_messages",
    metadata,
    Column("telegram_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("whole", Boolean, nullable=False),
    Column("as_owner", Boolean, nullable=False),
)

absences = Table(
    "absences",
    metadata,
    Column("telegram_id", BigInteger, primary_key=True, autoincrement=False),
    Column("deputy_id", BigInteger, nullable=False),
    Column("since", UtcDateTime, nullable=False),
)
