"""The books of a clinic, copied once and copied back as often as a test likes, under its bot."""

import sqlite3
from itertools import count
from typing import Protocol

from sqlalchemy import make_url

from db.engines import is_sqlite
from db.tables import metadata
from tests.support.second import Second, second

KEPT = "kept"


class Snapshot(Protocol):
    def keep(self) -> None: ...

    def put_back(self) -> None:
        """The books as they were kept; a number that the bot may just be done with is not given
        to an update again.
        """

    def close(self) -> None: ...


def snapshot(url: str) -> Snapshot:
    """Nothing is kept yet."""
    return _OfFile(make_url(url).database) if is_sqlite(url) else _OnServer(second(url))


class _OfFile:
    """A page of the file after another, by SQLite's own backup."""

    def __init__(self, file: str) -> None:
        self._kept = sqlite3.connect(":memory:")
        self._live = sqlite3.connect(file, isolation_level=None)
        self._updates = count(1_000_000, 1_000)

    def keep(self) -> None:
        self._live.backup(self._kept)

    def put_back(self) -> None:
        self._kept.backup(self._live, sleep=0.001)
        again = "UPDATE sqlite_sequence SET seq = ? WHERE name = 'inbox'"
        self._live.execute(again, [next(self._updates)])

    def close(self) -> None:
        self._kept.close()
        self._live.close()


class _OnServer:
    """Tables of the same rows beside the clinic's; as in a replica, its triggers are silent.

    All numbers go on where they were.
    """

    def __init__(self, connection: Second) -> None:
        self._connection = connection
        self._tables = list(metadata.tables)

    def keep(self) -> None:
        copies = [f"CREATE TABLE {KEPT}.{t} AS SELECT * FROM public.{t}" for t in self._tables]
        self._connection.execute(f"CREATE SCHEMA {KEPT}", *copies)

    def put_back(self) -> None:
        back = [
            f"DELETE FROM public.{t}; INSERT INTO public.{t} SELECT * FROM {KEPT}.{t}"
            for t in self._tables
        ]
        silently = "SET LOCAL session_replication_role = replica"
        self._connection.execute("; ".join(["BEGIN", silently, *back, "COMMIT"]))

    def close(self) -> None:
        self._connection.close()
