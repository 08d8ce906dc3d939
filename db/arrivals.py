"""By which links people came, and whom the clinic may still invite."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    case,
    exists,
    func,
    or_,
    select,
)

from db.people import patient_of
from db.tables import accounts, arrivals, invitations, paper_consents, patients, speaks_for
from loyalty.people import Patient

_RECORD = func.coalesce(patients.c.merged_into, patients.c.id)
_KEPT = patients.alias("kept")

_FIRST = (
    select(func.min(arrivals.c.id).label("id"))
    .where(arrivals.c.payload.startswith("s_", autoescape=True))
    .group_by(arrivals.c.account_id)
    .subquery()
)
_JOINED = (
    select(speaks_for.c.account_id, func.min(speaks_for.c.since).label("since"))
    .group_by(speaks_for.c.account_id)
    .subquery()
)
_REGISTERED = and_(
    accounts.c.consented_at.is_not(None),
    accounts.c.withdrawn_at.is_(None),
    accounts.c.wallet_id.is_not(None),
)


class SqlArrivals:
    """`loyalty.ports.Arrivals` over one connection."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def by_source(self) -> Sequence[tuple[str, int, int]]:
        """Who had points before the link was pressed hasn't come by it."""
        registered = func.sum(case((_REGISTERED, 1), else_=0))
        rows = self._connection.execute(
            select(arrivals.c.payload, func.count(), registered)
            .join(_FIRST, _FIRST.c.id == arrivals.c.id)
            .join(accounts, accounts.c.id == arrivals.c.account_id)
            .outerjoin(_JOINED, _JOINED.c.account_id == arrivals.c.account_id)
            .where(or_(_JOINED.c.since.is_(None), _JOINED.c.since >= arrivals.c.at))
            .group_by(arrivals.c.payload)
        )
        return [(payload, opened, int(joined)) for payload, opened, joined in rows]

    def uninvited(self, after: int, limit: int) -> Sequence[Patient]:
        query = select(_KEPT).where(_to_invite(), _KEPT.c.id > after)
        rows = self._connection.execute(query.order_by(_KEPT.c.id).limit(limit))
        return [patient_of(row) for row in rows]

    def uninvited_count(self) -> int:
        query = select(func.count()).select_from(_KEPT).where(_to_invite())
        return int(self._connection.execute(query).scalar_one())

    def invited_count(self) -> tuple[int, int]:
        """Whoever was spoken for since, by whatever link: they were invited, and are there."""
        came = exists().where(
            speaks_for.c.patient_id == _RECORD, speaks_for.c.since >= invitations.c.made_at
        )
        invited, there = self._connection.execute(
            select(func.count(), func.coalesce(func.sum(case((came, 1), else_=0)), 0))
            .select_from(invitations)
            .join(patients, patients.c.id == invitations.c.patient_id)
        ).one()
        return int(invited), int(there)


def _to_invite() -> ColumnElement[bool]:
    """Of a family with one phone it is the record that was made first: one SMS is enough."""
    earlier = patients.alias("earlier")
    before = earlier.c.phone == _KEPT.c.phone, earlier.c.id < _KEPT.c.id
    return and_(_may_be_invited(_KEPT), ~exists().where(*before, _may_be_invited(earlier)))


def _may_be_invited(record: FromClause) -> ColumnElement[bool]:
    """A paper that was signed for a record counts for the one it has become part of."""
    signed = exists().where(paper_consents.c.patient_id == record.c.id)
    signed_before = exists().where(
        paper_consents.c.patient_id == patients.c.id, patients.c.merged_into == record.c.id
    )
    spoken_for = exists().where(
        speaks_for.c.patient_id == record.c.id, speaks_for.c.until.is_(None)
    )
    in_the_bot = exists().where(accounts.c.phone == record.c.phone)
    return and_(
        record.c.merged_into.is_(None),
        record.c.erased_at.is_(None),
        record.c.phone.is_not(None),
        or_(signed, signed_before),
        ~spoken_for,
        ~in_the_bot,
    )
