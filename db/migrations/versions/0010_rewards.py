"""Who recommended whom, and what their friends' visits gather for them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
OF_VISIT = sa.text("visit_id IS NOT NULL AND n IS NULL")
KIND = (
    "(visit_id IS NOT NULL AND operation_id IS NULL"
    " AND ((n IS NULL AND points > 0) OR (n IS NOT NULL AND points < 0)))"
    " OR (visit_id IS NULL AND n IS NULL AND operation_id IS NOT NULL AND points <> 0)"
)
# With what tells a row apart.
APPEND_ONLY = {"referrals": "friend_id", "rewards": "id"}


def upgrade() -> None:
    _make_referrals()
    _make_rewards()
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, key in APPEND_ONLY.items():
        if on_sqlite:
            _guard_on_sqlite(table, key)
        else:
            _guard_on_postgresql(table)


def downgrade() -> None:
    op.drop_table("rewards")
    op.drop_table("referrals")


def _make_referrals() -> None:
    op.create_table(
        "referrals",
        sa.Column("friend_id", ID, autoincrement=False, nullable=False),
        sa.Column("referrer_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("friend_id <> referrer_id", name="ck_referrals_two"),
        sa.ForeignKeyConstraint(["friend_id"], ["patients.id"], name="fk_referrals_friend_id"),
        sa.ForeignKeyConstraint(["referrer_id"], ["patients.id"], name="fk_referrals_referrer_id"),
        sa.PrimaryKeyConstraint("friend_id", name="pk_referrals"),
    )
    op.create_index("ix_referrals_referrer_id", "referrals", ["referrer_id"])


def _make_rewards() -> None:
    op.create_table(
        "rewards",
        sa.Column("id", ID, nullable=False),
        sa.Column("referrer_id", ID, nullable=False),
        sa.Column("visit_id", ID, nullable=True),
        sa.Column("n", sa.SmallInteger(), nullable=True),
        sa.Column("operation_id", ID, nullable=True),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(KIND, name="ck_rewards_kind"),
        sa.ForeignKeyConstraint(["referrer_id"], ["patients.id"], name="fk_rewards_referrer_id"),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name="fk_rewards_visit_id"),
        sa.ForeignKeyConstraint(
            ["visit_id", "n"],
            ["reversals.visit_id", "reversals.n"],
            name="fk_rewards_visit_id_n",
        ),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operations.id"], name="fk_rewards_operation_id"
        ),
        sa.UniqueConstraint("visit_id", "n", name="uq_rewards_visit_id_n"),
        sa.UniqueConstraint(
            "operation_id", "referrer_id", name="uq_rewards_operation_id_referrer_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rewards"),
    )
    op.create_index("ix_rewards_referrer_id", "rewards", ["referrer_id"])
    op.create_index(
        "uq_rewards_visit",
        "rewards",
        ["visit_id"],
        unique=True,
        sqlite_where=OF_VISIT,
        postgresql_where=OF_VISIT,
    )


def _guard_on_sqlite(table: str, key: str) -> None:
    refused = f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} {refused}"
        )
    # INSERT OR REPLACE takes the old row away without a word to the trigger of DELETE.
    there = f"NEW.{key} IN (SELECT {key} FROM {table})"  # noqa: S608 (a table named above)
    op.execute(f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} {refused}")


def _guard_on_postgresql(table: str) -> None:
    for name, change, each in (
        ("append_only", "UPDATE OR DELETE", "ROW"),
        ("no_truncate", "TRUNCATE", "STATEMENT"),
    ):
        op.execute(
            f"CREATE TRIGGER {table}_{name} BEFORE {change} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION refuse_change()"
        )
