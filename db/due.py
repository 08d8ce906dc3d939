"""When the clock will next bring something about: the sandbox goes there in one step."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from db import engines
from db.dialects import spelt_out
from db.outbox import IS_WAITING
from db.tables import cases, lots, outbox, rewards
from db.tables.ledger import HOLDS_POINTS
from loyalty.dates import months_later
from loyalty.gathering import STEP, first_of, midnight
from loyalty.opinions import SOLVED_WITHIN, CaseState


def next_due(url: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The next moment after `now` at which something is due in this SQLite file; None: nothing is.

    A letter whose hour comes, a case that is left alone, points that end, or a 1st in the zone
    where any rewards have gathered. Only reads.
    """
    engine = engines.sqlite_readers(url)
    try:
        with engine.connect() as connection:
            return _next(connection, now, zone)
    finally:
        engine.dispose()


def _next(connection: Connection, now: datetime, zone: ZoneInfo) -> datetime | None:
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
    gathered = func.sum(rewards.c.points) >= STEP
    some = select(rewards.c.referrer_id).group_by(rewards.c.referrer_id).having(gathered).limit(1)
    if connection.scalar(some) is not None:
        days.append(midnight(months_later(first_of(now, zone), 1), zone))
    return min((moment for moment in (*found, *days) if moment is not None), default=None)
