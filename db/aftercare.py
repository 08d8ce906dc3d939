"""How patients feel the day after surgery."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, exists, select, update

from db.dialects import insert_new
from db.tables import aftercare, ratings, visits
from loyalty.opinions import Feeling, Feels


class SqlAftercare:
    """`loyalty.ports.Aftercare` over one connection."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def note_asked(self, visit: int, account: int) -> None:
        row = {"visit_id": visit, "account_id": account, "asked_at": self._now}
        insert_new(self._connection, aftercare, row)

    def feeling(self, visit: int, account: int) -> Feeling | None:
        query = select(aftercare.c.feels, aftercare.c.felt_at).where(*_its(visit, account))
        row = self._connection.execute(query).first()
        if row is None or row.feels is None:
            return None
        return Feeling(visit, account, Feels(row.feels), row.felt_at)

    def save_feeling(self, feeling: Feeling) -> None:
        self.note_asked(feeling.visit, feeling.account)  # who is quicker than the note of it
        self._connection.execute(
            update(aftercare)
            .where(*_its(feeling.visit, feeling.account))
            .values(feels=feeling.feels, felt_at=feeling.at)
        )

    def asked_at(self, visit: int, account: int) -> datetime:
        asked = aftercare.c
        its = (asked.visit_id == visit, asked.account_id == account)
        found: datetime = self._connection.scalars(select(asked.asked_at).where(*its)).one()
        return found

    def unanswered(self, account: int, since: datetime) -> int | None:
        asked = aftercare.c
        rated = exists().where(ratings.c.visit_id == asked.visit_id)
        return self._connection.scalar(
            select(asked.visit_id)
            .where(
                *(asked.account_id == account, asked.asked_at > since),
                *(asked.feels.is_(None), ~rated),
            )
            .order_by(asked.asked_at.desc())
            .limit(1)
        )

    def forget(self, account: int) -> None:
        self._connection.execute(delete(aftercare).where(aftercare.c.account_id == account))

    def forget_patient(self, patient: int) -> None:
        theirs = select(visits.c.id).where(visits.c.patient_id == patient)
        self._connection.execute(delete(aftercare).where(aftercare.c.visit_id.in_(theirs)))


def _its(visit: int, account: int) -> tuple[ColumnElement[bool], ...]:
    return aftercare.c.visit_id == visit, aftercare.c.account_id == account
