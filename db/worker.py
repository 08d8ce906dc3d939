"""SQLite's threads: whole functions run over a connection in one hop.

Statement by statement over an async driver, a question of two statements costs four times the
processor time (docs/decisions/database.md). Writers have one thread: jobs that wait while a
commit runs share the next one, each in a savepoint of its own, so a job that fails takes
nothing with it, and one flush of the disk serves them all.
"""

import asyncio
import queue
import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine

T = TypeVar("T")

_Job = tuple[Callable[[Connection], Any], "asyncio.Future[Any]"]
_Outcome = tuple[Any, BaseException | None]


class Worker:
    """Threads that run jobs over connections of one engine, `together` at most in a commit."""

    def __init__(
        self, engine: Engine, name: str, *, writes: bool, threads: int = 1, together: int = 1
    ) -> None:
        self._engine = engine
        self._attempt = _in_savepoint if writes else _as_it_is
        self._together = together
        self._closed = False
        self._here = threading.local()
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._work, name=f"{name}-{n}", daemon=True)
            for n in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    async def run(self, job: Callable[[Connection], T]) -> T:
        """Do the job in a transaction and commit. A cancelled caller's job may have happened.

        Raises what the job or the commit raised; RuntimeError when closed.
        """
        if self._closed:
            raise RuntimeError("the database is closed")
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._jobs.put((job, done))
        return await done

    def close(self) -> None:
        """Finish the jobs that are queued and stop."""
        self._closed = True
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()
        self._engine.dispose()

    def _work(self) -> None:
        last = False
        while not last and (job := self._jobs.get()) is not None:
            jobs, last = self._with_those_waiting(job)
            _tell(jobs, self._commit(jobs))
        self._let_go()

    def _with_those_waiting(self, first: _Job) -> tuple[list[_Job], bool]:
        jobs = [first]
        while len(jobs) < self._together:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is None:
                return jobs, True
            jobs.append(job)
        return jobs, False

    def _commit(self, jobs: list[_Job]) -> list[_Outcome]:
        try:
            connection = self._connection()
            with connection.begin():
                if len(jobs) == 1:
                    return [(jobs[0][0](connection), None)]
                return [self._attempt(connection, job) for job, _ in jobs]
        except BaseException as lost:  # noqa: BLE001 (whoever waits must hear of it)
            self._let_go()
            return [(None, lost)] * len(jobs)

    def _connection(self) -> Connection:
        """This thread's: to take one for each commit costs as much as three statements."""
        if not hasattr(self._here, "connection"):
            self._here.connection = self._engine.connect()
        return cast(Connection, self._here.connection)

    def _let_go(self) -> None:
        """Whatever state it is in, the next one is new."""
        if hasattr(self._here, "connection"):
            self._here.connection.close()
            del self._here.connection


def _as_it_is(connection: Connection, job: Callable[[Connection], Any]) -> _Outcome:
    """A question that fails has changed nothing that would have to be taken back."""
    try:
        return job(connection), None
    except Exception as fault:  # noqa: BLE001 (it belongs to whoever asked the question)
        return None, fault


def _in_savepoint(connection: Connection, job: Callable[[Connection], Any]) -> _Outcome:
    """By hand: SQLAlchemy's own savepoint has another name each time, and is compiled for it."""
    connection.exec_driver_sql("SAVEPOINT job")
    try:
        result = job(connection)
    except Exception as fault:  # noqa: BLE001 (it belongs to whoever asked for the job)
        connection.exec_driver_sql("ROLLBACK TO job")
        return None, fault
    finally:
        connection.exec_driver_sql("RELEASE job")
    return result, None


def _tell(jobs: Sequence[_Job], outcomes: Sequence[_Outcome]) -> None:
    """Back in the loop of whoever asked, in the order of asking, in one step."""
    loop = jobs[0][1].get_loop()
    if not loop.is_closed():
        waiters = [done for _, done in jobs]
        loop.call_soon_threadsafe(_settle, waiters, outcomes)


def _settle(waiters: Sequence["asyncio.Future[Any]"], outcomes: Sequence[_Outcome]) -> None:
    for done, (result, fault) in zip(waiters, outcomes, strict=True):
        if done.cancelled():
            continue
        if fault is None:
            done.set_result(result)
        else:
            done.set_exception(fault)
