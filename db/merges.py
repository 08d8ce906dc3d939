"""Merges of two records of one person: what hangs on which, and what was moved."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    ScalarSelect,
    Select,
    String,
    Table,
    and_,
    cast,
    exists,
    func,
    insert,
    literal,
    select,
    update,
)

from db.dialects import spelt_out
from db.ledger import LOT
from db.people import patient_of
from db.rewards import records_of
from db.tables import (
    accounts,
    appointments,
    booked_elsewhere,
    cases,
    drafts,
    friends,
    lots,
    merge_moves,
    merges,
    operations,
    patients,
    requests,
    reversals,
    speaks_for,
    task_reasons,
    visits,
)
from loyalty.merges import GivenSince, Merge
from loyalty.people import Patient, SpendingOff
from loyalty.points import Kind, Lot
from loyalty.requests import RequestKind, RequestState
from loyalty.visits import DraftState

# What names a patient. Ratings, words and slips hang on visits, codes and arrivals on accounts.
CARRIED = {
    "visit": visits,
    "draft": drafts,
    "case": cases,
    "request": requests,
    "booking": appointments,
    "task": task_reasons,
    "elsewhere": booked_elsewhere,
}
ACCOUNT, REVERSAL, PART, WAITING = "account", "reversal", "part", "waiting"
FRIEND = "friend"  # a record that waits in a crowd by a card
OWN_BOND, OLD_BOND, NEW_BOND = "own", "old", "new"

# What a request that was granted has made: an operation of this key.
_KEY = requests.c.kind + ":" + cast(requests.c.id, String)
_GIVES = (RequestKind.GIFT, RequestKind.GOOD_WILL)
_KEY_BY_CARD = literal(f"{Kind.FRIEND}:") + cast(friends.c.friend_id, String)
_IS_OPEN = drafts.c.state == spelt_out(DraftState.OPEN)
_UNAGREED = {
    "revision": drafts.c.revision + 1,
    "consent_until": None,
    "consent_points": None,
    "asked_until": None,
    "asked_points": None,
    "signed": False,
}


class SqlMerges:
    """`loyalty.ports.Merges` over one connection."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def hold(self, of: Collection[int]) -> Sequence[Patient]:
        """Drafts, then patients: the order in which the desk locks them."""
        its = select(drafts.c.id).where(drafts.c.patient_id.in_(of)).order_by(drafts.c.id)
        self._connection.execute(its.with_for_update(key_share=True))
        found = select(patients).where(patients.c.id.in_(of)).order_by(patients.c.id)
        rows = self._connection.execute(found.with_for_update(key_share=True)).all()
        by_id = {row.id: patient_of(row) for row in rows}
        return [by_id[one] for one in of]

    def merge(self, request: int) -> Merge | None:
        query = select(merges).where(merges.c.request_id == request)
        row = self._connection.execute(query).first()
        if row is None:
            return None
        return Merge(
            row.request_id,
            row.kept_id,
            row.gone_id,
            row.kept_wallet,
            row.gone_wallet,
            row.cash,
            row.debt,
            SpendingOff(row.kept_off) if row.kept_off else None,
            SpendingOff(row.gone_off) if row.gone_off else None,
            row.filled,
            row.at,
            row.undone_at,
        )

    # --- together

    def carry(self, merge: Merge) -> None:
        self._write_down(merge)
        for what, table in CARRIED.items():
            self._note(merge, what, select(table.c.id).where(*_carried(table, merge.gone)))
            moved = update(table).where(*_carried(table, merge.gone))
            self._connection.execute(moved.values(patient_id=merge.kept))
        waits = select(requests.c.id).where(requests.c.id.in_(_moved(merge, "request")))
        self._note(merge, WAITING, waits.where(requests.c.state == RequestState.WAITING))
        before = reversals.c.visit_id.in_(_moved(merge, "visit"))
        self._note(merge, REVERSAL, select(reversals.c.id).where(before))
        self._outdate(merge.kept)
        self._carry_bonds(merge)
        self._share(merge)
        self._note(merge, FRIEND, _waiting_friends(merge.gone))
        its_parts = patients.c.merged_into == merge.gone
        self._note(merge, PART, select(patients.c.id).where(its_parts))
        parts = update(patients).where(its_parts)
        self._connection.execute(parts.values(merged_into=merge.kept, wallet_id=merge.kept_wallet))
        gone = update(patients).where(patients.c.id == merge.gone)
        self._connection.execute(gone.values(merged_into=merge.kept, wallet_id=merge.kept_wallet))

    def _write_down(self, merge: Merge) -> None:
        self._connection.execute(
            insert(merges).values(
                request_id=merge.request,
                kept_id=merge.kept,
                gone_id=merge.gone,
                kept_wallet=merge.kept_wallet,
                gone_wallet=merge.gone_wallet,
                cash=merge.cash,
                debt=merge.debt,
                kept_off=merge.kept_off,
                gone_off=merge.gone_off,
                filled=list(merge.filled),
                at=merge.at,
            )
        )

    def _note(self, merge: Merge, what: str, rows: Select[tuple[int]]) -> None:
        named = rows.add_columns(literal(merge.request), literal(what))
        columns = ["row_id", "merge_id", "what"]
        self._connection.execute(insert(merge_moves).from_select(columns, named))

    def _outdate(self, patient: int) -> None:
        """Cards on the desk show another purse now, and nobody has agreed to anything of it."""
        still_open = update(drafts).where(drafts.c.patient_id == patient, _IS_OPEN)
        self._connection.execute(still_open.values(**_UNAGREED))

    def _carry_bonds(self, merge: Merge) -> None:
        """Who speaks for the one that goes speaks for the kept one."""
        self._note(merge, OWN_BOND, _bonds(merge.kept))
        self._note(merge, OLD_BOND, _bonds(merge.gone))
        self._close(_moved(merge, OLD_BOND))
        old, own = speaks_for.alias(), speaks_for.alias()
        already = exists().where(
            own.c.account_id == old.c.account_id,
            own.c.patient_id == merge.kept,
            own.c.until.is_(None),
        )
        again = select(
            old.c.account_id, literal(merge.kept), old.c.relation, literal(self._now, _SINCE)
        ).where(old.c.id.in_(_moved(merge, OLD_BOND)), ~already)
        columns = ["account_id", "patient_id", "relation", "since"]
        self._connection.execute(insert(speaks_for).from_select(columns, again))
        new = _bonds(merge.kept).where(speaks_for.c.id.not_in(_moved(merge, OWN_BOND)))
        self._note(merge, NEW_BOND, new)

    def _close(self, bonds: ScalarSelect[int]) -> None:
        closed = update(speaks_for).where(speaks_for.c.id.in_(bonds))
        self._connection.execute(closed.values(until=self._now))

    def _share(self, merge: Merge) -> None:
        """Accounts follow their patient into the wallet that stays."""
        if merge.pours:
            theirs = accounts.c.wallet_id == merge.gone_wallet
            self._note(merge, ACCOUNT, select(accounts.c.id).where(theirs))
            shared = update(accounts).where(theirs)
            self._connection.execute(shared.values(wallet_id=merge.kept_wallet))

    # --- apart

    def bonds_stand(self, merge: Merge) -> bool:
        now = set(self._connection.scalars(_bonds(merge.kept)))
        noted = (OWN_BOND, NEW_BOND)
        then = (self._connection.scalars(_rows(merge, what)) for what in noted)
        return now == {bond for bonds in then for bond in bonds}

    def corrected_since(self, merge: Merge) -> bool:
        query = exists().where(
            reversals.c.visit_id.in_(_moved(merge, "visit")),
            reversals.c.id.not_in(_moved(merge, REVERSAL)),
        )
        return bool(self._connection.scalar(select(query)))

    def given_since(self, merge: Merge) -> Sequence[GivenSince]:
        """From what was asked and not from the lots: one that debt took wholly has made none."""
        waited = requests.c.id.in_(_moved(merge, WAITING)), requests.c.kind.in_(_GIVES)
        by_hand = _since(merge, requests, _KEY, requests.c.amount).where(*waited)
        came = friends.c.friend_id.in_(_moved(merge, FRIEND))
        by_card = _since(merge, friends.join(requests), _KEY_BY_CARD, _HELD).where(came)
        either = [self._connection.execute(query) for query in (by_hand, by_card)]
        return [_given(tuple(row)) for rows in either for row in rows]

    def carry_back(self, merge: Merge) -> None:
        self._drop_corrections(merge)
        for what, table in CARRIED.items():
            its = table.c.id.in_(_moved(merge, what)), table.c.patient_id == merge.kept
            moved = update(table).where(*its, *_kept_by_now(table, merge))
            self._connection.execute(moved.values(patient_id=merge.gone))
        self._carry_what_is_about_visits(merge)
        self._outdate(merge.kept)
        self._outdate(merge.gone)
        self._close(_moved(merge, NEW_BOND))
        reopened = update(speaks_for).where(speaks_for.c.id.in_(_moved(merge, OLD_BOND)))
        self._connection.execute(reopened.values(until=None))
        theirs = update(accounts).where(accounts.c.id.in_(_moved(merge, ACCOUNT)))
        self._connection.execute(theirs.values(wallet_id=merge.gone_wallet))
        self._take_parts_back(merge)
        undone = update(merges).where(merges.c.request_id == merge.request)
        self._connection.execute(undone.values(undone_at=self._now))

    def _carry_what_is_about_visits(self, merge: Merge) -> None:
        """What has been asked or said since about a visit that goes back goes with it."""
        for table in (requests, cases):
            about = update(table).where(table.c.visit_id.in_(_moved(merge, "visit")))
            self._connection.execute(about.values(patient_id=merge.gone))

    def _drop_corrections(self, merge: Merge) -> None:
        """A card that would take the place of a visit that goes back."""
        its = update(drafts).where(drafts.c.corrects.in_(_moved(merge, "visit")), _IS_OPEN)
        self._connection.execute(its.values(state=DraftState.DROPPED))

    def _take_parts_back(self, merge: Merge) -> None:
        """The record itself, and what was part of it before."""
        parts = update(patients).where(patients.c.id.in_(_moved(merge, PART)))
        self._connection.execute(parts.values(merged_into=merge.gone, wallet_id=merge.gone_wallet))
        itself = update(patients).where(patients.c.id == merge.gone)
        self._connection.execute(itself.values(merged_into=None, wallet_id=merge.gone_wallet))


