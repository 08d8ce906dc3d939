"""Whether the books agree with each other (programme: Reversal): a query for each thing that must
hold returns what does not, so no row is best.

Each row begins with the number of what is wrong (a wallet, an entry, a visit…), then both sides.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from db import engines
from db.migrate import NewerSchemaError, newest, revisions
from loyalty.gathering import STEP

Rows = Sequence[tuple[Any, ...]]
FIRST = 5  # rows of a difference that are shown; the rest is counted

REFERENCES = "references"  # found by SQLite itself; PostgreSQL holds them at every moment

# How a number of hours between two moments is spelt. A lot's end moves by 60 days of its zone's
# calendar at most, in which the clocks may go back.
HOURS_LATER = {
    "sqlite": "24 * (julianday(l.ends_at) - julianday(l.first_ends_at))",
    "postgresql": "extract(epoch FROM l.ends_at - l.first_ends_at) / 3600",
}
MOST_HOURS = 60 * 24 + 3
# The owner's fixed sum in the numbers that a visit was counted by.
FIXED_SUM = {
    "sqlite": "json_extract(p.numbers, '$.friend_fixed')",
    "postgresql": "CAST(p.numbers ->> 'friend_fixed' AS BIGINT)",
}

# CROSS JOIN keeps SQLite to the order of the tables: reversals are few among the visits.
CHECKS = {
    "balance-entries": """
        SELECT w.id, w.balance, COALESCE(e.points, 0)
          FROM wallets w
          LEFT JOIN (SELECT wallet_id, SUM(points) AS points FROM entries GROUP BY wallet_id) e
            ON e.wallet_id = w.id
         WHERE w.balance <> COALESCE(e.points, 0)
    """,
    "balance-lots": """
        SELECT w.id, w.balance, COALESCE(l.remaining, 0)
          FROM wallets w
          LEFT JOIN (SELECT wallet_id, SUM(remaining) AS remaining FROM lots GROUP BY wallet_id) l
            ON l.wallet_id = w.id
         WHERE w.balance <> COALESCE(l.remaining, 0)
    """,
    "below-zero": """
        SELECT id, balance, debt FROM wallets WHERE balance < 0 OR debt < 0 OR cash_paid < 0
    """,
    "entry-spread": """
        SELECT e.id, e.points, COALESCE(a.points, 0)
          FROM entries e
          LEFT JOIN (SELECT entry_id, SUM(points) AS points FROM allocations GROUP BY entry_id) a
            ON a.entry_id = e.id
         WHERE e.points <> COALESCE(a.points, 0)
    """,
    "lot-holds": """
        SELECT l.id, l.remaining, COALESCE(a.points, 0)
          FROM lots l
          LEFT JOIN (SELECT lot_id, SUM(points) AS points FROM allocations GROUP BY lot_id) a
            ON a.lot_id = l.id
         WHERE l.remaining <> COALESCE(a.points, 0)
    """,
    "lot-end": """
        SELECT l.id, l.first_ends_at, l.ends_at
          FROM lots l
          LEFT JOIN operations o ON o.id = l.prolonged_by AND o.kind = 'prolonged'
         WHERE (l.prolonged_by IS NOT NULL OR l.first_ends_at IS NOT NULL)
           AND (l.first_ends_at IS NULL OR o.id IS NULL OR o.at >= l.first_ends_at
                OR l.ends_at <= l.first_ends_at OR {hours_later} > {most_hours})
    """,
    "lot-end-once": """
        SELECT n.id, n.prolonged_by, s.prolonged_by
          FROM lots n
          JOIN entries e ON e.operation_id = n.operation_id
          JOIN allocations a ON a.entry_id = e.id AND a.points < 0
          JOIN lots s ON s.id = a.lot_id AND COALESCE(s.moved_from, s.id) = n.moved_from
         WHERE n.moved_from IS NOT NULL
           AND s.prolonged_by < n.operation_id AND s.ends_at IN (n.ends_at, n.first_ends_at)
           AND COALESCE(n.prolonged_by, 0) <> s.prolonged_by
    """,
    "own-wallet": """
        SELECT a.id, e.wallet_id, l.wallet_id
          FROM allocations a
          JOIN entries e ON e.id = a.entry_id
          JOIN lots l ON l.id = a.lot_id
         WHERE e.wallet_id <> l.wallet_id
    """,
    "visit-operation": """
        SELECT v.id, v.wallet_id, o.id
          FROM visits v
          LEFT JOIN operations o ON o.key = 'visit:' || v.id
         WHERE v.wallet_id IS NOT NULL AND o.id IS NULL
    """,
    "operation-visit": """
        SELECT o.id, o.key, v.id
          FROM operations o
          LEFT JOIN visits v
            ON v.id = CASE WHEN o.kind = 'visit' THEN CAST(substr(o.key, 7) AS BIGINT) END
         WHERE o.kind = 'visit' AND v.id IS NULL
    """,
    "visit-points": """
        SELECT v.id, v.points, COALESCE(t.taken, 0)
          FROM visits v
          JOIN operations o ON o.key = 'visit:' || v.id
          LEFT JOIN (SELECT e.operation_id, -SUM(a.points) AS taken
                       FROM allocations a JOIN entries e ON e.id = a.entry_id
                      WHERE a.points < 0 GROUP BY e.operation_id) t
            ON t.operation_id = o.id
         WHERE v.points <> COALESCE(t.taken, 0)
    """,
    "visit-lines": """
        SELECT v.id, v.bill, COALESCE(p.total, 0)
          FROM visits v
          LEFT JOIN (SELECT visit_id, SUM(sum) AS total, SUM(points) AS points
                       FROM visit_parts GROUP BY visit_id) p
            ON p.visit_id = v.id
         WHERE v.bill <> COALESCE(p.total, 0) OR v.points <> COALESCE(p.points, 0)
    """,
    "draft-visit": """
        SELECT d.id, d.state, v.id
          FROM drafts d
          LEFT JOIN visits v ON v.id = d.id
         WHERE (d.state = 'recorded') <> (v.id IS NOT NULL)
    """,
    "reversal-operation": """
        SELECT r.id, r.visit_id, r.n
          FROM reversals r
         CROSS JOIN visits v
         CROSS JOIN operations o
          LEFT JOIN operations back ON back.key = 'reversal:' || o.id || ':' || r.n
          LEFT JOIN patients p ON p.id = v.patient_id
         WHERE v.id = r.visit_id AND o.key = 'visit:' || v.id AND back.id IS NULL
           AND (p.erased_at IS NULL OR p.erased_at > r.at)
    """,
    "reversal-within": """
        SELECT v.id, v.points, r.points
          FROM visits v
          JOIN (SELECT visit_id, SUM(points_back) AS points, SUM(clawed) AS clawed,
                       SUM(bill) AS bill, SUM(money) AS money
                  FROM reversals GROUP BY visit_id) r
            ON r.visit_id = v.id
         WHERE r.points > v.points OR r.clawed > v.earned
            OR r.bill > v.bill - v.excluded OR r.money > v.cash
    """,
    "reversal-parts": """
        SELECT p.visit_id, p.sum, SUM(b.sum)
          FROM reversal_parts b
          JOIN visit_parts p ON p.visit_id = b.visit_id AND p.n = b.part
         GROUP BY p.visit_id, p.n, p.sum
        HAVING SUM(b.sum) > p.sum
    """,
    "reversal-sum": """
        SELECT r.visit_id, r.money + 100 * r.points_back, COALESCE(b.total, 0)
          FROM reversals r
          JOIN visits v ON v.id = r.visit_id
          LEFT JOIN (SELECT visit_id, n, SUM(sum) AS total
                       FROM reversal_parts GROUP BY visit_id, n) b
            ON b.visit_id = r.visit_id AND b.n = r.n
          LEFT JOIN patients p ON p.id = v.patient_id
         WHERE r.bill > COALESCE(b.total, 0)
            OR (p.erased_at IS NULL AND r.money + 100 * r.points_back <> COALESCE(b.total, 0))
    """,
    "reversal-points": """
        SELECT r.visit_id, r.points_back - r.clawed + r.debt,
               COALESCE((SELECT SUM(e.points) FROM entries e WHERE e.operation_id = back.id), 0)
          FROM reversals r
         CROSS JOIN operations o
         CROSS JOIN operations back
         WHERE o.key = 'visit:' || r.visit_id AND back.key = 'reversal:' || o.id || ':' || r.n
           AND r.points_back - r.clawed + r.debt <>
               COALESCE((SELECT SUM(e.points) FROM entries e WHERE e.operation_id = back.id), 0)
    """,
    "reversal-rest": """
        SELECT v.id, v.points, SUM(r.points_back)
          FROM visits v
          JOIN reversals r ON r.visit_id = v.id
          LEFT JOIN patients p ON p.id = v.patient_id
         WHERE p.erased_at IS NULL
         GROUP BY v.id, v.bill, v.excluded, v.points
        HAVING SUM(r.bill) = v.bill - v.excluded AND SUM(r.points_back) <> v.points
    """,
    "cash-paid": """
        SELECT w.id, w.cash_paid, COALESCE(p.cash, 0)
          FROM wallets w
          LEFT JOIN (SELECT p.wallet_id, SUM(v.cash - COALESCE(r.money, 0)) AS cash
                       FROM visits v
                       JOIN patients p ON p.id = v.patient_id
                       LEFT JOIN (SELECT visit_id, SUM(money) AS money
                                    FROM reversals GROUP BY visit_id) r
                         ON r.visit_id = v.id
                      GROUP BY p.wallet_id) p
            ON p.wallet_id = w.id
         WHERE w.cash_paid <> COALESCE(p.cash, 0)
           AND NOT EXISTS (SELECT 1 FROM patients e
                            WHERE e.wallet_id = w.id AND e.erased_at IS NOT NULL)
    """,
    "merged-record": """
        SELECT g.id, g.merged_into, v.id
          FROM patients g
          LEFT JOIN visits v ON v.patient_id = g.id
          LEFT JOIN merges m ON m.gone_id = g.id AND m.undone_at IS NULL
         WHERE g.merged_into IS NOT NULL AND (v.id IS NOT NULL OR m.request_id IS NULL)
    """,
    "merged-wallet": """
        SELECT m.gone_wallet, w.balance, w.cash_paid
          FROM merges m
          JOIN wallets w ON w.id = m.gone_wallet
         WHERE m.undone_at IS NULL AND m.gone_wallet <> m.kept_wallet
           AND (w.balance <> 0 OR w.cash_paid <> 0 OR w.debt <> 0)
    """,
    "friend-gift": """
        SELECT o.id, f.friend_id, r.state
          FROM operations o
          LEFT JOIN friends f
            ON f.friend_id = CASE WHEN o.kind = 'friend' THEN CAST(substr(o.key, 8) AS BIGINT) END
          LEFT JOIN requests r ON r.id = f.request_id
         WHERE o.kind = 'friend' AND (f.friend_id IS NULL OR r.state <> 'granted')
    """,
    "reward-visit": """
        SELECT v.id, w.points, v.reward
          FROM rewards w
          JOIN visits v ON v.id = w.visit_id
         WHERE w.n IS NULL AND w.friend_id IS NULL
           AND (w.points <> v.reward OR v.patient_id IS NULL OR v.training)
    """,
    # Or of a record that has ever been part of the patient's, also where it is none any longer.
    "reward-referrer": """
        WITH RECURSIVE once(part, kept) AS (
            SELECT gone_id, kept_id FROM merges
            UNION SELECT o.part, m.kept_id FROM once o JOIN merges m ON m.gone_id = o.kept)
        SELECT v.id, w.referrer_id, v.patient_id
          FROM rewards w
          JOIN visits v ON v.id = w.visit_id
          LEFT JOIN referrals b ON b.friend_id = v.patient_id AND b.referrer_id = w.referrer_id
         WHERE w.n IS NULL AND w.friend_id IS NULL AND b.friend_id IS NULL
           AND NOT EXISTS (SELECT 1 FROM referrals o JOIN once ON once.part = o.friend_id
                            WHERE o.referrer_id = w.referrer_id AND once.kept = v.patient_id)
    """,
    "reward-lowered": """
        SELECT r.visit_id, COALESCE(-l.points, 0), r.due
          FROM (SELECT r.visit_id, r.n, g.referrer_id,
                       g.points * r.total / NULLIF(v.bill - v.excluded, 0)
                       - g.points * (r.total - r.bill) / NULLIF(v.bill - v.excluded, 0) AS due
                  FROM (SELECT visit_id, n, bill,
                               CAST(SUM(bill) OVER (PARTITION BY visit_id ORDER BY n) AS BIGINT)
                               AS total
                          FROM reversals) r
                 CROSS JOIN rewards g
                 CROSS JOIN visits v
                 WHERE g.visit_id = r.visit_id AND g.n IS NULL AND g.friend_id IS NULL
                   AND v.id = r.visit_id) r
          LEFT JOIN rewards l ON l.visit_id = r.visit_id AND l.n = r.n AND l.friend_id IS NULL
         WHERE COALESCE(-l.points, 0) <> COALESCE(r.due, 0) OR l.referrer_id <> r.referrer_id
    """,
    "reward-within": """
        SELECT l.visit_id, l.lowered, g.points
          FROM (SELECT visit_id, -SUM(points) AS lowered
                  FROM rewards WHERE n IS NOT NULL AND friend_id IS NULL GROUP BY visit_id) l
          LEFT JOIN rewards g ON g.visit_id = l.visit_id AND g.n IS NULL AND g.friend_id IS NULL
         WHERE l.lowered > COALESCE(g.points, 0)
    """,
    # By the bond that it names, whose friend's record is the visit's, or has ever been part of it.
    "fixed-bond": """
        WITH RECURSIVE once(part, kept) AS (
            SELECT gone_id, kept_id FROM merges
            UNION SELECT o.part, m.kept_id FROM once o JOIN merges m ON m.gone_id = o.kept)
        SELECT v.id, w.friend_id, w.referrer_id
          FROM rewards w
          JOIN visits v ON v.id = w.visit_id
          LEFT JOIN referrals b ON b.friend_id = w.friend_id AND b.referrer_id = w.referrer_id
         WHERE w.friend_id IS NOT NULL
           AND (b.friend_id IS NULL OR v.patient_id IS NULL
                OR v.patient_id <> w.friend_id
                   AND NOT EXISTS (SELECT 1 FROM once
                                    WHERE part = w.friend_id AND kept = v.patient_id))
    """,
    "fixed-once": """
        SELECT friend_id, COUNT(*), SUM(points)
          FROM rewards WHERE friend_id IS NOT NULL
         GROUP BY friend_id HAVING SUM(CASE WHEN n IS NULL THEN 1 ELSE -1 END) > 1
    """,
    "fixed-sum": """
        SELECT v.id, w.points, COALESCE({fixed_sum}, 0)
          FROM rewards w
          JOIN visits v ON v.id = w.visit_id
          LEFT JOIN programmes p ON p.id = v.programme_id
         WHERE w.friend_id IS NOT NULL AND w.n IS NULL
           AND (w.points <> COALESCE({fixed_sum}, 0) OR v.cash = 0 OR v.training)
    """,
    # All of it stays as long as any of the money does, and goes with the last of it.
    "fixed-left": """
        SELECT w.visit_id, SUM(w.points), v.cash - COALESCE(r.money, 0)
          FROM rewards w
          JOIN visits v ON v.id = w.visit_id
          LEFT JOIN (SELECT visit_id, SUM(money) AS money FROM reversals GROUP BY visit_id) r
            ON r.visit_id = w.visit_id
         WHERE w.friend_id IS NOT NULL
         GROUP BY w.visit_id, v.cash, r.money
        HAVING SUM(CASE WHEN w.n IS NULL THEN 1 ELSE 0 END) <> 1
            OR v.cash - COALESCE(r.money, 0) > 0 AND COUNT(*) <> 1
            OR v.cash - COALESCE(r.money, 0) <= 0 AND SUM(w.points) <> 0
    """,
    # Nobody writes down how much of it debt took: no more than the wallet may ever have owed, by
    # returns, of its visits or of those who share it now, and by records that were joined to it.
    # Whose debt came with points to a family, or was left by parting records, has that in entries.
    "posting-lot": """
        SELECT o.id, COALESCE(w.points, 0), COALESCE(e.points, 0)
          FROM operations o
          LEFT JOIN (SELECT operation_id, -SUM(points) AS points
                       FROM rewards WHERE operation_id IS NOT NULL GROUP BY operation_id) w
            ON w.operation_id = o.id
          LEFT JOIN (SELECT operation_id, MIN(wallet_id) AS wallet_id, SUM(points) AS points
                       FROM entries GROUP BY operation_id) e
            ON e.operation_id = o.id
         WHERE o.kind = 'reward'
           AND (COALESCE(w.points, 0) <= 0 OR w.points % {step} <> 0 OR e.wallet_id IS NULL
                OR e.points > w.points
                OR (e.points < w.points AND NOT EXISTS (
                        SELECT 1 FROM entries x JOIN operations y ON y.id = x.operation_id
                         WHERE x.wallet_id = e.wallet_id AND y.kind IN ('join', 'merge_undone'))
                    AND w.points - e.points >
                        (SELECT COALESCE(SUM(r.debt), 0)
                           FROM reversals r
                           JOIN visits v ON v.id = r.visit_id
                           LEFT JOIN patients p ON p.id = v.patient_id
                          WHERE r.debt > 0
                            AND (v.wallet_id = e.wallet_id OR p.wallet_id = e.wallet_id))
                      + (SELECT COALESCE(SUM(m.debt), 0)
                           FROM merges m WHERE m.kept_wallet = e.wallet_id)))
    """,
    "posting-taken": """
        SELECT w.id, w.points, o.kind
          FROM rewards w
          JOIN operations o ON o.id = w.operation_id
         WHERE o.kind <> 'reward' OR w.points > 0
    """,
    # By the order of writing: of each record no more than had gathered for it by then.
    "posting-within": """
        SELECT s.id, s.points, s.gathered
          FROM (SELECT id, operation_id, points,
                       SUM(points) OVER (PARTITION BY referrer_id ORDER BY id) AS gathered
                  FROM rewards) s
         WHERE s.operation_id IS NOT NULL AND s.gathered < 0
    """,
    # What was recorded while records were one may have been of the other's friend, or of one's own.
    "visit-reward": """
        SELECT v.id, v.patient_id, b.referrer_id
          FROM referrals b
         CROSS JOIN visits v
          JOIN patients r ON r.id = b.referrer_id
          LEFT JOIN rewards w ON w.visit_id = v.id AND w.n IS NULL AND w.friend_id IS NULL
         WHERE v.patient_id = b.friend_id AND v.recorded_at > b.at AND v.reward > 0
           AND NOT v.training AND w.id IS NULL AND COALESCE(r.merged_into, r.id) <> v.patient_id
           AND v.id NOT IN (SELECT row_id FROM merge_moves WHERE what = 'visit')
           AND NOT EXISTS (SELECT 1 FROM merges m
                            WHERE m.kept_id = v.patient_id AND m.undone_at >= v.recorded_at)
    """,
}

# What the books hold, for whoever asks how much was compared.
BOOKS = ("operations", "entries", "lots", "wallets", "visits")


class OlderSchemaError(Exception):
    """The database has not been brought to this Molar's schema yet."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What does not agree: how many rows, and the first of them."""

    check: str
    count: int
    first: Rows


