"""The desk: branches with their staff, codes, drafts, visits and what corrects them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)

TABLES = (
    "branches",
    "code_misses",
    "doctors",
    "programmes",
    "team",
    "code_screens",
    "drafts",
    "paper_consents",
    "codes",
    "visits",
    "complaints",
    "requests",
    "reversals",
    "slips",
    "visit_parts",
)

# A visit and its correction are written once, like the points they moved.
APPEND_ONLY = ("visits", "visit_parts", "reversals", "paper_consents")


def upgrade() -> None:
    op.create_table(
        "branches",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("legal", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("opens", sa.String(length=5), nullable=False),
        sa.Column("closes", sa.String(length=5), nullable=False),
        sa.Column("days_off", sa.String(length=7), server_default="", nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_branches"),
        sa.UniqueConstraint("chat_id", name="uq_branches_chat_id"),
        sa.UniqueConstraint("name", name="uq_branches_name"),
    )
    op.create_table(
        "code_misses",
        sa.Column("id", ID, nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_code_misses"),
    )
    op.create_index("ix_code_misses", "code_misses", ["telegram_id", "at"], unique=False)
    op.create_table(
        "doctors",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_doctors"),
        sa.UniqueConstraint("name", name="uq_doctors_name"),
    )
    op.create_table(
        "programmes",
        sa.Column("id", ID, nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("set_by", sa.BigInteger(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_programmes"),
    )
    op.create_table(
        "team",
        sa.Column("id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("standing", sa.String(length=10), nullable=False),
        sa.Column("shared", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("on_shift", sa.String(length=80), nullable=True),
        sa.Column("shift_until", MOMENT, nullable=True),
        sa.Column("codes_locked_until", MOMENT, nullable=True),
        sa.Column("since", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name="fk_team_branch_id"),
        sa.PrimaryKeyConstraint("id", name="pk_team"),
        sa.UniqueConstraint("branch_id", "telegram_id", name="uq_team_branch_id_telegram_id"),
    )
    op.create_index("ix_team_telegram_id", "team", ["telegram_id"], unique=False)
    op.create_table(
        "code_screens",
        sa.Column("account_id", ID, autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("refresh_at", MOMENT, nullable=True),
        sa.Column("refresh_until", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_code_screens_account_id"),
        sa.PrimaryKeyConstraint("account_id", name="pk_code_screens"),
    )
    op.create_index("ix_code_screens_refresh_at", "code_screens", ["refresh_at"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("id", ID, nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("typed", sa.String(length=64), nullable=True),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("card_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("author_name", sa.String(length=80), nullable=False),
        sa.Column("patient_id", ID, nullable=True),
        sa.Column("who", sa.String(length=20), nullable=True),
        sa.Column("newcomer", sa.String(length=80), nullable=True),
        sa.Column("found_by", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=True),
        sa.Column("most", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("recall_on", sa.Date(), nullable=True),
        sa.Column("consent_until", MOMENT, nullable=True),
        sa.Column("consent_points", sa.BigInteger(), nullable=True),
        sa.Column("asked_until", MOMENT, nullable=True),
        sa.Column("asked_points", sa.BigInteger(), nullable=True),
        sa.Column("signed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("repeats", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("new_doctor", sa.String(length=80), nullable=True),
        sa.Column("corrects", sa.BigInteger(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("points >= 0", name="ck_drafts_points"),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name="fk_drafts_branch_id"),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name="fk_drafts_patient_id"),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sa.UniqueConstraint("source", name="uq_drafts_source"),
    )
    op.create_index("ix_drafts_card", "drafts", ["branch_id", "card_id"], unique=False)
    op.create_index(
        "ix_drafts_open",
        "drafts",
        ["created_at"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index("ix_drafts_patient_id", "drafts", ["patient_id"], unique=False)
    op.create_index("ix_drafts_typed", "drafts", ["branch_id", "typed", "created_at"], unique=False)
    op.create_index(
        "ix_drafts_typed_for",
        "drafts",
        ["created_at"],
        unique=False,
        sqlite_where=sa.text("who IS NOT NULL OR typed IS NOT NULL"),
        postgresql_where=sa.text("who IS NOT NULL OR typed IS NOT NULL"),
    )
    op.create_table(
        "paper_consents",
        sa.Column("patient_id", ID, autoincrement=False, nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("taken_by", sa.BigInteger(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patients.id"], name="fk_paper_consents_patient_id"
        ),
        sa.PrimaryKeyConstraint("patient_id", name="pk_paper_consents"),
    )
    op.create_table(
        "codes",
        sa.Column("id", ID, nullable=False),
        sa.Column("digits", sa.String(length=4), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("claimed_by", ID, nullable=True),
        sa.Column("claimed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_codes_account_id"),
        sa.ForeignKeyConstraint(["claimed_by"], ["drafts.id"], name="fk_codes_claimed_by"),
        sa.PrimaryKeyConstraint("id", name="pk_codes"),
        sa.UniqueConstraint("token", name="uq_codes_token"),
    )
    op.create_index("ix_codes_account", "codes", ["account_id", "id"], unique=False)
    op.create_index("ix_codes_claimed_by", "codes", ["claimed_by"], unique=False)
    op.create_index("ix_codes_digits", "codes", ["digits", "id"], unique=False)
    op.create_index("ix_codes_ends_at", "codes", ["ends_at"], unique=False)
    op.create_table(
        "visits",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("patient_id", ID, nullable=True),
        sa.Column("wallet_id", ID, nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("found_by", sa.String(length=10), nullable=False),
        sa.Column("training", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("bill", sa.BigInteger(), nullable=False),
        sa.Column("excluded", sa.BigInteger(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("cash", sa.BigInteger(), nullable=False),
        sa.Column("earned", sa.BigInteger(), nullable=False),
        sa.Column("reward", sa.BigInteger(), nullable=False),
        sa.Column("rate", sa.Integer(), nullable=False),
        sa.Column("balance_before", sa.BigInteger(), nullable=False),
        sa.Column("balance_after", sa.BigInteger(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("recall_on", sa.Date(), nullable=True),
        sa.Column("programme_id", ID, nullable=True),
        sa.Column("legal", sa.String(length=200), nullable=False),
        sa.Column("recorded_by", sa.BigInteger(), nullable=False),
        sa.Column("recorded_name", sa.String(length=80), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.CheckConstraint("bill >= 0 AND points >= 0 AND earned >= 0", name="ck_visits_amounts"),
        sa.CheckConstraint("cash = bill - 100 * points AND cash >= 0", name="ck_visits_cash"),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name="fk_visits_branch_id"),
        sa.ForeignKeyConstraint(["id"], ["drafts.id"], name="fk_visits_id"),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name="fk_visits_patient_id"),
        sa.ForeignKeyConstraint(["programme_id"], ["programmes.id"], name="fk_visits_programme_id"),
        sa.ForeignKeyConstraint(["wallet_id"], ["wallets.id"], name="fk_visits_wallet_id"),
        sa.PrimaryKeyConstraint("id", name="pk_visits"),
    )
    op.create_index("ix_visits_branch", "visits", ["branch_id", "day"], unique=False)
    op.create_index("ix_visits_latest", "visits", ["branch_id", "id"], unique=False)
    op.create_index("ix_visits_patient", "visits", ["patient_id", "day"], unique=False)
    op.create_index(
        "ix_visits_presser", "visits", ["branch_id", "recorded_by", "recorded_at"], unique=False
    )
    op.create_table(
        "complaints",
        sa.Column("id", ID, nullable=False),
        sa.Column("visit_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_complaints_account_id"),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name="fk_complaints_visit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_complaints"),
        sa.UniqueConstraint(
            "visit_id", "account_id", "kind", name="uq_complaints_visit_id_account_id_kind"
        ),
    )
    op.create_table(
        "requests",
        sa.Column("id", ID, nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("patient_id", ID, nullable=True),
        sa.Column("visit_id", ID, nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("asked_name", sa.String(length=80), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name="fk_requests_branch_id"),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name="fk_requests_patient_id"),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name="fk_requests_visit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_requests"),
        sa.UniqueConstraint("source", name="uq_requests_source"),
    )
    op.create_index(
        "ix_requests_branch", "requests", ["branch_id", "kind", "asked_at"], unique=False
    )
    op.create_index("ix_requests_patient", "requests", ["patient_id"], unique=False)
    op.create_table(
        "reversals",
        sa.Column("id", ID, nullable=False),
        sa.Column("visit_id", ID, nullable=False),
        sa.Column("n", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("bill", sa.BigInteger(), nullable=False),
        sa.Column("money", sa.BigInteger(), nullable=False),
        sa.Column("points_back", sa.BigInteger(), nullable=False),
        sa.Column("clawed", sa.BigInteger(), nullable=False),
        sa.Column("debt", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_name", sa.String(length=80), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name="fk_reversals_visit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reversals"),
        sa.UniqueConstraint("visit_id", "n", name="uq_reversals_visit_id_n"),
    )
    op.create_table(
        "slips",
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("visit_id", ID, nullable=False),
        sa.Column("used_by", ID, nullable=True),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["used_by"], ["accounts.id"], name="fk_slips_used_by"),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name="fk_slips_visit_id"),
        sa.PrimaryKeyConstraint("token", name="pk_slips"),
        sa.UniqueConstraint("visit_id", name="uq_slips_visit_id"),
    )
    op.create_table(
        "visit_parts",
        sa.Column("visit_id", ID, nullable=False),
        sa.Column("n", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("sum", sa.BigInteger(), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=True),
        sa.Column("doctor_id", ID, nullable=True),
        sa.Column("excluded", sa.Boolean(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["doctor_id"], ["doctors.id"], name="fk_visit_parts_doctor_id"),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name="fk_visit_parts_visit_id"),
        sa.PrimaryKeyConstraint("visit_id", "n", name="pk_visit_parts"),
    )
    op.create_index("ix_visit_parts_doctor_id", "visit_parts", ["doctor_id"], unique=False)
    _address_letters_to_chats_too()
    for table in APPEND_ONLY:
        _refuse_changes(table)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.execute("DELETE FROM outbox WHERE account_id IS NULL")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_constraint("ck_outbox_addressee", type_="check")
        outbox.drop_column("chat_id")
        outbox.alter_column("account_id", existing_type=ID, nullable=False)


def _address_letters_to_chats_too() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("chat_id", sa.BigInteger(), nullable=True))
        outbox.alter_column("account_id", existing_type=ID, nullable=True)
        outbox.create_check_constraint(
            "ck_outbox_addressee", "(account_id IS NULL) <> (chat_id IS NULL)"
        )


def _refuse_changes(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
