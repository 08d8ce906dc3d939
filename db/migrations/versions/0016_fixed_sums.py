"""The fixed sum of a friend's first paid visit: rows of `rewards` that name the bond's friend.

One stands of a bond at most, and what takes it back takes all of it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KIND = (
    "(visit_id IS NOT NULL AND operation_id IS NULL"
    " AND ((n IS NULL AND points > 0) OR (n IS NOT NULL AND points < 0)))"
    " OR (visit_id IS NULL AND n IS NULL AND operation_id IS NOT NULL{fixed} AND points <> 0)"
)
OF_VISIT = "visit_id IS NOT NULL AND n IS NULL"
# By their names: columns, whether one row may have them, of which rows.
INDEXES = {
    "uq_rewards_visit": (["visit_id"], True, f"{OF_VISIT} AND friend_id IS NULL"),
    "uq_rewards_reversal": (["visit_id", "n"], True, "n IS NOT NULL AND friend_id IS NULL"),
    "uq_rewards_fixed": (["visit_id"], True, "friend_id IS NOT NULL AND n IS NULL"),
    "uq_rewards_fixed_back": (["visit_id"], True, "friend_id IS NOT NULL AND n IS NOT NULL"),
    "ix_rewards_friend_id": (["friend_id"], False, "friend_id IS NOT NULL"),
}

# By which of its keys a row is there already; before, a visit and its reversal had one row each.
_THERE = "id = NEW.id"
_POSTED = "operation_id = NEW.operation_id AND referrer_id IS NEW.referrer_id"
_FIXED = (
    "visit_id = NEW.visit_id AND (n IS NULL) = (NEW.n IS NULL)"
    " AND friend_id IS NOT NULL AND NEW.friend_id IS NOT NULL"
)
BEFORE = (_THERE, "visit_id = NEW.visit_id AND n IS NEW.n", _POSTED)
KEYS = (
    _THERE,
    "visit_id = NEW.visit_id AND n IS NEW.n AND friend_id IS NULL AND NEW.friend_id IS NULL",
    _FIXED,
    _POSTED,
)

_RULED = """(
    NEW.n IS NULL AND (SELECT coalesce(sum(points), 0) FROM rewards
                        WHERE friend_id = NEW.friend_id) = 0
    OR EXISTS (SELECT 1 FROM rewards
                WHERE visit_id = NEW.visit_id AND n IS NULL AND friend_id = NEW.friend_id
                  AND NEW.n IS NOT NULL AND referrer_id = NEW.referrer_id AND points = -NEW.points)
)"""
_WRONG = "a fixed sum comes once, as ruled"


def upgrade() -> None:
    _make_anew(KIND.format(fixed=" AND friend_id IS NULL"), down=False)
    for name, (columns, unique, those) in INDEXES.items():
        _make_index(name, columns, unique=unique, those=those)
    if op.get_bind().dialect.name == "sqlite":
        _guard_on_sqlite(KEYS)
        op.execute(
            "CREATE TRIGGER rewards_fixed BEFORE INSERT ON rewards "
            f"WHEN NEW.friend_id IS NOT NULL AND {_RULED} IS NOT TRUE "
            f"BEGIN SELECT RAISE(ABORT, '{_WRONG}'); END"
        )
    else:
        _rule_on_postgresql()


def downgrade() -> None:
    """The older code has no place for fixed sums: what was posted of them lowers what comes."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    if on_sqlite:
        for trigger in ("fixed", "no_delete", "no_update", "no_replace"):
            op.execute(f"DROP TRIGGER rewards_{trigger}")
    else:
        op.execute("DROP TRIGGER rewards_fixed ON rewards")
        op.execute("DROP FUNCTION rule_fixed_sum")
        op.execute("ALTER TABLE rewards DISABLE TRIGGER rewards_append_only")
    op.execute("DELETE FROM rewards WHERE friend_id IS NOT NULL")
    if not on_sqlite:
        op.execute("ALTER TABLE rewards ENABLE TRIGGER rewards_append_only")
    for name in INDEXES:
        op.drop_index(name, "rewards")
    _make_anew(KIND.format(fixed=""), down=True)
    _make_index("uq_rewards_visit", ["visit_id"], unique=True, those=OF_VISIT)
    if on_sqlite:
        _guard_on_sqlite(BEFORE)


def _make_index(name: str, columns: list[str], *, unique: bool, those: str) -> None:
    where = sa.text(those)
    op.create_index(
        name, "rewards", columns, unique=unique, sqlite_where=where, postgresql_where=where
    )


def _make_anew(kind: str, *, down: bool) -> None:
    """On SQLite a new table takes the old one's place, whose triggers go with it."""
    unique = ["visit_id", "n"], ["visit_id", "n", "friend_id"]
    checks = "ck_rewards_ck_rewards_kind", "ck_rewards_kind"  # named twice over, once
    old, new = unique[::-1] if down else unique
    check, becomes = checks[::-1] if down else checks
    if not down:
        op.drop_index("uq_rewards_visit", "rewards")
    with op.batch_alter_table("rewards") as rewards:
        rewards.drop_constraint(op.f(check), type_="check")
        rewards.drop_constraint(op.f(f"uq_rewards_{'_'.join(old)}"), type_="unique")
        if down:
            rewards.drop_constraint(op.f("fk_rewards_friend_id"), type_="foreignkey")
            rewards.drop_column("friend_id")
        else:
            rewards.add_column(sa.Column("friend_id", ID, nullable=True))
            name = op.f("fk_rewards_friend_id")
            rewards.create_foreign_key(name, "referrals", ["friend_id"], ["friend_id"])
        rewards.create_check_constraint(op.f(becomes), kind)
        rewards.create_unique_constraint(op.f(f"uq_rewards_{'_'.join(new)}"), new)


def _guard_on_sqlite(keys: tuple[str, ...]) -> None:
    refused = "BEGIN SELECT RAISE(ABORT, 'rewards are append-only'); END"
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER rewards_no_{change.lower()} BEFORE {change} ON rewards {refused}"
        )
    there = " OR ".join(f"EXISTS (SELECT 1 FROM rewards WHERE {key})" for key in keys)  # noqa: S608 (named above)
    op.execute(f"CREATE TRIGGER rewards_no_replace BEFORE INSERT ON rewards WHEN {there} {refused}")


def _rule_on_postgresql() -> None:
    """Of two writers the second waits for the first one's bond, and sees what came of it."""
    op.execute(
        "CREATE FUNCTION rule_fixed_sum() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN "
        "PERFORM 1 FROM referrals WHERE friend_id = NEW.friend_id FOR NO KEY UPDATE; "
        f"IF {_RULED} IS NOT TRUE THEN RAISE EXCEPTION '{_WRONG}'; END IF; RETURN NEW; END$$"
    )
    op.execute(
        "CREATE TRIGGER rewards_fixed BEFORE INSERT ON rewards FOR EACH ROW "
        "WHEN (NEW.friend_id IS NOT NULL) EXECUTE FUNCTION rule_fixed_sum()"
    )
