"""Ratings, cases and what is said in them; letters that wait for their hour and have a rank."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)

TABLES = ("absences", "cases", "rating_questions", "ratings", "words", "case_messages")


def upgrade() -> None:
    op.create_table(
        "absences",
        sa.Column("telegram_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("deputy_id", sa.BigInteger(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("telegram_id", name="pk_absences"),
    )
    _cases()
    op.create_table(
        "rating_questions",
        sa.Column("visit_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name="fk_rating_questions_visit_id"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_rating_questions_account_id"
        ),
        sa.PrimaryKeyConstraint("visit_id", "account_id", name="pk_rating_questions"),
    )
    op.create_index("ix_rating_questions_account", "rating_questions", ["account_id", "asked_at"])
    op.create_table(
        "ratings",
        sa.Column("visit_id", ID, autoincrement=False, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("stars", sa.SmallInteger(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name="ck_ratings_stars"),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name="fk_ratings_visit_id"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_ratings_account_id"),
        sa.PrimaryKeyConstraint("visit_id", name="pk_ratings"),
    )
    op.create_index("ix_ratings_at", "ratings", ["at"])
    _words()
    op.create_table(
        "case_messages",
        sa.Column("telegram_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("as_owner", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_messages_case_id"),
        sa.PrimaryKeyConstraint("telegram_id", "message_id", name="pk_case_messages"),
    )
    op.create_index("ix_case_messages_case_id", "case_messages", ["case_id"])
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("rank", sa.SmallInteger(), server_default="0", nullable=False))
        outbox.add_column(sa.Column("expires_at", MOMENT, nullable=True))
    op.create_index(
        "ix_outbox_chat",
        "outbox",
        ["chat_id", "id"],
        sqlite_where=sa.text("chat_id IS NOT NULL"),
        postgresql_where=sa.text("chat_id IS NOT NULL"),
    )
    _refuse_changes("ratings")


def downgrade() -> None:
    op.drop_index("ix_outbox_chat", "outbox")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("expires_at")
        outbox.drop_column("rank")
    for table in reversed(TABLES):
        op.drop_table(table)


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", ID, nullable=False),
        sa.Column("visit_id", ID, nullable=False),
        sa.Column("patient_id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("stars", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=10), nullable=True),
        sa.Column("call", sa.String(length=10), nullable=True),
        sa.Column("taken_by", sa.BigInteger(), nullable=True),
        sa.Column("taken_name", sa.String(length=80), nullable=True),
        sa.Column("solved_name", sa.String(length=80), nullable=True),
        sa.Column("solved_at", MOMENT, nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name="fk_cases_visit_id"),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name="fk_cases_patient_id"),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name="fk_cases_branch_id"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_cases_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.UniqueConstraint("visit_id", name="uq_cases_visit_id"),
    )
    op.create_index("ix_cases_branch", "cases", ["branch_id", "state", "opened_at"])
    op.create_index(
        "ix_cases_open",
        "cases",
        ["opened_at"],
        sqlite_where=sa.text("state <> 'solved'"),
        postgresql_where=sa.text("state <> 'solved'"),
    )
    op.create_index("ix_cases_patient", "cases", ["patient_id", "state"])
    op.create_index("ix_cases_account", "cases", ["account_id", "state"])


def _words() -> None:
    op.create_table(
        "words",
        sa.Column("id", ID, nullable=False),
        sa.Column("visit_id", ID, nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("author", sa.String(length=80), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name="fk_words_visit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_words"),
        sa.UniqueConstraint("source", name="uq_words_source"),
    )
    op.create_index("ix_words_visit_id", "words", ["visit_id"])


def _refuse_changes(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
