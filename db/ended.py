"""What ended unused, of a wallet and of those that are poured into it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    String,
    bindparam,
    cast,
    exists,
    func,
    select,
)

from db.prepared import Prepared
from db.tables import allocations, entries, lots, merges, operations
from loyalty.points import Kind

_EXPIRIES = (
    select(func.coalesce(-func.sum(allocations.c.points), 0))
    .join(entries, entries.c.id == allocations.c.entry_id)
    .join(operations, operations.c.id == entries.c.operation_id)
    .where(operations.c.kind == Kind.EXPIRY)
)
_POURS, _PART = operations.alias("pours"), entries.alias("part")
_TAKES = allocations.alias("takes")
_OF_A_MERGE = _POURS.c.key == "merge:" + cast(merges.c.request_id, String)
_STANDS, _UNDONE = merges.c.undone_at.is_(None), merges.c.undone_at.is_not(None)


def _swept_till_parted(lot: FromClause) -> ColumnElement[bool]:
    """Poured from another record, which had its points apart again when this expiry had been. What
    comes back to such a lot later is the kept record's own, and lives for days.
    """
    its = _POURS.c.id == lot.c.operation_id, _OF_A_MERGE, merges.c.undone_at >= operations.c.at
    return exists().where(*its).correlate(lot, operations)


def _poured_away(which: ColumnElement[bool]) -> ColumnElement[bool]:
    """It held points as its record went, in a merge that stands or is undone."""
    of_lot = _TAKES.c.lot_id == lots.c.id, _TAKES.c.points < 0, _PART.c.id == _TAKES.c.entry_id
    its = _POURS.c.id == _PART.c.operation_id, _OF_A_MERGE, which
    return exists().where(*of_lot, *its).correlate(lots)


_OF_LOT, _ITS_OWN = allocations.c.lot_id == lots.c.id, ~_swept_till_parted(lots)
_SWEPT = _EXPIRIES.where(_OF_LOT, _ITS_OWN).scalar_subquery()
_BECAME = lots.alias("became")
# What these points were when they were swept, in the wallet of another record for a while.
_SWEPT_THERE = (
    _EXPIRIES.join(_BECAME, _BECAME.c.id == allocations.c.lot_id)
    .where(_BECAME.c.moved_from == func.coalesce(lots.c.moved_from, lots.c.id))
    .where(_BECAME.c.id != lots.c.id, _swept_till_parted(_BECAME), _poured_away(_UNDONE), _ITS_OWN)
    .scalar_subquery()
)


def _poured_in() -> CTE:
    """The wallet and those that are poured into it as long as their merges stand."""
    wallet = select(bindparam("wallet", type_=BigInteger).label("id")).cte("poured", recursive=True)
    emptied = select(merges.c.gone_wallet).join(wallet, merges.c.kept_wallet == wallet.c.id)
    return wallet.union(emptied.where(_STANDS, merges.c.gone_wallet != merges.c.kept_wallet))


_ENDED = Prepared(
    select(lots.c.ends_at, (lots.c.remaining + _SWEPT + _SWEPT_THERE).label("points"))
    .where(lots.c.wallet_id.in_(select(_poured_in().c.id)))
    .where(lots.c.ends_at > bindparam("since"), lots.c.ends_at <= bindparam("now"))
    .where(~_poured_away(_STANDS))  # then it is told as what it became
    .order_by(lots.c.ends_at, lots.c.id)
)


def ended(
    connection: Connection, wallet: int, since: datetime, now: datetime
) -> Sequence[tuple[datetime, int]]:
    """Ends that came after this moment, with the points that ended unused, swept or not."""
    rows = _ENDED.run(connection, wallet=wallet, now=now, since=since)
    return [(row.ends_at, int(row.points)) for row in rows if row.points]
