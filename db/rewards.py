"""Who recommended whom, and what their friends' visits gather for them."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    exists,
    func,
    insert,
    or_,
    select,
)

from db.people import patient_of
from db.prepared import Prepared
from db.tables import patients, referrals, rewards, visits
from loyalty.people import Patient

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


_ITS_REFERRER = Prepared(
    select(patients).where(
        patients.c.id == referrer_of(bindparam("patient", type_=BigInteger)).scalar_subquery()
    )
)
_NEW = Prepared(insert(rewards))
_REWARDED = select(rewards.c.referrer_id).where(
    rewards.c.visit_id == bindparam("visit"), rewards.c.n.is_(None)
)


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

    def rewarded(self, visit: int) -> int | None:
        return self._connection.scalar(_REWARDED, {"visit": visit})
