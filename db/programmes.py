"""Versions of the programme's numbers."""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, bindparam, select

from db.dialects import new_only
from db.prepared import Prepared
from db.tables import programmes
from loyalty.programme import DEFAULTS, Programme, Version, from_stored, to_stored

_ANY = select(programmes.c.id, programmes.c.numbers).order_by(programmes.c.id.desc()).limit(1)
_NEWEST = Prepared(_ANY)
_NUMBERED = Prepared(select(programmes.c.numbers).where(programmes.c.id == bindparam("number")))


class SqlProgrammes:
    """`loyalty.ports.Programmes` over one connection."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def current(self) -> tuple[int | None, Programme]:
        row = _NEWEST.run(self._connection).first()
        return (None, DEFAULTS) if row is None else (row.id, _read(json.dumps(row.numbers)))

    def before(self, moment: datetime) -> tuple[int | None, Programme]:
        row = self._connection.execute(_ANY.where(programmes.c.since < moment)).first()
        return (None, DEFAULTS) if row is None else (row.id, _read(json.dumps(row.numbers)))

    def numbered(self, number: int | None) -> Programme:
        if number is None:
            return DEFAULTS
        kept = _NUMBERED.run(self._connection, number=number)
        return _read(json.dumps(kept.scalar_one()))

    def add(self, programme: Programme, by: int, after: int | None) -> bool:
        """Of two that follow the same version one finds its number taken."""
        row = {
            "id": (after or 0) + 1,
            "numbers": to_stored(programme),
            "set_by": by,
            "since": self._now,
        }
        new = new_only(self._connection, programmes, programmes.c.id)
        return new.run(self._connection, **row).first() is not None

    def latest(self, limit: int) -> Sequence[Version]:
        query = select(programmes).order_by(programmes.c.id.desc()).limit(limit)
        return [
            Version(row.id, _read(json.dumps(row.numbers)), row.set_by, row.since)
            for row in self._connection.execute(query)
        ]


@lru_cache(maxsize=16)
def _read(numbers: str) -> Programme:
    return from_stored(json.loads(numbers))
