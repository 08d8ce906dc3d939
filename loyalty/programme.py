"""The numbers of the programme. They are defaults an owner may change; the rules are not.

Rates are basis points (30 % = 3000), money is kopecks, points are whole (programme: Counting).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from loyalty.categories import Category
from loyalty.dates import end_after, months_later
from loyalty.recalls import Interval

ByCategory = tuple[tuple[Category, int], ...]  # only the categories that have a number of their own


@dataclass(frozen=True, slots=True)
class Tier:
    """A step of loyalty: `name` is the key of its word, `threshold` the cash paid to reach it."""

    name: str
    rate: int
    threshold: int


@dataclass(frozen=True, slots=True)
class Programme:
    """One version of the numbers. A visit is counted by the version in force on its day."""

    welcome: int = 1000
    welcome_months: int = 7

    tiers: tuple[Tier, ...] = (
        Tier("standard", 500, 0),
        Tier("silver", 1000, 100_000_00),
        Tier("gold", 1500, 300_000_00),
    )
    rates: ByCategory = ()
    cap: int = 3000
    caps: ByCategory = ()
    excluded: tuple[Category, ...] = ()
    max_giveaway: int = 2500

    cashback_days: int = 365
    cashback_months: ByCategory = ((Category.HYGIENE, 7),)

    referral: int = 500
    friend_fixed: int = 0
    reward_days: int = 365
    friend_gift: int = 500
    friend_gift_months: int = 7
    friends_a_day: int = 5
    staff_referral: int = 0

    birthday: int = 500
    birthday_lead_days: int = 3
    birthday_days: int = 30

    regular: int = 300
    regular_within_months: int = 7
    regular_months: int = 7

    good_will: int = 500
    good_will_ended_days: int = 30
    good_will_days: int = 30

    gift_wallet: int = 500
    gift_wallet_days: int = 30
    gift_branch: int = 2000

    signature: int = 3000
    returned: int = 5_000_00
    returned_days: int = 14
    returned_lot_days: int = 14

    notice_first_days: int = 30
    notice_last_days: int = 10
    notice_points: int = 100

    recall_months: ByCategory = (
        (Category.HYGIENE, 6),
        (Category.IMPLANTS, 6),
        (Category.PROSTHETICS, 6),
        (Category.CHILDREN, 4),
    )
    recall_days: ByCategory = ((Category.SURGERY, 7),)

    appointment_minutes: int = 30

    @property
    def hygiene_months(self) -> int:
        """How long hygiene's cashback lives, 0 where it lives as long as any other."""
        return own(self.cashback_months, Category.HYGIENE) or 0

    def tier(self, cash_paid: int) -> Tier:
        """The tier that this much cash (kopecks, lifetime) has reached."""
        return [tier for tier in self.tiers if tier.threshold <= cash_paid][-1]

    def next_tier(self, cash_paid: int) -> Tier | None:
        """The tier still ahead, or None at the top."""
        return next((tier for tier in self.tiers if tier.threshold > cash_paid), None)

    def rate(self, cash_paid: int, category: Category | None = None) -> int:
        """What a line earns: its category's own rate, else that of the tier reached."""
        rate = own(self.rates, category)
        return self.tier(cash_paid).rate if rate is None else rate

    def cap_for(self, category: Category | None) -> int:
        """The share of a line that points may pay."""
        cap = own(self.caps, category)
        return self.cap if cap is None else cap

    def is_excluded(self, category: Category | None) -> bool:
        """Whether a line of this category neither earns nor accepts points."""
        return category in self.excluded

    def cashback_ends(
        self, day: date, categories: Iterable[Category | None], zone: ZoneInfo
    ) -> datetime:
        """The exclusive end of a visit's lot: the kindest validity of the visit's categories."""
        last_days = [self._last_day(day, category) for category in categories]
        return end_after(max(last_days, default=self._last_day(day, None)), zone)

    def _last_day(self, day: date, category: Category | None) -> date:
        months = own(self.cashback_months, category)
        return day + timedelta(self.cashback_days) if months is None else months_later(day, months)

    def is_regular(self, last: date, day: date) -> bool:
        """Whether hygiene on this day comes in time after the last one, of an earlier day."""
        return last < day <= months_later(last, self.regular_within_months)

    def regular_ends(self, day: date, zone: ZoneInfo) -> datetime:
        """The exclusive end of the bonus of a regular visit on this day."""
        return end_after(months_later(day, self.regular_months), zone)

    def recall_for(self, category: Category | None) -> Interval | None:
        """When to come again after this, or None where nobody need be called."""
        months, days = own(self.recall_months, category), own(self.recall_days, category)
        return Interval(months or 0, days or 0) if months or days else None


DEFAULTS = Programme()


@dataclass(frozen=True, slots=True)
class Version:
    """The numbers as somebody (`by`, Telegram's number) has set them. The first is number 1."""

    number: int
    programme: Programme
    by: int
    since: datetime


def own(numbers: ByCategory, category: Category | None) -> int | None:
    """The category's own number, or None where the general one holds."""
    return next((number for of, number in numbers if of is category), None)


def to_stored(programme: Programme) -> dict[str, Any]:
    """The version as it is kept: plain JSON."""
    stored = asdict(programme)
    return stored | {name: dict(stored[name]) for name in _BY_CATEGORY}


def from_stored(stored: Mapping[str, Any]) -> Programme:
    """The version as it was kept. It may be years old: what it lacks has today's default,
    and what no longer exists is passed over.
    """
    known = [field.name for field in fields(Programme) if field.name in stored]
    return Programme(**{name: _READ.get(name, int)(stored[name]) for name in known})


def _categories(kept: Iterable[str]) -> tuple[Category, ...]:
    return tuple(category for category in Category if category in kept)


def _numbers(kept: Mapping[str, int]) -> ByCategory:
    return tuple((category, int(kept[category])) for category in _categories(kept))


def _tiers(kept: Iterable[Mapping[str, Any]]) -> tuple[Tier, ...]:
    return tuple(Tier(tier["name"], tier["rate"], tier["threshold"]) for tier in kept)


_BY_CATEGORY = ("rates", "caps", "cashback_months", "recall_months", "recall_days")
_READ: dict[str, Callable[[Any], Any]] = {
    "tiers": _tiers,
    "excluded": _categories,
    **dict.fromkeys(_BY_CATEGORY, _numbers),
}
