"""Reversals, requests to a manager, complaints, papers and slips."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    bindparam,
    func,
    insert,
    select,
    update,
)

from db.dialects import new_only
from db.prepared import Prepared
from db.tables import (
    complaints,
    paper_consents,
    patients,
    requests,
    reversal_parts,
    reversals,
    slips,
)
from loyalty.papers import PaperConsent
from loyalty.requests import Request, RequestKind, RequestState
from loyalty.visits import Reversal, ReversalKind, Slice

# What every card of a visit and every correction asks.
_NEW_REVERSAL, _NEW_SLICE = Prepared(insert(reversals)), Prepared(insert(reversal_parts))
_REVERSALS = Prepared(
    select(reversals).where(reversals.c.visit_id == bindparam("visit")).order_by(reversals.c.n)
)
_SLICES = Prepared(
    select(reversal_parts)
    .where(reversal_parts.c.visit_id == bindparam("visit"))
    .order_by(reversal_parts.c.part)
)
_NEW_REQUEST = Prepared(insert(requests).returning(requests.c.id))
_SAVED_REQUEST = Prepared(update(requests).where(requests.c.id == bindparam("request")))
_FROM_SOURCE = Prepared(select(requests).where(requests.c.source == bindparam("source")))
_ASKED_ABOUT = Prepared(
    select(requests).where(requests.c.visit_id == bindparam("visit")).order_by(requests.c.id)
)


def _waiting(which: ColumnElement[bool]) -> Select[Any]:
    waits = requests.c.state == RequestState.WAITING
    return select(requests).where(which, waits).order_by(requests.c.id)


def _either(query: Select[Any]) -> tuple[Prepared, Prepared]:
    """To look; and to hold what was found till the commit."""
    return Prepared(query), Prepared(query.with_for_update())


_REQUEST = _either(select(requests).where(requests.c.id == bindparam("request")))
_WAITING_ABOUT = _either(_waiting(requests.c.patient_id == bindparam("patient")))
_WAITING_FOR_RETURN = _either(_waiting(requests.c.visit_id == bindparam("visit")))


class SqlCorrections:
    connection: Connection
    now: datetime
    lock: bool

    # --- reversals

    def add_reversal(self, reversal: Reversal) -> None:
        _NEW_REVERSAL.run(
            self.connection,
            visit_id=reversal.visit,
            n=reversal.n,
            kind=reversal.kind,
            bill=reversal.bill,
            money=reversal.money,
            points_back=reversal.points_back,
            clawed=reversal.clawed,
            debt=reversal.debt,
            made_by=reversal.made_by,
            made_name=reversal.made_name,
            at=reversal.at,
        )
        named = {"visit_id": reversal.visit, "n": reversal.n}
        rows = [{**named, "part": one.part, "sum": one.sum} for one in reversal.slices]
        _NEW_SLICE.run_each(self.connection, rows)

    def reversals(self, visit: int) -> Sequence[Reversal]:
        rows = _REVERSALS.run(self.connection, visit=visit).all()
        slices = self._slices(visit) if rows else {}
        return [_reversal(row, slices.get(row.n, ())) for row in rows]

    def _slices(self, visit: int) -> dict[int, tuple[Slice, ...]]:
        """By the number of the reversal."""
        found: dict[int, tuple[Slice, ...]] = {}
        for row in _SLICES.run(self.connection, visit=visit):
            found[row.n] = (*found.get(row.n, ()), Slice(row.part, row.sum))
        return found

    # --- requests

    def add_request(self, request: Request) -> Request:
        slices = request.slices
        named = {} if slices is None else {"slices": [asdict(one) for one in slices]}
        new = _NEW_REQUEST.run(
            self.connection,
            source=request.source,
            branch_id=request.branch,
            kind=request.kind,
            amount=request.amount,
            reason=request.reason,
            asked_by=request.asked_by,
            asked_name=request.asked_name,
            asked_at=request.asked_at,
            state=request.state,
            patient_id=request.patient,
            visit_id=request.visit,
            n=request.n,
            other_id=request.other,
            decided_by=request.decided_by,
            decided_at=request.decided_at,
            **named,
        )
        return replace(request, id=new.scalar_one())

    def request(self, request: int) -> Request:
        return _request(_REQUEST[self.lock].run(self.connection, request=request).one())

    def request_from(self, source: str) -> Request | None:
        row = _FROM_SOURCE.run(self.connection, source=source).first()
        return None if row is None else _request(row)

    def asked_about(self, visit: int) -> Sequence[Request]:
        return list(map(_request, _ASKED_ABOUT.run(self.connection, visit=visit)))

    def waiting_about(self, patient: int) -> Sequence[Request]:
        found = _WAITING_ABOUT[self.lock].run(self.connection, patient=patient)
        return list(map(_request, found))

    def waiting_for_return(self, visit: int) -> Sequence[Request]:
        found = _WAITING_FOR_RETURN[self.lock].run(self.connection, visit=visit)
        return list(map(_request, found))

    def save_request(self, request: Request) -> None:
        _SAVED_REQUEST.run(
            self.connection,
            request=request.id,
            state=request.state,
            decided_by=request.decided_by,
            decided_at=request.decided_at,
        )

    def granted(
        self, kind: str, since: datetime, *, branch: int | None = None, wallet: int | None = None
    ) -> int:
        query = _granted(kind, since)
        query = query.where(requests.c.decided_by.is_(None))  # a manager's uses up nobody's limit
        if branch is not None:
            query = query.where(requests.c.branch_id == branch)
        if wallet is not None:
            query = query.where(requests.c.patient_id.in_(_sharing(wallet)))
        return int(self.connection.scalar(query) or 0)

    def granted_by_anybody(self, kind: str, since: datetime, wallet: int) -> int:
        query = _granted(kind, since).where(requests.c.patient_id.in_(_sharing(wallet)))
        return int(self.connection.scalar(query) or 0)

    # --- complaints, papers, slips

    def complain(self, visit: int, account: int, kind: str) -> bool:
        row = {"visit_id": visit, "account_id": account, "kind": kind, "at": self.now}
        return self._is_new(complaints, row)

    def sign_paper(self, patient: int, version: str, by: int) -> None:
        row = {"patient_id": patient, "version": version, "taken_by": by, "at": self.now}
        self._is_new(paper_consents, row)

    def papers(self, patients: Sequence[int]) -> Sequence[PaperConsent]:
        rows = self.connection.execute(
            select(paper_consents.c.patient_id, paper_consents.c.version, paper_consents.c.at)
            .where(paper_consents.c.patient_id.in_(patients))
            .order_by(paper_consents.c.at, paper_consents.c.patient_id)
        )
        return [PaperConsent(*row) for row in rows]

    def signed_paper(self, patient: int) -> bool:
        query = select(paper_consents).where(paper_consents.c.patient_id == patient)
        return self.connection.execute(query).first() is not None

    def slip(self, visit: int) -> str | None:
        return self.connection.scalar(select(slips.c.token).where(slips.c.visit_id == visit))

    def add_slip(self, token: str, visit: int) -> None:
        self.connection.execute(insert(slips).values(token=token, visit_id=visit))

    def slip_visit(self, token: str) -> int | None:
        return self.connection.scalar(select(slips.c.visit_id).where(slips.c.token == token))

    def use_slip(self, token: str, account: int) -> bool:
        unused = update(slips).where(slips.c.token == token, slips.c.used_by.is_(None))
        values = {"used_by": account, "used_at": self.now}
        return self.connection.execute(unused.values(**values)).rowcount == 1

    def _is_new(self, table: Table, row: dict[str, Any]) -> bool:
        new = new_only(self.connection, table, *table.primary_key)
        return new.run(self.connection, **row).first() is not None


def _granted(kind: str, since: datetime) -> Select[tuple[int]]:
    return select(func.coalesce(func.sum(requests.c.amount), 0)).where(
        requests.c.kind == kind,
        requests.c.state == RequestState.GRANTED,
        requests.c.asked_at > since,
    )


def _sharing(wallet: int) -> Select[tuple[int]]:
    return select(patients.c.id).where(patients.c.wallet_id == wallet)


def _reversal(row: Row[Any], slices: tuple[Slice, ...]) -> Reversal:
    return Reversal(
        visit=row.visit_id,
        n=row.n,
        kind=ReversalKind(row.kind),
        bill=row.bill,
        money=row.money,
        points_back=row.points_back,
        clawed=row.clawed,
        debt=row.debt,
        made_by=row.made_by,
        made_name=row.made_name,
        at=row.at,
        slices=slices,
    )


def _request(row: Row[Any]) -> Request:
    return Request(
        id=row.id,
        source=row.source,
        branch=row.branch_id,
        kind=RequestKind(row.kind),
        amount=row.amount,
        reason=row.reason,
        asked_by=row.asked_by,
        asked_name=row.asked_name,
        asked_at=row.asked_at,
        state=RequestState(row.state),
        patient=row.patient_id,
        visit=row.visit_id,
        n=row.n,
        slices=None if row.slices is None else tuple(Slice(**one) for one in row.slices),
        other=row.other_id,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )
