"""SQLite's threads: whole jobs, shared commits, and nobody left waiting."""

import asyncio
import sqlite3
import threading
from contextlib import closing

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, OperationalError

from db import engines
from db.worker import Worker

SOON = 10.0


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "worker.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT UNIQUE)")
        connection.execute("CREATE TABLE replies (note INTEGER NOT NULL REFERENCES notes (id))")
    return file


def writing(file, together: int) -> Worker:
    engine = engines.sqlite_writer(f"sqlite:///{file}")
    return Worker(engine, "test-writer", writes=True, together=together)


@pytest.fixture
async def writer(file):
    worker = writing(file, together=100)
    yield worker
    await asyncio.to_thread(worker.close)


@pytest.fixture
async def reader(file):
    engine = engines.sqlite_readers(f"sqlite:///{file}")
    worker = Worker(engine, "test-reader", writes=False, together=100)
    yield worker
    await asyncio.to_thread(worker.close)


def note(words: str):
    def job(connection: Connection) -> str:
        connection.exec_driver_sql("INSERT INTO notes (words) VALUES (?)", (words,))
        return words

    return job


def reply_to_nobody(connection: Connection) -> None:
    """Found out by the COMMIT alone."""
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    connection.exec_driver_sql("INSERT INTO replies VALUES (-1)")


def notes(file) -> list[str]:
    """What a second connection sees."""
    with closing(sqlite3.connect(file)) as connection:
        return [words for (words,) in connection.execute("SELECT words FROM notes ORDER BY id")]


class Held:
    """A job in the worker's thread that lasts until it is let go, so that others gather."""

    def __init__(self, worker: Worker) -> None:
        self._begun, self._go_on = threading.Event(), threading.Event()
        self._task = asyncio.create_task(worker.run(self._job))

    def _job(self, _: Connection) -> None:
        self._begun.set()
        self._go_on.wait(SOON)

    async def __aenter__(self) -> None:
        assert await asyncio.to_thread(self._begun.wait, SOON)

    async def __aexit__(self, *_: object) -> None:
        self._go_on.set()
        await self._task


async def gathered(worker: Worker, *jobs) -> list[asyncio.Task]:
    """The jobs, queued behind one that runs, and so in one commit."""
    async with Held(worker):
        tasks = [asyncio.create_task(worker.run(job)) for job in jobs]
        await asyncio.sleep(0)
        assert worker._jobs.qsize() == len(jobs)
    return tasks


async def outcomes(tasks: list[asyncio.Task]) -> list[object]:
    async with asyncio.timeout(SOON):
        return await asyncio.gather(*tasks, return_exceptions=True)


async def test_a_job_is_committed_when_its_caller_hears_of_it(writer, file):
    assert await writer.run(note("one")) == "one"
    assert notes(file) == ["one"]


async def test_what_a_failing_job_wrote_is_taken_back_and_its_neighbours_stay(writer, file):
    def fail(connection: Connection) -> None:
        note("lost")(connection)
        raise ZeroDivisionError

    tasks = await gathered(writer, note("one"), fail, note("two"))
    one, fault, two = await outcomes(tasks)
    assert (one, type(fault), two) == ("one", ZeroDivisionError, "two")
    assert notes(file) == ["one", "two"]


async def test_a_job_that_fails_leaves_nothing(writer, file):
    def fail(connection: Connection) -> None:
        note("lost")(connection)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await writer.run(fail)
    assert notes(file) == []
    await writer.run(note("next"))
    assert notes(file) == ["next"]


async def test_jobs_that_wait_share_one_commit(writer, file):
    seen_meanwhile = []

    def look(_: Connection) -> None:
        seen_meanwhile.extend(notes(file))

    tasks = await gathered(writer, note("a"), look, note("b"))
    assert await outcomes(tasks) == ["a", None, "b"]
    assert seen_meanwhile == []
    assert notes(file) == ["a", "b"]


async def test_no_more_share_a_commit_than_may(file):
    worker = writing(file, together=2)
    seen = []
    tasks = await gathered(worker, note("a"), note("b"), lambda _: seen.extend(notes(file)))
    await outcomes(tasks)
    await asyncio.to_thread(worker.close)
    assert seen == ["a", "b"]


