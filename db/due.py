"""When the clock will next bring something about: the sandbox goes there in one step."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from db import engines
from db.dialects import spelt_out
from db.outbox import IS_WAITING
from db.tables import cases, lots, outbox
from db.tables.ledger import HOLDS_POINTS
from loyalty.opinions import SOLVED_WITHIN, CaseState


def next_due(url: str, now: datetime) -> datetime | None:
    """The next moment after `now` at which something is due in this SQLite file; None: nothing is.

    A letter whose hour comes, a case that is left alone, or points that end. Only reads.
    """
    engine = engines.sqlite_readers(url)
    try:
        with engine.connect() as connection:
            return _next(connection, now)
    finally:
        engine.dispose()


def _next(connection: Connection, now: datetime) -> datetime | None:
    letters, ends = outbox.c.not_before, lots.c.ends_at
    soonest = (
        select(func.min(letters)).where(IS_WAITING, letters > now),
        select(func.min(ends)).where(HOLDS_POINTS, ends > now),
    )
    found = [connection.scalar(query) for query in soonest]
    opened = connection.scalars(
        select(cases.c.opened_at).where(cases.c.state != spelt_out(CaseState.SOLVED))
    )
    days = [at + ((now - at) // SOLVED_WITHIN + 1) * SOLVED_WITHIN for at in opened]
    return min((moment for moment in (*found, *days) if moment is not None), default=None)
