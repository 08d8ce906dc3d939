"""What a long life costs: a wallet that has been through much, a base that has grown large.

Each is asked in turn with a young one, so that the machine's mood hits both.
"""

import asyncio
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from itertools import count
from pathlib import Path

from benchmarks.load import FIRST_PHONE, OPERATIONS, load, watched_at_the_end
from benchmarks.visits import SUM, ZONE
from bot.clock import SystemClock
from db.migrate import upgrade
from db.store import Store
from loyalty import statement
from loyalty.desk import drafting, recording
from loyalty.desk.card import card
from loyalty.desk.drafting import Wanted
from loyalty.team import Member

YOUNG, OLD = 10, 10_000  # operations of a wallet
SMALL = 1_000  # patients of a base
A_MILLION = 1_000_000 // OPERATIONS  # patients that have so many operations

lines = count(1)

# --- a wallet --------------------------------------------------------------------------------

# Which operations spend the point that the one before has brought; ends lie over a year.
SPENDS = {"kept": "0", "spent": "k % 2 = 0 AND k <= :operations - 10"}
_WALLET = """
INSERT INTO wallets (id, balance, opened_at) VALUES (:wallet, 0, '2020-01-01 00:00:00.000000');
CREATE TEMP TABLE came AS
  WITH RECURSIVE counted(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM counted WHERE k < :operations)
  SELECT :wallet * 1000000 + k AS n, k, date('now', '+' || (2 + k * 363 / :operations) || ' days')
         || ' 21:00:00.000000' AS ends_at, {spends} AS spends, 0 AS spent FROM counted;
UPDATE came SET spent = 1 WHERE k IN (SELECT k - 1 FROM came WHERE spends);
INSERT INTO operations (id, key, kind, given, at)
  SELECT n, 'gift:' || n, 'gift', '', '2026-01-01 00:00:00.000000' FROM came;
INSERT INTO entries (id, operation_id, wallet_id, points)
  SELECT n, n, :wallet, 1 - 2 * spends FROM came;
INSERT INTO lots (id, operation_id, wallet_id, reason, amount, remaining, ends_at)
  SELECT n, n, :wallet, 'gift', 1, 1 - spent, ends_at FROM came WHERE NOT spends;
INSERT INTO allocations (entry_id, lot_id, points)
  SELECT n, n - spends, 1 - 2 * spends FROM came;
UPDATE wallets SET balance = (SELECT SUM(remaining) FROM lots WHERE wallet_id = :wallet)
  WHERE id = :wallet;
DROP TABLE came
"""


def balances(folder: Path, points: str, pairs: int, asked: int, old: int = OLD) -> list[float]:
    """How much longer a balance of the old wallet takes than one of the young, pair by pair.

    Its `points` were kept or spent as they came.
    """
    file = folder / f"{points}.db"
    upgrade(f"sqlite+aiosqlite:///{file}")
    with closing(sqlite3.connect(file, isolation_level=None)) as base:
        base.execute("BEGIN")
        with watched_at_the_end(base):
            for wallet, operations in enumerate((YOUNG, old), 1):
                given = {"wallet": wallet, "operations": operations}
                for one in _WALLET.format(spends=SPENDS[points]).split(";"):
                    base.execute(one, given)
        base.execute("COMMIT")
    return asyncio.run(_asked_in_turn(file, pairs, asked))


async def _asked_in_turn(file: Path, pairs: int, asked: int) -> list[float]:
    store = Store(f"sqlite:///{file}", SystemClock(), ZONE)
    try:
        for wallet in (1, 2):
            await _asked(store, wallet, asked)  # warm
        taken = [[await _asked(store, wallet, asked) for wallet in (1, 2)] for _ in range(pairs)]
    finally:
        await store.close()
    return [old / young for young, old in taken]


async def _asked(store: Store, wallet: int, times: int) -> float:
    began = time.perf_counter()
    for _ in range(times):
        await store.ask(statement.statement, wallet)
    return time.perf_counter() - began


# --- a base ----------------------------------------------------------------------------------


def visits(
    folder: Path, pairs: int, recorded: int, sizes: tuple[int, int] = (SMALL, A_MILLION)
) -> list[float]:
    """How much longer a visit takes in the large base than in the small one, pair by pair.

    A visit is its line, its card and its record; of somebody else each time.
    """
    files = [folder / f"{patients}.db" for patients in sizes]
    for file, patients in zip(files, sizes, strict=True):
        load(file, patients)
    return asyncio.run(_recorded_in_turn(files, sizes, pairs, recorded))


async def _recorded_in_turn(
    files: Sequence[Path], sizes: Sequence[int], pairs: int, recorded: int
) -> list[float]:
    stores = [Store(f"sqlite:///{file}", SystemClock(), ZONE) for file in files]
    both = list(zip(stores, sizes, strict=True))
    try:
        for store, patients in both:
            await _recorded(store, patients, recorded)  # warm
        taken = [[await _recorded(*one, recorded) for one in both] for _ in range(pairs)]
    finally:
        for store in stores:
            await store.close()
    return [large / small for small, large in taken]


async def _recorded(store: Store, patients: int, visits: int) -> float:
    anna = await store.ask(lambda tx: tx.branches.member(1, 1))
    assert anna is not None  # written by `load`
    began = time.perf_counter()
    for _ in range(visits):
        await _visit(store, anna, patients)
    return time.perf_counter() - began


async def _visit(store: Store, anna: Member, patients: int) -> None:
    n = next(lines)
    whose = n * 7919 % patients + 1  # from all over the base
    wanted = Wanted([(SUM, None, None)], points=0)
    how = {"source": f"grown:{n}", "who": f"+{FIRST_PHONE + whose}", "wanted": wanted}
    draft = await store.change(drafting.open_draft, anna, "A", **how)
    seen = (await store.ask(card, draft.id)).draft
    await store.change(recording.record, anna, "A", seen.id, seen.revision)
