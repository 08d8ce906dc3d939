"""Letters of the outbox that nobody tries to deliver any more."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, case, func, literal, select, update
from sqlalchemy.sql.elements import ColumnElement

from db.dialects import spelt_out
from db.tables import accounts, outbox
from loyalty.delivery import UNREACHABLE
from loyalty.given_up import GivenUp, Why

_STATES = outbox.c.state.in_(map(spelt_out, ("unknown", "failed")))
_WHY = case(
    (outbox.c.state == "unknown", literal(Why.DOUBTFUL.value)),
    (outbox.c.fault == UNREACHABLE, literal(Why.UNREACHED.value)),
    else_=literal(Why.REFUSED.value),
)
_LETTER = select(
    outbox.c.id,
    outbox.c.kind,
    outbox.c.account_id,
    outbox.c.chat_id,
    _WHY.label("why"),
    outbox.c.given_up_at,
    outbox.c.arguments,
    outbox.c.expires_at,
    accounts.c.telegram_id,
    accounts.c.unreachable_since,
).join(accounts, accounts.c.id == outbox.c.account_id, isouter=True)


class GivenUpLetters:
    """Part of `loyalty.ports.Outbox`."""

    _connection: Connection
    _now: datetime

    def given_up(self, since: datetime, skip: int, limit: int) -> Sequence[GivenUp]:
        newest = _LETTER.where(_STATES, outbox.c.given_up_at >= since).order_by(
            outbox.c.given_up_at.desc(), outbox.c.id.desc()
        )
        rows = self._connection.execute(newest.offset(skip).limit(limit))
        return [self._letter(row) for row in rows]

    def count_given_up(self, since: datetime) -> Mapping[Why, int]:
        rows = self._connection.execute(
            select(_WHY.label("why"), func.count())
            .where(_STATES, outbox.c.given_up_at >= since)
            .group_by("why")
        )
        return {Why(why): count for why, count in rows}

    def given_up_letter(self, letter: int) -> GivenUp | None:
        row = self._connection.execute(_LETTER.where(_STATES, outbox.c.id == letter)).first()
        return None if row is None else self._letter(row)

    def untold(self, limit: int) -> Sequence[GivenUp]:
        to_patients: list[ColumnElement[bool]] = [
            outbox.c.account_id.is_not(None),
            outbox.c.told_at.is_(None),
        ]
        oldest = _LETTER.where(_STATES, *to_patients).order_by(outbox.c.given_up_at, outbox.c.id)
        return [self._letter(row) for row in self._connection.execute(oldest.limit(limit))]

    def told_last(self) -> datetime | None:
        last = select(func.max(outbox.c.told_at)).where(_STATES)
        return cast("datetime | None", self._connection.scalar(last))

    def tell(self, letters: Sequence[int]) -> None:
        told = update(outbox).where(outbox.c.id.in_(letters))
        self._connection.execute(told.values(told_at=self._now))

    def send_again(self, letter: int) -> None:
        due = {"state": "pending", "fault": None, "attempts": 0, "not_before": self._now}
        again = update(outbox).where(outbox.c.id == letter, _STATES)
        self._connection.execute(
            again.values(**due, leased_until=None, given_up_at=None, told_at=None)
        )

    def _letter(self, row: Any) -> GivenUp:  # noqa: ANN401 (a row of _LETTER)
        there = row.chat_id is not None or (
            row.telegram_id is not None and row.unreachable_since is None
        )
        in_time = row.expires_at is None or self._now < row.expires_at
        return GivenUp(
            row.id,
            row.kind,
            row.account_id,
            row.chat_id,
            Why(row.why),
            row.given_up_at,
            row.arguments,
            may_go_again=there and in_time,
        )
