"""Who recommended whom, and what their friends' visits gather for them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Exists,
    Select,
    SmallInteger,
    and_,
    bindparam,
    case,
    exists,
    func,
    insert,
    or_,
    select,
)

from db.people import patient_of
from db.prepared import Prepared
from db.tables import operations, patients, referrals, reversals, rewards, visits
from loyalty.gathering import Brought
from loyalty.people import Patient
from loyalty.points import Operation

_PART, _REFERRER = patients.alias("part"), patients.alias("referrer")
_REFERRER_NOW = func.coalesce(_REFERRER.c.merged_into, _REFERRER.c.id)


def records_of(patient: ColumnElement[int] | int) -> Select[tuple[int]]:
    """The patient's own record and those that are part of it now."""
    own = or_(_PART.c.id == patient, _PART.c.merged_into == patient)
    return select(_PART.c.id).where(own)


def referrer_of(patient: ColumnElement[int]) -> Select[tuple[int]]:
    """The record that recommended this patient, under whatever record of theirs: the first wins.

    Not one that has become the patient's own since: nobody recommends oneself.
    """
    return (
        select(referrals.c.referrer_id)
        .join(_REFERRER, _REFERRER.c.id == referrals.c.referrer_id)
        .where(referrals.c.friend_id.in_(records_of(patient)), patient != _REFERRER_NOW)
        .order_by(referrals.c.at, referrals.c.friend_id)
        .limit(1)
    )


def bond_of(patient: ColumnElement[int]) -> Select[tuple[int]]:
    """The record of this patient that somebody recommended, as `referrer_of` finds it."""
    return referrer_of(patient).with_only_columns(referrals.c.friend_id)


def paid(*which: ColumnElement[bool]) -> Exists:
    """Whether any money has stayed of such visits."""
    return exists().where(*which, money_stayed())


def money_stayed() -> ColumnElement[bool]:
    back = select(func.coalesce(func.sum(reversals.c.money), 0))
    gone = back.where(reversals.c.visit_id == visits.c.id).scalar_subquery()
    return and_(~visits.c.training, visits.c.cash > gone)


_ITS_REFERRER = Prepared(
    select(patients).where(
        patients.c.id == referrer_of(bindparam("patient", type_=BigInteger)).scalar_subquery()
    )
)


def _in_common() -> Prepared:
    mine, theirs = patients.alias("mine"), patients.alias("theirs")
    same = or_(mine.c.wallet_id == theirs.c.wallet_id, mine.c.phone == theirs.c.phone)
    sides = ((mine, "one"), (theirs, "other"))
    both = (side.c.id.in_(records_of(bindparam(name, type_=BigInteger))) for side, name in sides)
    return Prepared(select(exists().where(*both, same)))


def _said_and_latest() -> Prepared:
    """Whether the friend has a bond, and when the last visit was recorded of whom they are now."""
    friend = bindparam("friend", type_=BigInteger)
    now = select(func.coalesce(_PART.c.merged_into, _PART.c.id)).where(_PART.c.id == friend)
    latest = select(func.max(visits.c.recorded_at))
    latest = latest.where(visits.c.patient_id == now.scalar_subquery())
    said = exists().where(referrals.c.friend_id == friend)
    return Prepared(select(said, latest.scalar_subquery()))


_IN_COMMON, _SAID_AND_LATEST = _in_common(), _said_and_latest()
_NEW_REFERRAL = Prepared(insert(referrals))
_NEW = Prepared(insert(rewards))
_BROUGHT_BY = (
    select(rewards.c.referrer_id, rewards.c.friend_id)
    .where(rewards.c.visit_id == bindparam("visit"), rewards.c.n.is_(None))
    .with_for_update()
)


_OF_FIXED = ["referrer_id", "visit_id", "friend_id", "points"]


