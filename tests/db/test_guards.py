"""What the database refuses whoever asks: each statement here is tried by a second connection."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import asyncpg
import pytest
from sqlalchemy import Integer, String

from db.audit import compared
from db.engines import is_sqlite
from db.tables import metadata
from db.types import UtcDateTime
from loyalty import rewards
from loyalty.desk.newcomers import record_patient
from tests.db.test_correcting import EMMAS, PHONE, desk, maria  # noqa: F401 (fixtures)
from tests.support.second import second

OLEGS = "+79161112235"
BOOKS = ("operations", "entries", "lots", "allocations")
# With a column of each.
WRITTEN_ONCE = {
    "operations": "at",
    "entries": "points",
    "allocations": "points",
    "consents": "decision",
    "visit_parts": "sum",
    "reversals": "money",
    "reversal_parts": "sum",
    "referrals": "at",
    "rewards": "points",
}
OF_A_VISIT = [c.name for c in metadata.tables["visits"].columns if c.name != "patient_id"]
OF_A_LOT = ("id", "operation_id", "wallet_id", "reason", "amount", "moved_from")

NEW_LOT = (
    "INSERT INTO lots (id, operation_id, wallet_id, reason, amount, remaining, ends_at)"
    " SELECT 99, operation_id, wallet_id, reason, {}, {}, ends_at FROM lots WHERE id = 1"
)
NEW_ALLOCATION = "INSERT INTO allocations (entry_id, lot_id, points) VALUES ({}, {}, {})"

NEW_REWARD = (
    "INSERT INTO rewards (referrer_id, visit_id, n, operation_id, points)"
    " VALUES ({}, {}, {}, {}, {})"
)
# The first visit has its reward, and nothing has been taken back of it; of the second all has;
# the third is of somebody whom nobody recommended.
WRONG_REWARDS = [
    (1, 1, "NULL", "NULL", 5),  # twice of one visit
    (1, 1, 1, "NULL", -5),  # lowered by a reversal that isn't there
    (1, 2, 1, "NULL", -5),  # twice by one
    (1, 3, "NULL", "NULL", 0),
    (1, 3, "NULL", "NULL", -5),
    (1, 2, 1, "NULL", 5),
    (1, 3, "NULL", 1, 5),  # a visit's and an operation's
    (1, "NULL", "NULL", "NULL", 5),  # nobody's
    (1, "NULL", 1, 1, 5),
    (1, "NULL", "NULL", 1, 0),
    (1, 999, "NULL", "NULL", 5),
    (1, "NULL", "NULL", 999, 5),
    (999, 3, "NULL", "NULL", 5),
]
NEW_FIXED = NEW_REWARD.replace("points)", "points, friend_id)", 1)[:-1] + ", {})"
# The first visit brought Emma the fixed sum, by a bond whose friend is Maria.
WRONG_FIXED = [
    (2, 3, "NULL", "NULL", 300, 1),  # once more of the bond
    (2, 1, "NULL", "NULL", 300, 1),  # and of the visit
    (2, 3, "NULL", "NULL", 300, 3),  # of no bond
    (2, 1, 1, "NULL", -300, 1),  # taken by a reversal that isn't there
    (2, 2, 1, "NULL", -300, 1),  # of a visit that brought none
    (2, 3, "NULL", "NULL", 0, 1),
    (2, "NULL", "NULL", 1, -300, 1),  # an operation's
]
# A gain, a lowering, a posting, each in another one's place.
REPLACING = [(1, 1, "NULL", "NULL", 1), (1, 2, 1, "NULL", -1), (1, "NULL", "NULL", 1, 1)]
POSTING = NEW_REWARD.format(1, "NULL", "NULL", 1, 7)
# Lots: one may wait, one waits already, one was swept. Operations: one says so, one said it late.
WAITING_LOT, PROLONGED_LOT, SWEPT_LOT = 91, 92, 93
PROLONGING, ENDED_OPERATION = 91, 92
FIRST_END, LATER = "2027-03-01 21:00:00.000000", "2027-04-30 21:00:00.000000"
OF_AN_END = ("ends_at", "first_ends_at", "prolonged_by")
WAITS = (
    "UPDATE lots SET first_ends_at = ends_at, ends_at = '{ends_at}', prolonged_by = {by}"
    " WHERE id = {lot}"
)
POURED = (
    "INSERT INTO lots (id, operation_id, wallet_id, reason, amount, remaining, ends_at, moved_from,"
    " first_ends_at, prolonged_by) SELECT 99, operation_id, wallet_id, reason, 1, 0, {ends_at},"
    " {lot}, first_ends_at, {by} FROM lots WHERE id = 92"
)
LOTS_WITH_ENDS = (
    *(
        "INSERT INTO operations (id, key, kind, given, at)"
        f" VALUES ({n}, '{key}', '{kind}', '', '{at}')"
        for n, key, kind, at in (
            (PROLONGING, "prolonged:test:1", "prolonged", "2026-11-21 09:00:00.000000"),
            (ENDED_OPERATION, "prolonged:test:2", "prolonged", FIRST_END),
            (93, f"expiry:{SWEPT_LOT}", "expiry", "2026-11-21 09:00:00.000000"),
        )
    ),
    *(
        "INSERT INTO lots (id, operation_id, wallet_id, reason, amount, remaining, ends_at)"
        f" SELECT {n}, 1, wallet_id, reason, 1, 0, '{FIRST_END}' FROM lots WHERE id = 1"
        for n in (WAITING_LOT, PROLONGED_LOT, SWEPT_LOT)
    ),
    WAITS.format(ends_at=LATER, by=PROLONGING, lot=PROLONGED_LOT),
)

WITHOUT_ID = {
    table: ", ".join(c.name for c in metadata.tables[table].columns if c.name != "id")
    for table in ("operations", "entries", "reversals")
}

FORBIDDEN = [
    # what was written stays as it was
    *(f"UPDATE {table} SET {column} = {column}" for table, column in WRITTEN_ONCE.items()),
    "UPDATE operations SET given = 'other'",
    "UPDATE operations SET key = 'other' WHERE id = 1",
    "UPDATE entries SET points = points + 1",
    "UPDATE allocations SET points = points + 1",
    *(f"DELETE FROM {table}" for table in (*WRITTEN_ONCE, "visits", "lots")),
    *(f"UPDATE visits SET {column} = {column}" for column in OF_A_VISIT),
    *(f"UPDATE lots SET {column} = {column}" for column in OF_A_LOT),
    # a lot holds what was allocated to it, and that is between nothing and all of it
    "UPDATE lots SET remaining = remaining + 1 WHERE remaining < amount",
    "UPDATE lots SET remaining = remaining - 1 WHERE remaining > 0",
    "UPDATE lots SET remaining = 0 WHERE remaining > 0",
    "UPDATE lots SET remaining = -1",
    "UPDATE lots SET remaining = amount + 1",
    NEW_LOT.format(100, 100),
    NEW_LOT.format(100, 1),
    NEW_LOT.format(0, 0),
    NEW_LOT.format(-5, 0),
    # its end moves by the word of an operation of before, forward, by sixty days at most, and once
    *(f"UPDATE lots SET {column} = {column}" for column in OF_AN_END),
    "UPDATE lots SET ends_at = '2099-01-01 00:00:00.000000'",
    WAITS.format(ends_at=LATER, by=97, lot=WAITING_LOT),
    WAITS.format(ends_at=LATER, by=ENDED_OPERATION, lot=WAITING_LOT),
    WAITS.format(ends_at=LATER, by=1, lot=WAITING_LOT),  # which is no prolonging
    WAITS.format(ends_at="2027-02-28 21:00:00.000000", by=PROLONGING, lot=WAITING_LOT),
    WAITS.format(ends_at=FIRST_END, by=PROLONGING, lot=WAITING_LOT),
    WAITS.format(ends_at="2027-05-01 01:00:00.000000", by=PROLONGING, lot=WAITING_LOT),
    WAITS.format(ends_at=LATER, by=PROLONGING, lot=SWEPT_LOT),
    WAITS.format(ends_at="2027-05-15 21:00:00.000000", by=PROLONGING, lot=PROLONGED_LOT),
    WAITS.format(ends_at=LATER, by=PROLONGING, lot=WAITING_LOT).replace("= ends_at", "= NULL"),
    WAITS.format(ends_at=LATER, by=PROLONGING, lot=WAITING_LOT).replace(
        "= ends_at", "= '2027-02-28 21:00:00.000000'"
    ),
    POURED.format(lot="NULL", ends_at="ends_at", by=PROLONGING),
    POURED.format(lot=WAITING_LOT, ends_at="ends_at", by=PROLONGING),
    POURED.format(lot=PROLONGED_LOT, ends_at=f"'{FIRST_END}'", by=PROLONGING),
    POURED.format(lot=PROLONGED_LOT, ends_at="ends_at", by=1),
    POURED.format(lot=PROLONGED_LOT, ends_at="ends_at", by="NULL"),
    NEW_ALLOCATION.format(1, 1, 1_000_000),
    NEW_ALLOCATION.format(1, 1, -1_000_000),
    NEW_ALLOCATION.format(1, 1, 0),
    # nothing points at what isn't there
    NEW_ALLOCATION.format(1, 999, 1),
    NEW_ALLOCATION.format(999, 1, -1),
    "INSERT INTO entries (operation_id, wallet_id, points) VALUES (999, 1, 1)",
    "INSERT INTO entries (operation_id, wallet_id, points) VALUES (1, 999, 1)",
    # one key is one operation, one operation one entry in a wallet
    *(
        f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table}"
        for table, columns in WITHOUT_ID.items()
        if table != "operations"  # which their entries hold
    ),
    # who recommends oneself; two referrers; what a reward may not be
    "INSERT INTO referrals (friend_id, referrer_id, at) SELECT id, id, recorded_at FROM patients",
    "INSERT INTO referrals SELECT friend_id, friend_id + 1, at FROM referrals",
    *(NEW_REWARD.format(*values) for values in WRONG_REWARDS),
    *(NEW_FIXED.format(*values) for values in WRONG_FIXED),
    # no wallet is below zero
    "UPDATE wallets SET balance = -1",
    "UPDATE wallets SET debt = -1",
    "UPDATE wallets SET cash_paid = -1",
    "DELETE FROM wallets",
]
ONLY_SQLITE = [
    *(f"REPLACE INTO {table} SELECT * FROM {table}" for table in BOOKS),
    "REPLACE INTO allocations (id, entry_id, lot_id, points) VALUES (1, 1, 1, 1)",
    *(f"REPLACE INTO {table} SELECT * FROM {table}" for table in (*WRITTEN_ONCE, "visits")),
    *(
        f"REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table}"
        for table, columns in WITHOUT_ID.items()
        if table != "operations"  # which their entries hold
    ),
    *(f"REPLACE {NEW_REWARD.format(*values)}".replace("INSERT ", "") for values in REPLACING),
    f"REPLACE {NEW_FIXED.format(2, 1, 'NULL', 'NULL', 1, 1)}".replace("INSERT ", ""),
    "REPLACE INTO referrals (friend_id, referrer_id, at) SELECT friend_id, 3, at FROM referrals",
]
ONLY_POSTGRESQL = [
    *(f"TRUNCATE {table} CASCADE" for table in (*WRITTEN_ONCE, "visits", "lots", "wallets")),
]


OURS = ("append-only", "what was allocated", "moves once", "comes once")


@pytest.fixture
async def worked(database, desk, maria, store):  # noqa: F811 (a fixture of that name)
    """A clinic in which something of everything has been written."""
    for phone, name in ((EMMAS, "Эмма"), (OLEGS, "Пётр")):
        await store.change(record_patient, phone, name)
    await store.change(befriend)
    await store.change(sets_fixed, 300)
    await desk.visit(PHONE, 10_000_00)
    await desk.undo(await desk.visit(PHONE, 20_000_00))
    await desk.visit(OLEGS, 30_000_00)
    with closing(second(database)) as behind:
        behind.execute(*LOTS_WITH_ENDS, POSTING)


def sets_fixed(tx, points: int):
    number, programme = tx.programmes.current()
    assert tx.programmes.add(replace(programme, friend_fixed=points), 7, number)


def befriend(tx):
    (friend,), (emma,) = (tx.people.patients_with_phone(phone) for phone in (PHONE, EMMAS))
    assert rewards.recommend(tx, friend.id, emma.id)


async def test_no_statement_makes_the_books_lie(database, store, worked):
    own = ONLY_SQLITE if is_sqlite(database) else ONLY_POSTGRESQL
    before, said = _rows(database), (await store.engines.read(compared)).differences
    assert [one.check for one in said] == ["posting-taken"]  # the posting above is none

    got_through = [statement for statement in FORBIDDEN + own if not _refused(database, statement)]

    assert got_through == []
    assert _rows(database) == before
    assert (await store.engines.read(compared)).differences == said


async def test_what_the_house_does_is_allowed(database, store, worked):
    """The refusals above are no broken statements."""
    with closing(second(database)) as behind:
        behind.execute(
            NEW_LOT.format(100, 0),
            NEW_ALLOCATION.format(1, 99, 100),
            NEW_ALLOCATION.format(1, 99, -40),
            WAITS.format(ends_at=LATER, by=PROLONGING, lot=WAITING_LOT),
            POURED.format(lot=PROLONGED_LOT, ends_at="ends_at", by="prolonged_by").replace(
                "99", "98"
            ),
        )
        assert behind.rows("SELECT remaining FROM lots WHERE id = 99") == [(60,)]
        assert behind.rows(f"SELECT count(*) FROM lots WHERE prolonged_by = {PROLONGING}") == [(3,)]


def test_the_ledger_has_no_room_for_words():
    """Keys, kinds and reasons are the code's own; of what people give only a hash is kept."""
    words = {
        f"{table}.{column.name}": column.type.length
        for table in BOOKS
        for column in metadata.tables[table].columns
        if isinstance(column.type, String)
    }
    assert words == {
        "operations.key": 120,
        "operations.kind": 20,
        "operations.given": 64,
        "lots.reason": 20,
    }
    others = {
        column.type
        for table in BOOKS
        for column in metadata.tables[table].columns
        if not isinstance(column.type, String)
    }
    assert all(isinstance(kind, Integer | UtcDateTime) for kind in others)


def _refused(database: str, statement: str) -> bool:
    with closing(second(database)) as behind:
        try:
            behind.execute(statement)
        except (sqlite3.IntegrityError, asyncpg.IntegrityConstraintViolationError):
            return True
        except asyncpg.RaiseError as refused:  # one of ours
            return any(ours in str(refused) for ours in OURS)
    return False


def _rows(database: str) -> dict[str, list[tuple]]:
    with closing(second(database)) as behind:
        return {
            table: behind.rows(f"SELECT * FROM {table} ORDER BY 1")
            for table in (*BOOKS, *WRITTEN_ONCE, "wallets", "visits")
        }
