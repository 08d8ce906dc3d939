"""Cases, their messages in the chats of owners and managers, and absences."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from db.dialects import spelt_out, upsert
from db.tables import absences, case_messages, cases, words
from loyalty.opinions import SOLVED_WITHIN, Call, Case, CaseState, Shown, Why

_OPEN = cases.c.state != spelt_out(CaseState.SOLVED)


class SqlCases:
    """`loyalty.ports.Cases` over one connection. `lock` holds a case till the commit."""

    def __init__(self, connection: Connection, now: datetime, *, lock: bool) -> None:
        self._connection = connection
        self._now = now
        self._lock = lock

    def add_case(self, case: Case) -> Case:
        fixed = {
            "visit_id": case.visit,
            "patient_id": case.patient,
            "branch_id": case.branch,
            "account_id": case.account,
        }
        new = insert(cases).values(**fixed, **_changing(case)).returning(cases.c.id)
        return replace(case, id=self._connection.execute(new).scalar_one())

    def case(self, case: int) -> Case:
        query = select(cases).where(cases.c.id == case)
        locked = query.with_for_update(key_share=True) if self._lock else query
        row = self._connection.execute(locked).first()
        if row is None:
            raise LookupError(f"no case {case}")
        return _case(row)

    def case_of(self, visit: int) -> Case | None:
        query = select(cases).where(cases.c.visit_id == visit)
        locked = query.with_for_update(key_share=True) if self._lock else query
        row = self._connection.execute(locked).first()
        return None if row is None else _case(row)

    def case_with(self, account: int, telegram: int, solved_since: datetime) -> Case | None:
        own_chat = words.c.source.startswith(f"{telegram}:", autoescape=True)
        wrote = exists().where(words.c.visit_id == cases.c.visit_id, own_chat)
        theirs = or_(cases.c.account_id == account, wrote)
        goes_on = or_(_OPEN, cases.c.solved_at > solved_since)
        query = select(cases).where(goes_on, theirs).order_by(_OPEN.desc(), cases.c.id.desc())
        row = self._connection.execute(query.limit(1)).first()
        return None if row is None else _case(row)

    def open_about(self, patient: int) -> bool:
        open_ = exists().where(cases.c.patient_id == patient, _OPEN)
        return bool(self._connection.scalar(select(open_)))

    def cases_about(self, patient: int) -> Sequence[Case]:
        return self._several(select(cases).where(cases.c.patient_id == patient))

    def cases(
        self, branches: Sequence[int], states: Sequence[CaseState], limit: int
    ) -> Sequence[Case]:
        query = select(cases).where(cases.c.branch_id.in_(branches), cases.c.state.in_(states))
        pain_first = cases.c.why.is_distinct_from(spelt_out(Why.PAIN))
        return self._several(query.order_by(pain_first, cases.c.opened_at, cases.c.id).limit(limit))

    def solved(self, branches: Sequence[int], limit: int) -> Sequence[Case]:
        query = select(cases).where(cases.c.branch_id.in_(branches), ~_OPEN)
        latest = (cases.c.solved_at.desc(), cases.c.id.desc())
        return self._several(query.order_by(*latest).limit(limit))

    def counts(self, branches: Sequence[int], now: datetime) -> tuple[int, int, int]:
        new = func.count().filter(cases.c.state == CaseState.NEW)
        late = func.count().filter(cases.c.opened_at <= now - SOLVED_WITHIN)
        query = select(new, func.count(), late).where(cases.c.branch_id.in_(branches), _OPEN)
        fresh, open_, overdue = self._connection.execute(query).one()
        return fresh, open_ - fresh, overdue

    def opened_before(self, moment: datetime) -> Sequence[Case]:
        query = select(cases).where(_OPEN, cases.c.opened_at <= moment)
        return self._several(query.order_by(cases.c.opened_at, cases.c.id))

    def _several(self, query: Select[Any]) -> Sequence[Case]:
        return [_case(row) for row in self._connection.execute(query)]

    def save_case(self, case: Case) -> None:
        changed = update(cases).where(cases.c.id == case.id).values(**_changing(case))
        self._connection.execute(changed)

    def show(self, case: int, telegram: int, message: int, *, whole: bool, as_owner: bool) -> None:
        key = {"telegram_id": telegram, "message_id": message}
        values = {"case_id": case, "whole": whole, "as_owner": as_owner}
        upsert(self._connection, case_messages, key, values)

    def hide(self, telegram: int, message: int) -> None:
        self._connection.execute(delete(case_messages).where(*_its(telegram, message)))

    def shown(self, case: int) -> Sequence[Shown]:
        rows = self._connection.execute(
            select(
                case_messages.c.telegram_id, case_messages.c.message_id, case_messages.c.as_owner
            )
            .where(case_messages.c.case_id == case, case_messages.c.whole)
            .order_by(case_messages.c.telegram_id, case_messages.c.message_id)
        )
        return [Shown(*row) for row in rows]

    def latest_message(self, telegram: int) -> tuple[int, int] | None:
        row = self._connection.execute(
            select(case_messages.c.message_id, case_messages.c.case_id)
            .where(case_messages.c.telegram_id == telegram)
            .order_by(case_messages.c.message_id.desc())
            .limit(1)
        ).first()
        return None if row is None else (row.message_id, row.case_id)

    def case_behind(self, telegram: int, message: int) -> int | None:
        query = select(case_messages.c.case_id).where(*_its(telegram, message))
        return self._connection.scalar(query)

    def absences(self) -> Mapping[int, int]:
        rows = self._connection.execute(select(absences.c.telegram_id, absences.c.deputy_id))
        return {away: deputy for away, deputy in rows}  # noqa: C416 (rows aren't pairs to types)

    def set_away(self, telegram: int, deputy: int | None) -> None:
        if deputy is None:
            back = delete(absences).where(absences.c.telegram_id == telegram)
            self._connection.execute(back)
            return
        key = {"telegram_id": telegram}
        upsert(self._connection, absences, key, {"deputy_id": deputy, "since": self._now})


def _its(telegram: int, message: int) -> tuple[ColumnElement[bool], ...]:
    c = case_messages.c
    return c.telegram_id == telegram, c.message_id == message


def _changing(case: Case) -> dict[str, Any]:
    return {
        "stars": case.stars,
        "opened_at": case.opened_at,
        "state": case.state,
        "revision": case.revision,
        "why": case.why,
        "call": case.call,
        "taken_by": case.taken_by,
        "taken_name": case.taken_name,
        "solved_name": case.solved_name,
        "solved_at": case.solved_at,
        "note": case.note,
    }


def _case(row: Row[Any]) -> Case:
    return Case(
        id=row.id,
        visit=row.visit_id,
        patient=row.patient_id,
        branch=row.branch_id,
        account=row.account_id,
        stars=row.stars,
        opened_at=row.opened_at,
        state=CaseState(row.state),
        revision=row.revision,
        why=Why(row.why) if row.why else None,
        call=Call(row.call) if row.call else None,
        taken_by=row.taken_by,
        taken_name=row.taken_name,
        solved_name=row.solved_name,
        solved_at=row.solved_at,
        note=row.note,
    )
