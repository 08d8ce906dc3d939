"""Links with a patient behind them: the card that recommends, the invitation to come."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    false,
)

from db.tables.base import metadata
from db.types import UtcDateTime

# `file_id` is the picture as Telegram keeps it, of what `drawn` is the digest of.
cards = Table(
    "cards",
    metadata,
    Column("code", String(32), primary_key=True),
    Column("patient_id", ForeignKey("patients.id"), nullable=False, unique=True),
    Column("made_at", UtcDateTime, nullable=False),
    Column("drawn", String(64)),
    Column("file_id", String(200)),
    Column("named", Boolean, nullable=False, server_default=false()),  # it may say the first name
    CheckConstraint("(drawn IS NULL) = (file_id IS NULL)", name="picture"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("code", String(32), primary_key=True),
    Column("patient_id", ForeignKey("patients.id"), nullable=False, unique=True),
    Column("made_at", UtcDateTime, nullable=False),
)

# How the cards look: one row, once an owner has chosen anything.
card_style = Table(
    "card_style",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("colour", String(16), nullable=False),
    Column("logo", LargeBinary),
    Column("logo_mark", String(64)),
    Column("changed_by", BigInteger, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    CheckConstraint("id = 1", name="one"),
    CheckConstraint("(logo IS NULL) = (logo_mark IS NULL)", name="logo"),
)
