"""A large base in minutes: `python -m benchmarks.load --patients 100000 FILE`.

SQLite writes the rows itself, a statement a table, in the shapes that the use cases write: the
checks of `db.audit` hold for them. People are numbers; nobody is invented in such numbers.
"""

import argparse
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.demo.cast import FIRST_TELEGRAM
from db.migrate import upgrade

VISITS = 3  # of each patient: one that earns, one that spends half of that, one of a year ago
OPERATIONS = VISITS + 1  # and the welcome
FIRST_PHONE = 79_000_000_000

# `n` is the patient, `k` the visit among theirs, `v` its number. Bills are 5 000 to 19 900 ₽ in
# kopecks, the rate is 5 % everywhere; the second visit spends half of what the first earned.
_NUMBERS = """
CREATE TEMP TABLE people AS
  WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < :patients)
  SELECT n,
         (5000 + n * 7919 % 150 * 100) * 100 AS first_bill,
         date('now', '-' || (40 + n * 37 % 690) || ' days') AS came
    FROM counted;
CREATE TEMP TABLE comings AS
  SELECT (n - 1) * 3 + 1 AS v, n, 1 AS k, came AS day, first_bill AS bill, 0 AS points
    FROM people
  UNION ALL
  SELECT (n - 1) * 3 + 2, n, 2, date(came, '+14 days'),
         (5000 + n * 104729 % 150 * 100) * 100, first_bill / 2000 / 2
    FROM people
  UNION ALL
  SELECT (n - 1) * 3 + 3, n, 3, date(came, '+30 days'),
         (5000 + n * 15485863 % 150 * 100) * 100, 0
    FROM people;
CREATE TEMP TABLE attended AS
  SELECT v, n, k, day, day || ' 09:00:00.000000' AS at, bill, points,
         bill - 100 * points AS cash, (bill - 100 * points) * 500 / 1000000 AS earned,
         date(day, '+365 days') || ' 21:00:00.000000' AS ends_at
    FROM comings ORDER BY v;
DROP TABLE comings
"""

