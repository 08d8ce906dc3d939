"""Two records of one person become one, and apart again: what was moved is written down."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
MOVED = sa.text("moved_from IS NOT NULL")
MERGED = sa.text("merged_into IS NOT NULL")

# Of a visit only whose record it belongs to changes (a merge may move that).
FIXED_IN_VISITS = (
    *("id", "branch_id", "wallet_id", "kind", "found_by", "training", "day", "bill", "excluded"),
    *("points", "cash", "earned", "reward", "rate", "balance_before", "balance_after", "ends_on"),
    *(
        "bonus",
        "bonus_ends_on",
        "recall_on",
        "programme_id",
        "legal",
        "recorded_by",
        "recorded_name",
        "recorded_at",
    ),
)


def upgrade() -> None:
    _point_at_patients("patients", "merged_into")
    _point_at_patients("requests", "other_id")
    _make_merges()
    op.create_index(
        "ix_patients_merged_into",
        "patients",
        ["merged_into"],
        sqlite_where=MERGED,
        postgresql_where=MERGED,
    )
    op.create_index(
        "ix_lots_moved_from",
        "lots",
        ["moved_from"],
        sqlite_where=MOVED,
        postgresql_where=MOVED,
    )
    _refuse_changes_of_visits(f"UPDATE OF {', '.join(FIXED_IN_VISITS)}")


def downgrade() -> None:
    _refuse_changes_of_visits("UPDATE")
    op.execute("UPDATE outbox SET state = 'stale' WHERE kind LIKE 'merge%' OR kind = 'goodwill'")
    op.drop_index("ix_lots_moved_from", "lots")
    op.drop_index("ix_patients_merged_into", "patients")
    op.drop_table("merge_moves")
    op.drop_table("merges")
    _forget_requests()
    op.drop_column("requests", "other_id")
    op.drop_column("patients", "merged_into")


def _forget_requests() -> None:
    """Their kinds are unknown to the older code, as are letters about them."""
    connection = op.get_bind()
    query = "SELECT id FROM requests WHERE kind IN ('merge', 'goodwill')"
    gone = set(connection.scalars(sa.text(query)))
    letters = sa.table("outbox", sa.column("id"), sa.column("kind"), sa.column("state"))
    letters.append_column(sa.column("arguments", sa.JSON()))
    about = letters.c.kind.in_(("request", "request-decided"))
    for id_, arguments in connection.execute(
        sa.select(letters.c.id, letters.c.arguments).where(about)
    ).all():
        if arguments["request"] in gone:
            stale = sa.update(letters).where(letters.c.id == id_)
            connection.execute(stale.values(state="stale"))
    op.execute("DELETE FROM requests WHERE kind IN ('merge', 'goodwill')")


def _point_at_patients(table: str, column: str) -> None:
    """In one statement, which SQLite can do without writing the table anew."""
    kind = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {column} {kind} "
        f"CONSTRAINT fk_{table}_{column} REFERENCES patients (id)"
    )


def _make_merges() -> None:
    op.create_table(
        "merges",
        sa.Column("request_id", ID, autoincrement=False, nullable=False),
        sa.Column("kept_id", ID, nullable=False),
        sa.Column("gone_id", ID, nullable=False),
        sa.Column("kept_wallet", ID, nullable=False),
        sa.Column("gone_wallet", ID, nullable=False),
        sa.Column("cash", sa.BigInteger(), nullable=False),
        sa.Column("debt", sa.BigInteger(), nullable=False),
        sa.Column("kept_off", sa.String(length=20), nullable=True),
        sa.Column("gone_off", sa.String(length=20), nullable=True),
        sa.Column("filled", sa.JSON(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.CheckConstraint("kept_id <> gone_id", name="ck_merges_two"),
        sa.CheckConstraint("cash >= 0 AND debt >= 0", name="ck_merges_amounts"),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name="fk_merges_request_id"),
        sa.ForeignKeyConstraint(["kept_id"], ["patients.id"], name="fk_merges_kept_id"),
        sa.ForeignKeyConstraint(["gone_id"], ["patients.id"], name="fk_merges_gone_id"),
        sa.ForeignKeyConstraint(["kept_wallet"], ["wallets.id"], name="fk_merges_kept_wallet"),
        sa.ForeignKeyConstraint(["gone_wallet"], ["wallets.id"], name="fk_merges_gone_wallet"),
        sa.PrimaryKeyConstraint("request_id", name="pk_merges"),
    )
    op.create_index("ix_merges_kept_id", "merges", ["kept_id"])
    op.create_table(
        "merge_moves",
        sa.Column("merge_id", ID, nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("row_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["merge_id"], ["merges.request_id"], name="fk_merge_moves_merge_id"
        ),
        sa.PrimaryKeyConstraint("merge_id", "what", "row_id", name="pk_merge_moves"),
    )


def _refuse_changes_of_visits(change: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER visits_no_update")
        op.execute(
            f"CREATE TRIGGER visits_no_update BEFORE {change} ON visits "
            "BEGIN SELECT RAISE(ABORT, 'visits are append-only'); END"
        )
        return
    op.execute("DROP TRIGGER visits_append_only ON visits")
    op.execute(
        f"CREATE TRIGGER visits_append_only BEFORE {change} OR DELETE ON visits "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
