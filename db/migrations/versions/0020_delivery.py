"""Delivery: the silence that Telegram asked for, who can't be reached, what staff were told of."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

MOMENT = sa.DateTime(timezone=True)
LOST = sa.text("state IN ('unknown', 'failed')")


def upgrade() -> None:
    op.create_table(
        "quiet",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.CheckConstraint("id = 1", name="ck_quiet_one"),
        sa.PrimaryKeyConstraint("id", name="pk_quiet"),
    )
    op.add_column("accounts", sa.Column("unreachable_since", MOMENT, nullable=True))
    op.add_column("outbox", sa.Column("given_up_at", MOMENT, nullable=True))
    op.add_column("outbox", sa.Column("told_at", MOMENT, nullable=True))
    # What was lost before is nobody's news any more.
    op.execute(
        "UPDATE outbox SET given_up_at = created_at, told_at = created_at"
        " WHERE state IN ('unknown', 'failed')"
    )
    op.create_index(
        "ix_outbox_given_up",
        "outbox",
        ["given_up_at"],
        sqlite_where=LOST,
        postgresql_where=LOST,
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_given_up", "outbox")
    op.drop_column("outbox", "told_at")
    op.drop_column("outbox", "given_up_at")
    op.drop_column("accounts", "unreachable_since")
    op.drop_table("quiet")
