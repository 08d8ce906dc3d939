"""A prepared statement says and refuses what Core would, on both databases."""

import asyncio
import threading
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    Table,
    bindparam,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.util import await_only

from db import engines
from db.prepared import Prepared
from db.store import Postgres, Store
from db.tables import branches, drafts, wallets

NOON = datetime(2026, 11, 28, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=3)))
BRANCH = {
    "name": "Ленина",
    "chat_id": -1001234567890,
    "zone": "Europe/Moscow",
    "legal": "ООО «Улыбка»",
    "phone": "+74951234567",
    "opens": "09:00",
    "closes": "20:30",
    "opened_at": NOON,
}
DRAFT = {
    "source": "line:1",
    "state": "open",
    "revision": 0,
    "author_id": 2**40,
    "author_name": "Анна",
    "found_by": "phone",
    "kind": "attendance",
    "day": date(2026, 2, 28),
    "parts": [{"sum": 12_400_00, "category": None, "excluded": True}],
    "most": True,
    "consent_until": NOON,
    "created_at": NOON,
}
_BRANCH = Prepared(insert(branches).returning(branches.c.id))
_DRAFT = Prepared(insert(drafts).returning(drafts.c.id))
_WALLET = Prepared(insert(wallets).returning(wallets.c.id))
_KEPT = Prepared(select(drafts).where(drafts.c.id == bindparam("draft")))
_CHANGED = Prepared(update(drafts).where(drafts.c.id == bindparam("draft")))


def _drafted(connection: Connection) -> int:
    branch = _BRANCH.run(connection, **BRANCH).scalar_one()
    return int(_DRAFT.run(connection, **DRAFT, branch_id=branch).scalar_one())


async def test_every_type_comes_back_as_core_reads_it(store: Store) -> None:
    draft = await store.engines.write(_drafted)

    def both(connection: Connection) -> tuple[object, object]:
        core = connection.execute(_KEPT.statement, {"draft": draft}).one()
        return core._mapping, _KEPT.run(connection, draft=draft).one()._mapping

    core, prepared = await store.engines.read(both)
    assert dict(prepared) == dict(core)
    assert {name: prepared[name] for name in DRAFT} == DRAFT
    assert prepared["consent_until"].tzinfo is UTC
    assert prepared["asked_until"] is None


async def test_only_the_columns_that_are_named_are_changed(store: Store) -> None:
    draft = await store.engines.write(_drafted)
    for change in ({"revision": 3}, {"state": "dropped", "author_name": "Ольга"}, {"points": 500}):
        await store.engines.write(lambda c, change=change: _CHANGED.run(c, draft=draft, **change))
    row = await store.engines.read(lambda c: _KEPT.run(c, draft=draft).one())
    assert (row.revision, row.state, row.author_name, row.points) == (3, "dropped", "Ольга", 500)
    assert (row.source, row.most) == (DRAFT["source"], True)


async def test_values_of_the_statement_itself_are_bound(store: Store) -> None:
    draft = await store.engines.write(_drafted)
    known = Prepared(
        select(drafts.c.id.label("number"), func.count().over().label("all"))
        .where(drafts.c.author_name == "Анна", drafts.c.revision < bindparam("limit"))
        .limit(1)
    )
    for _ in range(2):
        rows = await store.engines.read(lambda c: known.run(c, limit=1).all())
        assert [tuple(row) for row in rows] == [(draft, 1)]
        assert rows[0].number == draft
    assert await store.engines.read(lambda c: known.run(c, limit=0).first()) is None


async def test_each_of_many_rows_is_written(store: Store) -> None:
    new = Prepared(insert(wallets))
    await store.engines.write(lambda c: new.run_each(c, []))
    rows = [{"opened_at": NOON + timedelta(days=n), "balance": n} for n in range(3)]
    await store.engines.write(lambda c: new.run_each(c, rows))
    kept = await store.engines.read(
        lambda c: c.execute(select(wallets.c.balance, wallets.c.opened_at)).all()
    )
    assert [(row.balance, row.opened_at) for row in kept] == [
        (row["balance"], row["opened_at"]) for row in rows
    ]


async def test_a_refusal_of_the_database_is_cores_own_and_tells_no_values(store: Store) -> None:
    def poor(connection: Connection) -> None:
        _WALLET.run(connection, opened_at=NOON, balance=-77_123)

    def poor_by_core(connection: Connection) -> None:
        connection.execute(_WALLET.statement, {"opened_at": NOON, "balance": -77_123})

    said = []
    for job in (poor, poor_by_core):
        with pytest.raises(IntegrityError) as refused:
            await store.engines.write(job)
        said.append((type(refused.value.orig), str(refused.value.orig).splitlines()[0]))
        assert refused.value.hide_parameters
        assert "77123" not in str(refused.value).replace(f"{refused.value.orig}", "")
    assert said[0] == said[1]
    with pytest.raises(IntegrityError):
        await store.engines.write(
            lambda c: _WALLET.run_each(c, [{"opened_at": NOON, "balance": -1}])
        )
    assert await store.engines.write(lambda c: _WALLET.run(c, opened_at=NOON).scalar_one())