def _fixed() -> Prepared:
    """What stands of their sum is nought where it was taken back, nothing where it never came."""
    brought, bond = rewards.alias("brought"), referrals.alias("bond")
    whose = bindparam("friend", type_=BigInteger)
    visit, points = (bindparam(name, type_=BigInteger) for name in ("visit", "fixed"))
    theirs = brought.c.friend_id.in_(records_of(whose))
    stands = select(func.sum(brought.c.points)).where(theirs).scalar_subquery()
    before = paid(visits.c.patient_id == whose, visits.c.id != visit)
    comes = or_(stands == 0, and_(stands.is_(None), ~before))
    counts = bond.c.friend_id == bond_of(whose).scalar_subquery()
    found = select(bond.c.referrer_id, visit, bond.c.friend_id, points).where(counts, comes)
    return Prepared(insert(rewards).from_select(_OF_FIXED, found))


def _fixed_back() -> Prepared:
    brought, n = rewards.alias("brought"), bindparam("by", type_=SmallInteger)
    its = brought.c.visit_id == bindparam("visit", type_=BigInteger), brought.c.n.is_(None)
    found = select(
        brought.c.referrer_id, brought.c.visit_id, brought.c.friend_id, -brought.c.points, n
    ).where(*its, brought.c.friend_id.is_not(None))
    return Prepared(insert(rewards).from_select([*_OF_FIXED, "n"], found))


_FIXED, _FIXED_BACK = _fixed(), _fixed_back()


_WHOSE = func.coalesce(_PART.c.merged_into, _PART.c.id)


def _of_all(query: Select[Any], patients: Collection[int]) -> Select[Any]:
    """By whatever record of each of them."""
    theirs = or_(_PART.c.id.in_(patients), _PART.c.merged_into.in_(patients))
    joined = query.select_from(_PART).join(rewards, rewards.c.referrer_id == _PART.c.id)
    return joined.where(theirs)


def _gatherers() -> Select[tuple[int, int, int]]:
    """Found by the index of rewards one record after the other, never all of them at once. What
    one's own visits brought is among it: `brought` looks closer, at the few who have so much.
    """
    page = (
        select(rewards.c.referrer_id.label("record"))
        .where(rewards.c.referrer_id > bindparam("after", type_=BigInteger))
        .distinct()
        .order_by(rewards.c.referrer_id)
        .limit(bindparam("limit", type_=BigInteger))
        .subquery("page")
    )
    whose = func.coalesce(patients.c.merged_into, patients.c.id)
    every = rewards.alias("every")
    gathered = (
        select(func.sum(every.c.points))
        .where(every.c.referrer_id.in_(records_of(whose).correlate(patients)))
        .correlate(patients)
        .scalar_subquery()
    )
    unerased = case((patients.c.erased_at.is_(None), gathered), else_=0)
    return (
        select(page.c.record, whose.label("patient"), unerased.label("points"))
        .join(patients, patients.c.id == page.c.record)
        .order_by(page.c.record)
    )


_GATHERERS = _gatherers()