# A visit's operation, entry and lot have its number; those of the welcomes come after all visits.
_ROWS = """
INSERT INTO branches (id, name, chat_id, zone, legal, phone, opens, closes, opened_at)
  VALUES (1, 'A', -1, 'Europe/Moscow', 'A', '+7', '09:00', '20:00', '2020-01-01 00:00:00.000000');
INSERT INTO team (branch_id, telegram_id, name, standing, since)
  VALUES (1, 1, 'A', 'staff', '2020-01-01 00:00:00.000000');
INSERT INTO doctors (id, name, added_by, added_at)
  VALUES (1, 'B', 1, '2020-01-01 00:00:00.000000');
INSERT INTO wallets (id, balance, cash_paid, opened_at)
  SELECT a.n, 1000 + SUM(a.earned - a.points), SUM(a.cash), MIN(a.at) FROM attended a GROUP BY a.n;
INSERT INTO patients (id, wallet_id, source, name, phone, recorded_at)
  SELECT n, n, 'bot', 'P' || n, '+' || (:phone + n), came || ' 08:00:00.000000' FROM people;
INSERT INTO accounts (id, telegram_id, language, name, phone, wallet_id, consent_version,
                      consented_at, name_answered, birthday_answered, advertising, met_at)
  SELECT n, :telegram + n, 'ru', 'P' || n, '+' || (:phone + n), n, '2026-11',
         came || ' 08:00:00.000000', 1, 1, n % 2, came || ' 08:00:00.000000' FROM people;
INSERT INTO consents (account_id, kind, decision, version, at)
  SELECT n, 'data', 'given', '2026-11', came || ' 08:00:00.000000' FROM people;
INSERT INTO speaks_for (account_id, patient_id, relation, since)
  SELECT n, n, 'self', came || ' 08:00:00.000000' FROM people;
INSERT INTO drafts (id, source, branch_id, state, revision, author_id, author_name, patient_id,
                    found_by, kind, day, parts, points, created_at)
  SELECT v, 'load:' || v, 1, 'recorded', 0, 1, 'A', n, 'code', 'attendance', day,
         '[[' || bill || ', "therapy", 1, false]]',
         points, at FROM attended;
INSERT INTO visits (id, branch_id, patient_id, wallet_id, kind, found_by, training, day, bill,
                    excluded, points, cash, earned, reward, rate, balance_before, balance_after,
                    ends_on, legal, recorded_by, recorded_name, recorded_at)
  SELECT v, 1, n, n, 'attendance', 'code', 0, day, bill, 0, points, cash, earned, earned, 500,
         before, before - points + earned, date(day, '+365 days'), 'A', 1, 'A', at
    FROM (SELECT *, 1000 + SUM(earned - points) OVER (PARTITION BY n ORDER BY v) - earned + points
                    AS before FROM attended);
INSERT INTO visit_parts (visit_id, n, sum, category, doctor_id, excluded, points)
  SELECT v, 0, bill, 'therapy', 1, 0, points FROM attended;
INSERT INTO referrals (friend_id, referrer_id, at)
  SELECT n, n - 1, came || ' 08:00:00.000000' FROM people WHERE n % 2 = 0;
INSERT INTO rewards (referrer_id, visit_id, points)
  SELECT n - 1, v, earned FROM attended WHERE n % 2 = 0;
INSERT INTO operations (id, key, kind, given, at)
  SELECT v, 'visit:' || v, 'visit', printf('%064d', v), at FROM attended;
INSERT INTO operations (id, key, kind, given, at)
  SELECT :visits + n, 'welcome:' || n, 'welcome', printf('%064d', n),
         came || ' 08:00:00.000000' FROM people;
INSERT INTO entries (id, operation_id, wallet_id, points)
  SELECT v, v, n, earned - points FROM attended;
INSERT INTO entries (id, operation_id, wallet_id, points)
  SELECT :visits + n, :visits + n, n, 1000 FROM people;
INSERT INTO lots (id, operation_id, wallet_id, reason, amount, remaining, ends_at)
  SELECT v, v, n, 'cashback', earned,
         earned - CASE k WHEN 1 THEN LEAD(points) OVER (PARTITION BY n ORDER BY v) ELSE 0 END,
         ends_at FROM attended;
INSERT INTO lots (id, operation_id, wallet_id, reason, amount, remaining, ends_at)
  SELECT :visits + n, :visits + n, n, 'welcome', 1000, 1000,
         date(came, '+7 months') || ' 21:00:00.000000' FROM people;
INSERT INTO allocations (entry_id, lot_id, points)
  SELECT v, v - 1, -points FROM attended WHERE points > 0;
INSERT INTO allocations (entry_id, lot_id, points) SELECT v, v, earned FROM attended;
INSERT INTO allocations (entry_id, lot_id, points)
  SELECT :visits + n, :visits + n, 1000 FROM people
"""


def load(file: Path, patients: int) -> None:
    """Write a base of so many patients into a new file."""
    upgrade(f"sqlite+aiosqlite:///{file}")
    given = {
        "patients": patients,
        "visits": patients * VISITS,
        "phone": FIRST_PHONE,
        "telegram": FIRST_TELEGRAM,
    }
    with closing(sqlite3.connect(file, isolation_level=None)) as base:
        base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF")
        base.executescript("PRAGMA cache_size=-400000; PRAGMA temp_store=FILE")
        base.execute("BEGIN IMMEDIATE")
        _run(base, _NUMBERS, given)
        with watched_at_the_end(base):
            _run(base, _ROWS, given)
        base.execute("COMMIT")
        base.executescript("ANALYZE; PRAGMA journal_mode=WAL")


def _run(base: sqlite3.Connection, statements: str, given: dict[str, int]) -> None:
    for statement in statements.split(";"):
        base.execute(statement, given)


@contextmanager
def watched_at_the_end(base: sqlite3.Connection) -> Iterator[None]:
    """Rows go in four times faster where no index has to be kept meanwhile; lots come as they
    have become, so that triggers would count them twice.
    """
    found = base.execute(
        "SELECT type, name, sql FROM sqlite_master"
        " WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
    )
    watching = found.fetchall()
    for kind, name, _ in watching:
        base.execute(f"DROP {kind} {name}")
    yield
    for *_, definition in watching:
        base.execute(definition)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--patients", type=int, default=100_000)
    parser.add_argument("file", type=Path)
    asked = parser.parse_args()
    if asked.file.exists():
        parser.error(f"{asked.file} is there already")
    began = time.perf_counter()
    load(asked.file, asked.patients)
    size = asked.file.stat().st_size / 2**20
    print(f"{asked.patients} patients: {time.perf_counter() - began:.0f} s, {size:.0f} MiB")


if __name__ == "__main__":
    main()
