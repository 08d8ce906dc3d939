"""Who came by whose card. Rows are only added, though no trigger of the database sees to it."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, text

from db.tables.base import metadata
from db.types import UtcDateTime

# Both are records as they were then, as in `referrals`. `request_id`: a manager decides of them.
friends = Table(
    "friends",
    metadata,
    Column("friend_id", ForeignKey("patients.id"), primary_key=True, autoincrement=False),
    Column("sender_id", ForeignKey("patients.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("request_id", ForeignKey("requests.id")),
    CheckConstraint("friend_id <> sender_id", name="two"),
    Index("ix_friends_sender", "sender_id", "at"),
    Index(
        "ix_friends_request",
        "request_id",
        sqlite_where=text("request_id IS NOT NULL"),
        postgresql_where=text("request_id IS NOT NULL"),
    ),
)