_SINCE = speaks_for.c.since.type


_FIRST, _GAVE = lots.alias("first"), operations.alias("gave")
_HELD = func.coalesce(lots.c.amount, _FIRST.c.amount, 0)


def _since(
    merge: Merge, asked: FromClause, key: ColumnElement[str], points: ColumnElement[int]
) -> Select[Any]:
    """What the operation of this key gave, and what of it is in the kept wallet."""
    of_it = func.coalesce(lots.c.moved_from, lots.c.id) == _FIRST.c.id
    return (
        select(*LOT, points, points - _HELD, requests.c.kind, requests.c.branch_id, _GAVE.c.at)
        .select_from(asked)
        .join(_GAVE, _GAVE.c.key == key)
        .outerjoin(_FIRST, _FIRST.c.operation_id == _GAVE.c.id)
        .outerjoin(lots, and_(of_it, lots.c.wallet_id == merge.kept_wallet))
        .outerjoin(operations, operations.c.id == lots.c.operation_id)
        .order_by(lots.c.id, requests.c.id)
    )


def _waiting_friends(patient: int) -> Select[tuple[int]]:
    return (
        select(friends.c.friend_id)
        .join(requests, requests.c.id == friends.c.request_id)
        .where(friends.c.friend_id.in_(records_of(patient)))
        .where(requests.c.state == RequestState.WAITING)
    )


