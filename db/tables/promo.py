"""Whether advertising leaves, by an owner's word."""

from sqlalchemy import BigInteger, Boolean, Column, SmallInteger, String, Table

from db.tables.base import metadata
from db.types import UtcDateTime

promo = Table(
    "promo",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("is_on", Boolean, nullable=False),
    Column("marker", String(80)),
    Column("set_by", BigInteger, nullable=False),
    Column("since", UtcDateTime, nullable=False),
)
