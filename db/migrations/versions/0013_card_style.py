"""What a card shows: the patient's name where they agreed, the clinic's colour and logo."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column(
        "cards", sa.Column("named", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "card_style",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("colour", sa.String(16), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("logo_mark", sa.String(64), nullable=True),
        sa.Column("changed_by", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.CheckConstraint("id = 1", name="ck_card_style_one"),
        sa.CheckConstraint("(logo IS NULL) = (logo_mark IS NULL)", name="ck_card_style_logo"),
        sa.PrimaryKeyConstraint("id", name="pk_card_style"),
    )


def downgrade() -> None:
    op.drop_table("card_style")
    op.drop_column("cards", "named")
