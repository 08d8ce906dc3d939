"""Points wait for a visit that is booked (programme: expiry pause).

A lot that would end before it ends later: once, wherever it is moved since, and never so late that
nobody would call it waiting.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from loyalty.branches import Branch
from loyalty.dates import end_after
from loyalty.expiry import was_swept
from loyalty.ledger import post
from loyalty.points import Kind, Lot, Prolonging
from loyalty.ports import Transaction

MOST = timedelta(days=60)
WITHOUT_DATE = timedelta(days=45)  # a visit is booked, and nobody knows for when


@dataclass(frozen=True, slots=True)
class Wait:
    """What ends before `needed` ends at `until` instead."""

    needed: datetime
    until: datetime


def for_visit(day: date, zone: ZoneInfo) -> Wait:
    """To 00:00 of the second day after the visit, where a lot doesn't last through its day."""
    return Wait(end_after(day, zone), end_after(day + timedelta(days=1), zone))


def without_date(tapped: date, zone: ZoneInfo) -> Wait:
    """To the end of the 45th day after the tap."""
    until = end_after(tapped + WITHOUT_DATE, zone)
    return Wait(until, until)


def later_end(ends_at: datetime, wait: Wait, zone: ZoneInfo) -> datetime | None:
    """When a lot with this end ends instead; None: it stays, for it lasts, or the wait is more
    than 60 days. Days are the zone's: one of 25 hours is a day.
    """
    if ends_at >= wait.needed:
        return None
    longer = _by_the_wall(wait.until, zone) - _by_the_wall(ends_at, zone)
    return wait.until if longer <= MOST else None


def _by_the_wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def prolong(
    tx: Transaction, patient: int, branch: Branch, *, cause: str, booked: date
) -> Sequence[Lot]:
    """The patient has a visit at the branch on this day of its zone: points wait for it.

    `cause` names the booking and its day (`booking:17:2026-12-12`), under whatever record it is by
    now. Returns the lots that it has
    moved; the same cause again moves nothing and returns them as they are now. What comes into
    the wallet later is another cause.
    Raises PatientErasedError, PatientMergedError. KeyReusedError: the cause is another's.
    """
    given = ["booked", booked.isoformat()]
    return _prolong(tx, patient, branch, cause, given, for_visit(booked, branch.where))


def prolong_without_date(
    tx: Transaction, patient: int, branch: Branch, *, cause: str, tapped: date
) -> Sequence[Lot]:
    """As `prolong`, for who tapped «Уже есть запись» on this day and named none."""
    given = ["tapped", tapped.isoformat()]
    return _prolong(tx, patient, branch, cause, given, without_date(tapped, branch.where))


def _prolong(
    tx: Transaction,
    patient: int,
    branch: Branch,
    cause: str,
    given: Sequence[str],
    wait: Wait,
) -> Sequence[Lot]:
    wallet = tx.people.wallet(tx.people.patient(patient).check_kept().wallet).id
    key = f"prolonged:{cause}"
    moves = _moves(tx, tx.ledger.lots(wallet), wait, branch.where)
    if not moves and tx.ledger.operation(key) is None:
        return []
    operation = post(tx, key, Kind.PROLONGED, given, moves)
    return [lot for lot in tx.ledger.lots(wallet) if lot.prolonged_by == operation.id]


def _moves(tx: Transaction, lots: Sequence[Lot], wait: Wait, zone: ZoneInfo) -> list[Prolonging]:
    """What has ended stays ended, by a clock that was set back since too, and what waited once
    doesn't wait again.
    """
    moves = []
    for lot in lots:
        ends_at = later_end(lot.ends_at, wait, zone)
        if ends_at and lot.ends_at > tx.now and lot.prolonged_by is None:
            moves.append(Prolonging(lot, ends_at))
    return [move for move in moves if not was_swept(tx, move.lot)]
