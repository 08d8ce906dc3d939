"""The schema comes and goes by its migrations alone, and what a clinic wrote stays."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, inspect, select, text

from bot.demo.cast import cast
from bot.demo.seed import seed
from bot.sandbox import ZONE
from db import migrate
from db.audit import audit
from db.tables import metadata
from tests.db.test_demo import TODAY, few
from tests.support.second import second

HOUSEHOLDS_OF = 12  # people; each way to live in the demo clinic comes in once

# What a step down can't keep, for the older code has no place for it.
NOT_KEPT = {
    "0017": {"words": lambda row: None if row["task_id"] else row},
    "0016": {"rewards": lambda row: None if row["friend_id"] else row},
    # A lot keeps the end it has and forgets that it has waited: up again, it may wait once more.
    "0011": {"lots": lambda row: row | dict.fromkeys(("first_ends_at", "prolonged_by"))},
    "0005": {"cases": lambda row: row | {"stars": row["stars"] or 1}},
    "0002": {"outbox": lambda row: row if row["account_id"] else None},
}

Rows = dict[str, list[dict[str, Any]]]


def revisions() -> list[str]:
    script = ScriptDirectory.from_config(migrate._config())
    return [step.revision for step in reversed(list(script.walk_revisions()))]


def below(revision: str) -> str | None:
    return ScriptDirectory.from_config(migrate._config()).get_revision(revision).down_revision


def looked_at(url: str, look):
    return migrate._with_connection(url, look)


def test_every_step_of_the_staircase_goes_up_down_and_up(empty_database):
    for revision in revisions():
        migrate.upgrade(empty_database, copy=False, revision=revision)
        migrate.downgrade(empty_database, below(revision) or "base")
        migrate.upgrade(empty_database, copy=False, revision=revision)


@pytest.fixture
async def worked(database: str) -> str:
    """The URL of a small clinic's database after two years of work."""
    plan = few()
    plan = replace(plan, cast=cast(plan.words, TODAY, people=HOUSEHOLDS_OF))
    await seed(database, ZONE, plan, lambda _: None)
    return database


async def test_what_a_clinic_wrote_goes_down_and_up_every_step(worked):
    def walk() -> None:
        for revision in reversed(revisions()):
            here, guards = looked_at(worked, rows), looked_at(worked, watching)
            migrate.downgrade(worked, below(revision) or "base")
            lower = looked_at(worked, rows)
            assert lower == as_below(here, lower, revision), revision
            migrate.upgrade(worked, copy=False, revision=revision)
            assert as_below(looked_at(worked, rows), lower, revision) == lower, revision
            assert looked_at(worked, watching) == guards, revision
            if revision == migrate.newest():
                assert not asyncio.run(audit(worked)).differences
            migrate.downgrade(worked, below(revision) or "base")

    await asyncio.to_thread(walk)


REQUEST = """
    INSERT INTO requests (id, source, branch_id, kind, state, visit_id, n, slices, amount, reason,
                          asked_by, asked_name, asked_at)
    SELECT {id}, '{source}', branch_id, '{kind}', 'waiting', id, {n}, {slices}, 600000, 'redone',
           5, 'A', recorded_at
      FROM visits WHERE id = (SELECT min(id) FROM visits)
"""
LETTER = """
    INSERT INTO outbox ("key", kind, chat_id, arguments, not_before, created_at, state)
    SELECT 'letter:{request}', 'request', 1, '{{"request": {request}}}', recorded_at, recorded_at,
           'pending'
      FROM visits WHERE id = (SELECT min(id) FROM visits)
"""


async def test_a_part_that_waits_is_never_granted_as_the_whole(worked):
    """The schema below has no place for which part it is."""
    part = """'[{"part": 0, "sum": 1}]'"""
    waiting = {"whole": (1, "NULL"), "part": (1, part), "rest": (2, "NULL")}
    with closing(second(worked)) as behind:
        for id_, (source, (n, slices)) in enumerate(waiting.items(), 9001):
            behind.execute(REQUEST.format(id=id_, source=source, kind="return", n=n, slices=slices))
        await asyncio.to_thread(migrate.downgrade, worked, "0006")
        states = dict(behind.rows("SELECT source, state FROM requests"))
    assert [states[source] for source in waiting] == ["waiting", "refused", "refused"]


