"""Messages in and out, and forms between them."""

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from db.tables.base import metadata
from db.types import Id, UtcDateTime

inbox = Table(
    "inbox",
    metadata,
    Column("seq", Id, primary_key=True),
    Column("bot_id", BigInteger, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("lane", String(60), nullable=False),
    Column("payload", Text),
    Column("state", String(10), nullable=False, server_default="new"),
    Column("fault", String(200)),
    Column("received_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    UniqueConstraint("bot_id", "update_id"),
    Index(
        "ix_inbox_new",
        "bot_id",
        "seq",
        sqlite_where=text("state = 'new'"),
        postgresql_where=text("state = 'new'"),
    ),
    Index("ix_inbox_done_at", "done_at"),
    sqlite_autoincrement=True,
)

forms = Table(
    "forms",
    metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("state", String(80)),
    Column("data", JSON, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", String(120), nullable=False, unique=True),
    Column("kind", String(40), nullable=False),
    Column("account_id", ForeignKey("accounts.id")),
    Column("chat_id", BigInteger),  # a staff chat, or one without an account
    Column("arguments", JSON, nullable=False),
    Column("state", String(10), nullable=False, server_default="pending"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("rank", SmallInteger, nullable=False, server_default="0"),
    Column("not_before", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("leased_until", UtcDateTime),
    Column("fault", String(200)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("given_up_at", UtcDateTime),  # unknown or failed
    Column("told_at", UtcDateTime),  # of that to staff
    Index(
        "ix_outbox_given_up",
        "given_up_at",
        sqlite_where=text("state IN ('unknown', 'failed')"),
        postgresql_where=text("state IN ('unknown', 'failed')"),
    ),
    Index("ix_outbox_account", "account_id", "kind", "sent_at"),
    Index(
        "ix_outbox_chat",
        "chat_id",
        "id",
        sqlite_where=text("chat_id IS NOT NULL"),
        postgresql_where=text("chat_id IS NOT NULL"),
    ),
    CheckConstraint("(account_id IS NULL) <> (chat_id IS NULL)", name="addressee"),
    Index(
        "ix_outbox_due",
        "not_before",
        "id",
        sqlite_where=text("state IN ('pending', 'claimed', 'sending')"),
        postgresql_where=text("state IN ('pending', 'claimed', 'sending')"),
    ),
)

quiet = Table(
    "quiet",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    CheckConstraint("id = 1", name="one"),
)
