"""The schema comes and goes by its migrations alone."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from db import migrate
from db.tables import metadata


def revisions() -> list[str]:
    script = ScriptDirectory.from_config(migrate._config())
    return [step.revision for step in reversed(list(script.walk_revisions()))]


def looked_at(url: str, look):
    return migrate._with_connection(url, look)


def test_every_step_of_the_staircase_goes_up_down_and_up(empty_database):
    for revision in revisions():
        migrate.upgrade(empty_database, copy=False, revision=revision)
        before = ScriptDirectory.from_config(migrate._config()).get_revision(revision).down_revision
        migrate.downgrade(empty_database, before or "base")
        migrate.upgrade(empty_database, copy=False, revision=revision)


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
