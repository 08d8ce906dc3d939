"""A lot holds what was allocated to it, and no statement can say otherwise."""

from alembic import op

revision = "0009"
down_revision = "0008"

BOOKS = ("operations", "entries", "allocations", "lots")
VISITS = ("visits", "visit_parts", "reversals", "reversal_parts")
APPEND_ONLY = (*BOOKS, *VISITS, "consents", "paper_consents")

_HELD = "(SELECT coalesce(sum(points), 0) FROM allocations WHERE lot_id = NEW.id)"
_MOVE = "UPDATE lots SET remaining = remaining + NEW.points WHERE id = NEW.lot_id"
_WRONG = "a lot holds what was allocated to it"


def upgrade() -> None:
    with op.batch_alter_table("wallets") as wallets:
        wallets.create_check_constraint(op.f("ck_wallets_cash_paid"), "cash_paid >= 0")
    if op.get_bind().dialect.name == "sqlite":
        _hold_on_sqlite()
        _refuse_replacement()
    else:
        _hold_on_postgresql()
        _refuse_truncation()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for trigger in ("allocations_move_lot", "lots_hold_new", "lots_hold"):
            op.execute(f"DROP TRIGGER {trigger}")
        for table in BOOKS:
            op.execute(f"DROP TRIGGER {table}_no_replace")
    else:
        op.execute("DROP TRIGGER allocations_move_lot ON allocations")
        op.execute("DROP TRIGGER lots_hold ON lots")
        op.execute("DROP FUNCTION move_lot")
        op.execute("DROP FUNCTION hold_lot")
        for table in APPEND_ONLY:
            op.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
    with op.batch_alter_table("wallets") as wallets:
        wallets.drop_constraint(op.f("ck_wallets_cash_paid"), type_="check")


def _hold_on_sqlite() -> None:
    op.execute(
        f"CREATE TRIGGER allocations_move_lot AFTER INSERT ON allocations BEGIN {_MOVE}; END"
    )
    for name, change in {"hold_new": "INSERT", "hold": "UPDATE OF remaining"}.items():
        op.execute(
            f"CREATE TRIGGER lots_{name} BEFORE {change} ON lots WHEN NEW.remaining <> {_HELD} "
            f"BEGIN SELECT RAISE(ABORT, '{_WRONG}'); END"
        )


def _hold_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION move_lot() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$BEGIN {_MOVE}; RETURN NULL; END$$"
    )
    op.execute(
        "CREATE TRIGGER allocations_move_lot AFTER INSERT ON allocations "
        "FOR EACH ROW EXECUTE FUNCTION move_lot()"
    )
    op.execute(
        "CREATE FUNCTION hold_lot() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$BEGIN IF NEW.remaining <> {_HELD} THEN RAISE EXCEPTION '{_WRONG}'; END IF; "
        "RETURN NEW; END$$"
    )
    op.execute(
        "CREATE TRIGGER lots_hold BEFORE INSERT OR UPDATE OF remaining ON lots "
        "FOR EACH ROW EXECUTE FUNCTION hold_lot()"
    )


def _refuse_replacement() -> None:
    """INSERT OR REPLACE takes the old row away without a word to the triggers of DELETE."""
    for table in BOOKS:
        there = f"NEW.id IN (SELECT id FROM {table})"  # noqa: S608 (a table named above)
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} "
            f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
        )


def _refuse_truncation() -> None:
    """TRUNCATE asks no trigger of a row."""
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
