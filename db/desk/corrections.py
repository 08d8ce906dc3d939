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
    func,
    insert,
    null,
    select,
    update,
)

from db.dialects import new_only
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


class SqlCorrections:
    connection: Connection
    now: datetime
    lock: bool

    # --- reversals

    def add_reversal(self, reversal: Reversal) -> None:
        self.connection.execute(
            insert(reversals).values(
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
        )
        if reversal.slices:
            named = {"visit_id": reversal.visit, "n": reversal.n}
            rows = [{**named, "part": one.part, "sum": one.sum} for one in reversal.slices]
            self.connection.execute(insert(reversal_parts), rows)

    def reversals(self, visit: int) -> Sequence[Reversal]:
        query = select(reversals).where(reversals.c.visit_id == visit).order_by(reversals.c.n)
        rows = self.connection.execute(query).all()
        slices = self._slices(visit) if rows else {}
        return [_reversal(row, slices.get(row.n, ())) for row in rows]

    def _slices(self, visit: int) -> dict[int, tuple[Slice, ...]]:
        """By the number of the reversal."""
        found: dict[int, tuple[Slice, ...]] = {}
        query = select(reversal_parts).where(reversal_parts.c.visit_id == visit)
        for row in self.connection.execute(query.order_by(reversal_parts.c.part)):
            found[row.n] = (*found.get(row.n, ()), Slice(row.part, row.sum))
        return found

    # --- requests

    def add_request(self, request: Request) -> Request:
        new = insert(requests).values(
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
            slices=null() if request.slices is None else [asdict(one) for one in request.slices],
            other_id=request.other,
            decided_by=request.decided_by,
            decided_at=request.decided_at,
        )
        id_ = self.connection.execute(new.returning(requests.c.id)).scalar_one()
        return replace(request, id=id_)

    def request(self, request: int) -> Request:
        query = select(requests).where(requests.c.id == request)
        row = self.connection.execute(query.with_for_update() if self.lock else query).one()
        return _request(row)

    def request_from(self, source: str) -> Request | None:
        row = self.connection.execute(select(requests).where(requests.c.source == source)).first()
        return None if row is None else _request(row)

    def asked_about(self, visit: int) -> Sequence[Request]:
        query = select(requests).where(requests.c.visit_id == visit).order_by(requests.c.id)
        return [_request(row) for row in self.connection.execute(query)]

    def waiting_about(self, patient: int) -> Sequence[Request]:
        return self._waiting(requests.c.patient_id == patient)

    def waiting_for_return(self, visit: int) -> Sequence[Request]:
        return self._waiting(requests.c.visit_id == visit)

    def _waiting(self, which: ColumnElement[bool]) -> Sequence[Request]:
        query = select(requests).where(which, requests.c.state == RequestState.WAITING)
        query = query.order_by(requests.c.id)
        rows = self.connection.execute(query.with_for_update() if self.lock else query)
        return [_request(row) for row in rows]

    def save_request(self, request: Request) -> None:
        self.connection.execute(
            update(requests)
            .where(requests.c.id == request.id)
            .values(
                state=request.state,
                decided_by=request.decided_by,
                decided_at=request.decided_at,
            )
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
