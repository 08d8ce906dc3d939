"""Who came by whose card, and who is a new patient."""

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    Connection,
    bindparam,
    exists,
    func,
    insert,
    or_,
    select,
)

from db.prepared import Prepared
from db.rewards import paid, records_of
from db.tables import friends, referrals, visits

_WHO = bindparam("patient", type_=BigInteger)
_BROUGHT = or_(
    exists().where(referrals.c.friend_id.in_(records_of(_WHO))),
    exists().where(friends.c.friend_id.in_(records_of(_WHO))),
)
_WAS_BROUGHT = Prepared(select(_BROUGHT))
_MAY_BE_RECOMMENDED = Prepared(select(~paid(visits.c.patient_id == _WHO) & ~_BROUGHT))


class SqlFriends:
    """`loyalty.ports.Friends` over one connection."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def add(self, friend: int, sender: int, request: int | None) -> None:
        row = {"friend_id": friend, "sender_id": sender, "at": self._now, "request_id": request}
        self._connection.execute(insert(friends), row)

    def came_since(self, sender: int, moment: datetime) -> int:
        came = friends.c.sender_id.in_(records_of(sender)), friends.c.at >= moment
        return int(self._connection.scalar(select(func.count()).where(*came)) or 0)

    def of_request(self, request: int) -> Sequence[tuple[int, int]]:
        query = select(friends.c.friend_id, friends.c.sender_id)
        query = query.where(friends.c.request_id == request).order_by(friends.c.at)
        return [(row.friend_id, row.sender_id) for row in self._connection.execute(query)]

    def paid_before(self, patients: Collection[int], moment: datetime, zone: ZoneInfo) -> bool:
        """A visit of an earlier day may have been written down later."""
        day = moment.astimezone(zone).date()
        before = or_(visits.c.recorded_at < moment, visits.c.day < day)
        theirs = visits.c.patient_id.in_(patients)
        return bool(self._connection.scalar(select(paid(theirs, before))))

    def was_brought(self, patient: int) -> bool:
        return bool(_WAS_BROUGHT.run(self._connection, patient=patient).scalar_one())

    def may_be_recommended(self, patient: int) -> bool:
        return bool(_MAY_BE_RECOMMENDED.run(self._connection, patient=patient).scalar_one())
