"""Lots that have ended are swept: the ones that end first are found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

HOLDS_POINTS = sa.text("remaining > 0")


def upgrade() -> None:
    op.create_index(
        "ix_lots_ending",
        "lots",
        ["ends_at"],
        sqlite_where=HOLDS_POINTS,
        postgresql_where=HOLDS_POINTS,
    )


def downgrade() -> None:
    op.drop_index("ix_lots_ending", "lots")