async def test_no_letter_is_left_about_a_request_that_the_older_code_cannot_know(worked):
    with closing(second(worked)) as behind:
        for id_, kind in ((9001, "goodwill"), (9002, "return")):
            behind.execute(
                REQUEST.format(id=id_, source=kind, kind=kind, n="NULL", slices="NULL"),
                LETTER.format(request=id_),
            )
        await asyncio.to_thread(migrate.downgrade, worked, "0007")
        states = dict(behind.rows("SELECT key, state FROM outbox WHERE kind = 'request'"))
    assert (states["letter:9001"], states["letter:9002"]) == ("stale", "pending")


FIXED = """
    INSERT INTO rewards (referrer_id, visit_id, points, friend_id)
    SELECT b.referrer_id, min(v.id), 300, b.friend_id
      FROM referrals b JOIN visits v ON v.patient_id = b.friend_id
     GROUP BY b.friend_id, b.referrer_id
"""


async def test_fixed_sums_go_where_the_schema_has_no_place_for_them_and_nothing_else(worked):
    every = "SELECT id, points FROM rewards ORDER BY id"
    with closing(second(worked)) as behind:
        before = behind.rows(every)
        behind.execute(FIXED)
        assert len(behind.rows(every)) > len(before)
        await asyncio.to_thread(migrate.downgrade, worked, "0015")
        assert behind.rows(every) == before
        await asyncio.to_thread(migrate.upgrade, worked, copy=False)
        assert behind.rows(every) == before


def rows(connection: Connection) -> Rows:
    """All that is written, by the schema as it is and not as the code knows it."""
    there = MetaData()
    there.reflect(connection)
    return {
        name: sorted((dict(row) for row in connection.execute(select(table)).mappings()), key=repr)
        for name, table in there.tables.items()
        if name != "alembic_version"
    }


def as_below(here: Rows, lower: Rows, revision: str) -> Rows:
    """These rows, as far as the schema below this revision has a place for them."""
    return {
        table: sorted(
            (
                {column: kept[column] for column in columns(lower[table])}
                for row in here[table]
                if (kept := NOT_KEPT.get(revision, {}).get(table, dict)(row))
            ),
            key=repr,
        )
        for table in lower
    }


def columns(those: list[dict[str, Any]]) -> list[str]:
    return list(those[0]) if those else []


def watching(connection: Connection) -> set[tuple[str, ...]]:
    """Triggers, indexes and CHECKs, by name."""
    kinds = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type IN ('index', 'trigger')",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        " UNION ALL SELECT indexname FROM pg_indexes WHERE schemaname = 'public'",
    }
    with connection.begin():
        named = {(row[0],) for row in connection.execute(text(kinds[connection.dialect.name]))}
        there = inspect(connection)
        checks = {
            (table, check["sqltext"])
            for table in there.get_table_names()
            for check in there.get_check_constraints(table)
        }
    return named | checks


def test_the_migrated_schema_is_the_one_the_code_knows(database):
    def differences(connection: Connection):
        return compare_metadata(MigrationContext.configure(connection), metadata)

    assert looked_at(database, differences) == []


def test_nothing_is_left_at_the_bottom(database):
    migrate.downgrade(database, "base")

    def tables(connection: Connection):
        return inspect(connection).get_table_names()

    assert looked_at(database, tables) == ["alembic_version"]


def test_a_second_upgrade_does_nothing(database):
    assert migrate.upgrade(database) == migrate.Migrated(migrate.newest(), migrate.newest())


def test_a_database_of_a_newer_molar_is_refused(tmp_path):
    url = f"sqlite:///{tmp_path / 'molar.db'}"
    migrate.upgrade(url)
    connection = sqlite3.connect(tmp_path / "molar.db")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()

    with pytest.raises(migrate.NewerSchemaError):
        migrate.upgrade(url)


def test_an_sqlite_file_is_copied_before_it_changes(tmp_path, monkeypatch):
    file = tmp_path / "molar.db"
    url = f"sqlite:///{file}"
    migrate.upgrade(url)
    monkeypatch.setattr(migrate, "newest", lambda: "9999")
    monkeypatch.setattr(migrate.command, "upgrade", lambda *_: None)

    copy = migrate.upgrade(url).copy

    assert copy is not None
    assert copy.parent == tmp_path
    assert copy.stat().st_mode & 0o077 == 0
    assert _tables(copy) == _tables(file)


def _tables(file: Path) -> set[str]:
    connection = sqlite3.connect(file)
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    connection.close()
    return names
