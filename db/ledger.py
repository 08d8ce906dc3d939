"""Points: operations, entries, lots, allocations."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    ScalarSelect,
    Select,
    bindparam,
    case,
    cast,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from db.dialects import new_only
from db.ended import ended
from db.people import but_for_balance
from db.prepared import Prepared
from db.tables import allocations, entries, lots, operations, wallets
from db.tables.ledger import HOLDS_POINTS
from loyalty.people import Wallet
from loyalty.points import Credit, HistoryLine, Kind, Lot, Operation

LOT = (
    lots.c.id,
    lots.c.wallet_id,
    lots.c.reason,
    lots.c.remaining,
    lots.c.ends_at,
    operations.c.at,
    lots.c.moved_from,
    lots.c.first_ends_at,
    lots.c.prolonged_by,
)
_ANY_LOTS = select(*LOT).join(operations, operations.c.id == lots.c.operation_id)
_HELD = lots.c.wallet_id == bindparam("wallet"), HOLDS_POINTS
_LOTS = Prepared(_ANY_LOTS.where(*_HELD).order_by(lots.c.ends_at, lots.c.id))
_ENDING = (
    select(lots.c.ends_at, func.sum(lots.c.remaining).label("points"))
    .where(*_HELD, lots.c.ends_at > bindparam("now"))
    .group_by(lots.c.ends_at)
    .order_by(lots.c.ends_at)
)


def _nearest() -> Select[tuple[datetime, int | None, int]]:
    """The first ends that are to come, each found from the one before and not among all lots; what
    ends then, but for the last of all, which is the rest; and what the wallet holds alive.
    """
    first_end = select(func.min(lots.c.ends_at)).where(*_HELD)
    ends = select(
        first_end.where(lots.c.ends_at > bindparam("now")).scalar_subquery().label("ends_at"),
        literal(1).label("n"),
    ).cte("ends", recursive=True)
    following = first_end.where(lots.c.ends_at > ends.c.ends_at).correlate(ends)
    ends = ends.union_all(
        select(following.scalar_subquery(), ends.c.n + 1).where(
            ends.c.ends_at.is_not(None), ends.c.n < bindparam("limit")
        )
    )
    is_last = ~exists(select(lots.c.id).where(*_HELD, lots.c.ends_at > ends.c.ends_at))
    held = cast(func.coalesce(func.sum(lots.c.remaining), 0), BigInteger)
    then = select(held).where(*_HELD, lots.c.ends_at == ends.c.ends_at)
    ended = select(held).where(*_HELD, lots.c.ends_at <= bindparam("now"))
    balance = select(wallets.c.balance).where(wallets.c.id == bindparam("wallet"))
    alive = balance.scalar_subquery() - ended.scalar_subquery()
    return select(
        ends.c.ends_at,
        case((is_last, None), else_=then.scalar_subquery()).label("points"),
        alive.label("alive"),
    ).where(ends.c.ends_at.is_not(None))


_NEAREST = Prepared(_nearest())


def _of_entry(points: ColumnElement[int]) -> ScalarSelect[int]:
    """Summed over the lots that the entry touched: its own points are only what is left."""
    total = cast(func.coalesce(func.sum(points), 0), BigInteger)
    return select(total).where(allocations.c.entry_id == entries.c.id).scalar_subquery()


_SPENT = _of_entry(case((allocations.c.points < 0, -allocations.c.points), else_=0))
_EARNED = _of_entry(case((allocations.c.points > 0, allocations.c.points), else_=0))

_BY_KEY = Prepared(select(operations).where(operations.c.key == bindparam("its_key")))
_NUMBERED = Prepared(select(operations).where(operations.c.id == bindparam("operation")))
_ORIGIN = Prepared(
    select(operations, lots.c.moved_from)
    .join(lots, lots.c.operation_id == operations.c.id)
    .where(lots.c.id == bindparam("lot"))
)
_MADE_BY = Prepared(
    _ANY_LOTS.where(lots.c.operation_id == bindparam("operation")).order_by(lots.c.id)
)
_TAKEN_BY = Prepared(
    _ANY_LOTS.add_columns(allocations.c.points)
    .join(allocations, allocations.c.lot_id == lots.c.id)
    .join(entries, entries.c.id == allocations.c.entry_id)
    .where(entries.c.operation_id == bindparam("operation"), allocations.c.points < 0)
    .order_by(allocations.c.id)
)
_NEW_ENTRY = Prepared(insert(entries).returning(entries.c.id))
_NEW_LOT = Prepared(insert(lots).returning(lots.c.id))
_NEW_ALLOCATION = Prepared(insert(allocations))
_PROLONG = (
    update(lots)
    .where(lots.c.id == bindparam("lot"))
    .values(
        first_ends_at=lots.c.ends_at, ends_at=bindparam("new_end"), prolonged_by=bindparam("by")
    )
)
_HOLDS_TOO_LITTLE_OR_MUCH = "ck_lots_remaining"
_MOVE_BALANCE = Prepared(
    update(wallets)
    .where(wallets.c.id == bindparam("wallet"))
    .values(balance=wallets.c.balance + bindparam("by"))
)


class OverdrawnError(Exception):
    """A lot has fewer points than were to be taken: somebody else was faster."""


class OverfilledError(Exception):
    """A lot would hold more points than it was made with."""


class SqlLedger:
    """`loyalty.ports.Ledger` over one connection."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def operation(self, key: str) -> Operation | None:
        row = _BY_KEY.run(self._connection, its_key=key).first()
        return None if row is None else Operation(row.id, row.key, row.kind, row.given, row.at)

    def known(self, keys: Collection[str]) -> Collection[str]:
        its = select(operations.c.key).where(operations.c.key.in_(keys))
        return set(self._connection.scalars(its))

    def numbered(self, operation: int) -> Operation:
        row = _NUMBERED.run(self._connection, operation=operation).one()
        return Operation(row.id, row.key, row.kind, row.given, row.at)

    def origin(self, lot: int) -> Operation:
        row = _ORIGIN.run(self._connection, lot=lot).one()
        while row.moved_from is not None:
            row = _ORIGIN.run(self._connection, lot=row.moved_from).one()
        return Operation(row.id, row.key, row.kind, row.given, row.at)

    def add_operation(self, key: str, kind: Kind, given: str) -> Operation | None:
        row = {"key": key, "kind": kind, "given": given, "at": self._now}
        new = new_only(self._connection, operations, operations.c.id)
        id_ = new.run(self._connection, **row).scalar_one_or_none()
        return None if id_ is None else Operation(id_, key, kind, given, self._now)

    def add_entry(
        self, operation: Operation, wallet: int, points: int, after: Wallet | None = None
    ) -> int:
        left = {} if after is None else but_for_balance(after)
        _MOVE_BALANCE.run(self._connection, wallet=wallet, by=points, **left)
        row = {"operation_id": operation.id, "wallet_id": wallet, "points": points}
        return int(_NEW_ENTRY.run(self._connection, **row).scalar_one())

    def add_lot(self, operation: Operation, credit: Credit) -> int:
        row = {
            "operation_id": operation.id,
            "wallet_id": credit.wallet,
            "reason": credit.reason,
            "amount": credit.points,
            "remaining": 0,
            "ends_at": credit.ends_at,
            "moved_from": credit.moved_from,
            "first_ends_at": credit.first_ends_at,
            "prolonged_by": credit.prolonged_by,
        }
        return int(_NEW_LOT.run(self._connection, **row).scalar_one())

    def allocate(self, entry: int, lot: int, points: int) -> None:
        """A trigger moves what the lot holds: it can't be said otherwise.

        Raises OverdrawnError: the lot doesn't hold so many points any more.
        OverfilledError: so many were never taken from the lot.
        """
        try:
            _NEW_ALLOCATION.run(self._connection, entry_id=entry, lot_id=lot, points=points)
        except IntegrityError as refused:
            if _HOLDS_TOO_LITTLE_OR_MUCH not in str(refused.orig):
                raise
            wrong = OverdrawnError if points < 0 else OverfilledError
            raise wrong(f"lot {lot}") from refused

    def prolong(self, lot: int, ends_at: datetime, by: int) -> None:
        """A trigger refuses a second time, an end that has come, and more than the programme's."""
        given = {"lot": lot, "new_end": ends_at, "by": by}
        self._connection.execute(_PROLONG, given)

    def lots(self, wallet: int) -> Sequence[Lot]:
        return [Lot(*row) for row in _LOTS.run(self._connection, wallet=wallet)]

    def lots_of(self, operation: int) -> Sequence[Lot]:
        return [Lot(*row) for row in _MADE_BY.run(self._connection, operation=operation)]

    def taken_by(self, operation: int) -> Sequence[tuple[Lot, int]]:
        rows = _TAKEN_BY.run(self._connection, operation=operation)
        return [(Lot(*row[:-1]), -row[-1]) for row in rows]

    def ending(self, wallet: int, until: datetime | None) -> Sequence[tuple[datetime, int]]:
        query = _ENDING if until is None else _ENDING.where(lots.c.ends_at <= until)
        rows = self._connection.execute(query, {"wallet": wallet, "now": self._now})
        return [(row.ends_at, int(row.points)) for row in rows]

    def nearest(self, wallet: int, limit: int) -> tuple[int, Sequence[tuple[datetime, int]]]:
        rows = _NEAREST.run(self._connection, wallet=wallet, now=self._now, limit=limit).all()
        alive = rows[0].alive if rows else 0
        rest = alive - sum(row.points or 0 for row in rows)
        return alive, [(row.ends_at, rest if row.points is None else row.points) for row in rows]

    def ended(self, wallet: int, since: datetime) -> Sequence[tuple[datetime, int]]:
        return ended(self._connection, wallet, since, self._now)

    def wallets_with_ended(self, limit: int) -> Sequence[int]:
        ended = select(lots.c.wallet_id).where(HOLDS_POINTS, lots.c.ends_at <= self._now)
        rows = self._connection.scalars(ended.order_by(lots.c.ends_at).limit(limit))
        return list(dict.fromkeys(rows))

    def swept(self, of: Collection[int]) -> int:
        its = or_(lots.c.id.in_(of), lots.c.moved_from.in_(of))
        taken = (
            select(func.coalesce(-func.sum(allocations.c.points), 0))
            .join(entries, entries.c.id == allocations.c.entry_id)
            .join(operations, operations.c.id == entries.c.operation_id)
            .join(lots, lots.c.id == allocations.c.lot_id)
            .where(its, operations.c.kind == Kind.EXPIRY)
        )
        return int(self._connection.execute(taken).scalar_one())

    def history(self, wallet: int, skip: int, limit: int) -> Sequence[HistoryLine]:
        rows = self._connection.execute(
            select(operations.c.at, operations.c.kind, _SPENT, _EARNED, operations.c.key)
            .join(operations, operations.c.id == entries.c.operation_id)
            .where(entries.c.wallet_id == wallet)
            .order_by(entries.c.id.desc())
            .offset(skip)
            .limit(limit)
        )
        return [HistoryLine(*row) for row in rows]
