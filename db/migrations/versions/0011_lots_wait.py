"""The end of a lot moves once, for a visit that is booked, and no statement can say otherwise.

And what a wallet holds is found without what it has held.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

# Midnights of a zone, sixty days apart by its calendar: its clocks may go back in between.
MOST_HOURS = 60 * 24 + 3

_HOURS = {
    "sqlite": "24 * (julianday(NEW.ends_at) - julianday(OLD.ends_at))",
    "postgresql": "extract(epoch FROM NEW.ends_at - OLD.ends_at) / 3600",
}
_AS_RULED = f"""(
    OLD.prolonged_by IS NULL AND NEW.first_ends_at = OLD.ends_at AND NEW.ends_at > OLD.ends_at
    AND {{hours}} <= {MOST_HOURS}
    AND EXISTS (SELECT 1 FROM operations
                 WHERE id = NEW.prolonged_by AND kind = 'prolonged' AND at < OLD.ends_at)
    AND NOT EXISTS (SELECT 1 FROM operations WHERE key = 'expiry:' || OLD.id)
)"""  # noqa: S608 (a number named above)
# A new lot is prolonged only as the one that it was in another wallet.
_AS_IT_WAS = """(
    NEW.first_ends_at IS NULL AND NEW.prolonged_by IS NULL
    OR EXISTS (SELECT 1 FROM lots
                WHERE (id = NEW.moved_from OR moved_from = NEW.moved_from)
                  AND prolonged_by = NEW.prolonged_by AND first_ends_at = NEW.first_ends_at
                  AND ends_at = NEW.ends_at)
)"""
_WRONG = "the end of a lot moves once, as ruled"
HOLDS_POINTS = sa.text("remaining > 0")
MOVED = "ends_at, first_ends_at, prolonged_by"


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    moment, id_ = ("DATETIME", "INTEGER") if sqlite else ("TIMESTAMP WITH TIME ZONE", "BIGINT")
    # One statement each, which SQLite can do without writing the table anew.
    op.execute(f"ALTER TABLE lots ADD COLUMN first_ends_at {moment}")
    op.execute(
        f"ALTER TABLE lots ADD COLUMN prolonged_by {id_} "
        "CONSTRAINT fk_lots_prolonged_by REFERENCES operations (id)"
    )
    op.create_index(
        "ix_lots_held",
        "lots",
        ["wallet_id", "ends_at", "id", "remaining"],
        sqlite_where=HOLDS_POINTS,
        postgresql_where=HOLDS_POINTS,
    )
    if sqlite:
        _guard_on_sqlite()
    else:
        _guard_on_postgresql()


def downgrade() -> None:
    """A lot keeps the end it has: it was promised."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER lots_prolong_new")
        op.execute("DROP TRIGGER lots_prolong")
    else:
        for name in ("lots_prolong_new", "lots_prolong"):
            op.execute(f"DROP TRIGGER {name} ON lots")
        op.execute("DROP FUNCTION prolong_new_lot")
        op.execute("DROP FUNCTION prolong_lot")
    op.drop_index("ix_lots_held", "lots")
    op.drop_column("lots", "prolonged_by")
    op.drop_column("lots", "first_ends_at")


def _guard_on_sqlite() -> None:
    ruled = _AS_RULED.format(hours=_HOURS["sqlite"])
    for name, change, right in (
        ("lots_prolong", f"UPDATE OF {MOVED}", ruled),
        ("lots_prolong_new", "INSERT", _AS_IT_WAS),
    ):
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {change} ON lots WHEN {right} IS NOT TRUE "
            f"BEGIN SELECT RAISE(ABORT, '{_WRONG}'); END"
        )


def _guard_on_postgresql() -> None:
    ruled = _AS_RULED.format(hours=_HOURS["postgresql"])
    for function, name, change, right in (
        ("prolong_lot", "lots_prolong", f"UPDATE OF {MOVED}", ruled),
        ("prolong_new_lot", "lots_prolong_new", "INSERT", _AS_IT_WAS),
    ):
        op.execute(
            f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$BEGIN IF {right} IS NOT TRUE THEN RAISE EXCEPTION '{_WRONG}'; END IF; "
            "RETURN NEW; END$$"
        )
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {change} ON lots "
            f"FOR EACH ROW EXECUTE FUNCTION {function}()"
        )
