"""The books agree with each other, and whatever does not is found."""

import asyncio
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.load import load
from db.audit import CHECKS, FIRST, REFERENCES, Difference, audit, compared
from tests.db.test_desk import PHONE, admit, drafted, line, open_branch, recorded, register

PATIENTS = 60

REVERSAL = """INSERT INTO reversals (visit_id, n, kind, bill, money, points_back, clawed, debt,
    made_by, made_name, at) VALUES (1, 1, 'undone', {bill}, 0, {points}, 0, 0, 1, 'A', '2026-01-01')
"""

# All but a rouble of the fourth visit, which is of a friend, went back as the use cases write it.
RETURNED = """INSERT INTO reversals (visit_id, n, kind, bill, money, points_back, clawed, debt,
    made_by, made_name, at) SELECT 4, 1, 'returned', bill - 100, 0, 0, 0, 0, 1, 'A', '2026-01-01'
    FROM visits WHERE id = 4; INSERT INTO rewards (referrer_id, visit_id, n, points)
    SELECT w.referrer_id, 4, 1, -w.points * (v.bill - 100) / v.bill
    FROM rewards w JOIN visits v ON v.id = w.visit_id WHERE v.id = 4 AND w.friend_id IS NULL"""

LOWERED = "INSERT INTO rewards (referrer_id, visit_id, n, points) VALUES (1, 1, 1, -1)"
PROLONGED = """INSERT INTO operations (id, key, kind, given, at)
    VALUES (9999, 'prolonged:test', 'prolonged', '', '2020-01-01')
"""
POSTING = """INSERT INTO operations (id, key, kind, given, at)
    VALUES (9999, 'reward:1:2020-01', 'reward', '', '2020-01-01')
"""
# All of it went into the debt of the first wallet, which is said to have owed as much or not.
SETTLED = f"""{POSTING}; INSERT INTO rewards (referrer_id, operation_id, points)
    VALUES (1, 9999, -50);
    INSERT INTO entries (operation_id, wallet_id, points) VALUES (9999, 1, 0)
"""
OWED = """INSERT INTO reversals (visit_id, n, kind, bill, money, points_back, clawed, debt, made_by,
    made_name, at) SELECT MIN(id), 1, 'returned', 0, 0, 0, 0, {debt}, 1, 'A', '2026-01-01'
    FROM visits WHERE wallet_id = {wallet}"""
BROUGHT_DEBT = """INSERT INTO merges (request_id, kept_id, gone_id, kept_wallet, gone_wallet, cash,
    debt, filled, at) VALUES (1, {wallet}, 9, {wallet}, 9, 0, {debt}, '[]', '2026-01-01')"""
JOINED = """INSERT INTO operations (id, key, kind, given, at)
    VALUES (9997, 'join:1:9', 'join', '', '2020-01-01');
    INSERT INTO entries (operation_id, wallet_id, points) VALUES (9997, {wallet}, 0)"""
TAKEN = "INSERT INTO rewards (referrer_id, operation_id, points) VALUES (1, {operation}, {points})"

# The fourth visit is of a friend: it brings 300 points besides, as the owner has it.
FIXED = """INSERT INTO programmes (id, numbers, set_by, since)
    VALUES (9999, '{"friend_fixed": 300}', 1, '2020-01-01');
    UPDATE visits SET programme_id = 9999 WHERE id = 4;
    INSERT INTO rewards (referrer_id, visit_id, points, friend_id)
    SELECT b.referrer_id, v.id, 300, b.friend_id
      FROM visits v JOIN referrals b ON b.friend_id = v.patient_id WHERE v.id = 4"""
FIXED_OF = "friend_id IS NOT NULL"
FIXED_BACK = """INSERT INTO rewards (referrer_id, visit_id, n, points, friend_id)
    SELECT referrer_id, visit_id, 1, -points, friend_id FROM rewards WHERE friend_id IS NOT NULL"""

FRIENDS_GIFT = """INSERT INTO operations (id, key, kind, given, at)
    VALUES (9998, 'friend:1', 'friend', '', '2020-01-01')
"""

