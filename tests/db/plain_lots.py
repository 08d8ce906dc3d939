"""The rules of points a second time, in the plainest way: a list of lots, made anew from all that
ever happened. It shares no code with `loyalty` and is slow; both must come to the same lots.

Numbers of the programme are small here, so that small sums cross tiers and limits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from math import floor
from typing import Any

ZONE_OFFSET = timedelta(hours=3)  # Moscow has had no summer time since 2014
RETURNED_DAYS = 14
LONGEST_WAIT = timedelta(days=60)
WITHOUT_DATE = timedelta(days=45)
GIFT_DAYS = GOOD_WILL_DAYS = LATELY = 30
REWARD_DAYS, MONTHS_ALONE, STEP = 365, 4, 50
SIGNATURE = 150
GOOD_WILL_ALONE = 60
RETURNED_ALONE = 900_00
GIFT_ALONE, GIFTS_OF_DAY = 300, 900
OWN_PER_CENT = {"implants": 5}
OWN_CAPS = {"surgery": 45}
OUTSIDE = {"diagnostics"}


@dataclass(frozen=True)
class Numbers:
    """What the owner changes; tiers are kopecks paid and per cent, the highest first."""

    tiers: tuple[tuple[int, int], ...] = ((6_000_00, 15), (2_000_00, 10), (0, 5))
    cap: int = 30
    bonus: int = 37
    referral: int = 5
    fixed: int = 40

    def per_cent(self, paid: int, category: str | None) -> int:
        tier = next(rate for threshold, rate in self.tiers if paid >= threshold)
        return OWN_PER_CENT.get(category or "", tier)

    def cap_of(self, category: str | None) -> int:
        return OWN_CAPS.get(category or "", self.cap)


VERSIONS = (
    Numbers(),
    Numbers(tiers=((3_000_00, 13), (1_000_00, 7), (0, 3)), cap=37, bonus=61, referral=4, fixed=0),
)

Line = tuple[int, str | None, bool]  # its sum, its category, whether «Без баллов» was said


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


def months_between(day: date, later: date) -> int:
    return 12 * (later.year - day.year) + later.month - day.month


def local(moment: datetime) -> date:
    return (moment + ZONE_OFFSET).date()


class RefusedError(Exception):
    """The clinic says no; the argument is the name of its refusal."""


@dataclass(eq=False)
class Lot:
    """`first` is the lot it was in another wallet, `came` when it came into this one."""

    wallet: int
    ends: datetime
    left: int
    visit: int | None = None  # that earned it
    request: int | None = None  # that gave it
    first: "Lot | None" = None
    unused: int = 0  # swept after its end
    waited: bool = False  # for a visit that was booked; once for ever

    @property
    def origin(self) -> "Lot":
        return self.first or self


@dataclass(eq=False)
class Visit:
    """A visit so far: how it was paid, what was earned, what went back."""

    patient: int
    day: date
    recorded: datetime
    lines: Sequence[Line]
    outside: Sequence[bool]
    points: int
    earned: int
    advance: bool
    spent: list[tuple[Lot, int]]
    lots: list[Lot]
    left: list[int]
    reward: int
    referrer: int | None  # the record for which the reward gathers
    friend: int | None  # the record that was recommended
    fixed: int = 0  # what it brings besides as the first that was paid
    cancelled: bool = False
    returns: int = 0
    points_back: int = 0
    clawed: int = 0

    @property
    def bill(self) -> int:
        return self.sum_of(line[0] for line in self.lines)

    @property
    def cash(self) -> int:
        return sum(line[0] for line in self.lines) - 100 * self.points

    @property
    def stands(self) -> bool:
        return any(self.left)

    def sum_of(self, sums: Iterator[int]) -> int:
        """Of the lines that take part in points."""
        return sum(sum_ for sum_, out in zip(sums, self.outside, strict=True) if not out)

    @property
    def money(self) -> int:
        """What nobody has given back of what was paid."""
        return sum(self.left) - 100 * (self.points - self.points_back)

    @property
    def gathered(self) -> int:
        """Of the reward: what falls to the bill that has not gone back. The fixed sum is whole."""
        back = self.bill - self.sum_of(iter(self.left))
        share = self.reward - floor(self.reward * Fraction(back, self.bill or 1))
        return share + (self.fixed if self.money else 0)

    @property
    def hygiene(self) -> bool:
        return any(category == "hygiene" for _, category, _ in self.lines)


@dataclass
class Wallet:
    debt: int = 0
    cash: int = 0


@dataclass
class Asked:
    """A gift or good will that was asked for."""

    patient: int
    kind: str
    points: int
    at: datetime
    state: str


@dataclass
class Merge:
    """Two records as one: what `gone` brought along."""

    kept: int
    gone: int
    into: int  # wallets
    empty: int
    cash: int
    debt: int
    pairs: list[tuple[Lot, Lot, int]]
    visits: dict[int, int]  # that moved, and how often something of each had gone back
    requests: list[int]
    waiting: list[int]
    parts: list[int]
    undone: bool = False


@dataclass(frozen=True)
class Posting:
    """What came to a patient on a 1st, by the records it was gathered for."""

    patient: int
    at: datetime
    shares: dict[int, int]


@dataclass
class Plain:
    """The clinic as its events leave it. Moments are in UTC; each event's name is its method."""

    lots: list[Lot] = field(default_factory=list)
    wallets: dict[int, Wallet] = field(default_factory=dict)
    whose: dict[int, int] = field(default_factory=dict)  # the wallet of each patient
    part_of: dict[int, int] = field(default_factory=dict)
    visits: dict[int, Visit] = field(default_factory=dict)
    asked: dict[int, Asked] = field(default_factory=dict)
    merges: dict[int, Merge] = field(default_factory=dict)
    versions: list[tuple[datetime, int]] = field(default_factory=list)
    bonds: list[tuple[datetime, int, int]] = field(default_factory=list)  # when, friend, referrer
    postings: list[Posting] = field(default_factory=list)

    # --- what there is

    def of(self, wallet: int) -> list[Lot]:
        """As they are spent: what ends first, then the oldest."""
        return sorted((lot for lot in self.lots if lot.wallet == wallet), key=lambda lot: lot.ends)

    def alive(self, wallet: int, now: datetime) -> list[Lot]:
        return [lot for lot in self.of(wallet) if lot.ends > now]

    def record_of(self, patient: int) -> int:
        """Whom the patient's phone finds."""
        while patient in self.part_of:
            patient = self.part_of[patient]
        return patient

    def numbers(self, day: date) -> Numbers:
        """Those in force as the day ended."""
        return VERSIONS[[n for since, n in self.versions if since < midnight_after(day)][-1]]

    def payable(self, now: datetime, day: date, patient: int, besides: int = 0) -> list[Lot]:
        """What a bill of that day may take: nothing that was earned on it or later."""
        alive = self.alive(self.whose[patient], now)
        return [lot for lot in alive if lot.visit is None or self.visits[lot.visit].day < day]

    def most(self, now: datetime, day: date, patient: int, lines: Sequence[Line]) -> int:
        """How many points the bill takes."""
        return min(
            sum(lot.left for lot in self.payable(now, day, patient)),
            floor(Fraction(sum(_weights(self.numbers(day), lines)), 10_000)),
        )

    def ended(self, patient: int, now: datetime, asked_at: datetime) -> int:
        """What may come back by good will of what ended within a month before it was asked for."""
        since, wallet = asked_at - timedelta(days=LATELY), self.whose[patient]
        family = self._emptied_into(wallet)
        its = [lot for lot in self.lots if lot.wallet in family and since < lot.ends <= now]
        given = self._good_will(wallet, since)
        return max(0, sum(lot.left + lot.unused for lot in its) - given)

    def _emptied_into(self, wallet: int) -> set[int]:
        """It and those whose points it has as long as the records are one: what had ended before
        was theirs too.
        """
        found, emptied = set[int](), {wallet}
        while emptied - found:
            found |= emptied
            standing = [merge for merge in self.merges.values() if not merge.undone]
            emptied = {merge.empty for merge in standing if merge.into in found}
        return found

    def good_will_alone(self, patient: int, now: datetime) -> int:
        """How many of them staff may give back without a manager."""
        this_year = self._good_will(self.whose[patient], now - timedelta(days=365))
        return 0 if this_year else GOOD_WILL_ALONE

    def _good_will(self, wallet: int, since: datetime) -> int:
        return sum(
            one.points
            for one in self.asked.values()
            if (one.kind, one.state) == ("goodwill", "granted")
            and one.at > since
            and self.whose[one.patient] == wallet
        )

    def referrer_of(self, patient: int) -> int | None:
        return self.bond_of(patient)[1]

    def bond_of(self, patient: int) -> tuple[int | None, int | None]:
        """Which of the patient's records was recommended first, by who is somebody else."""
        its = [
            (at, friend, referrer)
            for at, friend, referrer in self.bonds
            if self.record_of(friend) == patient != self.record_of(referrer)
        ]
        return min(its)[1:] if its else (None, None)

    def pays_first(self, patient: int) -> bool:
        """Whether they have paid nothing yet; or what brought the sum has all been given back."""
        brought = [
            visit
            for visit in self.visits.values()
            if visit.fixed and visit.friend and self.record_of(visit.friend) == patient
        ]
        its = brought or [visit for visit in self.visits.values() if visit.patient == patient]
        return not any(visit.money for visit in its)

    def posted_of(self, record: int) -> int:
        return sum(posting.shares.get(record, 0) for posting in self.postings)

    def is_referrer_of(self, record: int, patient: int) -> bool:
        """Whether it was this person, under whatever record of theirs."""
        first = self.referrer_of(patient)
        return first is not None and self.record_of(first) == self.record_of(record)

    def can_recommend(self, referrer: int, friend: int) -> bool:
        """Nobody oneself; and who has been recommended stays so, also by oneself."""
        return self.record_of(referrer) != friend and not any(
            self.record_of(its) == friend and (its == friend or self.record_of(by) != friend)
            for _, its, by in self.bonds
        )

    # --- events

    def recommend(self, now: datetime, referrer: int, friend: int) -> None:
        self.bonds.append((now, friend, referrer))

    def patient(self, number: int, wallet: int) -> None:
        self.whose[number], self.wallets[wallet] = wallet, Wallet()

    def programme(self, now: datetime, version: int) -> None:
        self.versions.append((now, version))

    def visit(
        self,
        now: datetime,
        day: date,
        number: int,
        patient: int,
        lines: Sequence[Line],
        points: int,
        advance: bool,
    ) -> None:
        """`day` is when they came; `points` is what the desk has agreed with them."""
        wallet, numbers = self.wallets[self.whose[patient]], self.numbers(day)
        outside = [said or category in OUTSIDE for _, category, said in lines]
        cashback = floor(_earned(numbers, lines, outside, points, wallet.cash))
        regular = not advance and self._regular(patient, lines, outside, day)
        bonus = numbers.bonus if regular else 0
        spent = _drain(self.payable(now, day, patient), points)
        assert sum(taken for _, taken in spent) == points, "more was spent than there was"
        seven, year = seven_months_after(day), day + timedelta(days=365)
        kindest = seven if {category for _, category, _ in lines} == {"hygiene"} else year
        by_bonus = min(wallet.debt, bonus)
        wallet.debt -= by_bonus
        made = [
            self._accrue(patient, cashback, midnight_after(kindest), visit=number),
            self._accrue(patient, bonus - by_bonus, midnight_after(seven), visit=number),
        ]
        its = Visit(
            patient, day, now, lines, outside, points, cashback + bonus, advance, spent,
            [lot for lot in made if lot], [line[0] for line in lines],
            0, *self.bond_of(patient)[::-1],
        )  # fmt: skip
        its.reward = max(0, its.bill - 100 * points) * numbers.referral // 10_000
        if its.referrer and self.pays_first(patient):
            its.fixed = numbers.fixed
        wallet.cash += its.cash
        self.visits[number] = its

    def _regular(
        self, patient: int, lines: Sequence[Line], outside: Sequence[bool], day: date
    ) -> bool:
        earns = any(
            line[1] == "hygiene" and line[0] > 0 and not out
            for line, out in zip(lines, outside, strict=True)
        )
        came = [
            visit.day
            for visit in self.visits.values()
            if visit.patient == patient and visit.hygiene and not visit.cancelled
            if visit.day <= day and not visit.advance
        ]
        return earns and bool(came) and max(came) < day <= seven_months_after(max(came))

    def cancel(self, now: datetime, number: int) -> None:
        """It was written down by mistake: all goes back, and it is no earlier visit."""
        self.back(now, number, None)
        self.visits[number].cancelled = True

    def back(self, now: datetime, number: int, sums: Sequence[int] | None) -> None:
        """So much of each line, or all that is left. Raises RefusedError."""
        visit = self.visits[number]
        sums = visit.left if sums is None else sums
        left = [had - sum_ for had, sum_ in zip(visit.left, sums, strict=True)]
        bill, total = visit.sum_of(iter(sums)), visit.bill - visit.sum_of(iter(left))
        over = not any(out and sum_ for sum_, out in zip(left, visit.outside, strict=True))
        points = min(_share(visit.points, visit, total, over) - visit.points_back, bill // 100)
        if 100 * (visit.points - visit.points_back - points) > visit.bill - total:
            raise RefusedError("ReturnWholeError")
        wallet = self.whose[visit.patient]
        family = [lot for lot in self.lots if lot.origin in visit.lots]
        ended = sum(lot.unused for lot in family) + sum(
            lot.left for lot in family if lot.ends <= now and lot.wallet == wallet
        )
        due = max(0, _share(visit.earned, visit, total, over) - ended)
        claw = max(0, due - visit.clawed)
        visit.left, visit.returns = left, visit.returns + 1
        visit.points_back += points
        visit.clawed += claw
        self.wallets[wallet].cash -= sum(sums) - 100 * points
        self._move(now, visit, points, claw)

    def ask(self, now: datetime, number: int, patient: int, kind: str, points: int) -> None:
        self.asked[number] = Asked(patient, kind, points, now, "waiting")

    def refuse(self, number: int) -> None:
        self.asked[number].state = "refused"

    def grant(self, now: datetime, number: int) -> None:
        """Gift or good will. Raises RefusedError."""
        one = self.asked[number]
        if one.kind == "goodwill" and one.points > self.ended(one.patient, now, one.at):
            raise RefusedError("NothingEndedError")
        one.state = "granted"
        ends = midnight_after(local(now) + timedelta(days=GOOD_WILL_DAYS))
        self._accrue(one.patient, one.points, ends, request=number)

    def post(self, now: datetime) -> None:
        """What has gathered before the last 1st comes to everybody who had nothing on it."""
        first = local(now).replace(day=1)
        begins = midnight_after(first - timedelta(days=1))
        for patient in self.whose:
            if patient in self.part_of or self._had_posting(patient, begins):
                continue
            shares = self._shares(patient, first, begins)
            if shares:
                ends = midnight_after(first + timedelta(days=REWARD_DAYS))
                self._accrue(patient, sum(shares.values()), ends)
                self.postings.append(Posting(patient, now, shares))

    def _had_posting(self, patient: int, since: datetime) -> bool:
        return any(
            patient in {one.patient, *map(self.record_of, one.shares)}
            for one in self.postings
            if one.at >= since
        )

    def _shares(self, patient: int, first: date, begins: datetime) -> dict[int, int]:
        """Of a single friend only what is four months old, of one's own visits nothing; of each
        record what it has left.
        """
        brought = [
            visit
            for visit in self.visits.values()
            if visit.referrer and self.record_of(visit.referrer) == patient
            if visit.gathered and visit.recorded < begins and visit.patient != patient
        ]
        if len({visit.patient for visit in brought}) == 1:
            brought = [v for v in brought if months_between(v.day, first) >= MONTHS_ALONE]
        left = {
            record: sum(visit.gathered for visit in brought if visit.referrer == record)
            - self.posted_of(record)
            for record in sorted(self.whose)
            if self.record_of(record) == patient
        }
        comes, shares = sum(left.values()), {}
        comes -= comes % STEP
        for record, points in left.items():
            if comes > 0 and points > 0:
                shares[record] = min(points, comes)
                comes -= shares[record]
        return shares

    def sweep(self, now: datetime) -> None:
        for lot in self.lots:
            if lot.ends <= now:
                lot.unused, lot.left = lot.unused + lot.left, 0

    def wait(self, now: datetime, patient: int, needed: datetime, until: datetime) -> None:
        """A visit is booked: what would end before it ends later."""
        for lot in self.alive(self.whose[patient], now):
            soon = lot.ends < needed and until - lot.ends <= LONGEST_WAIT
            if lot.left and soon and not lot.waited:
                lot.ends, lot.waited = until, True

    def merge(self, number: int, one: int, other: int) -> None:
        """The one that was written down first stays: nobody here has an account or a family."""
        kept, gone = sorted((one, other))
        into, empty = self.whose[kept], self.whose[gone]
        had = self.wallets[empty]
        requests = [n for n, asked in self.asked.items() if asked.patient == gone]
        merge = Merge(
            kept, gone, into, empty, had.cash, had.debt,
            pairs=[self._pour(lot, into) for lot in self.of(empty) if lot.left],
            visits={n: v.returns for n, v in self.visits.items() if v.patient == gone},
            requests=requests,
            waiting=[n for n in requests if self.asked[n].state == "waiting"],
            parts=[part for part, of in self.part_of.items() if of == gone],
        )  # fmt: skip
        self.wallets[into].cash += had.cash
        self.wallets[into].debt += had.debt
        had.cash = had.debt = 0
        for patient in (gone, *merge.parts):
            self.part_of[patient], self.whose[patient] = kept, into
        self._carry(merge, kept)
        self.merges[number] = merge

    def part(self, now: datetime, number: int) -> None:
        """The merge is undone. Raises RefusedError."""
        merge = self.merges[number]
        if merge.kept in self.part_of:
            raise RefusedError("MergedFurtherError")
        if any(self.visits[n].returns != returns for n, returns in merge.visits.items()):
            raise RefusedError("CorrectedSinceError")
        self._pour_back(now, merge)
        for part in merge.parts:
            self.part_of[part], self.whose[part] = merge.gone, merge.empty
        del self.part_of[merge.gone]
        self.whose[merge.gone] = merge.empty
        self._carry(merge, merge.gone)
        merge.undone = True

    # --- two records

    def _pour(self, lot: Lot, into: int) -> tuple[Lot, Lot, int]:
        became = Lot(into, lot.ends, lot.left, lot.visit, lot.request, lot.origin)
        became.waited = lot.waited
        self.lots.append(became)
        points, lot.left = lot.left, 0
        return lot, became, points

    def _carry(self, merge: Merge, to: int) -> None:
        for number in merge.visits:
            self.visits[number].patient = to
        for number in merge.requests:
            self.asked[number].patient = to

    def _pour_back(self, now: datetime, merge: Merge) -> None:
        """The other's lots as they were; what its points have paid comes from the kept one's own,
        and what those lack it owes.
        """
        came_since = [lot for lot in self.of(merge.into) if lot.origin.request in merge.waiting]
        poured: list[tuple[Lot | None, Lot, int]] = list(merge.pairs)
        poured += [
            (None, lot, self.asked[lot.origin.request].points)
            for lot in sorted(came_since, key=self.lots.index)
        ]
        others = [became for _, became, _ in poured]
        spent = [0 if lot.ends <= now else points - lot.left for _, lot, points in poured]
        own = [lot for lot in self.alive(merge.into, now) if lot not in others]
        lacks = sum(spent) - sum(taken for _, taken in _drain(own, sum(spent)))
        for (was, became, _), its in zip(poured, spent, strict=True):
            back, became.left = became.left + its, 0
            if was is not None:
                was.left += back
                was.unused, became.unused = was.unused + became.unused, 0
                if became.waited and not was.waited:
                    was.ends, was.waited = became.ends, True
            elif back:
                again = Lot(merge.empty, became.ends, back, None, None, became.origin)
                again.waited = became.waited
                self.lots.append(again)
        into, empty = self.wallets[merge.into], self.wallets[merge.empty]
        paid, owes = max(0, merge.debt - into.debt), max(0, into.debt - merge.debt) + lacks
        if paid > owes:
            soon = midnight_after(local(now) + timedelta(days=RETURNED_DAYS))
            self.lots.append(Lot(merge.into, soon, paid - owes))
        into.debt, empty.debt = max(0, owes - paid), merge.debt
        into.cash, empty.cash = into.cash - merge.cash, merge.cash

    # --- inside

    def _accrue(self, patient: int, points: int, ends: datetime, **of: Any) -> Lot | None:
        wallet = self.wallets[self.whose[patient]]
        settled = min(wallet.debt, points)
        wallet.debt -= settled
        if points == settled:
            return None
        self.lots.append(Lot(self.whose[patient], ends, points - settled, **of))
        return self.lots[-1]

    def _move(self, now: datetime, visit: Visit, points: int, claw: int) -> None:
        """Return, then claw back, then settle debt."""
        number = self.whose[visit.patient]
        soon = midnight_after(local(now) + timedelta(days=RETURNED_DAYS))
        fresh: dict[datetime, Lot] = {}
        for lot, share in self._unspend(visit, points):
            if lot.ends >= soon and lot.wallet == number:
                lot.left += share
            else:
                ends = max(lot.ends, soon)
                fresh.setdefault(ends, Lot(number, ends, 0)).left += share
        self.lots += fresh.values()  # the last of those that end alike
        alive = self.alive(number, now)
        own = [lot for lot in alive if lot.origin in visit.lots]
        reach = [*own, *(lot for lot in alive if lot not in own)]
        wallet = self.wallets[number]
        owed = wallet.debt
        wallet.debt += claw - sum(taken for _, taken in _drain(reach, claw))
        wallet.debt -= sum(taken for _, taken in _drain(reach, min(owed, points)))

    def _unspend(self, visit: Visit, points: int) -> Iterator[tuple[Lot, int]]:
        """The lot spent last comes first."""
        while points:
            lot, taken = visit.spent.pop()
            share = min(points, taken)
            points -= share
            if taken > share:
                visit.spent.append((lot, taken - share))
            yield lot, share


def _drain(lots: list[Lot], points: int) -> list[tuple[Lot, int]]:
    taken = []
    for lot in lots:
        share = min(lot.left, points)
        if share:
            lot.left, points = lot.left - share, points - share
            taken.append((lot, share))
    return taken


def _weights(numbers: Numbers, lines: Sequence[Line]) -> list[int]:
    return [
        0 if said or category in OUTSIDE else numbers.cap_of(category) * sum_
        for sum_, category, said in lines
    ]


def _earned(
    numbers: Numbers, lines: Sequence[Line], outside: Sequence[bool], points: int, paid: int
) -> Fraction:
    """Per cent of what each line was paid in money; points lie on lines by what they accept."""
    weights = _weights(numbers, lines)
    shares = [points * weight // (sum(weights) or 1) for weight in weights]
    shares[weights.index(max(weights))] += points - sum(shares)
    per_line = [
        Fraction(numbers.per_cent(paid, category) * (sum_ - 100 * share), 10_000)
        for (sum_, category, _), share, out in zip(lines, shares, outside, strict=True)
        if not out
    ]
    return max(Fraction(0), sum(per_line, Fraction(0)))


def _share(amount: int, visit: Visit, bill: int, over: bool) -> int:
    """What of it falls to so much of the bill; where nothing was billed, to the last line."""
    if visit.bill == 0:
        return amount if over else 0
    return floor(amount * Fraction(bill, visit.bill))
