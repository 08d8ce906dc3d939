"""Who brought whom, as those who run the clinic see it: counted here, and read a page at a time."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    RowMapping,
    Select,
    Subquery,
    case,
    exists,
    func,
    select,
    union_all,
)

from db.rewards import paid
from db.tables import friends, patients, referrals, rewards, visits
from loyalty.bonds import Bond, Counted, Named, Ranked
from loyalty.people import Patient

# Both sides of a bond, each as the record that it is part of now.
_BY, _WHOM = patients.alias("by"), patients.alias("whom")
_SIDE = {
    "id": "id",
    "wallet": "wallet_id",
    "source": "source",
    "name": "name",
    "surname": "surname",
    "phone": "phone",
}

Branches = Collection[int] | None


def _said() -> Subquery:
    return select(
        referrals.c.referrer_id.label("record"), referrals.c.friend_id, referrals.c.at
    ).subquery("said")


def _came() -> Subquery:
    """By a card, whether or not it came to a bond; and by a word, which is known by its bond."""
    by_card = select(friends.c.sender_id.label("record"), friends.c.friend_id, friends.c.at)
    same = exists().where(friends.c.friend_id == referrals.c.friend_id)
    by_word = select(referrals.c.referrer_id, referrals.c.friend_id, referrals.c.at).where(~same)
    return union_all(by_card, by_word).subquery("came")


def _between(found: Subquery, branches: Branches) -> Select[Any]:
    """As the patients that both are now. Who has become one with whom they brought is no pair."""
    said_by, said_of = patients.alias("said_by"), patients.alias("said_of")
    by = func.coalesce(said_by.c.merged_into, said_by.c.id)
    whom = func.coalesce(said_of.c.merged_into, said_of.c.id)
    query = (
        select(found.c.record, by.label("by_id"), whom.label("whom_id"), found.c.at)
        .select_from(found)
        .join(said_by, said_by.c.id == found.c.record)
        .join(said_of, said_of.c.id == found.c.friend_id)
        .where(by != whom)
    )
    if branches is None:
        return query
    treated = exists().where(visits.c.patient_id == whom, visits.c.branch_id.in_(branches))
    return query.where(treated)


def _with_sums(bond: Subquery, branches: Branches) -> Select[Any]:
    """What the friend has paid and brought there."""
    its = [visits.c.patient_id == bond.c.whom_id]
    its += [] if branches is None else [visits.c.branch_id.in_(branches)]
    brought = (
        select(func.coalesce(func.sum(rewards.c.points), 0))
        .select_from(visits)
        .join(rewards, rewards.c.visit_id == visits.c.id)
        .where(*its, rewards.c.referrer_id == bond.c.record)
        .scalar_subquery()
    )
    has_paid = case((paid(*its), 1), else_=0)
    return select(*bond.c, has_paid.label("paid"), brought.label("points"))


def _counted(branches: Branches) -> Subquery:
    return _with_sums(_between(_said(), branches).subquery("bond"), branches).subquery("counted")


class SqlReferrals:
    """`loyalty.ports.Referrals` over one connection."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def sums(self, branches: Branches) -> Counted:
        one = _counted(branches)
        paying, points = (func.coalesce(func.sum(of), 0) for of in (one.c.paid, one.c.points))
        found = self._connection.execute(select(func.count(one.c.record), paying, points)).one()
        return Counted(*map(int, found))

    def bonds(self, branches: Branches, offset: int, limit: int) -> Sequence[Bond]:
        """What each has brought is read for those of the page alone."""
        pairs = _between(_said(), branches).subquery("pair")
        latest = select(pairs).order_by(pairs.c.at.desc(), pairs.c.whom_id.desc())
        one = _with_sums(latest.offset(offset).limit(limit).subquery("bond"), branches).subquery()
        query = (
            select(*_sides(), one.c.at, one.c.paid, one.c.points)
            .select_from(one)
            .join(_BY, _BY.c.id == one.c.by_id)
            .join(_WHOM, _WHOM.c.id == one.c.whom_id)
            .order_by(one.c.at.desc(), one.c.whom_id.desc())
        )
        return [_bond(row) for row in self._connection.execute(query).mappings()]

    def best(self, branches: Branches, offset: int, limit: int) -> Sequence[Ranked]:
        one = _counted(branches)
        points, paying = func.sum(one.c.points), func.sum(one.c.paid)
        friends_ = func.count(one.c.whom_id.distinct())
        query = (
            select(one.c.by_id, friends_, paying, points)
            .group_by(one.c.by_id)
            .order_by(paying.desc(), friends_.desc(), points.desc(), one.c.by_id)
            .offset(offset)
            .limit(limit)
        )
        return [Ranked(*map(int, row)) for row in self._connection.execute(query)]

    def unpaid(self, branches: Branches, few: int) -> Sequence[tuple[int, int]]:
        one = _counted(branches)
        many = func.count(one.c.whom_id.distinct())
        query = select(one.c.by_id, many).group_by(one.c.by_id)
        query = query.having(many >= few, func.sum(one.c.paid) == 0)
        return [(by, int(count)) for by, count in self._connection.execute(query)]

    def crowding(self, branches: Branches, unasked: int) -> Sequence[tuple[int, int, datetime]]:
        """Of those alone who brought more at all than may come in a day."""
        one = _between(_came(), branches).cte("one")
        many = select(one.c.by_id).group_by(one.c.by_id).having(func.count() > unasked)
        query = select(one.c.by_id, one.c.whom_id, one.c.at).where(one.c.by_id.in_(many))
        rows = self._connection.execute(query.order_by(one.c.at))
        return [(by, whom, at) for by, whom, at in rows]

    def named(self, branches: Branches) -> Sequence[Named]:
        one = _between(_said(), branches).cte("one")
        called = (_WHOM.c.id, _WHOM.c.name, _WHOM.c.surname, _WHOM.c.phone)
        query = union_all(
            select(one.c.by_id, *called).select_from(one).join(_WHOM, _WHOM.c.id == one.c.whom_id),
            select(one.c.by_id, *called)
            .select_from(one)
            .join(_WHOM, _WHOM.c.id == one.c.by_id)
            .distinct(),
        )
        return [Named(*row) for row in self._connection.execute(query)]


def _sides() -> list[Any]:
    return [
        side.c[column].label(f"{side.name}_{field}")
        for side in (_BY, _WHOM)
        for field, column in _SIDE.items()
    ]


def _bond(row: RowMapping) -> Bond:
    points = int(row["points"])
    return Bond(_side(row, "by"), _side(row, "whom"), row["at"], bool(row["paid"]), points)


def _side(row: RowMapping, side: str) -> Patient:
    return Patient(**{field: row[f"{side}_{field}"] for field in _SIDE})
