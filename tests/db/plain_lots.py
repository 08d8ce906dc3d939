"""The rules of points a second time, in the plainest way: a list of lots, made anew from all that
ever happened. It shares no code with `loyalty` and is slow; both must come to the same lots.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from math import floor

ZONE_OFFSET = timedelta(hours=3)  # Moscow has had no summer time since 2014
RETURNED_DAYS = 14
BONUS = 300
NEVER = date.min
TIERS = ((300_000_00, 15), (100_000_00, 10), (0, 5))  # kopecks paid, per cent


def midnight_after(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1) - ZONE_OFFSET


def seven_months_after(day: date) -> date:
    year, month = day.year + (day.month > 5), (day.month + 6) % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError(day)


def local(moment: datetime) -> date:
    return (moment + ZONE_OFFSET).date()


@dataclass(eq=False)
class Lot:
    ends: datetime
    left: int
    visit: int | None = None  # that earned it
    unused: int = 0  # swept after its end


@dataclass
class Taken:
    """Of a visit so far: how it was paid, what was earned, what went back."""

    wallet: "Wallet"
    bill: int
    excluded: int
    points: int
    earned: int
    spent: list[tuple[Lot, int]]
    lots: list[Lot]
    bill_back: int = 0
    excluded_back: int = 0
    points_back: int = 0
    clawed: int = 0


@dataclass
class Wallet:
    lots: list[Lot] = field(default_factory=list)
    debt: int = 0
    cash: int = 0

    def ordered(self) -> list[Lot]:
        """As they are spent: what ends first, then the oldest."""
        order = sorted(range(len(self.lots)), key=lambda n: (self.lots[n].ends, n))
        return [self.lots[n] for n in order]

    def alive(self, now: datetime) -> list[Lot]:
        return [lot for lot in self.ordered() if lot.ends > now]

    def accrue(self, points: int, ends: datetime, visit: int | None = None) -> Lot | None:
        settled = min(self.debt, points)
        self.debt -= settled
        if points == settled:
            return None
        self.lots.append(Lot(ends, points - settled, visit))
        return self.lots[-1]


class RefusedError(Exception):
    """More points than money would be left."""


class Plain:
    """The clinic as its events leave it. Moments are in UTC."""

    def __init__(self) -> None:
        self.wallets: dict[int, Wallet] = {}
        self.visits: dict[int, Taken] = {}
        self.days: dict[int, date] = {}
        self.hygiene: dict[int, tuple[Wallet, date]] = {}

    def wallet(self, number: int) -> Wallet:
        return self.wallets.setdefault(number, Wallet())

    # --- events

    def visit(
        self,
        now: datetime,
        day: date,
        number: int,
        wallet: int,
        parts: Sequence[tuple[int, str | None, bool]],
        points: int,
    ) -> None:
        """Each part is its sum, its category, whether it is excluded. `day` is when they came: one
        that was written down to somebody else first was earlier than `now`.
        """
        purse = self.wallet(wallet)
        bill = sum(sum_ for sum_, _, excluded in parts if not excluded)
        excluded = sum(sum_ for sum_, _, is_excluded in parts if is_excluded)
        per_cent = next(rate for paid, rate in TIERS if purse.cash >= paid)
        cashback = max(0, bill - 100 * points) * per_cent // 10_000
        bonus = BONUS if self._in_time(purse, parts, day) else 0
        usable = [lot for lot in purse.alive(now) if self.days.get(lot.visit or 0, NEVER) < day]
        spent = _drain(usable, points)
        assert sum(taken for _, taken in spent) == points, "more was spent than there was"
        seven = midnight_after(seven_months_after(day))
        hygiene_only = {category for _, category, _ in parts} == {"hygiene"}
        ends = seven if hygiene_only else midnight_after(day + timedelta(days=365))
        by_bonus = min(purse.debt, bonus)
        purse.debt -= by_bonus
        lots = [purse.accrue(cashback, ends, number), purse.accrue(bonus - by_bonus, seven, number)]
        purse.cash += bill + excluded - 100 * points
        self.days[number] = day
        if any(category == "hygiene" for _, category, _ in parts):
            self.hygiene[number] = (purse, day)
        made = [lot for lot in lots if lot]
        earned = cashback + bonus
        self.visits[number] = Taken(purse, bill, excluded, points, earned, spent, made)

    def _in_time(self, purse: Wallet, parts: Sequence[tuple[int, str | None, bool]], day: date):
        came = [on for whose, on in self.hygiene.values() if whose is purse]
        earns = any(category == "hygiene" and not excluded for _, category, excluded in parts)
        return earns and came and max(came) < day <= seven_months_after(max(came))

    def cancel(self, number: int) -> None:
        """It was written down by mistake, and is no earlier visit."""
        self.hygiene.pop(number, None)

    def back(self, now: datetime, number: int, bill: int, excluded: int) -> None:
        """Raises RefusedError."""
        visit = self.visits[number]
        total, lines = visit.bill_back + bill, visit.excluded_back + excluded
        points = min(_share(visit.points, visit, total, lines) - visit.points_back, bill // 100)
        if 100 * (visit.points - visit.points_back - points) > visit.bill - total:
            raise RefusedError
        ended = sum(lot.unused + (lot.left if lot.ends <= now else 0) for lot in visit.lots)
        due = max(0, _share(visit.earned, visit, total, lines) - ended)
        claw = max(0, due - visit.clawed)
        visit.bill_back, visit.excluded_back = total, lines
        visit.points_back += points
        visit.clawed += claw
        visit.wallet.cash -= bill + excluded - 100 * points
        self._move(now, visit, points, claw)

    def gift(self, now: datetime, wallet: int, points: int) -> None:
        self.wallet(wallet).accrue(points, midnight_after(local(now) + timedelta(days=30)))

    def sweep(self, now: datetime) -> None:
        for wallet in self.wallets.values():
            for lot in wallet.lots:
                if lot.ends <= now:
                    lot.unused, lot.left = lot.unused + lot.left, 0

    # --- return, then claw back, then settle debt

    def _move(self, now: datetime, visit: Taken, points: int, claw: int) -> None:
        wallet, fresh, soon = (
            visit.wallet,
            [],
            midnight_after(local(now) + timedelta(days=RETURNED_DAYS)),
        )
        back = points
        while back:
            lot, taken = visit.spent.pop()
            share = min(back, taken)
            back -= share
            if taken > share:
                visit.spent.append((lot, taken - share))
            if lot.ends >= soon:
                lot.left += share
            elif fresh:
                fresh[0].left += share
            else:
                fresh.append(Lot(soon, share))
        wallet.lots += fresh  # the last of those that end alike
        own = [lot for lot in wallet.alive(now) if lot in visit.lots]
        others = [lot for lot in wallet.alive(now) if lot not in visit.lots]
        reach, owed = [*own, *others], wallet.debt
        wallet.debt += claw - sum(taken for _, taken in _drain(reach, claw))
        wallet.debt -= sum(taken for _, taken in _drain(reach, min(owed, points)))


def _drain(lots: list[Lot], points: int) -> list[tuple[Lot, int]]:
    taken = []
    for lot in lots:
        share = min(lot.left, points)
        if share:
            lot.left, points = lot.left - share, points - share
            taken.append((lot, share))
    return taken


def _share(amount: int, visit: Taken, bill: int, excluded: int) -> int:
    if visit.bill == 0:
        return amount if excluded == visit.excluded else 0
    return floor(amount * Fraction(bill, visit.bill))