# One thing put wrong in a loaded base, and the checks that must notice.
WRONG = [
    ("UPDATE wallets SET balance = balance + 1 WHERE id = 1", "balance-entries"),
    ("UPDATE lots SET remaining = remaining - 1 WHERE id = 2", "balance-lots"),
    ("UPDATE wallets SET cash_paid = -1 WHERE id = 1", "below-zero"),
    ("DELETE FROM allocations WHERE points < 0 AND entry_id = 2", "entry-spread"),
    ("UPDATE allocations SET points = points + 1 WHERE id = 7", "lot-holds"),
    ("UPDATE lots SET first_ends_at = ends_at, prolonged_by = 1 WHERE id = 2", "lot-end"),
    (
        f"""{PROLONGED};
        UPDATE lots SET prolonged_by = 9999, first_ends_at = ends_at,
               ends_at = datetime(ends_at, '+61 days') WHERE id = 2""",
        "lot-end",
    ),
    (
        f"""{PROLONGED};
        UPDATE lots SET prolonged_by = 3, first_ends_at = '2020-01-01' WHERE id = 1;
        INSERT INTO operations (id, key, kind, given, at)
        VALUES (9998, 'join:1:1', 'join', '', '2020-01-02');
        INSERT INTO entries (id, operation_id, wallet_id, points) VALUES (9998, 9998, 1, 0);
        INSERT INTO allocations (entry_id, lot_id, points) VALUES (9998, 1, -1);
        INSERT INTO lots (operation_id, wallet_id, reason, amount, remaining, ends_at, moved_from)
        SELECT 9998, 1, reason, 1, 1, ends_at, 1 FROM lots WHERE id = 1""",
        "lot-end-once",
    ),
    ("UPDATE allocations SET lot_id = 9 WHERE id = 1", "own-wallet"),
    ("UPDATE operations SET key = 'visit:0' WHERE id = 1", "visit-operation"),
    ("UPDATE operations SET key = 'visit:0' WHERE id = 1", "operation-visit"),
    ("UPDATE visits SET points = 1, cash = bill - 100 WHERE id = 1", "visit-points"),
    ("UPDATE visit_parts SET sum = sum + 1 WHERE visit_id = 1", "visit-lines"),
    ("UPDATE drafts SET state = 'open' WHERE id = 1", "draft-visit"),
    (REVERSAL.format(bill=0, points=0), "reversal-operation"),
    (REVERSAL.format(bill=0, points=99_999), "reversal-within"),
    (REVERSAL.format(bill=0, points=1), "reversal-sum"),
    (
        f"""{REVERSAL.format(bill=0, points=1)};
        INSERT INTO operations (key, kind, given, at)
        SELECT 'reversal:' || id || ':1', 'return', '', '2026-01-01'
          FROM operations WHERE key = 'visit:1'""",
        "reversal-points",
    ),
    (
        f"""{REVERSAL.format(bill=0, points=0)};
        INSERT INTO reversal_parts (visit_id, n, part, sum)
        SELECT 1, 1, 0, sum + 1 FROM visit_parts WHERE visit_id = 1""",
        "reversal-parts",
    ),
    (
        f"""{REVERSAL.format(bill=0, points=99_999)};
        UPDATE reversals SET bill = (SELECT bill FROM visits WHERE id = 1)""",
        "reversal-rest",
    ),
    ("UPDATE wallets SET cash_paid = cash_paid + 1 WHERE id = 1", "cash-paid"),
    ("UPDATE patients SET merged_into = 2 WHERE id = 1", "merged-record"),
    (
        """INSERT INTO merges (request_id, kept_id, gone_id, kept_wallet, gone_wallet, cash, debt,
           filled, at) VALUES (1, 1, 2, 1, 2, 0, 0, '[]', '2026-01-01')""",
        "merged-wallet",
    ),
    (FRIENDS_GIFT, "friend-gift"),
    (
        f"""{FRIENDS_GIFT};
        INSERT INTO requests (id, source, branch_id, kind, state, amount, reason, asked_by,
             asked_name, asked_at)
        SELECT 9999, 'test', id, 'friends', 'waiting', 5, '', 0, '', '2026-01-01' FROM branches;
        INSERT INTO friends (friend_id, sender_id, at, request_id)
        VALUES (1, 2, '2026-01-01', 9999)""",
        "friend-gift",
    ),
    ("UPDATE rewards SET points = points + 1 WHERE visit_id = 4 AND n IS NULL", "reward-visit"),
    ("UPDATE rewards SET referrer_id = 4 WHERE visit_id = 4", "reward-referrer"),
    (f"{RETURNED}; UPDATE rewards SET points = points + 1 WHERE n = 1", "reward-lowered"),
    (f"{RETURNED}; DELETE FROM rewards WHERE n = 1", "reward-lowered"),
    (f"{RETURNED}; UPDATE rewards SET referrer_id = 4 WHERE n = 1", "reward-lowered"),
    (
        "INSERT INTO rewards (referrer_id, visit_id, n, points) VALUES (1, 1, 1, -1)",
        "reward-within",
    ),
    (f"{RETURNED}; UPDATE rewards SET points = 2 * points WHERE n = 1", "reward-within"),
    ("DELETE FROM rewards WHERE visit_id = 4", "visit-reward"),
    (f"{FIXED}; UPDATE rewards SET referrer_id = 4 WHERE {FIXED_OF}", "fixed-bond"),
    (f"{FIXED}; UPDATE rewards SET visit_id = 1 WHERE {FIXED_OF}", "fixed-bond"),
    (
        f"""{FIXED}; INSERT INTO rewards (referrer_id, visit_id, points, friend_id)
        SELECT referrer_id, 5, points, friend_id FROM rewards WHERE {FIXED_OF}""",
        "fixed-once",
    ),
    (f"{FIXED}; UPDATE rewards SET points = 301 WHERE {FIXED_OF}", "fixed-sum"),
    (f"{FIXED}; UPDATE visits SET programme_id = NULL", "fixed-sum"),
    (f"{FIXED}; UPDATE visits SET bill = 0, points = 0, cash = 0 WHERE id = 4", "fixed-sum"),
    (f"{FIXED}; {RETURNED}; UPDATE reversals SET money = bill + 100", "fixed-left"),
    (f"{FIXED}; {FIXED_BACK}", "fixed-left"),
    (f"{FIXED}; {FIXED_BACK}; DELETE FROM rewards WHERE {FIXED_OF} AND n IS NULL", "fixed-left"),
    (POSTING, "posting-lot"),
    (f"{POSTING}; {TAKEN.format(operation=9999, points=-50)}", "posting-lot"),
    (SETTLED, "posting-lot"),
    (f"{SETTLED}; {OWED.format(wallet=1, debt=49)}", "posting-lot"),
    (f"{SETTLED}; {OWED.format(wallet=2, debt=50)}", "posting-lot"),
    (f"{SETTLED}; {BROUGHT_DEBT.format(wallet=1, debt=49)}", "posting-lot"),
    (f"{SETTLED}; {BROUGHT_DEBT.format(wallet=2, debt=50)}", "posting-lot"),
    (f"{SETTLED}; {JOINED.format(wallet=2)}", "posting-lot"),
    (f"{SETTLED}; UPDATE entries SET points = 100 WHERE operation_id = 9999", "posting-lot"),
    (TAKEN.format(operation=1, points=-50), "posting-taken"),
    (f"{POSTING}; {TAKEN.format(operation=9999, points=50)}", "posting-taken"),
    (f"{POSTING}; {TAKEN.format(operation=9999, points=-1_000_000)}", "posting-within"),
    ("DELETE FROM doctors", REFERENCES),
]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("loaded") / "molar.db"
    load(file, PATIENTS)
    return file


