"""Who recommended whom, and what friends' visits gather for them: rows are only ever added."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    Table,
    UniqueConstraint,
    text,
)

from db.tables.base import metadata
from db.types import Id, UtcDateTime

# Both are records as they were then: what each has become part of since is asked of `patients`.
referrals = Table(
    "referrals",
    metadata,
    Column("friend_id", ForeignKey("patients.id"), primary_key=True, autoincrement=False),
    Column("referrer_id", ForeignKey("patients.id"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    CheckConstraint("friend_id <> referrer_id", name="two"),
)

OF_VISIT = text("visit_id IS NOT NULL AND n IS NULL AND friend_id IS NULL")
OF_REVERSAL = text("n IS NOT NULL AND friend_id IS NULL")
FIXED = text("friend_id IS NOT NULL")
FIXED_GAIN = text("friend_id IS NOT NULL AND n IS NULL")
FIXED_BACK = text("friend_id IS NOT NULL AND n IS NOT NULL")

# A gain names its visit, what lowers it the visit's reversal as well, a posting its operation. The
# fixed sum of a first paid visit, and what takes it back, name the bond's friend besides.
rewards = Table(
    "rewards",
    metadata,
    Column("id", Id, primary_key=True),
    Column("referrer_id", ForeignKey("patients.id"), nullable=False, index=True),
    Column("visit_id", ForeignKey("visits.id")),
    Column("n", SmallInteger),
    Column("operation_id", ForeignKey("operations.id")),
    Column("points", BigInteger, nullable=False),
    Column("friend_id", ForeignKey("referrals.friend_id")),
    CheckConstraint(
        "(visit_id IS NOT NULL AND operation_id IS NULL"
        " AND ((n IS NULL AND points > 0) OR (n IS NOT NULL AND points < 0)))"
        " OR (visit_id IS NULL AND n IS NULL AND operation_id IS NOT NULL"
        " AND friend_id IS NULL AND points <> 0)",
        name="kind",
    ),
    ForeignKeyConstraint(["visit_id", "n"], ["reversals.visit_id", "reversals.n"]),
    UniqueConstraint("visit_id", "n", "friend_id"),
    UniqueConstraint("operation_id", "referrer_id"),
    *(
        Index(name, *columns, unique=unique, sqlite_where=those, postgresql_where=those)
        for name, columns, unique, those in (
            ("uq_rewards_visit", ("visit_id",), True, OF_VISIT),
            ("uq_rewards_reversal", ("visit_id", "n"), True, OF_REVERSAL),
            ("uq_rewards_fixed", ("visit_id",), True, FIXED_GAIN),
            ("uq_rewards_fixed_back", ("visit_id",), True, FIXED_BACK),
            ("ix_rewards_friend_id", ("friend_id",), False, FIXED),
        )
    ),
)
