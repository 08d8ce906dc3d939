"""Tasks of the staff chat; words may belong to one of them instead of a visit."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _tasks()
    _reasons()
    op.create_table(
        "task_messages",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("task_id", ID, nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name="fk_task_messages_task_id"),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name="pk_task_messages"),
    )
    op.create_index("ix_task_messages_task_id", "task_messages", ["task_id"])
    op.create_table(
        "never_disturb",
        sa.Column("id", ID, nullable=False),
        sa.Column("patient_id", ID, nullable=False),
        sa.Column("said_by", sa.BigInteger(), nullable=False),
        sa.Column("said_name", sa.String(length=80), nullable=False),
        sa.Column("said_at", MOMENT, nullable=False),
        sa.Column("lifted_by", sa.BigInteger(), nullable=True),
        sa.Column("lifted_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patients.id"], name="fk_never_disturb_patient_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_never_disturb"),
    )
    op.create_index("ix_never_disturb_patient_id", "never_disturb", ["patient_id"])
    _words_of_tasks()


def _tasks() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("talk", sa.Boolean(), nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("tries", sa.SmallInteger(), nullable=False),
        sa.Column("tried_at", MOMENT, nullable=True),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("promised", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.Column("told_for", sa.String(length=60), nullable=True),
        sa.Column("result", sa.String(length=20), nullable=True),
        sa.Column("wrong_number", sa.String(length=64), nullable=True),
        sa.Column("done_name", sa.String(length=80), nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name="fk_tasks_branch_id"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_tasks_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_tasks"),
    )
    op.create_index("ix_tasks_posted", "tasks", ["branch_id", "posted_on"])
    _partial("ix_tasks_open", ["branch_id", "due_at"], "done_at IS NULL")
    _partial("ix_tasks_account", ["account_id"], "account_id IS NOT NULL")
    _partial("ix_tasks_wrong_number", ["wrong_number"], "wrong_number IS NOT NULL")


def _partial(name: str, columns: list[str], those: str) -> None:
    where = sa.text(those)
    op.create_index(name, "tasks", columns, sqlite_where=where, postgresql_where=where)


def _reasons() -> None:
    op.create_table(
        "task_reasons",
        sa.Column("id", ID, nullable=False),
        sa.Column("task_id", ID, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("patient_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("appointment_id", sa.BigInteger(), nullable=True),
        sa.Column("due", MOMENT, nullable=True),
        sa.Column("wish", sa.String(length=20), nullable=True),
        sa.Column("doctor_id", ID, nullable=True),
        sa.Column("result", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name="fk_task_reasons_task_id"),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name="fk_task_reasons_patient_id"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_task_reasons_account_id"),
        sa.ForeignKeyConstraint(["doctor_id"], ["doctors.id"], name="fk_task_reasons_doctor_id"),
        sa.PrimaryKeyConstraint("id", name="pk_task_reasons"),
        sa.UniqueConstraint("key", name="uq_task_reasons_key"),
    )
    for column in ("task_id", "patient_id", "appointment_id"):
        op.create_index(f"ix_task_reasons_{column}", "task_reasons", [column])


def _words_of_tasks() -> None:
    with op.batch_alter_table("words") as words:
        words.alter_column("visit_id", existing_type=ID, nullable=True)
        words.add_column(sa.Column("task_id", ID, nullable=True))
        words.create_foreign_key(op.f("fk_words_task_id"), "tasks", ["task_id"], ["id"])
        words.create_check_constraint(
            op.f("ck_words_about"), "(visit_id IS NULL) <> (task_id IS NULL)"
        )
    op.create_index("ix_words_task_id", "words", ["task_id"])


def downgrade() -> None:
    """The older code has no place for what was said about no visit."""
    op.execute("DELETE FROM words WHERE visit_id IS NULL")
    kinds = "'task', 'task-edit', 'task-below', 'task-words', 'task-answer', 'task-unheard'"
    op.execute(f"UPDATE outbox SET state = 'stale' WHERE state = 'pending' AND kind IN ({kinds})")  # noqa: S608 (named above)
    op.drop_index("ix_words_task_id", "words")
    with op.batch_alter_table("words") as words:
        words.drop_constraint(op.f("ck_words_about"), type_="check")
        words.drop_constraint(op.f("fk_words_task_id"), type_="foreignkey")
        words.drop_column("task_id")
        words.alter_column("visit_id", existing_type=ID, nullable=False)
    for table in ("never_disturb", "task_messages", "task_reasons", "tasks"):
        op.drop_table(table)
