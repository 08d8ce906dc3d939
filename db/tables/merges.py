"""Two records of one person that have become one, and what was moved for it."""

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    String,
    Table,
)

from db.tables.base import metadata
from db.types import UtcDateTime

# `cash` and `debt` came from the wallet that is empty now; `…_off` is how each took spending.
merges = Table(
    "merges",
    metadata,
    Column("request_id", ForeignKey("requests.id"), primary_key=True, autoincrement=False),
    Column("kept_id", ForeignKey("patients.id"), nullable=False, index=True),
    Column("gone_id", ForeignKey("patients.id"), nullable=False),
    Column("kept_wallet", ForeignKey("wallets.id"), nullable=False, index=True),
    Column("gone_wallet", ForeignKey("wallets.id"), nullable=False),
    Column("cash", BigInteger, nullable=False),
    Column("debt", BigInteger, nullable=False),
    Column("kept_off", String(20)),
    Column("gone_off", String(20)),
    Column("filled", JSON, nullable=False),  # names of what the kept record lacked
    Column("at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
    CheckConstraint("kept_id <> gone_id", name="two"),
    CheckConstraint("cash >= 0 AND debt >= 0", name="amounts"),
)

# Rows that had to change hands, by their number: undone, just these go back.
merge_moves = Table(
    "merge_moves",
    metadata,
    Column("merge_id", ForeignKey("merges.request_id"), primary_key=True),
    Column("what", String(10), primary_key=True),
    Column("row_id", BigInteger, primary_key=True, autoincrement=False),
)