@dataclass(frozen=True, slots=True)
class Audit:
    """How many rows of each book were compared, and what differs."""

    counts: Mapping[str, int]
    differences: Sequence[Difference]


async def audit(url: str) -> Audit:
    """Compare all the books of a database at one moment of it, beside the bot that works on it.

    Raises OlderSchemaError, NewerSchemaError, what the database raised.
    """
    if engines.is_sqlite(url):
        return await asyncio.to_thread(_sqlite, url)
    engine = engines.postgres(url)
    try:
        async with engine.connect() as connection:
            connection = await connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            return await connection.run_sync(compared)
    finally:
        await engine.dispose()


def _sqlite(url: str) -> Audit:
    engine = engines.sqlite_readers(url)
    try:
        with engine.connect() as connection, connection.begin():
            return compared(connection)
    finally:
        engine.dispose()


def compared(connection: Connection) -> Audit:
    """The audit over this connection. Raises OlderSchemaError, NewerSchemaError."""
    _check_schema(connection)
    counts = {book: _count(connection, book) for book in BOOKS}
    return Audit(counts, differences(connection))


def differences(connection: Connection) -> Sequence[Difference]:
    """What does not agree in a database of this Molar's own schema."""
    spelt = {
        "hours_later": HOURS_LATER[connection.dialect.name],
        "most_hours": MOST_HOURS,
        "step": STEP,
        "fixed_sum": FIXED_SUM[connection.dialect.name],
    }
    queries = {check: query.format(**spelt) for check, query in CHECKS.items()}
    if connection.dialect.name == "sqlite":
        queries[REFERENCES] = "PRAGMA foreign_key_check"
    found = (_difference(connection, check, query) for check, query in queries.items())
    return [one for one in found if one.count]


def _check_schema(connection: Connection) -> None:
    found = MigrationContext.configure(connection).get_current_revision()
    if found is not None and found not in revisions():
        raise NewerSchemaError(found)
    if found != newest():
        raise OlderSchemaError(found)


def _count(connection: Connection, book: str) -> int:
    return int(connection.execute(text(f"SELECT COUNT(*) FROM {book}")).scalar_one())  # noqa: S608


def _difference(connection: Connection, check: str, query: str) -> Difference:
    rows = connection.execute(text(query))
    first = [tuple(row) for row in islice(rows, FIRST)]
    return Difference(check, len(first) + sum(1 for _ in rows), first)
