"""Money returned in parts: how much of which part of the bill each reversal took back; and the
bonus of a regular visit.

Until now each took all that was left, and a return asked for the visit's only reversal.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "reversal_parts",
        sa.Column("visit_id", ID, autoincrement=False, nullable=False),
        sa.Column("n", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("part", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("sum", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("sum > 0", name="ck_reversal_parts_sum"),
        sa.ForeignKeyConstraint(
            ["visit_id", "n"],
            ["reversals.visit_id", "reversals.n"],
            name="fk_reversal_parts_visit_id_n",
        ),
        sa.ForeignKeyConstraint(
            ["visit_id", "part"],
            ["visit_parts.visit_id", "visit_parts.n"],
            name="fk_reversal_parts_visit_id_part",
        ),
        sa.PrimaryKeyConstraint("visit_id", "n", "part", name="pk_reversal_parts"),
    )
    _name_parts()
    _refuse_changes("reversal_parts")
    op.add_column("requests", sa.Column("n", sa.SmallInteger(), nullable=True))
    op.add_column("requests", sa.Column("slices", sa.JSON(), nullable=True))
    op.execute("UPDATE requests SET n = 1 WHERE kind = 'return'")
    bonus = sa.Column("bonus", sa.BigInteger(), server_default="0", nullable=False)
    op.add_column("visits", bonus)
    op.add_column("visits", sa.Column("bonus_ends_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Which parts of a bill were named is lost, how much of the bill went back is not.

    A part that still waits would be granted as the whole, so it waits no more.
    """
    op.execute(
        "UPDATE requests SET state = 'refused'"
        " WHERE kind = 'return' AND state = 'waiting' AND (slices IS NOT NULL OR n > 1)"
    )
    op.drop_column("visits", "bonus_ends_on")
    op.drop_column("visits", "bonus")
    with op.batch_alter_table("requests") as requests:
        requests.drop_column("slices")
        requests.drop_column("n")
    op.drop_table("reversal_parts")


def _name_parts() -> None:
    """A whole return took every part; one that this schema knew before, the first ones."""
    connection = op.get_bind()
    left: dict[int, dict[int, int]] = {}
    parts = connection.execute(sa.text(_PARTS))
    for visit, part, sum_ in parts.all():
        left.setdefault(visit, {})[part] = sum_
    named = [
        {"visit": visit, "n": n, "part": part, "sum": taken}
        for visit, n, amount in connection.execute(sa.text(_TAKEN)).all()
        for part, taken in _taken(left[visit], amount)
    ]
    if named:
        new = "INSERT INTO reversal_parts (visit_id, n, part, sum) VALUES (:visit, :n, :part, :sum)"
        connection.execute(sa.text(new), named)


_PARTS = """
    SELECT visit_id, n, sum FROM visit_parts
     WHERE visit_id IN (SELECT visit_id FROM reversals)
     ORDER BY visit_id, n
"""
_TAKEN = """
    SELECT r.visit_id, r.n,
           CASE WHEN r.money = v.cash THEN v.bill ELSE r.money + 100 * r.points_back END
      FROM reversals r JOIN visits v ON v.id = r.visit_id
     ORDER BY r.visit_id, r.n
"""


def _taken(left: dict[int, int], amount: int) -> list[tuple[int, int]]:
    taken = []
    for part, sum_ in left.items():
        share = min(sum_, amount)
        left[part], amount = sum_ - share, amount - share
        if share:
            taken.append((part, share))
    return taken


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
