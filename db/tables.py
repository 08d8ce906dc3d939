"""The tables, as the newest migration leaves them (a test holds the two together)."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from db.types import Id, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# --- people ------------------------------------------------------------------------------------

wallets = Table(
    "wallets",
    metadata,
    Column("id", Id, primary_key=True),
    Column("balance", BigInteger, nullable=False, server_default="0"),
    Column("debt", BigInteger, nullable=False, server_default="0"),
    Column("cash_paid", BigInteger, nullable=False, server_default="0"),
    Column("spending_off", String(20)),
    Column("opened_at", UtcDateTime, nullable=False),
    CheckConstraint("balance >= 0", name="balance"),
    CheckConstraint("debt >= 0", name="debt"),
)

patients = Table(
    "patients",
    metadata,
    Column("id", Id, primary_key=True),
    Column("wallet_id", ForeignKey("wallets.id"), nullable=False, index=True),
    Column("source", String(40), nullable=False),
    Column("external_id", String(80)),
    Column("name", String(80)),
    Column("surname", String(80)),
    Column("phone", String(20), index=True),
    Column("birth_day", SmallInteger),
    Column("birth_month", SmallInteger),
    Column("birth_year", SmallInteger),
    Column("birthday_entered_at", UtcDateTime),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("erased_at", UtcDateTime),
    UniqueConstraint("source", "external_id"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("telegram_id", BigInteger, unique=True),
    Column("language", String(8)),
    Column("name", String(80)),
    Column("phone", String(20), unique=True),
    Column("wallet_id", ForeignKey("wallets.id"), index=True),
    Column("consent_version", String(20)),
    Column("consented_at", UtcDateTime),
    Column("withdrawn_at", UtcDateTime),
    Column("name_answered", Boolean, nullable=False, server_default=false()),
    Column("birthday_answered", Boolean, nullable=False, server_default=false()),
    Column("advertising", Boolean),
    Column("met_at", UtcDateTime, nullable=False),
    Column("erased_at", UtcDateTime),
    Index("ix_accounts_withdrawn_at", "withdrawn_at"),
)

speaks_for = Table(
    "speaks_for",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("patient_id", ForeignKey("patients.id"), nullable=False, index=True),
    Column("relation", String(20), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime),
    Index(
        "uq_speaks_for_now",
        "account_id",
        "patient_id",
        unique=True,
        sqlite_where=text("until IS NULL"),
        postgresql_where=text("until IS NULL"),
    ),
)

arrivals = Table(
    "arrivals",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("payload", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("account_id", "payload"),
)

# --- papers ------------------------------------------------------------------------------------

consents = Table(
    "consents",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("decision", String(20), nullable=False),
    Column("version", String(20), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

welcome_marks = Table(
    "welcome_marks",
    metadata,
    Column("mark", String(64), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

secrets = Table(
    "secrets",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(128), nullable=False),
)

# --- ledger: rows are only ever added; triggers refuse anything else ------------------------------

operations = Table(
    "operations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", String(120), nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("given", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

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
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint("remaining >= 0 AND remaining <= amount", name="remaining"),
    Index("ix_lots_spending_order", "wallet_id", "ends_at", "id"),
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

# --- messages in and out -------------------------------------------------------------------------

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
    Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
    Column("arguments", JSON, nullable=False),
    Column("state", String(10), nullable=False, server_default="pending"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", UtcDateTime, nullable=False),
    Column("leased_until", UtcDateTime),
    Column("fault", String(200)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Index(
        "ix_outbox_due",
        "not_before",
        "id",
        sqlite_where=text("state IN ('pending', 'claimed', 'sending')"),
        postgresql_where=text("state IN ('pending', 'claimed', 'sending')"),
    ),
)
