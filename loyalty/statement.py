"""What a person may ask about their points: how many, what ends when, what happened."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from loyalty.dates import last_day
from loyalty.errors import AwaitsDeskError
from loyalty.people import Account, SpendingOff
from loyalty.points import HistoryLine
from loyalty.ports import Transaction
from loyalty.programme import Tier

PAGE = 8


@dataclass(frozen=True, slots=True)
class Ending:
    """Points whose last day this is."""

    last_day: date
    points: int


@dataclass(frozen=True, slots=True)
class Statement:
    """Points that can be spent now, by the day they end; money in kopecks."""

    points: int
    endings: Sequence[Ending]
    tier: Tier
    next_tier: Tier | None
    cash_paid: int
    spending_off: SpendingOff | None


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """A page of operations, newest first; `page` counts from 0."""

    lines: Sequence[HistoryLine]
    page: int
    more: bool


def statement(tx: Transaction, wallet: int) -> Statement:
    """The wallet now. A lot at or past its end counts for nothing, swept or not."""
    ends: dict[date, int] = defaultdict(int)
    for lot in tx.ledger.lots(wallet):
        if lot.ends_at > tx.now:
            ends[last_day(lot.ends_at, tx.zone)] += lot.remaining
    purse = tx.people.wallet(wallet)
    strange = purse.spending_off is SpendingOff.MOVED
    cash_paid = 0 if strange else purse.cash_paid  # what was paid is another's secret till then
    return Statement(
        points=sum(ends.values()),
        endings=[Ending(day, points) for day, points in sorted(ends.items())],
        tier=tx.programme.tier(cash_paid),
        next_tier=tx.programme.next_tier(cash_paid),
        cash_paid=cash_paid,
        spending_off=purse.spending_off,
    )


def history(tx: Transaction, wallet: int, page: int = 0) -> HistoryPage:
    """A page of what happened; a page before the first is the first.

    Raises AwaitsDeskError: the wallet came with a phone to a new account.
    """
    if tx.people.wallet(wallet).spending_off is SpendingOff.MOVED:
        raise AwaitsDeskError
    page = max(page, 0)
    lines = tx.ledger.history(wallet, page * PAGE, PAGE + 1)
    return HistoryPage(lines[:PAGE], page, more=len(lines) > PAGE)


def who(tx: Transaction, telegram: int) -> Account | None:
    """The account of a Telegram user, if the clinic has met it."""
    return tx.people.account_of(telegram)
