"""Whether the books agree with each other: every query returns what does not, so none is best.

Each row begins with the number of what is wrong (a wallet, an entry, a visit…), then both sides.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

Differences = Mapping[str, Sequence[tuple[Any, ...]]]

CHECKS = {
    "balance is the sum of entries": """
        SELECT w.id, w.balance, COALESCE(e.points, 0)
          FROM wallets w
          LEFT JOIN (SELECT wallet_id, SUM(points) AS points FROM entries GROUP BY wallet_id) e
            ON e.wallet_id = w.id
         WHERE w.balance <> COALESCE(e.points, 0)
    """,
    "balance is what the lots hold": """
        SELECT w.id, w.balance, COALESCE(l.remaining, 0)
          FROM wallets w
          LEFT JOIN (SELECT wallet_id, SUM(remaining) AS remaining FROM lots GROUP BY wallet_id) l
            ON l.wallet_id = w.id
         WHERE w.balance <> COALESCE(l.remaining, 0)
    """,
    "nothing is below zero": """
        SELECT id, balance, debt FROM wallets WHERE balance < 0 OR debt < 0 OR cash_paid < 0
    """,
    "every entry is spread over lots": """
        SELECT e.id, e.points, COALESCE(a.points, 0)
          FROM entries e
          LEFT JOIN (SELECT entry_id, SUM(points) AS points FROM allocations GROUP BY entry_id) a
            ON a.entry_id = e.id
         WHERE e.points <> COALESCE(a.points, 0)
    """,
    "every lot holds what was put into it": """
        SELECT l.id, l.remaining, COALESCE(a.points, 0)
          FROM lots l
          LEFT JOIN (SELECT lot_id, SUM(points) AS points FROM allocations GROUP BY lot_id) a
            ON a.lot_id = l.id
         WHERE l.remaining <> COALESCE(a.points, 0)
    """,
    "an entry touches lots of its own wallet": """
        SELECT a.id, e.wallet_id, l.wallet_id
          FROM allocations a
          JOIN entries e ON e.id = a.entry_id
          JOIN lots l ON l.id = a.lot_id
         WHERE e.wallet_id <> l.wallet_id
    """,
    "every visit of a wallet has its operation": """
        SELECT v.id, v.wallet_id, o.id
          FROM visits v
          LEFT JOIN operations o ON o.key = 'visit:' || v.id
         WHERE v.wallet_id IS NOT NULL AND o.id IS NULL
    """,
    "every operation of a visit has its visit": """
        SELECT o.id, o.key, v.id
          FROM operations o
          LEFT JOIN visits v
            ON v.id = CASE WHEN o.kind = 'visit' THEN CAST(substr(o.key, 7) AS BIGINT) END
         WHERE o.kind = 'visit' AND v.id IS NULL
    """,
    "a visit's operation took the visit's points": """
        SELECT v.id, v.points, COALESCE(t.taken, 0)
          FROM visits v
          JOIN operations o ON o.key = 'visit:' || v.id
          LEFT JOIN (SELECT e.operation_id, -SUM(a.points) AS taken
                       FROM allocations a JOIN entries e ON e.id = a.entry_id
                      WHERE a.points < 0 GROUP BY e.operation_id) t
            ON t.operation_id = o.id
         WHERE v.points <> COALESCE(t.taken, 0)
    """,
    "a visit is the sum of its lines": """
        SELECT v.id, v.bill, COALESCE(p.total, 0)
          FROM visits v
          LEFT JOIN (SELECT visit_id, SUM(sum) AS total, SUM(points) AS points
                       FROM visit_parts GROUP BY visit_id) p
            ON p.visit_id = v.id
         WHERE v.bill <> COALESCE(p.total, 0) OR v.points <> COALESCE(p.points, 0)
    """,
    "a recorded draft is a visit and a visit a recorded draft": """
        SELECT d.id, d.state, v.id
          FROM drafts d
          LEFT JOIN visits v ON v.id = d.id
         WHERE (d.state = 'recorded') <> (v.id IS NOT NULL)
    """,
    "a reversal of a wallet's visit has its operation": """
        SELECT r.id, r.visit_id, r.n
          FROM reversals r
          JOIN visits v ON v.id = r.visit_id
          JOIN operations o ON o.key = 'visit:' || v.id
          LEFT JOIN operations back ON back.key = 'reversal:' || o.id || ':' || r.n
         WHERE back.id IS NULL
    """,
}


def differences(connection: Connection) -> Differences:
    """What does not agree, by the check that found it."""
    found = {name: _rows(connection, query) for name, query in CHECKS.items()}
    if connection.dialect.name == "sqlite":  # PostgreSQL holds foreign keys at every moment
        found["every reference leads somewhere"] = _rows(connection, "PRAGMA foreign_key_check")
    return {name: rows for name, rows in found.items() if rows}


def _rows(connection: Connection, query: str) -> Sequence[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(text(query))]
