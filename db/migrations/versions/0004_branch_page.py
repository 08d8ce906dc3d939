"""What a branch tells patients of itself: its address, the way there, where to review it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("branches", sa.Column("address", sa.String(length=200), nullable=True))
    op.add_column("branches", sa.Column("directions", sa.String(length=300), nullable=True))
    op.add_column("branches", sa.Column("reviews", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    for column in ("reviews", "directions", "address"):
        op.drop_column("branches", column)
