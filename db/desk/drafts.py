"""Visits before they are recorded."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, insert, or_, select, update

from db.dialects import spelt_out
from db.prepared import Prepared
from db.tables import drafts
from loyalty.categories import Category
from loyalty.visits import Draft, DraftPart, DraftState, FoundBy, VisitKind

_IS_OPEN = drafts.c.state == spelt_out(DraftState.OPEN)

_OF_ID = select(drafts).where(drafts.c.id == bindparam("draft"))
_DRAFT = Prepared(_OF_ID)
_DRAFT_LOCKED = Prepared(_OF_ID.with_for_update(key_share=True))
_FROM_SOURCE = Prepared(select(drafts).where(drafts.c.source == bindparam("source")))
_NEW = Prepared(insert(drafts).returning(drafts.c.id))
_SAVED = Prepared(update(drafts).where(drafts.c.id == bindparam("draft")))

# In one order for everybody: two cards pressed at once wait for one another, and don't lock up.
_ITSELF = select(drafts.c.patient_id).where(drafts.c.id == bindparam("draft")).scalar_subquery()
_WITH_TWINS = Prepared(
    select(drafts)
    .where(
        or_(
            drafts.c.id == bindparam("draft"),
            and_(drafts.c.patient_id == _ITSELF, _IS_OPEN),
        )
    )
    .order_by(drafts.c.id)
    .with_for_update(key_share=True)
)
_OUTDATED = Prepared(
    update(drafts)
    .where(drafts.c.patient_id == bindparam("whose"), drafts.c.id != bindparam("recorded"))
    .where(_IS_OPEN)
    .values(revision=drafts.c.revision + 1)
)


class SqlDrafts:
    connection: Connection
    now: datetime
    lock: bool

    def add_draft(self, draft: Draft) -> Draft:
        new = _NEW.run(self.connection, **_columns(draft), created_at=self.now)
        return replace(draft, id=new.scalar_one(), created_at=self.now)

    def draft(self, draft: int) -> Draft:
        query = _DRAFT_LOCKED if self.lock else _DRAFT
        row = query.run(self.connection, draft=draft).first()
        return _draft(_there(row, draft))

    def draft_with_twins(self, draft: int) -> tuple[Draft, Sequence[int]]:
        rows = _WITH_TWINS.run(self.connection, draft=draft).all()
        itself = next((row for row in rows if row.id == draft), None)
        return _draft(_there(itself, draft)), [row.id for row in rows if row.id != draft]

    def draft_from(self, source: str) -> Draft | None:
        row = _FROM_SOURCE.run(self.connection, source=source).first()
        return None if row is None else _draft(row)

    def draft_on(self, branch: int, card: int) -> Draft | None:
        query = select(drafts).where(drafts.c.branch_id == branch, drafts.c.card_id == card)
        row = self.connection.execute(query.order_by(drafts.c.id.desc()).limit(1)).first()
        return None if row is None else _draft(row)

    def typed_since(self, branch: int, typed: str, moment: datetime) -> Sequence[Draft]:
        query = select(drafts).where(
            drafts.c.branch_id == branch, drafts.c.typed == typed, drafts.c.created_at > moment
        )
        return [_draft(row) for row in self.connection.execute(query)]

    def save_draft(self, draft: Draft) -> None:
        _SAVED.run(self.connection, draft=draft.id, **_columns(draft))

    def close_draft(self, draft: int, state: DraftState) -> None:
        nobody = {"who": None, "newcomer": None}  # whose it is stands in the visit now
        _SAVED.run(self.connection, draft=draft, state=state, **nobody)

    def outdate_twins(self, draft: Draft, twins: Sequence[int]) -> None:
        one_writer = self.connection.dialect.name == "sqlite"  # there none can come meanwhile
        if draft.patient is not None and (twins or not one_writer):
            _OUTDATED.run(self.connection, whose=draft.patient, recorded=draft.id)

    def drop_drafts_of(self, patient: int) -> None:
        theirs = update(drafts).where(drafts.c.patient_id == patient)
        self.connection.execute(theirs.values(who=None, newcomer=None, typed=None))
        still_open = theirs.where(_IS_OPEN)
        self.connection.execute(still_open.values(state=DraftState.DROPPED))

    def forget_drafts(self, before: datetime) -> None:
        old = update(drafts).where(drafts.c.created_at < before)
        never = old.where(_IS_OPEN)
        self.connection.execute(never.values(state=DraftState.DROPPED))
        seen = old.where(or_(drafts.c.who.is_not(None), drafts.c.typed.is_not(None)))
        self.connection.execute(seen.values(who=None, newcomer=None, typed=None))

    def forget_cards(self, branch: int) -> None:
        theirs = update(drafts).where(drafts.c.branch_id == branch)
        self.connection.execute(theirs.values(card_id=None))


def _there(row: Row[Any] | None, draft: int) -> Row[Any]:
    if row is None:
        raise LookupError(f"no draft {draft}")
    return row


def _draft(row: Row[Any]) -> Draft:
    return Draft(
        id=row.id,
        source=row.source,
        typed=row.typed,
        branch=row.branch_id,
        card=row.card_id,
        state=DraftState(row.state),
        revision=row.revision,
        author=row.author_id,
        author_name=row.author_name,
        patient=row.patient_id,
        who=row.who,
        newcomer=row.newcomer,
        found_by=FoundBy(row.found_by),
        kind=VisitKind(row.kind),
        day=row.day,
        parts=tuple(map(_part, row.parts)),
        points=row.points,
        most=row.most,
        recall_on=row.recall_on,
        consent_until=row.consent_until,
        consent_points=row.consent_points,
        asked_until=row.asked_until,
        asked_points=row.asked_points,
        signed=row.signed,
        repeats=row.repeats,
        new_doctor=row.new_doctor,
        corrects=row.corrects,
        created_at=row.created_at,
    )


def _columns(draft: Draft) -> dict[str, Any]:
    return {
        "source": draft.source,
        "typed": draft.typed,
        "branch_id": draft.branch,
        "card_id": draft.card,
        "state": draft.state,
        "revision": draft.revision,
        "author_id": draft.author,
        "author_name": draft.author_name,
        "patient_id": draft.patient,
        "who": draft.who,
        "newcomer": draft.newcomer,
        "found_by": draft.found_by,
        "kind": draft.kind,
        "day": draft.day,
        "parts": [_stored(part) for part in draft.parts],
        "points": draft.points,
        "most": draft.most,
        "recall_on": draft.recall_on,
        "consent_until": draft.consent_until,
        "consent_points": draft.consent_points,
        "asked_until": draft.asked_until,
        "asked_points": draft.asked_points,
        "signed": draft.signed,
        "repeats": draft.repeats,
        "new_doctor": draft.new_doctor,
        "corrects": draft.corrects,
    }


def _stored(part: DraftPart) -> list[Any]:
    return [part.sum, part.category, part.doctor, part.excluded]


def _part(stored: list[Any]) -> DraftPart:
    sum_, category, doctor, excluded = stored
    return DraftPart(sum_, category and Category(category), doctor, excluded)
