"""Links with a patient behind them: the card that recommends, the invitation to come."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table

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
    CheckConstraint("(drawn IS NULL) = (file_id IS NULL)", name="picture"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("code", String(32), primary_key=True),
    Column("patient_id", ForeignKey("patients.id"), nullable=False, unique=True),
    Column("made_at", UtcDateTime, nullable=False),
)
