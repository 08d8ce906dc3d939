import asyncio
import fcntl
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest

from bot.backup import postgresql
from bot.backup.copies import backup, restore
from bot.backup.refusals import (
    CopyDamagedError,
    CopyExistsError,
    CopyOfAnotherVersionError,
    DatabaseInUseError,
    FolderMissingError,
    NoCopyError,
    NoDatabaseError,
    NotACopyError,
    StillRunningError,
    StorageRefusedError,
    ToolFailedError,
    ToolMissingError,
)
from bot.database_url import server
from bot.lock import AlreadyRunningError, RunningLock, held, lock_file
from db.migrate import upgrade

URL = "sqlite+aiosqlite:///data/molar.db"
ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 11, 21, 12, 30, 5, tzinfo=UTC)
HOLD = """
import sys, pathlib
from bot.lock import RunningLock
with RunningLock(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def note(file, words):
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE IF NOT EXISTS notes (words)")
        connection.execute("INSERT INTO notes VALUES (?)", (words,))


def notes(file):
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        return [words for (words,) in connection.execute("SELECT words FROM notes")]


def left_in(folder):
    return sorted(file.name for file in folder.iterdir())


@pytest.fixture
def copy(database, alone):
    note(database, "kept")
    file = alone / "copy.db"
    backup(URL, file)
    note(database, "newer")
    return file


def test_a_copy_holds_everything_and_only_its_owner_reads_it(copy, alone):
    assert notes(copy) == ["kept"]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert left_in(alone) == ["copy.db", "data"]


def test_a_copy_of_a_database_being_written_to_is_whole(database, alone):
    note(database, "first")
    stop, wrote = threading.Event(), threading.Event()

    def write():
        with closing(sqlite3.connect(database, isolation_level=None, timeout=15)) as connection:
            while not stop.is_set():
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("INSERT INTO notes VALUES ('one')")
                connection.execute("INSERT INTO notes VALUES ('two')")
                connection.execute("COMMIT")
                wrote.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            wrote.clear()
            assert wrote.wait(10)
            backup(URL, alone / f"copy-{number}.db")
            found = notes(alone / f"copy-{number}.db")
            assert found.count("one") == found.count("two") > 0
    finally:
        stop.set()
        writer.join()


def test_a_copy_takes_no_other_files_place(database, alone):
    (alone / "copy.db").write_text("somebody's")
    with pytest.raises(CopyExistsError):
        backup(URL, alone / "copy.db")
    assert (alone / "copy.db").read_text() == "somebody's"


def test_what_keeps_a_copy_from_being_made_is_named(alone):
    with pytest.raises(NoDatabaseError):
        backup(URL, alone / "copy.db")
    (alone / "data").mkdir()
    (alone / "data" / "molar.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(FolderMissingError):
        backup(URL, alone / "nowhere" / "copy.db")
    with pytest.raises(CopyDamagedError):
        backup(URL, alone / "copy.db")
    assert left_in(alone) == ["data"]


def test_a_name_too_long_for_the_disk_is_told_and_leaves_nothing(database, alone):
    with pytest.raises(StorageRefusedError) as refused:
        backup(URL, alone / ("c" * 250))
    assert refused.value.arguments["reason"] == "File name too long"
    assert left_in(alone) == ["data"]


def test_going_back_keeps_the_present_database_whole(copy, database):
    kept = restore(URL, copy, NOON)
    assert kept.name == "molar.db.before-restore-20261121-123005"
    assert notes(database) == ["kept"]
    assert notes(kept) == ["kept", "newer"]
    assert copy.exists()
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    assert left_in(database.parent) == [
        "molar.db",
        "molar.db.before-restore-20261121-123005",
        "molar.db.lock",
        "molar.db.scheduler.lock",
    ]


def test_a_journal_left_by_a_kill_is_kept_with_the_old_and_not_played_into_the_new(copy, database):
    journalled = database.with_name("killed.db")
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("INSERT INTO notes VALUES ('in the journal')")
        for end in ("", "-wal"):
            source = database.with_name(database.name + end)
            journalled.with_name(journalled.name + end).write_bytes(source.read_bytes())
    for end in ("", "-wal"):
        journalled.with_name(journalled.name + end).rename(database.with_name(database.name + end))
    kept = restore(URL, copy, NOON)
    assert notes(database) == ["kept"]
    assert notes(kept) == ["kept", "newer", "in the journal"]


def test_a_damaged_database_is_replaced_and_kept(copy, database):
    database.write_bytes(b"damaged " * 1000)
    kept = restore(URL, copy, NOON)
    assert notes(database) == ["kept"]
    assert kept.read_bytes() == b"damaged " * 1000


def test_a_journal_without_its_database_is_moved_out_of_the_way(copy, database):
    database.unlink()
    database.with_name("molar.db-wal").write_bytes(b"journal")
    assert restore(URL, copy, NOON) is None
    assert notes(database) == ["kept"]
    assert "molar.db.before-restore-20261121-123005-wal" in left_in(database.parent)


def test_a_new_computer_gets_the_database_from_the_copy_alone(copy, database, alone):
    for file in (alone / "data").iterdir():
        file.unlink()
    (alone / "data").rmdir()
    assert restore(URL, copy, NOON) is None
    assert notes(database) == ["kept"]


def test_what_is_no_copy_of_ours_changes_nothing(copy, database, alone):
    before = database.read_bytes()
    words, foreign, newer = (alone / name for name in ("words", "foreign.db", "newer.db"))
    words.write_text("shopping list")
    note(foreign, "another program's")
    newer.write_bytes(copy.read_bytes())
    with closing(sqlite3.connect(newer, isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'from the future'")
    for file, refusal in (
        (alone / "absent", NoCopyError),
        (alone, NoCopyError),
        (words, NotACopyError),
        (foreign, NotACopyError),
        (newer, CopyOfAnotherVersionError),
    ):
        with pytest.raises(refusal):
            restore(URL, file, NOON)
    assert database.read_bytes() == before
    assert not [name for name in left_in(database.parent) if "restore" in name]


def test_a_damaged_copy_is_refused(copy, database):
    content = bytearray(copy.read_bytes())
    content[4096:12288] = os.urandom(8192)
    copy.write_bytes(content)
    with pytest.raises(CopyDamagedError):
        restore(URL, copy, NOON)
    assert notes(database) == ["kept", "newer"]


def test_while_a_bot_works_nothing_is_restored(copy, database):
    with bot_at_work(database), pytest.raises(StillRunningError):
        restore(URL, copy, NOON)
    assert notes(database) == ["kept", "newer"]


def test_while_another_program_has_the_database_open_nothing_is_restored(copy, database):
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("SELECT * FROM notes").fetchall()
        with pytest.raises(DatabaseInUseError):
            restore(URL, copy, NOON)
    assert notes(database) == ["kept", "newer"]
    assert "molar.db" in left_in(database.parent)


class bot_at_work:  # noqa: N801 (used as a phrase)
    """Another process that holds the lock until the block ends."""

    def __init__(self, database):
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(database)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            text=True,
        )

    def __enter__(self):
        assert self.process.stdout.readline() == "held\n"
        return self.process

    def __exit__(self, *_):
        self.process.communicate()


def test_one_bot_on_a_database(database):
    assert not held(database)
    with bot_at_work(database):
        assert held(database)
        with pytest.raises(AlreadyRunningError), RunningLock(database):
            pass
    assert not held(database)
    with RunningLock(database):
        assert held(database)


def test_a_killed_bot_leaves_no_lock(database):
    with bot_at_work(database) as process:
        process.kill()
        process.wait()
        assert not held(database)


def test_who_only_asks_does_not_keep_a_bot_from_starting(database, monkeypatch):
    lock_file(database).touch()
    asking = os.open(lock_file(database), os.O_RDONLY)
    fcntl.flock(asking, fcntl.LOCK_SH)
    monkeypatch.setattr("time.sleep", lambda _: os.close(asking))
    with RunningLock(database):
        assert held(database)


def test_the_lock_makes_the_folder_of_a_first_start(alone):
    with RunningLock(alone / "data" / "molar.db"):
        assert left_in(alone / "data") == ["molar.db.lock"]


def test_missing_tools_of_postgresql_get_a_sentence(alone, monkeypatch):
    monkeypatch.setenv("PATH", str(alone))
    with pytest.raises(ToolMissingError) as refused:
        backup("postgresql+asyncpg://127.0.0.1/molar", alone / "copy.dump")
    assert refused.value.arguments == {"tool": "pg_dump"}
    assert left_in(alone) == []


@pytest.fixture
def server_url(database_on_server, alone):
    upgrade(database_on_server)
    return database_on_server


def plain(url):
    return url.replace("+asyncpg", "")


async def on_server(url, *statements):
    connection = await asyncpg.connect(plain(url))
    try:
        return [await connection.fetch(statement) for statement in statements][-1]
    finally:
        await connection.close()


def noted(url):
    rows = asyncio.run(on_server(url, "SELECT words FROM notes"))
    return [row["words"] for row in rows]


@pytest.mark.postgresql
def test_a_server_is_copied_and_brought_back(server_url, alone):
    asyncio.run(
        on_server(
            server_url, "CREATE TABLE notes (words text)", "INSERT INTO notes VALUES ('kept')"
        )
    )
    copy = alone / "copy.dump"
    backup(server_url, copy)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    asyncio.run(on_server(server_url, "INSERT INTO notes VALUES ('newer')"))
    kept = restore(server_url, copy, NOON)
    assert noted(server_url) == ["kept"]
    assert kept == alone / "before-restore-20261121-123005.dump"
    restore(server_url, kept, NOON.replace(second=6))
    assert noted(server_url) == ["kept", "newer"]


@pytest.mark.postgresql
def test_what_is_no_dump_of_ours_does_not_reach_the_server(server_url, alone):
    words = alone / "words"
    words.write_text("shopping list")
    with pytest.raises(NotACopyError):
        restore(server_url, words, NOON)
    asyncio.run(on_server(server_url, "UPDATE alembic_version SET version_num = 'future'"))
    backup(server_url, alone / "newer.dump")
    with pytest.raises(CopyOfAnotherVersionError):
        restore(server_url, alone / "newer.dump", NOON)
    asyncio.run(on_server(server_url, "DROP TABLE alembic_version"))
    backup(server_url, alone / "foreign.dump")
    with pytest.raises(NotACopyError):
        restore(server_url, alone / "foreign.dump", NOON)


@pytest.mark.postgresql
def test_a_server_with_a_bot_connected_is_not_restored(server_url, alone):
    backup(server_url, alone / "copy.dump")

    async def restore_beside_a_bot():
        connection = await asyncpg.connect(plain(server_url))
        try:
            await asyncio.to_thread(restore, server_url, alone / "copy.dump", NOON)
        finally:
            await connection.close()

    with pytest.raises(StillRunningError):
        asyncio.run(restore_beside_a_bot())


@pytest.mark.postgresql
def test_a_server_that_does_not_answer_gets_a_sentence_without_the_password(alone):
    with pytest.raises(ToolFailedError) as refused:
        backup("postgresql+asyncpg://molar:geheim@127.0.0.1:1/molar", alone / "copy.dump")
    assert "127.0.0.1" in refused.value.arguments["words"]
    assert "geheim" not in str(refused.value.arguments)
    assert left_in(alone) == []


def test_the_password_goes_by_the_environment_alone(alone, monkeypatch):
    spy = alone / "pg_dump"
    spy.write_text(f'#!/bin/sh\necho "$@" >{alone}/words; echo "$PGPASSWORD" >{alone}/secret\n')
    spy.chmod(0o755)
    monkeypatch.setenv("PATH", f"{alone}:{os.environ['PATH']}")
    where = server("postgresql+asyncpg://molar:geheim@127.0.0.1:1/molar")
    postgresql.dump(where, alone / "copy.dump")
    assert (alone / "secret").read_text() == "geheim\n"
    assert "geheim" not in (alone / "words").read_text()
