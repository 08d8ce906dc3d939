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
from db.rewards import money_stayed, paid, records_of
from db.tables import (
    arrivals,
    branches,
    cards,
    friends,
    patients,
    referrals,
    requests,
    speaks_for,
    visits,
)
from loyalty.cards import LinkKind

_WHO = bindparam("patient", type_=BigInteger)
_BROUGHT = or_(
    exists().where(referrals.c.friend_id.in_(records_of(_WHO))),
    exists().where(friends.c.friend_id.in_(records_of(_WHO))),
)
_AND_PART_OF = ("id", "merged_into")
_WAS_BROUGHT = Prepared(select(_BROUGHT))
_MAY_BE_RECOMMENDED = Prepared(select(~paid(visits.c.patient_id == _WHO) & ~_BROUGHT))
# The first of their paid visits at each branch.
_PAID = Prepared(
    select(branches.c.zone, func.min(visits.c.recorded_at), func.min(visits.c.day))
    .join(branches, branches.c.id == visits.c.branch_id)
    .where(visits.c.patient_id == _WHO, money_stayed())
    .group_by(branches.c.id, branches.c.zone)
)
# The account that came speaks for its record from the very moment of coming.
_PRESSED_AT = (
    select(func.min(arrivals.c.at))
    .join(speaks_for, speaks_for.c.account_id == arrivals.c.account_id)
    .join(cards, arrivals.c.payload == LinkKind.CARD + cards.c.code)
    .where(
        speaks_for.c.patient_id == friends.c.friend_id,
        speaks_for.c.since == friends.c.at,
        cards.c.patient_id == friends.c.sender_id,
    )
    .scalar_subquery()
)


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

    def of_request(self, request: int) -> Sequence[tuple[int, int, datetime]]:
        """Where the account that came is gone, they have pressed as late as they came."""
        query = select(
            friends.c.friend_id, friends.c.sender_id, func.coalesce(_PRESSED_AT, friends.c.at)
        )
        query = query.where(friends.c.request_id == request)
        rows = self._connection.execute(query.order_by(friends.c.at, friends.c.friend_id))
        return [(friend, sender, pressed_at) for friend, sender, pressed_at in rows]

    def concerned(self, request: int) -> Sequence[int]:
        whose, friend, sender = requests.c.patient_id, patients.alias(), patients.alias()
        rows = self._connection.execute(
            select(whose, *(one.c[which] for one in (friend, sender) for which in _AND_PART_OF))
            .select_from(friends)
            .join(requests, requests.c.id == friends.c.request_id)
            .join(friend, friend.c.id == friends.c.friend_id)
            .join(sender, sender.c.id == friends.c.sender_id)
            .where(friends.c.request_id == request)
        )
        return sorted({record for row in rows for record in row if record is not None})

    def paid_before(self, patients: Collection[int], moment: datetime) -> bool:
        """A visit of an earlier day, by its branch's clock, may have been written down later."""
        found = (_PAID.run(self._connection, patient=patient) for patient in patients)
        return any(
            recorded_at < moment or day < moment.astimezone(ZoneInfo(zone)).date()
            for rows in found
            for zone, recorded_at, day in rows
        )

    def was_brought(self, patient: int) -> bool:
        return bool(_WAS_BROUGHT.run(self._connection, patient=patient).scalar_one())

    def may_be_recommended(self, patient: int) -> bool:
        return bool(_MAY_BE_RECOMMENDED.run(self._connection, patient=patient).scalar_one())
