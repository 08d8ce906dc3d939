"""Who recommended whom, and what their friends' visits gather for them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

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
    back = select(func.coalesce(func.sum(reversals.c.money), 0))
    gone = back.where(reversals.c.visit_id == visits.c.id).scalar_subquery()
    return exists().where(*which, ~visits.c.training, visits.c.cash > gone)


_ITS_REFERRER = Prepared(
    select(patients).where(
        patients.c.id == referrer_of(bindparam("patient", type_=BigInteger)).scalar_subquery()
    )
)
_NEW = Prepared(insert(rewards))
_REWARDED = select(rewards.c.referrer_id).where(
    rewards.c.visit_id == bindparam("visit"), rewards.c.n.is_(None), rewards.c.friend_id.is_(None)
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


def _gatherers() -> Select[tuple[int, int, int]]:
    """Found by the index of rewards one record after the other, never all of them at once."""
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
        mine, theirs = patients.alias(), patients.alias()
        same = or_(mine.c.wallet_id == theirs.c.wallet_id, mine.c.phone == theirs.c.phone)
        both = mine.c.id.in_(records_of(one)), theirs.c.id.in_(records_of(other))
        return bool(self._connection.scalar(select(exists().where(*both, same))))

    def add_referral(self, friend: int, referrer: int) -> bool:
        """The friend is held. The moment is after every visit that they have had: of two writers
        the one that waited for the other may have begun before it.
        """
        if self._connection.scalar(select(exists().where(referrals.c.friend_id == friend))):
            return False
        latest = select(func.max(visits.c.recorded_at)).where(visits.c.patient_id == friend)
        at = max(self._now, self._connection.scalar(latest) or self._now)
        row = {"friend_id": friend, "referrer_id": referrer, "at": at}
        self._connection.execute(insert(referrals), row)
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
        return self._connection.scalar(_REWARDED, {"visit": visit})

    # --- what is posted

    def gatherers(self, after: int, limit: int) -> Sequence[tuple[int, int, int]]:
        rows = self._connection.execute(_GATHERERS, {"after": after, "limit": limit})
        return [(row.record, row.patient, int(row.points or 0)) for row in rows]

    def brought(self, patient: int) -> Sequence[Brought]:
        left = func.sum(rewards.c.points)
        what = (
            *(rewards.c.referrer_id, visits.c.patient_id),
            *(visits.c.day, visits.c.recorded_at, visits.c.id),
        )
        rows = self._connection.execute(
            select(*what[:-1], left)
            .join(visits, visits.c.id == rewards.c.visit_id)
            .where(rewards.c.referrer_id.in_(records_of(patient)))
            .group_by(*what)
            .order_by(visits.c.id)
        )
        return [Brought(*row[:-1], int(row[-1])) for row in rows]

    def posted(self, patient: int) -> Mapping[int, int]:
        rows = self._connection.execute(
            select(rewards.c.referrer_id, -func.sum(rewards.c.points))
            .where(rewards.c.referrer_id.in_(records_of(patient)))
            .where(rewards.c.operation_id.is_not(None))
            .group_by(rewards.c.referrer_id)
        )
        return {record: int(points) for record, points in rows}

    def posted_since(self, patient: int, moment: datetime) -> bool:
        return self.posting_since(patient, moment) is not None

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