async def test_a_job_that_fails_takes_nothing_with_it(writer, file):
    tasks = await gathered(writer, note("a"), note("a"), note("b"))
    first, doubled, last = await outcomes(tasks)
    assert (first, last) == ("a", "b")
    assert isinstance(doubled, IntegrityError)
    assert notes(file) == ["a", "b"]


async def test_a_commit_that_fails_is_told_to_everybody_who_shared_it(writer, file):
    tasks = await gathered(writer, note("a"), reply_to_nobody, note("b"))
    assert [type(outcome) for outcome in await outcomes(tasks)] == [IntegrityError] * 3
    assert notes(file) == []
    await writer.run(note("next"))
    assert notes(file) == ["next"]


async def test_a_full_disk_is_told_to_everybody_who_shared_the_commit(writer, file):
    await writer.run(lambda c: c.exec_driver_sql("PRAGMA max_page_count = 1"))
    tasks = await gathered(writer, note("small"), note("x" * 300_000), note("after"))
    told = await outcomes(tasks)
    lost = [outcome for outcome in told if isinstance(outcome, OperationalError)]
    assert lost
    assert notes(file) == [outcome for outcome in told if isinstance(outcome, str)]
    await writer.run(lambda c: c.exec_driver_sql("PRAGMA max_page_count = 1000000"))
    await writer.run(note("next"))
    assert notes(file)[-1] == "next"


async def test_a_caller_who_has_gone_breaks_nobody_elses_commit(writer, file):
    async with Held(writer):
        going = asyncio.create_task(writer.run(note("a")))
        staying = asyncio.create_task(writer.run(note("b")))
        await asyncio.sleep(0)
        going.cancel()
        await asyncio.gather(going, return_exceptions=True)
    assert await asyncio.wait_for(staying, SOON) == "b"
    assert notes(file) == ["a", "b"], "a cancelled caller's job may have happened"


async def test_a_caller_who_goes_while_the_job_runs_breaks_nothing(writer, file):
    begun, go_on = threading.Event(), threading.Event()

    def slow(connection: Connection) -> None:
        begun.set()
        go_on.wait(SOON)
        note("slow")(connection)

    going = asyncio.create_task(writer.run(slow))
    assert await asyncio.to_thread(begun.wait, SOON)
    going.cancel()
    await asyncio.gather(going, return_exceptions=True)
    go_on.set()
    await asyncio.wait_for(writer.run(note("next")), SOON)
    assert notes(file) == ["slow", "next"]


async def test_closing_finishes_what_is_queued(file):
    worker = writing(file, together=2)
    async with Held(worker):
        tasks = [asyncio.create_task(worker.run(note(words))) for words in "abcde"]
        await asyncio.sleep(0)
        closing_ = asyncio.create_task(asyncio.to_thread(worker.close))
    await asyncio.wait_for(closing_, SOON)
    assert await outcomes(tasks) == list("abcde")
    assert notes(file) == list("abcde")
    assert not any(thread.is_alive() for thread in worker._threads)


async def test_a_reader_cant_write(reader, file):
    with pytest.raises(OperationalError, match="readonly"):
        await reader.run(note("x"))
    assert notes(file) == []


async def test_a_question_that_fails_keeps_no_other_from_its_answer(reader, writer):
    def fail(_: Connection) -> None:
        raise ZeroDivisionError

    def ask(connection: Connection) -> int:
        return connection.exec_driver_sql("SELECT count(*) FROM notes").scalar_one()

    await writer.run(note("a"))
    tasks = await gathered(reader, ask, fail, note("x"), ask)
    first, fault, refused, last = await outcomes(tasks)
    assert (first, last) == (1, 1)
    assert isinstance(fault, ZeroDivisionError)
    assert isinstance(refused, OperationalError)


async def test_a_question_sees_what_was_committed_before_it_was_asked(reader, writer):
    def ask(connection: Connection) -> int:
        return connection.exec_driver_sql("SELECT count(*) FROM notes").scalar_one()

    for n in range(1, 4):
        await writer.run(note(str(n)))
        assert await reader.run(ask) == n
