"""Letters to accounts: queued with the act that causes them, delivered by lease."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, or_, select, update

from db.dialects import insert_new
from db.tables import accounts, outbox
from loyalty.letters import Letter


class SqlOutbox:
    """`loyalty.ports.Outbox` over one connection."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def put(self, key: str, kind: str, account: int, **arguments: str | int) -> None:
        row = {
            "key": key,
            "kind": kind,
            "account_id": account,
            "arguments": arguments,
            "not_before": self._now,
            "created_at": self._now,
        }
        insert_new(self._connection, outbox, row)

    def due(self, limit: int) -> Sequence[Letter]:
        rows = self._connection.execute(
            select(
                outbox.c.id,
                outbox.c.kind,
                outbox.c.account_id,
                accounts.c.telegram_id,
                accounts.c.language,
                outbox.c.arguments,
                outbox.c.attempts,
            )
            .join(accounts, accounts.c.id == outbox.c.account_id)
            .where(
                outbox.c.state.in_(("pending", "claimed", "sending")),
                outbox.c.not_before <= self._now,
                or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= self._now),
            )
            .order_by(outbox.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True, of=outbox)
        )
        return [Letter(*row) for row in rows]

    def claim(self, letters: Sequence[Letter], lease: timedelta) -> None:
        ids = [letter.id for letter in letters]
        self._connection.execute(
            update(outbox)
            .where(outbox.c.id.in_(ids))
            .values(state="claimed", leased_until=self._now + lease)
        )

    def mark(self, letter: int, state: str, fault: str | None = None) -> None:
        values: dict[str, Any] = {"state": state, "fault": fault}
        if state == "sent":
            values |= {"sent_at": self._now, "leased_until": None}
        self._connection.execute(update(outbox).where(outbox.c.id == letter).values(values))

    def put_off(self, letter: int, until: datetime, *, attempts: int) -> None:
        self._connection.execute(
            update(outbox)
            .where(outbox.c.id == letter)
            .values(state="pending", leased_until=None, not_before=until, attempts=attempts)
        )
