"""Links with a patient behind them: the card that recommends, the invitation to come."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _make(
        "cards",
        sa.Column("drawn", sa.String(64), nullable=True),
        sa.Column("file_id", sa.String(200), nullable=True),
        sa.CheckConstraint("(drawn IS NULL) = (file_id IS NULL)", name="ck_cards_picture"),
    )
    _make("invitations")


def downgrade() -> None:
    op.drop_table("invitations")
    op.drop_table("cards")


def _make(table: str, *more: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("patient_id", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        *more,
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=f"fk_{table}_patient_id"),
        sa.UniqueConstraint("patient_id", name=f"uq_{table}_patient_id"),
        sa.PrimaryKeyConstraint("code", name=f"pk_{table}"),
    )
