"""Letters to accounts: queued with the act that causes them, delivered by lease."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select, update

from db.dialects import insert_new, spelt_out, upsert
from db.given_up import GivenUpLetters
from db.tables import accounts, outbox, quiet
from loyalty.letters import RANKS, Letter

# Nobody will read again what it was to say; its key goes on keeping it from being said twice.
DONE_WITH = {"sent", "stale"}

SET_BACK = timedelta(seconds=5)  # of two machines; of a clock set back by more no silence is known
GIVEN_UP = {"unknown", "failed"}

CHAT = func.coalesce(outbox.c.chat_id, accounts.c.telegram_id)
IS_WAITING = outbox.c.state.in_(map(spelt_out, ("pending", "claimed", "sending")))


class SqlOutbox(GivenUpLetters):
    """`loyalty.ports.Outbox` over one connection."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def put(
        self,
        key: str,
        kind: str,
        account: int,
        *,
        not_before: datetime | None = None,
        expires_at: datetime | None = None,
        **arguments: str | int | None,
    ) -> None:
        when = {"not_before": not_before or self._now, "expires_at": expires_at}
        self._put(key, kind, arguments, account_id=account, **when)

    def put_in_chat(
        self,
        key: str,
        kind: str,
        chat: int,
        *,
        expires_at: datetime | None = None,
        **arguments: str | int | None,
    ) -> None:
        when = {"not_before": self._now, "expires_at": expires_at}
        self._put(key, kind, arguments, chat_id=chat, **when)

    def revive(self, key: str) -> None:
        due = {"state": "pending", "fault": None, "attempts": 0, "not_before": self._now}
        self._connection.execute(
            update(outbox)
            .where(outbox.c.key == key, outbox.c.state == "failed")
            .values(**due, leased_until=None, given_up_at=None, told_at=None)
        )

    def was_sent(self, key: str) -> bool:
        state = self._connection.scalar(select(outbox.c.state).where(outbox.c.key == key))
        return state in {"sending", "sent"}

    def moved(self, old: int, new: int) -> None:
        self._connection.execute(
            update(outbox).where(outbox.c.chat_id == old, IS_WAITING).values(chat_id=new)
        )

    def _put(self, key: str, kind: str, arguments: dict[str, Any], **rest: Any) -> None:  # noqa: ANN401 (columns)
        row = {
            "key": key,
            "kind": kind,
            "rank": RANKS.get(kind, 0),
            "arguments": arguments,
            "created_at": self._now,
            **rest,
        }
        insert_new(self._connection, outbox, row)

    def due(self, limit: int, without: Collection[int] = ()) -> Sequence[Letter]:
        elsewhere = [or_(CHAT.is_(None), CHAT.not_in(without))] if without else []
        rows = self._connection.execute(
            select(
                outbox.c.id,
                outbox.c.kind,
                outbox.c.account_id,
                CHAT,
                accounts.c.language,
                outbox.c.arguments,
                outbox.c.attempts,
                outbox.c.expires_at,
                (outbox.c.state == "sending").label("doubtful"),
            )
            .join(accounts, accounts.c.id == outbox.c.account_id, isouter=True)
            .where(
                IS_WAITING,
                outbox.c.not_before <= self._now,
                or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= self._now),
                *elsewhere,
            )
            .order_by(outbox.c.rank, outbox.c.not_before, outbox.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True, of=outbox)
        )
        return [Letter(*row) for row in rows]

    def claim(self, letters: Sequence[Letter], until: datetime) -> None:
        taken = update(outbox).where(outbox.c.id.in_([letter.id for letter in letters]))
        self._connection.execute(taken.values(state="claimed", leased_until=until))

    def is_leaving(self, letter: Letter, until: datetime) -> bool:
        held = update(outbox).where(
            outbox.c.id == letter.id,
            outbox.c.state == spelt_out("claimed"),
            outbox.c.leased_until == letter.leased_until,
        )
        left = self._connection.execute(held.values(state="sending", leased_until=until))
        return left.rowcount == 1

    def put_back(self, letters: Sequence[Letter]) -> None:
        for until in {letter.leased_until for letter in letters}:
            self._wait_on(
                outbox.c.id.in_([letter.id for letter in letters]),
                outbox.c.state == spelt_out("claimed"),
                outbox.c.leased_until == until,
            )

    def take_back(self, letter: Letter) -> None:
        self._wait_on(outbox.c.id == letter.id, outbox.c.state == spelt_out("sending"))

    def _wait_on(self, *these: ColumnElement[bool]) -> None:
        waits = update(outbox).where(*these)
        self._connection.execute(waits.values(state="pending", leased_until=None))

    def quiet_until(self) -> datetime | None:
        latest = select(quiet.c.until).where(quiet.c.since <= self._now + SET_BACK)
        return self._connection.scalar(latest)

    def be_quiet(self, until: datetime) -> None:
        upsert(self._connection, quiet, {"id": 1}, {"since": self._now, "until": until})

    def release(self) -> None:
        held = IS_WAITING, outbox.c.leased_until.is_not(None)
        self._connection.execute(update(outbox).where(*held).values(leased_until=None))

    def mark(self, letter: int, state: str, fault: str | None = None) -> None:
        values: dict[str, Any] = {"state": state, "fault": fault}
        if state in DONE_WITH:
            values["arguments"] = {}
        if state in GIVEN_UP:
            values["given_up_at"] = self._now
        if state == "sent":
            values |= {"sent_at": self._now, "leased_until": None}
        self._connection.execute(update(outbox).where(outbox.c.id == letter).values(values))

    def lapse(self) -> None:
        self._connection.execute(
            update(outbox)
            .where(outbox.c.state == spelt_out("pending"), outbox.c.not_before <= self._now)
            .values(state="stale")
        )

    def put_off(self, letter: int, until: datetime, *, attempts: int) -> None:
        self._connection.execute(
            update(outbox)
            .where(outbox.c.id == letter)
            .values(state="pending", leased_until=None, not_before=until, attempts=attempts)
        )
