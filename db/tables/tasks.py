"""What staff are to do for patients: calls and answers, why, and the messages that show them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    false,
    text,
)

from db.tables.base import metadata
from db.types import Id, UtcDateTime

tasks = Table(
    "tasks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("branch_id", ForeignKey("branches.id"), nullable=False),
    Column("talk", Boolean, nullable=False),
    Column("account_id", ForeignKey("accounts.id")),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("tries", SmallInteger, nullable=False),
    Column("tried_at", UtcDateTime),
    Column("counted", Boolean, nullable=False),
    Column("promised", Boolean, nullable=False, server_default=false()),
    Column("posted_on", Date),
    Column("told_at", UtcDateTime),
    Column("told_for", String(60)),
    Column("result", String(20)),
    Column("wrong_number", String(64)),  # the mark of a number that was another's
    Column("done_name", String(80)),
    Column("done_at", UtcDateTime),
    Index(
        "ix_tasks_open",
        "branch_id",
        "due_at",
        sqlite_where=text("done_at IS NULL"),
        postgresql_where=text("done_at IS NULL"),
    ),
    Index("ix_tasks_posted", "branch_id", "posted_on"),
    Index(
        "ix_tasks_account",
        "account_id",
        sqlite_where=text("account_id IS NOT NULL"),
        postgresql_where=text("account_id IS NOT NULL"),
    ),
    Index(
        "ix_tasks_wrong_number",
        "wrong_number",
        sqlite_where=text("wrong_number IS NOT NULL"),
        postgresql_where=text("wrong_number IS NOT NULL"),
    ),
)

task_reasons = Table(
    "task_reasons",
    metadata,
    Column("id", Id, primary_key=True),
    Column("task_id", ForeignKey("tasks.id"), nullable=False, index=True),
    Column("key", String(120), nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("patient_id", ForeignKey("patients.id"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("account_id", ForeignKey("accounts.id")),
    Column("appointment_id", BigInteger, index=True),
    Column("due", UtcDateTime),
    Column("wish", String(20)),
    Column("doctor_id", ForeignKey("doctors.id")),
    Column("result", String(20)),
)

task_messages = Table(
    "task_messages",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("task_id", ForeignKey("tasks.id"), nullable=False, index=True),
    Column("whole", Boolean, nullable=False),
)

# Who is never to be disturbed; one that was lifted stays as it was.
never_disturb = Table(
    "never_disturb",
    metadata,
    Column("id", Id, primary_key=True),
    Column("patient_id", ForeignKey("patients.id"), nullable=False, index=True),
    Column("said_by", BigInteger, nullable=False),
    Column("said_name", String(80), nullable=False),
    Column("said_at", UtcDateTime, nullable=False),
    Column("lifted_by", BigInteger),
    Column("lifted_at", UtcDateTime),
)