def _given(row: Sequence[Any]) -> GivenSince:
    points, settled, kind, branch, at = row[len(LOT) :]
    lot = None if row[0] is None else Lot(*row[: len(LOT)])
    return GivenSince(lot, points, settled, RequestKind(kind), branch, at)


def _carried(table: Table, patient: int) -> list[ColumnElement[bool]]:
    """A request to merge names its two records for ever."""
    which = [table.c.patient_id == patient]
    return [*which, table.c.kind != RequestKind.MERGE] if table is requests else which


def _kept_by_now(table: Table, merge: Merge) -> list[ColumnElement[bool]]:
    """A card that was recorded since is a visit of the kept record, and stays with it."""
    if table is not drafts:
        return []
    since = exists().where(visits.c.id == drafts.c.id, visits.c.id.not_in(_moved(merge, "visit")))
    return [~since]


def _bonds(patient: int) -> Select[tuple[int]]:
    its = speaks_for.c.patient_id == patient, speaks_for.c.until.is_(None)
    return select(speaks_for.c.id).where(*its)


def _rows(merge: Merge, what: str) -> Select[tuple[int]]:
    its = merge_moves.c.merge_id == merge.request, merge_moves.c.what == what
    return select(merge_moves.c.row_id).where(*its)


def _moved(merge: Merge, what: str) -> ScalarSelect[int]:
    return _rows(merge, what).scalar_subquery()