def unwatch(base: sqlite3.Connection) -> None:
    triggers = base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (trigger,) in triggers:
        base.execute(f"DROP TRIGGER {trigger}")


def audited(file: Path) -> Sequence[Difference]:
    return asyncio.run(audit(f"sqlite+aiosqlite:///{file}")).differences


def test_a_loaded_base_agrees_with_itself(loaded):
    assert not audited(loaded)


@pytest.mark.parametrize(
    "right", [FIXED, f"{FIXED}; {RETURNED}; {FIXED_BACK}; UPDATE reversals SET money = bill + 100"]
)
def test_a_fixed_sum_is_right_while_it_stands_and_after_it_went(loaded, tmp_path, right):
    file = Path(shutil.copy(loaded, tmp_path / "right.db"))
    with closing(sqlite3.connect(file, isolation_level=None)) as base:
        unwatch(base)
        base.executescript(right)
    assert not [one for one in audited(file) if one.check.startswith("fixed")]


@pytest.mark.parametrize(
    "owed",
    [
        OWED.format(wallet=1, debt=50),
        f"{OWED.format(wallet=2, debt=50)}; UPDATE patients SET wallet_id = 1 WHERE id = 2",
        BROUGHT_DEBT.format(wallet=1, debt=50),
        JOINED.format(wallet=1),
    ],
    ids=["its own", "of who shares it now", "of a joined record", "of a family"],
)
def test_a_posting_may_have_gone_into_debt_where_there_was_as_much(loaded, tmp_path, owed):
    file = Path(shutil.copy(loaded, tmp_path / "right.db"))
    with closing(sqlite3.connect(file, isolation_level=None)) as base:
        unwatch(base)
        base.executescript(f"{SETTLED}; {owed}")
    assert not [one for one in audited(file) if one.check == "posting-lot"]


