"""The books agree with each other, and whatever does not is found."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.load import load
from db import engines
from db.audit import CHECKS, Differences, differences
from tests.db.test_desk import PHONE, admit, drafted, line, open_branch, recorded, register

PATIENTS = 60

# One thing put wrong in a loaded base, and the checks that must notice.
WRONG = [
    ("UPDATE wallets SET balance = balance + 1 WHERE id = 1", "balance is the sum of entries"),
    ("UPDATE lots SET remaining = remaining - 1 WHERE id = 2", "balance is what the lots hold"),
    ("UPDATE wallets SET cash_paid = -1 WHERE id = 1", "nothing is below zero"),
    ("DELETE FROM allocations WHERE points < 0 AND entry_id = 2", "every entry is spread"),
    ("UPDATE allocations SET points = points + 1 WHERE id = 7", "every lot holds"),
    ("UPDATE allocations SET lot_id = 9 WHERE id = 1", "an entry touches lots"),
    ("UPDATE operations SET key = 'visit:0' WHERE id = 1", "every visit of a wallet"),
    ("UPDATE operations SET key = 'visit:0' WHERE id = 1", "every operation of a visit"),
    ("UPDATE visits SET points = 1, cash = bill - 100 WHERE id = 1", "a visit's operation took"),
    ("UPDATE visit_parts SET sum = sum + 1 WHERE visit_id = 1", "a visit is the sum"),
    ("UPDATE drafts SET state = 'open' WHERE id = 1", "a recorded draft is a visit"),
    (
        """INSERT INTO reversals (visit_id, n, kind, bill, money, points_back, clawed, debt,
           made_by, made_name, at) VALUES (1, 1, 'undone', 0, 0, 0, 0, 0, 1, 'A', '2026-01-01')""",
        "a reversal of a wallet's visit",
    ),
    ("DELETE FROM doctors", "every reference leads somewhere"),
]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("loaded") / "molar.db"
    load(file, PATIENTS)
    return file


def audited(file: Path) -> Differences:
    engine = engines.sqlite_readers(f"sqlite:///{file}")
    with engine.connect() as connection:
        found = differences(connection)
    engine.dispose()
    return found


def test_a_loaded_base_agrees_with_itself(loaded):
    assert audited(loaded) == {}


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
        triggers = base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (trigger,) in triggers:
            base.execute(f"DROP TRIGGER {trigger}")
        base.execute(wrong)
    assert any(name.startswith(check) for name in audited(file))


def test_every_check_has_something_to_find():
    unseen = [name for name in CHECKS if not any(name.startswith(check) for _, check in WRONG)]
    assert unseen == []


async def test_what_the_desk_writes_agrees_on_both_databases(store, clock):
    branch = await store.change(open_branch)
    anna = await store.change(admit, branch)
    await register(store)
    first = await drafted(store, anna, PHONE, line(10_000_00, 0), source="line:1")
    await recorded(store, anna, first)
    assert await store.engines.read(differences) == {}
