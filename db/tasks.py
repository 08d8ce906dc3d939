"""Tasks of staff chats, their reasons and messages, and who is never disturbed."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    ScalarSelect,
    Select,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from db.dialects import insert_new, upsert
from db.tables import never_disturb, patients, task_messages, task_reasons, tasks, wallets, words
from loyalty.opinions import Side
from loyalty.tasks.task import Never, Reason, Result, Task, TaskKind, TaskMessage, Wish

_OPEN = tasks.c.done_at.is_(None)
_REASON_OPEN = task_reasons.c.result.is_(None)


class SqlTasks:
    """`loyalty.ports.Tasks` over one connection. `lock` holds a task till the commit."""

    def __init__(self, connection: Connection, now: datetime, *, lock: bool) -> None:
        self._connection = connection
        self._now = now
        self._lock = lock

    # --- tasks and why

    def knows(self, key: str) -> bool:
        query = select(exists().where(task_reasons.c.key == key))
        return bool(self._connection.scalar(query))

    def add_task(self, task: Task) -> Task:
        new = insert(tasks).values(**_columns(task)).returning(tasks.c.id)
        return replace(task, id=self._connection.execute(new).scalar_one())

    def task(self, task: int) -> Task:
        found = self._first(select(tasks).where(tasks.c.id == task))
        if found is None:
            raise LookupError(f"no task {task}")
        return found

    def save_task(self, task: Task) -> None:
        self._connection.execute(
            update(tasks).where(tasks.c.id == task.id).values(**_columns(task))
        )

    def add_reason(self, reason: Reason) -> None:
        row = {
            "task_id": reason.task,
            "key": reason.key,
            "kind": reason.kind,
            "patient_id": reason.patient,
            "at": reason.at,
            "account_id": reason.account,
            "appointment_id": reason.appointment,
            "due": reason.due,
            "wish": reason.wish,
            "doctor_id": reason.doctor,
        }
        insert_new(self._connection, task_reasons, row)

    def reasons(self, task: int) -> Sequence[Reason]:
        its = task_reasons.c.task_id == task
        query = select(task_reasons).where(its).order_by(task_reasons.c.id)
        return [_reason(row) for row in self._connection.execute(query)]

    def reasons_about(self, patient: int) -> Sequence[Reason]:
        its = task_reasons.c.patient_id == patient
        query = select(task_reasons).where(its).order_by(task_reasons.c.id)
        return [_reason(row) for row in self._connection.execute(query)]

    def save_reason(self, reason: Reason) -> None:
        its = update(task_reasons).where(task_reasons.c.id == reason.id)
        self._connection.execute(its.values(result=reason.result))

    def hand_over(self, task: int, to: int) -> None:
        its = update(task_reasons).where(task_reasons.c.task_id == task, _REASON_OPEN)
        self._connection.execute(its.values(task_id=to))

    # --- which are open

    def open_call(self, branch: int, patients_: Collection[int]) -> Task | None:
        about = _reasoned(task_reasons.c.patient_id.in_(patients_), _REASON_OPEN)
        query = select(tasks).where(tasks.c.branch_id == branch, _OPEN, ~tasks.c.talk, about)
        return self._first(query.order_by(tasks.c.id).limit(1))

    def open_talk(self, branch: int | None, account: int) -> Task | None:
        query = select(tasks).where(tasks.c.account_id == account, _OPEN, tasks.c.talk)
        if branch is not None:
            query = query.where(tasks.c.branch_id == branch)
        return self._first(query.order_by(tasks.c.id.desc()).limit(1))

    def about(self, patient: int) -> Sequence[Task]:
        return self._several(_reasoned(task_reasons.c.patient_id == patient, _REASON_OPEN))

    def all_about(self, patient: int) -> Sequence[Task]:
        theirs = _reasoned(task_reasons.c.patient_id == patient)
        shown = exists().where(task_messages.c.task_id == tasks.c.id)
        return self._all(select(tasks).where(theirs, or_(_OPEN, shown)).order_by(tasks.c.id))

    def talks_with(self, account: int) -> Sequence[Task]:
        its = tasks.c.account_id == account, tasks.c.talk
        return self._all(select(tasks).where(*its).order_by(tasks.c.id))

    def about_appointment(self, appointment: int) -> Sequence[Task]:
        return self._several(_reasoned(task_reasons.c.appointment_id == appointment, _REASON_OPEN))

    def _several(self, which: ColumnElement[bool]) -> Sequence[Task]:
        return self._all(select(tasks).where(_OPEN, which).order_by(tasks.c.id))

    def due(self, branch: int) -> Sequence[Task]:
        return self._all(self._best_first(branch).where(tasks.c.due_at <= self._now))

    def posted_on(self, branch: int, day: date) -> int:
        its = tasks.c.branch_id == branch, tasks.c.posted_on == day, tasks.c.counted
        return self._count(*its)

    def promised_before(self, branch: int, moment: datetime) -> int:
        its = tasks.c.branch_id == branch, _OPEN, tasks.c.counted, tasks.c.promised
        return self._count(*its, tasks.c.due_at < moment)

    def listed(self, branch: int, skip: int, limit: int) -> tuple[int, Sequence[Task]]:
        page = self._best_first(branch).offset(skip).limit(limit)
        return self._count(tasks.c.branch_id == branch, _OPEN), self._all(page)

    def _best_first(self, branch: int) -> Select[Any]:
        soonest, money = _soonest(self._now), _money()
        best = (tasks.c.promised.desc(), soonest.is_(None), soonest, money.desc())
        query = select(tasks).where(tasks.c.branch_id == branch, _OPEN)
        return query.order_by(*best, tasks.c.opened_at, tasks.c.id)

    def _count(self, *which: ColumnElement[bool]) -> int:
        found = self._connection.scalar(select(func.count()).select_from(tasks).where(*which))
        return found or 0

    def _first(self, query: Select[Any]) -> Task | None:
        row = self._connection.execute(self._locked(query)).first()
        return None if row is None else _task(row)

    def _all(self, query: Select[Any]) -> Sequence[Task]:
        return [_task(row) for row in self._connection.execute(self._locked(query))]

    def _locked(self, query: Select[Any]) -> Select[Any]:
        return query.with_for_update(of=tasks, key_share=True) if self._lock else query

    # --- messages

    def show(self, chat: int, message: int, task: int, *, whole: bool) -> None:
        key = {"chat_id": chat, "message_id": message}
        upsert(self._connection, task_messages, key, {"task_id": task, "whole": whole})

    def hide(self, chat: int, message: int) -> None:
        self._connection.execute(delete(task_messages).where(*_its(chat, message)))

    def shown(self, task: int) -> Sequence[TaskMessage]:
        its = task_messages.c.task_id == task, task_messages.c.whole
        order = task_messages.c.chat_id, task_messages.c.message_id
        rows = self._connection.execute(select(task_messages).where(*its).order_by(*order))
        return [TaskMessage(*row) for row in rows]

    def behind(self, chat: int, message: int) -> Task | None:
        query = select(tasks).join(task_messages, task_messages.c.task_id == tasks.c.id)
        return self._first(query.where(*_its(chat, message)))

    def clinic_spoke_last(self, task: int) -> bool:
        last = select(words.c.side).where(words.c.task_id == task).order_by(words.c.id.desc())
        return self._connection.scalar(last.limit(1)) == Side.CLINIC

    # --- whom not to call

    def mark_wrong(self, task: int, mark: str) -> None:
        its = update(tasks).where(tasks.c.id == task)
        self._connection.execute(its.values(wrong_number=mark))

    def is_wrong(self, mark: str) -> bool:
        return bool(self._connection.scalar(select(exists().where(tasks.c.wrong_number == mark))))

    def never(self, patient: int) -> Never | None:
        row = self._connection.execute(
            select(never_disturb.c.said_name, never_disturb.c.said_at)
            .where(*_never_of(patient))
            .order_by(never_disturb.c.id)
            .limit(1)
        ).first()
        return None if row is None else Never(*row)

    def say_never(self, patient: int, by: int, name: str) -> None:
        if self.never(patient) is None:
            who = {"said_by": by, "said_name": name, "said_at": self._now}
            self._connection.execute(insert(never_disturb).values(patient_id=patient, **who))

    def lift_never(self, patient: int, by: int) -> None:
        lifted = update(never_disturb).where(*_never_of(patient))
        self._connection.execute(lifted.values(lifted_by=by, lifted_at=self._now))


def _reasoned(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(task_reasons.c.task_id == tasks.c.id, *which)


def _soonest(now: datetime) -> ScalarSelect[Any]:
    """When the first visit begins that the task is about."""
    ahead = task_reasons.c.task_id == tasks.c.id, _REASON_OPEN, task_reasons.c.due > now
    return select(func.min(task_reasons.c.due)).where(*ahead).scalar_subquery()


def _money() -> ScalarSelect[Any]:
    """The most that any of them has paid the clinic in kopecks."""
    of_it = task_reasons.join(patients, patients.c.id == task_reasons.c.patient_id)
    paid = of_it.join(wallets, wallets.c.id == patients.c.wallet_id)
    most = select(func.max(wallets.c.cash_paid)).select_from(paid)
    its = task_reasons.c.task_id == tasks.c.id, _REASON_OPEN
    return most.where(*its).correlate(tasks).scalar_subquery()


def _its(chat: int, message: int) -> tuple[ColumnElement[bool], ...]:
    return task_messages.c.chat_id == chat, task_messages.c.message_id == message


def _never_of(patient: int) -> tuple[ColumnElement[bool], ...]:
    """Said of any record that is this patient now, and not lifted."""
    records = select(patients.c.id).where(
        or_(patients.c.id == patient, patients.c.merged_into == patient)
    )
    return never_disturb.c.patient_id.in_(records), never_disturb.c.lifted_at.is_(None)


def _columns(task: Task) -> dict[str, Any]:
    return {
        "branch_id": task.branch,
        "talk": task.talk,
        "account_id": task.account,
        "opened_at": task.opened_at,
        "due_at": task.due_at,
        "revision": task.revision,
        "tries": task.tries,
        "tried_at": task.tried_at,
        "counted": task.counted,
        "promised": task.promised,
        "posted_on": task.posted_on,
        "told_at": task.told_at,
        "told_for": task.told_for,
        "result": task.result,
        "done_name": task.done_name,
        "done_at": task.done_at,
    }


def _task(row: Row[Any]) -> Task:
    return Task(
        id=row.id,
        branch=row.branch_id,
        talk=row.talk,
        opened_at=row.opened_at,
        due_at=row.due_at,
        account=row.account_id,
        revision=row.revision,
        tries=row.tries,
        tried_at=row.tried_at,
        counted=row.counted,
        promised=row.promised,
        posted_on=row.posted_on,
        told_at=row.told_at,
        told_for=row.told_for,
        result=Result(row.result) if row.result else None,
        done_name=row.done_name,
        done_at=row.done_at,
    )


def _reason(row: Row[Any]) -> Reason:
    return Reason(
        id=row.id,
        task=row.task_id,
        key=row.key,
        kind=TaskKind(row.kind),
        patient=row.patient_id,
        at=row.at,
        account=row.account_id,
        appointment=row.appointment_id,
        due=row.due,
        wish=Wish(row.wish) if row.wish else None,
        doctor=row.doctor_id,
        result=Result(row.result) if row.result else None,
    )