async def test_a_value_that_is_missing_is_told_before_anything_runs(store: Store) -> None:
    with pytest.raises(KeyError, match="draft"):
        await store.engines.read(lambda c: _KEPT.run(c))


async def test_a_text_that_hangs_on_the_values_is_not_prepared(store: Store) -> None:
    among = Prepared(select(drafts.c.id).where(drafts.c.id.in_(bindparam("them"))))
    with pytest.raises(TypeError, match="depends on the values"):
        await store.engines.read(lambda c: among.run(c, them=[1, 2]))


async def test_a_value_that_core_would_make_in_python_is_not_left_out(store: Store) -> None:
    made = Table(
        "made", MetaData(), Column("id", Integer, primary_key=True), Column("n", Integer, default=7)
    )
    with pytest.raises(TypeError, match="in Python"):
        await store.engines.write(lambda c: Prepared(insert(made)).run(c, id=1))


async def test_outside_of_a_transaction_nothing_runs(database: str) -> None:
    """The driver of a file would commit each statement by itself."""

    def outside(connection: Connection) -> None:
        with pytest.raises(RuntimeError, match="outside of a transaction"):
            _WALLET.run(connection, opened_at=NOON)

    if database.startswith("postgresql"):
        engine = engines.postgres(database)
        async with engine.connect() as connection:
            await connection.run_sync(outside)
        await engine.dispose()
    else:
        writer = engines.sqlite_writer(database)
        with writer.connect() as connection:
            outside(connection)
        writer.dispose()


async def test_a_question_sees_one_moment_between_its_statements(store: Store) -> None:
    """A wallet had no points and no debt, which it never had, when a visit came in between."""
    wallet = await store.engines.write(lambda c: _WALLET.run(c, opened_at=NOON).scalar_one())
    asked, moved = threading.Event(), threading.Event()
    debt = Prepared(select(wallets.c.debt).where(wallets.c.id == bindparam("wallet")))
    balance = Prepared(select(wallets.c.balance).where(wallets.c.id == bindparam("wallet")))
    filled = Prepared(update(wallets).where(wallets.c.id == bindparam("wallet")))

    def question(connection: Connection) -> tuple[int, int]:
        before = balance.run(connection, wallet=wallet).scalar_one()
        if connection.dialect.name == "postgresql":
            await_only(fill())
        else:
            asked.set()
            assert moved.wait(60)
        return before, debt.run(connection, wallet=wallet).scalar_one()

    async def fill() -> None:
        await store.engines.write(lambda c: filled.run(c, wallet=wallet, balance=400, debt=600))
        moved.set()

    async def filled_meanwhile() -> None:
        await asyncio.to_thread(asked.wait, 60)
        await fill()

    if isinstance(store.engines, Postgres):
        assert await store.engines.read(question) == (0, 0)
    else:
        seen, _ = await asyncio.gather(store.engines.read(question), filled_meanwhile())
        assert seen == (0, 0)
    assert await store.engines.read(lambda c: debt.run(c, wallet=wallet).scalar_one()) == 600


# --- a server that goes away ---------------------------------------------------------------------

on_a_server = pytest.mark.parametrize(
    "database", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)
_PID = Prepared(select(func.pg_backend_pid()))
_SLEPT = Prepared(select(func.pg_sleep(bindparam("seconds"))))


def _written_by(connection: Connection) -> int:
    _WALLET.run(connection, opened_at=NOON)
    return int(_PID.run(connection).scalar_one())


async def _wallets(store: Store) -> int:
    return await store.engines.read(lambda c: c.scalar(select(func.count(wallets.c.id))) or 0)


@on_a_server
async def test_a_connection_that_was_lost_is_not_used_again(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    def ended_from_outside(connection: Connection) -> None:
        ended = text("SELECT pg_terminate_backend(:pid)").bindparams(pid=pids[0])
        connection.execute(ended)

    pids: list[int] = []

    def lost(connection: Connection) -> None:
        pids.append(_written_by(connection))
        await_only(store.engines.write(ended_from_outside))
        _WALLET.run(connection, opened_at=NOON)

    with pytest.raises(DBAPIError):
        await store.engines.write(lost)
    assert await store.engines.write(_written_by) != pids[0]
    assert await _wallets(store) == 1
    assert caplog.records == []  # the pool has not stumbled over it


@on_a_server
async def test_who_gives_up_waiting_leaves_nothing_behind(store: Store) -> None:
    began = asyncio.Event()

    pids = []

    def slow(connection: Connection) -> None:
        pids.append(_written_by(connection))
        began.set()
        _SLEPT.run(connection, seconds=60)

    waiting = asyncio.create_task(store.engines.write(slow))
    await began.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    everybody = (store.engines.write(_written_by) for _ in range(20))
    assert pids[0] not in await asyncio.gather(*everybody)
    assert await _wallets(store) == 20
