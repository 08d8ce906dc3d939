"""Points: rows are only ever added; triggers refuse anything else.

What a lot holds is moved by a trigger of allocations alone; its end moves once, as ruled.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    UniqueConstraint,
    text,
)

from db.tables.base import metadata
from db.types import Id, UtcDateTime

operations = Table(
    "operations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", String(120), nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("given", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

HOLDS_POINTS = text("remaining > 0")
MOVED = text("moved_from IS NOT NULL")

lots = Table(
    "lots",
    metadata,
    Column("id", Id, primary_key=True),
    Column("operation_id", ForeignKey("operations.id"), nullable=False, index=True),
    Column("wallet_id", ForeignKey("wallets.id"), nullable=False),
    Column("reason", String(20), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("remaining", BigInteger, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("moved_from", ForeignKey("lots.id")),
    # Where a booking has moved the end: what it was, and which operation moved it.
    Column("first_ends_at", UtcDateTime),
    Column("prolonged_by", ForeignKey("operations.id")),
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint("remaining >= 0 AND remaining <= amount", name="remaining"),
    Index("ix_lots_spending_order", "wallet_id", "ends_at", "id"),
    # What a wallet holds, however much it has held: balances and spending read it alone.
    Index(
        "ix_lots_held",
        *("wallet_id", "ends_at", "id", "remaining"),
        sqlite_where=HOLDS_POINTS,
        postgresql_where=HOLDS_POINTS,
    ),
    # What ends next, for the sweep.
    Index("ix_lots_ending", "ends_at", sqlite_where=HOLDS_POINTS, postgresql_where=HOLDS_POINTS),
    # What has become of a lot.
    Index("ix_lots_moved_from", "moved_from", sqlite_where=MOVED, postgresql_where=MOVED),
)

entries = Table(
    "entries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("operation_id", ForeignKey("operations.id"), nullable=False),
    Column("wallet_id", ForeignKey("wallets.id"), nullable=False),
    Column("points", BigInteger, nullable=False),
    UniqueConstraint("operation_id", "wallet_id"),
    Index("ix_entries_wallet_id_id", "wallet_id", "id"),
)

allocations = Table(
    "allocations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("entry_id", ForeignKey("entries.id"), nullable=False, index=True),
    Column("lot_id", ForeignKey("lots.id"), nullable=False, index=True),
    Column("points", BigInteger, nullable=False),
    CheckConstraint("points <> 0", name="points"),
)
