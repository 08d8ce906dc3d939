"""Recorded visits."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    exists,
    func,
    insert,
    select,
)

from db.prepared import Prepared
from db.rewards import referrer_of
from db.tables import reversals, visit_parts, visits
from loyalty.categories import Category
from loyalty.visits import FoundBy, ReversalKind, Visit, VisitKind, VisitPart

USUAL_OF = 50  # the latest bills of a branch that say what is usual there
USUAL_FROM = 10
NAMES_OF = 500  # the latest visits of an account say who works by it

_RECOMMENDED_BY = referrer_of(bindparam("whose", type_=BigInteger)).scalar_subquery()
_NEW = Prepared(insert(visits).returning(_RECOMMENDED_BY))
_NEW_PART = Prepared(insert(visit_parts))
_OF_ID = Prepared(select(visits).where(visits.c.id == bindparam("visit")))
_PARTS_OF = Prepared(
    select(visit_parts)
    .where(visit_parts.c.visit_id == bindparam("visit"))
    .order_by(visit_parts.c.n)
)


class SqlVisits:
    connection: Connection
    now: datetime

    def add_visit(self, visit: Visit) -> int | None:
        referrer = _NEW.run(self.connection, **_columns(visit), whose=visit.patient).scalar_one()
        _NEW_PART.run_each(
            self.connection,
            [
                {
                    "visit_id": visit.id,
                    "n": n,
                    "sum": part.sum,
                    "category": part.category,
                    "doctor_id": part.doctor,
                    "excluded": part.excluded,
                    "points": part.points,
                }
                for n, part in enumerate(visit.parts)
            ],
        )
        return None if referrer is None else int(referrer)

    def visit(self, visit: int) -> Visit | None:
        row = _OF_ID.run(self.connection, visit=visit).first()
        if row is None:
            return None
        return _visit(row, tuple(map(_part, _PARTS_OF.run(self.connection, visit=visit))))

    def visits_of(self, patients: Sequence[int], skip: int, limit: int) -> Sequence[Visit]:
        return self._visits(
            select(visits)
            .where(visits.c.patient_id.in_(patients), ~visits.c.training)
            .order_by(visits.c.day.desc(), visits.c.id.desc())
            .offset(skip)
            .limit(limit)
        )

    def attendances(self, patient: int) -> tuple[int, date | None]:
        query = select(func.count(), func.min(visits.c.day)).where(*_attended(patient))
        count, first = self.connection.execute(query).one()
        return count, first

    def came_on(self, patient: int, day: date) -> bool:
        query = exists().where(*_attended(patient), visits.c.day == day)
        return bool(self.connection.scalar(select(query)))

    def last_of(
        self, patient: int, category: Category, day: date, *, besides: int | None
    ) -> date | None:
        done = exists().where(
            visit_parts.c.visit_id == visits.c.id, visit_parts.c.category == category
        )
        query = select(visits.c.day).where(*_attended(patient), visits.c.day <= day, done)
        if besides is not None:
            query = query.where(visits.c.id != besides)
        return self.connection.scalar(query.order_by(visits.c.day.desc()).limit(1))

    def last_by(self, branch: int, telegram: int) -> Visit | None:
        found = self._visits(
            select(visits)
            .where(visits.c.branch_id == branch, visits.c.recorded_by == telegram)
            .order_by(visits.c.recorded_at.desc(), visits.c.id.desc())
            .limit(1)
        )
        return found[0] if found else None

    def names_used(self, branch: int, telegram: int, limit: int) -> Sequence[str]:
        latest = (
            select(visits.c.recorded_name, visits.c.id)
            .where(visits.c.branch_id == branch, visits.c.recorded_by == telegram)
            .order_by(visits.c.recorded_at.desc())
            .limit(NAMES_OF)
            .subquery()
        )
        return self.connection.scalars(
            select(latest.c.recorded_name)
            .group_by(latest.c.recorded_name)
            .order_by(func.max(latest.c.id).desc())
            .limit(limit)
        ).all()

    def usual_bill(self, branch: int) -> int | None:
        bills = sorted(
            self.connection.scalars(
                select(visits.c.bill)
                .where(visits.c.branch_id == branch, visits.c.bill > 0, ~visits.c.training)
                .order_by(visits.c.id.desc())
                .limit(USUAL_OF)
            )
        )
        return bills[len(bills) // 2] if len(bills) >= USUAL_FROM else None

    def _visits(self, query: Select[Any]) -> list[Visit]:
        rows = self.connection.execute(query).all()
        parts = self._parts([row.id for row in rows])
        return [_visit(row, parts.get(row.id, ())) for row in rows]

    def _parts(self, ids: Sequence[int]) -> dict[int, tuple[VisitPart, ...]]:
        found: dict[int, tuple[VisitPart, ...]] = {}
        query = select(visit_parts).where(visit_parts.c.visit_id.in_(ids))
        for row in self.connection.execute(query.order_by(visit_parts.c.n)):
            found[row.visit_id] = (*found.get(row.visit_id, ()), _part(row))
        return found


def _attended(patient: int) -> tuple[ColumnElement[bool], ...]:
    """Visits on which the patient came, and that were not written down by mistake."""
    cancelling = [kind for kind in ReversalKind if kind.cancels]
    cancelled = exists().where(
        reversals.c.visit_id == visits.c.id, reversals.c.kind.in_(cancelling)
    )
    advance = visits.c.kind == VisitKind.ADVANCE
    return visits.c.patient_id == patient, ~advance, ~visits.c.training, ~cancelled


def _part(row: Row[Any]) -> VisitPart:
    category = Category(row.category) if row.category else None
    return VisitPart(row.sum, category, row.doctor_id, row.excluded, row.points)


def _visit(row: Row[Any], parts: tuple[VisitPart, ...]) -> Visit:
    return Visit(
        id=row.id,
        branch=row.branch_id,
        patient=row.patient_id,
        wallet=row.wallet_id,
        kind=VisitKind(row.kind),
        found_by=FoundBy(row.found_by),
        training=row.training,
        day=row.day,
        bill=row.bill,
        excluded=row.excluded,
        points=row.points,
        cash=row.cash,
        earned=row.earned,
        reward=row.reward,
        rate=row.rate,
        balance_before=row.balance_before,
        balance_after=row.balance_after,
        ends_on=row.ends_on,
        recall_on=row.recall_on,
        programme=row.programme_id,
        legal=row.legal,
        recorded_by=row.recorded_by,
        recorded_name=row.recorded_name,
        recorded_at=row.recorded_at,
        parts=parts,
        bonus=row.bonus,
        bonus_ends_on=row.bonus_ends_on,
    )


def _columns(visit: Visit) -> dict[str, Any]:
    return {
        "id": visit.id,
        "branch_id": visit.branch,
        "patient_id": visit.patient,
        "wallet_id": visit.wallet,
        "kind": visit.kind,
        "found_by": visit.found_by,
        "training": visit.training,
        "day": visit.day,
        "bill": visit.bill,
        "excluded": visit.excluded,
        "points": visit.points,
        "cash": visit.cash,
        "earned": visit.earned,
        "reward": visit.reward,
        "rate": visit.rate,
        "balance_before": visit.balance_before,
        "balance_after": visit.balance_after,
        "ends_on": visit.ends_on,
        "recall_on": visit.recall_on,
        "programme_id": visit.programme,
        "legal": visit.legal,
        "recorded_by": visit.recorded_by,
        "recorded_name": visit.recorded_name,
        "recorded_at": visit.recorded_at,
        "bonus": visit.bonus,
        "bonus_ends_on": visit.bonus_ends_on,
    }
