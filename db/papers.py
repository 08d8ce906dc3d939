"""Consents, and the marks that outlive erasure."""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, exists, insert, select

from db.dialects import insert_new
from db.tables import consents, secrets, welcome_marks
from loyalty.papers import ConsentEvent


class SqlPapers:
    """`loyalty.ports.Papers` over one connection."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def note_consent(self, account: int, kind: str, decision: str, version: str) -> None:
        row = {"account_id": account, "kind": kind, "decision": decision, "version": version}
        self._connection.execute(insert(consents).values(**row, at=self._now))

    def consents(self, account: int) -> Sequence[ConsentEvent]:
        rows = self._connection.execute(
            select(consents.c.kind, consents.c.decision, consents.c.version, consents.c.at)
            .where(consents.c.account_id == account)
            .order_by(consents.c.id)
        )
        return [ConsentEvent(*row) for row in rows]

    def mark(self, what: str) -> str:
        # The key was made by the first migration and lives beside what it protects, so that a
        # restored backup still knows who was welcomed (docs/decisions/welcome-marks.md).
        key = self._connection.execute(
            select(secrets.c.value).where(secrets.c.name == "marks")
        ).scalar_one()
        return hmac.new(bytes.fromhex(key), what.encode(), hashlib.sha256).hexdigest()

    def marked(self, marks: Sequence[str]) -> bool:
        known = exists().where(welcome_marks.c.mark.in_(marks))
        return bool(self._connection.scalar(select(known)))

    def keep_marks(self, marks: Sequence[str]) -> None:
        rows = [{"mark": mark, "at": self._now} for mark in marks]
        insert_new(self._connection, welcome_marks, *rows)
