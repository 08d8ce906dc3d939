"""Care can be switched off, advertising is off until an owner's word, and what of both an account
has had lately is found by an index.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("accounts", sa.Column("care_off_at", MOMENT, nullable=True))
    op.create_table(
        "promo",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("marker", sa.String(80), nullable=True),
        sa.Column("set_by", sa.BigInteger(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_promo"),
    )
    op.drop_index("ix_outbox_account_id", "outbox")
    op.create_index("ix_outbox_account", "outbox", ["account_id", "kind", "sent_at"])


def downgrade() -> None:
    op.drop_index("ix_outbox_account", "outbox")
    op.create_index("ix_outbox_account_id", "outbox", ["account_id"])
    op.drop_table("promo")
    op.drop_column("accounts", "care_off_at")