class SqlRewards:
    """`loyalty.ports.Rewards` over one connection."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    # --- who recommended whom

    def have_in_common(self, one: int, other: int) -> bool:
        found = _IN_COMMON.run(self._connection, one=one, other=other)
        return bool(found.scalar_one())

    def add_referral(self, friend: int, referrer: int) -> bool:
        """The friend is held. The moment is after every visit that they have had, under whatever
        record: of two writers the one that waited for the other may have begun before it.
        """
        said, latest = _SAID_AND_LATEST.run(self._connection, friend=friend).one()
        if said:
            return False
        at = max(self._now, latest or self._now)
        _NEW_REFERRAL.run(self._connection, friend_id=friend, referrer_id=referrer, at=at)
        return True

    def referrer(self, patient: int) -> Patient | None:
        row = _ITS_REFERRER.run(self._connection, patient=patient).first()
        return None if row is None else patient_of(row)

    # --- what is gathered

    def add(self, referrer: int, points: int, *, visit: int, n: int | None = None) -> None:
        _NEW.run(self._connection, referrer_id=referrer, visit_id=visit, n=n, points=points)

    def add_fixed(self, points: int, *, visit: int, friend: int) -> None:
        _FIXED.run(self._connection, fixed=points, visit=visit, friend=friend)

    def take_fixed(self, visit: int, n: int) -> None:
        _FIXED_BACK.run(self._connection, visit=visit, by=n)

    def rewarded(self, visit: int) -> int | None:
        found = self._connection.execute(_BROUGHT_BY, {"visit": visit}).all()
        return next((row.referrer_id for row in found if row.friend_id is None), None)

    # --- what is posted

    def hold(self, patient: int) -> None:
        gained = rewards.c.referrer_id.in_(records_of(patient)), rewards.c.n.is_(None)
        its = select(rewards.c.id).where(*gained, rewards.c.visit_id.is_not(None))
        self._connection.execute(its.order_by(rewards.c.id).with_for_update())

    def gatherers(self, after: int, limit: int) -> Sequence[tuple[int, int, int]]:
        rows = self._connection.execute(_GATHERERS, {"after": after, "limit": limit})
        return [(row.record, row.patient, int(row.points or 0)) for row in rows]

    def brought(
        self, patients: Collection[int], *, before: datetime, alone: date
    ) -> Mapping[int, Sequence[Brought]]:
        """Summed here: of ten thousand who recommend, every visit would be too many rows."""
        by = _WHOSE, rewards.c.referrer_id, visits.c.patient_id
        waited = case((visits.c.day < alone, rewards.c.points), else_=0)
        rows = self._connection.execute(
            _of_all(select(*by, func.sum(rewards.c.points), func.sum(waited)), patients)
            .join(visits, visits.c.id == rewards.c.visit_id)
            .where(visits.c.recorded_at < before)
            .where(visits.c.patient_id.is_distinct_from(_WHOSE))
            .group_by(*by)
        )
        found: dict[int, list[Brought]] = defaultdict(list)
        for whose, record, friend, points, waited_points in rows:
            found[whose].append(Brought(record, friend, int(points), int(waited_points)))
        return found

    def posted(self, patients: Collection[int]) -> Mapping[int, Mapping[int, int]]:
        taken = select(_WHOSE, rewards.c.referrer_id, -func.sum(rewards.c.points))
        rows = self._connection.execute(
            _of_all(taken, patients)
            .where(rewards.c.operation_id.is_not(None))
            .group_by(_WHOSE, rewards.c.referrer_id)
        )
        found: dict[int, dict[int, int]] = defaultdict(dict)
        for whose, record, points in rows:
            found[whose][record] = int(points)
        return found

    def posted_since(self, patients: Collection[int], moment: datetime) -> Collection[int]:
        made = _of_all(select(_WHOSE), patients)
        made = made.join(operations, operations.c.id == rewards.c.operation_id)
        return set(self._connection.scalars(made.where(operations.c.at >= moment)))

    def posting_since(self, patient: int, moment: datetime) -> Operation | None:
        row = self._connection.execute(
            select(operations)
            .join(rewards, rewards.c.operation_id == operations.c.id)
            .where(rewards.c.referrer_id.in_(records_of(patient)), operations.c.at >= moment)
            .order_by(operations.c.id.desc())
            .limit(1)
        ).first()
        return None if row is None else Operation(row.id, row.key, row.kind, row.given, row.at)

    def take(self, record: int, points: int, operation: int) -> None:
        _NEW.run(self._connection, referrer_id=record, operation_id=operation, points=-points)

    def taken_by(self, operation: int) -> int:
        taken = select(func.coalesce(-func.sum(rewards.c.points), 0))
        return int(self._connection.scalar(taken.where(rewards.c.operation_id == operation)) or 0)

    def posted_in_all(self) -> int:
        taken = select(func.coalesce(-func.sum(rewards.c.points), 0))
        return int(self._connection.scalar(taken.where(rewards.c.operation_id.is_not(None))) or 0)

    def friends(self, patient: int, before: datetime) -> int:
        """Two records of one friend are one; one whose records are now the patient's is none."""
        friend = patients.alias()
        whose = func.coalesce(friend.c.merged_into, friend.c.id)
        theirs = referrals.c.referrer_id.in_(records_of(patient)), referrals.c.at < before
        query = (
            select(func.count(whose.distinct()))
            .select_from(referrals)
            .join(friend, friend.c.id == referrals.c.friend_id)
            .where(*theirs, whose != patient)
        )
        return int(self._connection.scalar(query) or 0)
