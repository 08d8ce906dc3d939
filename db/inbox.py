"""Updates from Telegram: written down before they count as received, closed when answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from db.dialects import insert_new, new_only
from db.prepared import Prepared
from db.tables import forms, inbox

FormKey = tuple[int, int, int]  # bot, chat, person


@dataclass(frozen=True, slots=True)
class Arrived:
    """An update to keep; `lane` is what must be answered in order."""

    update_id: int
    lane: str
    payload: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An update that waits for its answer."""

    seq: int
    update_id: int
    lane: str
    payload: str


@dataclass(frozen=True, slots=True)
class Form:
    """What the person is in the middle of saying; an empty form is no form."""

    state: str | None
    data: dict[str, Any]

    @property
    def empty(self) -> bool:
        return self.state is None and not self.data


@dataclass(frozen=True, slots=True)
class Closing:
    """The one write that ends the handling of an update: its forms, and that it is done.

    `fault` tells why it was set aside instead.
    """

    seq: int
    forms: dict[FormKey, Form]
    fault: str | None = None


def keep(
    connection: Connection, bot_id: int, arrived: Sequence[Arrived], now: datetime
) -> list[Kept]:
    """Write updates down; those that were there already are left out of what is returned."""
    rows = [
        {
            "bot_id": bot_id,
            "update_id": a.update_id,
            "lane": a.lane,
            "payload": a.payload,
            "received_at": now,
        }
        for a in arrived
    ]
    seqs = _new(connection, rows)
    kept = [
        Kept(seqs.pop(a.update_id), a.update_id, a.lane, a.payload)
        for a in arrived
        if a.update_id in seqs
    ]
    return sorted(kept, key=lambda update: update.seq)


def _new(connection: Connection, rows: Sequence[dict[str, Any]]) -> dict[int, int]:
    """What was new, by `update_id`. A server is told of all rows at once: each run is a journey."""
    new = new_only(connection, inbox, inbox.c.seq, inbox.c.update_id)
    if connection.dialect.name == "sqlite" or len(rows) == 1:
        found = [row for each in rows for row in new.run(connection, **each)]
    else:
        found = list(connection.execute(new.statement, rows))
    return {row.update_id: row.seq for row in found}


def waiting(connection: Connection, bot_id: int) -> list[Kept]:
    """Updates not answered yet, in the order they came in."""
    rows = connection.execute(
        select(inbox.c.seq, inbox.c.update_id, inbox.c.lane, inbox.c.payload)
        .where(inbox.c.bot_id == bot_id, inbox.c.state == "new")
        .order_by(inbox.c.seq)
    )
    return [Kept(*row) for row in rows]


_CLOSE = Prepared(
    update(inbox)
    .where(inbox.c.seq == bindparam("closed"))
    .values(
        state="done",
        done_at=bindparam("at"),
        payload=None,
        lane="",  # it tells who it was
    )
)


def close(connection: Connection, closings: Iterable[Closing], now: datetime) -> None:
    """End the handling of several updates. A dead one keeps its payload for whoever looks."""
    rows = []
    for closing in closings:
        for key, form in closing.forms.items():
            save_form(connection, key, form)
        if closing.fault is None:
            rows.append({"closed": closing.seq, "at": now})
        else:
            _set_aside(connection, closing.seq, closing.fault, now)
    _CLOSE.run_each(connection, rows)


def _set_aside(connection: Connection, seq: int, fault: str, now: datetime) -> None:
    connection.execute(
        update(inbox).where(inbox.c.seq == seq).values(state="dead", fault=fault[:200], done_at=now)
    )


def tidy(connection: Connection, before: datetime) -> int:
    """Delete what ended before this moment; returns how many rows went."""
    return connection.execute(delete(inbox).where(inbox.c.done_at < before)).rowcount


_ITS = (
    forms.c.bot_id == bindparam("bot"),
    forms.c.chat_id == bindparam("chat"),
    forms.c.user_id == bindparam("person"),
)
_FORM = Prepared(select(forms.c.state, forms.c.data).where(*_ITS))
_NO_FORM = Prepared(delete(forms).where(*_ITS))


def form(connection: Connection, key: FormKey) -> Form:
    bot, chat, person = key
    row = _FORM.run(connection, bot=bot, chat=chat, person=person).first()
    return Form(None, {}) if row is None else Form(row.state, row.data)


def save_form(connection: Connection, key: FormKey, form: Form) -> None:
    bot, chat, person = key
    _NO_FORM.run(connection, bot=bot, chat=chat, person=person)
    if not form.empty:
        row = {"bot_id": bot, "chat_id": chat, "user_id": person}
        insert_new(connection, forms, {**row, "state": form.state, "data": form.data})
