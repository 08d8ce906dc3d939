"""Who came by whose card, and the request that a crowd of them waits for."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "friends",
        sa.Column("friend_id", ID, nullable=False, autoincrement=False),
        sa.Column("sender_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("request_id", ID, nullable=True),
        sa.CheckConstraint("friend_id <> sender_id", name="ck_friends_two"),
        sa.ForeignKeyConstraint(["friend_id"], ["patients.id"], name="fk_friends_friend_id"),
        sa.ForeignKeyConstraint(["sender_id"], ["patients.id"], name="fk_friends_sender_id"),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name="fk_friends_request_id"),
        sa.PrimaryKeyConstraint("friend_id", name="pk_friends"),
    )
    op.create_index("ix_friends_sender", "friends", ["sender_id", "at"])
    of_request = sa.text("request_id IS NOT NULL")
    op.create_index(
        "ix_friends_request",
        "friends",
        ["request_id"],
        sqlite_where=of_request,
        postgresql_where=of_request,
    )


def downgrade() -> None:
    op.execute("UPDATE outbox SET state = 'stale' WHERE kind = 'friend-gift'")
    op.drop_table("friends")
    _forget_requests()


def _forget_requests() -> None:
    """Their kind is unknown to the older code, as are letters about them."""
    connection = op.get_bind()
    query = "SELECT id FROM requests WHERE kind = 'friends'"
    gone = set(connection.scalars(sa.text(query)))
    letters = sa.table("outbox", sa.column("id"), sa.column("kind"), sa.column("state"))
    letters.append_column(sa.column("arguments", sa.JSON()))
    about = sa.select(letters.c.id, letters.c.arguments).where(letters.c.kind == "request")
    for id_, arguments in connection.execute(about).all():
        if arguments["request"] in gone:
            stale = sa.update(letters).where(letters.c.id == id_)
            connection.execute(stale.values(state="stale"))
    op.execute("DELETE FROM requests WHERE kind = 'friends'")
