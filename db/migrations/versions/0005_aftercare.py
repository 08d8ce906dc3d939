"""How patients feel the day after surgery; a case may begin with that, before any stars."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "aftercare",
        sa.Column("visit_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("feels", sa.String(length=10), nullable=True),
        sa.Column("felt_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name="fk_aftercare_visit_id"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_aftercare_account_id"),
        sa.PrimaryKeyConstraint("visit_id", "account_id", name="pk_aftercare"),
    )
    op.create_index("ix_aftercare_account", "aftercare", ["account_id", "asked_at"])
    _stars(nullable=True)
    op.execute("UPDATE outbox SET fault = 'unreachable' WHERE fault = 'TelegramForbiddenError'")


def downgrade() -> None:
    op.execute("UPDATE cases SET stars = 1 WHERE stars IS NULL")  # the older code knows no other
    _stars(nullable=False)
    op.drop_table("aftercare")


def _stars(*, nullable: bool) -> None:
    with op.batch_alter_table("cases") as cases:
        cases.alter_column("stars", existing_type=sa.SmallInteger(), nullable=nullable)
