"""What a person may ask about their points: how many, what ends when, what happened."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from loyalty.appointments import elsewhere
from loyalty.appointments.looking import AppointmentFacts, facts
from loyalty.dates import end_after, last_day
from loyalty.errors import AwaitsDeskError
from loyalty.explained import explained
from loyalty.moves import awaits_desk
from loyalty.people import UNCONFIRMED, Account, Patient, SpendingOff
from loyalty.points import HistoryLine
from loyalty.ports import Transaction
from loyalty.programme import Programme, Tier
from loyalty.visits import Reversal, Visit

NEAREST = 3  # days on which points end that are told one by one
PAGE = 8
VISITS_PAGE = 5


@dataclass(frozen=True, slots=True)
class Ending:
    """Points whose last day this is."""

    last_day: date
    points: int


@dataclass(frozen=True, slots=True)
class Statement:
    """Points that can be spent now, the days on which the first of them end, and what they may pay
    (`programme`); money in kopecks. `debt` is what the next points go to first.
    """

    points: int
    endings: Sequence[Ending]
    tier: Tier
    next_tier: Tier | None
    cash_paid: int
    spending_off: SpendingOff | None
    programme: Programme
    debt: int = 0


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """A page of operations, newest first; `page` counts from 0."""

    lines: Sequence[HistoryLine]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit as the patient may see it; `name`: of several patients, whose it is."""

    visit: Visit
    branch: str
    doctors: Sequence[str]
    name: str | None
    reversals: Sequence[Reversal]


@dataclass(frozen=True, slots=True)
class VisitsPage:
    """A page of visits, newest first; `page` counts from 0. `branches`: there are several.

    `ahead`: what is booked, on the first page. `ends_soon`: nothing is, and points end that would
    wait for a visit.
    """

    lines: Sequence[VisitLine]
    page: int
    more: bool
    branches: bool
    ahead: Sequence[AppointmentFacts] = ()
    ends_soon: bool = False


def ending(tx: Transaction, wallet: int, days: int | None = None) -> list[Ending]:
    """What ends and when, the first day first, today's points among them.

    `days`: only what ends so many calendar days from today, or sooner, in the clinic's zone.
    """
    until = None
    if days is not None:
        today = tx.now.astimezone(tx.zone).date()
        until = end_after(today + timedelta(days=days), tx.zone)
    return _by_day(tx, tx.ledger.ending(wallet, until))


def _by_day(tx: Transaction, ends: Iterable[tuple[datetime, int]]) -> list[Ending]:
    by_day: dict[date, int] = defaultdict(int)  # a branch elsewhere has another midnight
    for ends_at, points in ends:
        by_day[last_day(ends_at, tx.zone)] += points
    return [Ending(day, points) for day, points in by_day.items()]


def _nearest(tx: Transaction, wallet: int) -> tuple[int, list[Ending]]:
    """All points, and what ends on the first days: whole days, whose midnights may be several."""
    limit = NEAREST + 1
    while True:
        points, ends = tx.ledger.nearest(wallet, limit)
        days = _by_day(tx, ends)
        if len(ends) < limit or len(days) > NEAREST:
            return points, days[:NEAREST]
        limit *= 2


def statement(tx: Transaction, wallet: int) -> Statement:
    """The wallet now. A lot at or past its end counts for nothing, swept or not.

    What it costs doesn't grow with what the wallet has been through.
    """
    points, endings = _nearest(tx, wallet)
    purse = tx.people.wallet(wallet)
    strange = purse.spending_off in UNCONFIRMED
    cash_paid = 0 if strange else purse.cash_paid  # what was paid is another's secret till then
    return Statement(
        points=points,
        endings=endings,
        tier=tx.programme.tier(cash_paid),
        next_tier=tx.programme.next_tier(cash_paid),
        cash_paid=cash_paid,
        spending_off=purse.spending_off,
        programme=tx.programme,
        debt=0 if strange else purse.debt,
    )


def history(tx: Transaction, wallet: int, page: int = 0) -> HistoryPage:
    """A page of what happened; a page before the first is the first.

    Raises AwaitsDeskError: the wallet came with a phone to a new account.
    """
    if tx.people.wallet(wallet).spending_off in UNCONFIRMED:
        raise AwaitsDeskError
    page = max(page, 0)
    lines = tx.ledger.history(wallet, page * PAGE, PAGE + 1)
    told = [explained(tx, line) for line in lines[:PAGE]]
    return HistoryPage(told, page, more=len(lines) > PAGE)


def visits(tx: Transaction, account: Account, page: int = 0) -> VisitsPage:
    """A page of the visits of everyone for whom the account speaks.

    Raises AwaitsDeskError: the wallet came with a phone to a new account.
    """
    if awaits_desk(tx, account):
        raise AwaitsDeskError
    page = max(page, 0)
    family = {patient.id: patient for patient, _ in tx.people.spoken_for(account.id)}
    found = tx.desk.visits_of(list(family), page * VISITS_PAGE, VISITS_PAGE + 1)
    branches = {branch.id: branch.name for branch in tx.branches.branches()}
    doctors = tx.branches.doctors()
    lines = [
        VisitLine(
            visit,
            branches[visit.branch],
            [doctors[n] for n in dict.fromkeys(part.doctor for part in visit.parts) if n],
            _whose(family, visit),
            tx.desk.reversals(visit.id),
        )
        for visit in found[:VISITS_PAGE]
    ]
    booked = [] if page else tx.appointments.ahead(list(family))
    ahead = [facts(tx, account.id, one) for one in booked]
    soon = not page and not booked and elsewhere.would_wait(tx, account)
    more, several = len(found) > VISITS_PAGE, len(branches) > 1
    return VisitsPage(lines, page, more, several, ahead, soon)


def _whose(family: Mapping[int, Patient], visit: Visit) -> str | None:
    return family[visit.patient].name if visit.patient and len(family) > 1 else None


def who(tx: Transaction, telegram: int) -> Account | None:
    """The account of a Telegram user, if the clinic has met it."""
    return tx.people.account_of(telegram)
