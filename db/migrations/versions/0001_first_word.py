"""The first word: people, papers, the ledger, messages in and out."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)

TABLES = (
    "forms",
    "inbox",
    "operations",
    "secrets",
    "wallets",
    "welcome_marks",
    "accounts",
    "entries",
    "lots",
    "patients",
    "allocations",
    "arrivals",
    "consents",
    "outbox",
    "speaks_for",
)

# What was written of points stays as it was; a mistake is mended by another operation.
APPEND_ONLY = ("operations", "entries", "allocations", "consents")

# Of a lot only what is left of it changes, and its end (a booking may move that).
FIXED_IN_LOTS = ("id", "operation_id", "wallet_id", "reason", "amount", "moved_from")


def upgrade() -> None:
    op.create_table(
        "forms",
        sa.Column("bot_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=80), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "chat_id", "user_id", name="pk_forms"),
    )
    op.create_table(
        "inbox",
        sa.Column("seq", ID, nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("lane", sa.String(length=60), nullable=False),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=10), server_default="new", nullable=False),
        sa.Column("fault", sa.String(length=200), nullable=True),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_inbox"),
        sa.UniqueConstraint("bot_id", "update_id", name="uq_inbox_bot_id_update_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inbox_done_at", "inbox", ["done_at"], unique=False)
    op.create_index(
        "ix_inbox_new",
        "inbox",
        ["bot_id", "seq"],
        unique=False,
        sqlite_where=sa.text("state = 'new'"),
        postgresql_where=sa.text("state = 'new'"),
    )

    op.create_table(
        "operations",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("given", sa.String(length=64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_operations"),
        sa.UniqueConstraint("key", name="uq_operations_key"),
    )
    op.create_table(
        "secrets",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_secrets"),
    )
    op.create_table(
        "wallets",
        sa.Column("id", ID, nullable=False),
        sa.Column("balance", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("debt", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cash_paid", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("spending_off", sa.String(length=20), nullable=True),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.CheckConstraint("balance >= 0", name="ck_wallets_balance"),
        sa.CheckConstraint("debt >= 0", name="ck_wallets_debt"),
        sa.PrimaryKeyConstraint("id", name="pk_wallets"),
    )
    op.create_table(
        "welcome_marks",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_welcome_marks"),
    )
    op.create_table(
        "accounts",
        sa.Column("id", ID, nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("wallet_id", ID, nullable=True),
        sa.Column("consent_version", sa.String(length=20), nullable=True),
        sa.Column("consented_at", MOMENT, nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("name_answered", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("birthday_answered", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("advertising", sa.Boolean(), nullable=True),
        sa.Column("met_at", MOMENT, nullable=False),
        sa.Column("erased_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["wallet_id"], ["wallets.id"], name="fk_accounts_wallet_id"),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("phone", name="uq_accounts_phone"),
        sa.UniqueConstraint("telegram_id", name="uq_accounts_telegram_id"),
    )
    op.create_index("ix_accounts_wallet_id", "accounts", ["wallet_id"], unique=False)
    op.create_index("ix_accounts_withdrawn_at", "accounts", ["withdrawn_at"], unique=False)

    op.create_table(
        "entries",
        sa.Column("id", ID, nullable=False),
        sa.Column("operation_id", ID, nullable=False),
        sa.Column("wallet_id", ID, nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operations.id"], name="fk_entries_operation_id"
        ),
        sa.ForeignKeyConstraint(["wallet_id"], ["wallets.id"], name="fk_entries_wallet_id"),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
        sa.UniqueConstraint("operation_id", "wallet_id", name="uq_entries_operation_id_wallet_id"),
    )
    op.create_index("ix_entries_wallet_id_id", "entries", ["wallet_id", "id"], unique=False)

    op.create_table(
        "lots",
        sa.Column("id", ID, nullable=False),
        sa.Column("operation_id", ID, nullable=False),
        sa.Column("wallet_id", ID, nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("remaining", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("moved_from", ID, nullable=True),
        sa.CheckConstraint("amount > 0", name="ck_lots_amount"),
        sa.CheckConstraint("remaining >= 0 AND remaining <= amount", name="ck_lots_remaining"),
        sa.ForeignKeyConstraint(["moved_from"], ["lots.id"], name="fk_lots_moved_from"),
        sa.ForeignKeyConstraint(["operation_id"], ["operations.id"], name="fk_lots_operation_id"),
        sa.ForeignKeyConstraint(["wallet_id"], ["wallets.id"], name="fk_lots_wallet_id"),
        sa.PrimaryKeyConstraint("id", name="pk_lots"),
    )
    op.create_index("ix_lots_operation_id", "lots", ["operation_id"], unique=False)
    op.create_index("ix_lots_spending_order", "lots", ["wallet_id", "ends_at", "id"], unique=False)

    op.create_table(
        "patients",
        sa.Column("id", ID, nullable=False),
        sa.Column("wallet_id", ID, nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("external_id", sa.String(length=80), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=True),
        sa.Column("surname", sa.String(length=80), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("birth_day", sa.SmallInteger(), nullable=True),
        sa.Column("birth_month", sa.SmallInteger(), nullable=True),
        sa.Column("birth_year", sa.SmallInteger(), nullable=True),
        sa.Column("birthday_entered_at", MOMENT, nullable=True),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("erased_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["wallet_id"], ["wallets.id"], name="fk_patients_wallet_id"),
        sa.PrimaryKeyConstraint("id", name="pk_patients"),
        sa.UniqueConstraint("source", "external_id", name="uq_patients_source_external_id"),
    )
    op.create_index("ix_patients_phone", "patients", ["phone"], unique=False)
    op.create_index("ix_patients_wallet_id", "patients", ["wallet_id"], unique=False)

    op.create_table(
        "allocations",
        sa.Column("id", ID, nullable=False),
        sa.Column("entry_id", ID, nullable=False),
        sa.Column("lot_id", ID, nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("points <> 0", name="ck_allocations_points"),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_allocations_entry_id"),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name="fk_allocations_lot_id"),
        sa.PrimaryKeyConstraint("id", name="pk_allocations"),
    )
    op.create_index("ix_allocations_entry_id", "allocations", ["entry_id"], unique=False)
    op.create_index("ix_allocations_lot_id", "allocations", ["lot_id"], unique=False)

    op.create_table(
        "arrivals",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("payload", sa.String(length=64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_arrivals_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_arrivals"),
        sa.UniqueConstraint("account_id", "payload", name="uq_arrivals_account_id_payload"),
    )
    op.create_table(
        "consents",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_consents_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
    )
    op.create_index("ix_consents_account_id", "consents", ["account_id"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="pending", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before", MOMENT, nullable=False),
        sa.Column("leased_until", MOMENT, nullable=True),
        sa.Column("fault", sa.String(length=200), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_outbox_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_account_id", "outbox", ["account_id"], unique=False)
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["not_before", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('pending', 'claimed', 'sending')"),
        postgresql_where=sa.text("state IN ('pending', 'claimed', 'sending')"),
    )

    op.create_table(
        "speaks_for",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("patient_id", ID, nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_speaks_for_account_id"),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name="fk_speaks_for_patient_id"),
        sa.PrimaryKeyConstraint("id", name="pk_speaks_for"),
    )
    op.create_index("ix_speaks_for_patient_id", "speaks_for", ["patient_id"], unique=False)
    op.create_index(
        "uq_speaks_for_now",
        "speaks_for",
        ["account_id", "patient_id"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    for table in APPEND_ONLY:
        _refuse_changes(table)
    _fix_lots()
    _make_the_key_of_marks()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change")


def _refuse_changes(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
            )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION '% are append-only', TG_TABLE_NAME; END$$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )


def _fix_lots() -> None:
    columns = ", ".join(FIXED_IN_LOTS)
    changes = {"no_delete": "DELETE", "no_update": f"UPDATE OF {columns}"}
    for name, change in changes.items():
        if op.get_bind().dialect.name == "sqlite":
            op.execute(
                f"CREATE TRIGGER lots_{name} BEFORE {change} ON lots "
                "BEGIN SELECT RAISE(ABORT, 'lots are append-only'); END"
            )
        else:
            op.execute(
                f"CREATE TRIGGER lots_{name} BEFORE {change} ON lots "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )


def _make_the_key_of_marks() -> None:
    table = sa.table("secrets", sa.column("name"), sa.column("value"))
    op.execute(table.insert().values(name="marks", value=secrets.token_hex(32)))
