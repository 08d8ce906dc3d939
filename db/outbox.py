"""Letters to accounts: queued with the act that causes them, delivered by lease."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select, update

from db.dialects import insert_new, spelt_out, upsert
from db.given_up import GivenUpLetters
from db.tables import accounts, outbox, quiet
from loyalty.kinds import KINDS
from loyalty.letters import Letter

# Nobody will read again what it was to say; its key goes on keeping it from being said twice.
DONE_WITH = {"sent", "stale"}

# When it left, or may have: known as soon as it is being sent, and till it is clear that it didn't.
LEAVES = {"sent": True, "failed": False}
SET_BACK = timedelta(seconds=5)  # of two machines; of a clock set back by more no silence is known
GIVEN_UP = {"unknown", "failed"}

CHAT = func.coalesce(outbox.c.chat_id, accounts.c.telegram_id)
IS_WAITING = outbox.c.state.in_(map(spelt_out, ("pending", "claimed", "sending")))

_FIRST = (
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
    .order_by(outbox.c.rank, outbox.c.not_before, outbox.c.id)
)
_SKIPPING: dict[str, Any] = {"skip_locked": True, "of": outbox}


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
            "rank": KINDS[kind].rank,
            "arguments": arguments,
            "created_at": self._now,
            **rest,
        }
        insert_new(self._connection, outbox, row)

    def due(self, limit: int, without: Collection[int] = ()) -> Sequence[Letter]:
        elsewhere = [or_(CHAT.is_(None), CHAT.not_in(without))] if without else []
        free = or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= self._now)
        its = (IS_WAITING, outbox.c.not_before <= self._now, free, *elsewhere)
        return self._letters(_FIRST.where(*its).limit(limit).with_for_update(**_SKIPPING))

    def like(self, letter: Letter, until: datetime) -> Sequence[Letter]:
        its = [outbox.c.account_id == letter.account, outbox.c.kind == letter.kind]
        its += [outbox.c.state.in_(("pending", "claimed")), outbox.c.not_before <= until]
        if KINDS[letter.kind].never_twice:
            its.append(outbox.c.sent_at.is_(None))
        others = _FIRST.where(*its, outbox.c.id != letter.id)
        return self._letters(others.with_for_update(of=outbox))

    def left_since(
        self, account: int, kinds: Collection[str], moment: datetime, *, besides: Collection[int]
    ) -> Sequence[tuple[str, datetime]]:
        rows = self._connection.execute(
            select(outbox.c.kind, outbox.c.sent_at).where(
                outbox.c.account_id == account,
                outbox.c.kind.in_(kinds),
                outbox.c.sent_at > moment,
                outbox.c.id.not_in(besides),
            )
        )
        return [(row.kind, row.sent_at) for row in rows]

    def _letters(self, query: Select[Any]) -> Sequence[Letter]:
        return [Letter(*row) for row in self._connection.execute(query)]

    def claim(self, letters: Sequence[Letter], until: datetime) -> None:
        taken = update(outbox).where(outbox.c.id.in_([letter.id for letter in letters]))
        self._connection.execute(taken.values(state="claimed", leased_until=until))

    def is_leaving(self, letter: Letter, until: datetime) -> bool:
        held = update(outbox).where(
            outbox.c.id == letter.id,
            outbox.c.state == spelt_out("claimed"),
            outbox.c.leased_until == letter.leased_until,
            or_(outbox.c.chat_id.is_(None), outbox.c.chat_id == letter.telegram),
        )
        return self._connection.execute(held.values(**self._on_its_way(until))).rowcount == 1

    def leave_with(self, letters: Sequence[Letter], until: datetime) -> None:
        these = update(outbox).where(outbox.c.id.in_([letter.id for letter in letters]))
        self._connection.execute(these.values(**self._on_its_way(until)))

    def _on_its_way(self, until: datetime) -> dict[str, Any]:
        return {"state": "sending", "leased_until": until, "sent_at": self._now}

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
        self._connection.execute(waits.values(state="pending", leased_until=None, sent_at=None))

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
        if state in LEAVES:
            values["sent_at"] = self._now if LEAVES[state] else None
        if state == "sent":
            values["leased_until"] = None
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
