"""Points: operations, entries, lots, allocations."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from db.tables import allocations, entries, lots, operations, wallets
from loyalty.points import Credit, HistoryLine, Kind, Lot, Operation

_LOTS = (
    select(lots.c.id, lots.c.wallet_id, lots.c.reason, lots.c.remaining, lots.c.ends_at)
    .where(lots.c.wallet_id == bindparam("wallet"), lots.c.remaining > 0)
    .order_by(lots.c.ends_at, lots.c.id)
)


class OverdrawnError(Exception):
    """A lot has fewer points than were to be taken: somebody else was faster."""


class SqlLedger:
    """`loyalty.ports.Ledger` over one connection."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def operation(self, key: str) -> Operation | None:
        row = self._connection.execute(select(operations).where(operations.c.key == key)).first()
        return None if row is None else Operation(row.id, row.key, row.kind, row.given, row.at)

    def add_operation(self, key: str, kind: Kind, given: str) -> Operation:
        new = insert(operations).values(key=key, kind=kind, given=given, at=self._now)
        id_ = self._connection.execute(new.returning(operations.c.id)).scalar_one()
        return Operation(id_, key, kind, given, self._now)

    def add_entry(self, operation: Operation, wallet: int, points: int) -> int:
        self._connection.execute(
            update(wallets).where(wallets.c.id == wallet).values(balance=wallets.c.balance + points)
        )
        new = insert(entries).values(operation_id=operation.id, wallet_id=wallet, points=points)
        return int(self._connection.execute(new.returning(entries.c.id)).scalar_one())

    def add_lot(self, operation: Operation, credit: Credit) -> int:
        new = insert(lots).values(
            operation_id=operation.id,
            wallet_id=credit.wallet,
            reason=credit.reason,
            amount=credit.points,
            remaining=credit.points,
            ends_at=credit.ends_at,
            moved_from=credit.moved_from,
        )
        return int(self._connection.execute(new.returning(lots.c.id)).scalar_one())

    def take(self, lot: Lot, points: int) -> None:
        """Raises OverdrawnError: the lot doesn't hold so many points any more."""
        taken = self._connection.execute(
            update(lots)
            .where(lots.c.id == lot.id, lots.c.remaining >= points)
            .values(remaining=lots.c.remaining - points)
        )
        if taken.rowcount != 1:
            raise OverdrawnError(f"lot {lot.id}")

    def allocate(self, entry: int, lot: int, points: int) -> None:
        new = insert(allocations).values(entry_id=entry, lot_id=lot, points=points)
        self._connection.execute(new)

    def lots(self, wallet: int) -> Sequence[Lot]:
        return [Lot(*row) for row in self._connection.execute(_LOTS, {"wallet": wallet})]

    def history(self, wallet: int, skip: int, limit: int) -> Sequence[HistoryLine]:
        rows = self._connection.execute(
            select(operations.c.at, operations.c.kind, entries.c.points)
            .join(operations, operations.c.id == entries.c.operation_id)
            .where(entries.c.wallet_id == wallet)
            .order_by(entries.c.id.desc())
            .offset(skip)
            .limit(limit)
        )
        return [HistoryLine(*row) for row in rows]
