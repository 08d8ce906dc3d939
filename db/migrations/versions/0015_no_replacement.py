"""No row of the books is replaced by another under whatever key of it, on SQLite either.

INSERT OR REPLACE takes the old row away without a word to the triggers of DELETE. And merges are
found by the wallet that stays.
"""

from alembic import op

revision = "0015"
down_revision = "0014"

# By which of its keys a row is there already. Operations are not here: their key is met every day,
# by an insert that then does nothing, and entries hold what has any.
KEYS = {
    "entries": ("id", "operation_id, wallet_id"),
    "visits": ("id",),
    "visit_parts": ("visit_id, n",),
    "reversals": ("id", "visit_id, n"),
    "reversal_parts": ("visit_id, n, part",),
    "consents": ("id",),
    "rewards": ("id", "visit_id, n", "operation_id, referrer_id"),
}
# What watched their ids before.
BEFORE = ("entries", "rewards")


def upgrade() -> None:
    op.create_index("ix_merges_kept_wallet", "merges", ["kept_wallet"])
    if op.get_bind().dialect.name == "sqlite":
        for table in BEFORE:
            op.execute(f"DROP TRIGGER {table}_no_replace")
        for table, keys in KEYS.items():
            _refuse(table, keys)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in KEYS:
            op.execute(f"DROP TRIGGER {table}_no_replace")
        for table in BEFORE:
            _refuse(table, ("id",))
    op.drop_index("ix_merges_kept_wallet", "merges")


def _refuse(table: str, keys: tuple[str, ...]) -> None:
    there = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE {_same(key.split(', '))})"  # noqa: S608 (named above)
        for key in keys
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} "
        f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
    )


def _same(columns: list[str]) -> str:
    """The first of them is there; a reward's gain has no `n`, and there is one of a visit."""
    first, *others = columns
    return " AND ".join([f"{first} = NEW.{first}", *(f"{one} IS NEW.{one}" for one in others)])