def test_a_loaded_base_has_what_was_asked_for(loaded):
    with closing(sqlite3.connect(loaded)) as base:
        tables = ("patients", "accounts", "visits")
        counts = [base.execute(f"SELECT COUNT(*) FROM {t}").fetchone()[0] for t in tables]
        indexed = base.execute("SELECT COUNT(*) FROM sqlite_master WHERE name LIKE 'ix_visits%'")
        assert counts == [PATIENTS, PATIENTS, 3 * PATIENTS]
        assert indexed.fetchone()[0] > 3


@pytest.mark.parametrize(("wrong", "check"), WRONG)
def test_what_is_wrong_is_found(loaded, tmp_path, wrong, check):
    file = Path(shutil.copy(loaded, tmp_path / "wrong.db"))
    with closing(sqlite3.connect(file, isolation_level=None)) as base:
        unwatch(base)
        base.execute("PRAGMA ignore_check_constraints=ON")
        base.executescript(wrong)
    [found] = [one for one in audited(file) if one.check == check]
    assert found.count >= len(found.first) > 0


def test_every_check_has_something_to_find():
    assert set(CHECKS) | {REFERENCES} == {check for _, check in WRONG}


def test_of_many_differences_the_first_are_shown_and_all_are_counted(loaded, tmp_path):
    file = Path(shutil.copy(loaded, tmp_path / "wrong.db"))
    with closing(sqlite3.connect(file, isolation_level=None)) as base:
        base.execute("UPDATE wallets SET cash_paid = cash_paid + 1")
    [found] = audited(file)
    assert (found.check, found.count, len(found.first)) == ("cash-paid", PATIENTS, FIRST)
    wallet, kept, counted = found.first[0]
    assert kept == counted + 1
    assert wallet in range(1, PATIENTS + 1)


def test_what_was_compared_is_counted(loaded):
    counts = asyncio.run(audit(f"sqlite+aiosqlite:///{loaded}")).counts
    assert counts == {
        "operations": 4 * PATIENTS,
        "entries": 4 * PATIENTS,
        "lots": 4 * PATIENTS,
        "wallets": PATIENTS,
        "visits": 3 * PATIENTS,
    }


async def test_what_the_desk_writes_agrees_on_both_databases(store, clock):
    branch = await store.change(open_branch)
    anna = await store.change(admit, branch)
    await register(store)
    first = await drafted(store, anna, PHONE, line(10_000_00, 0), source="line:1")
    await recorded(store, anna, first)
    found = await store.engines.read(compared)
    assert (found.differences, found.counts["visits"]) == ([], 1)
