"""What an owner sees and changes of the programme, number by number, and what is refused.

The words of a number are the texts `number-<text>` and `number-<text>-about`, those of its
group `number-group-<group>`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

from loyalty.categories import Category
from loyalty.errors import Refusal
from loyalty.programme import DEFAULTS, ByCategory, Programme, from_stored, own, to_stored

_WHOLE = 10_000  # basis points


class Unit(StrEnum):
    """What a number counts. Percents are kept in basis points, roubles in kopecks."""

    PERCENT = "percent"
    POINTS = "points"
    RUBLES = "rubles"
    DAYS = "days"
    MONTHS = "months"
    MINUTES = "minutes"
    PEOPLE = "people"
    SWITCH = "switch"  # 1 or 0

    @property
    def scale(self) -> int:
        """How many of what is kept make one of what is typed."""
        return 100 if self in {Unit.PERCENT, Unit.RUBLES} else 1


class Group(StrEnum):
    """The shelves on which an owner finds the numbers, in their order."""

    WELCOME = "welcome"
    TIERS = "tiers"
    RATES = "rates"
    SPENDING = "spending"
    CAPS = "caps"
    EXCLUDED = "excluded"
    VALIDITY = "validity"
    FRIENDS = "friends"
    BIRTHDAY = "birthday"
    REGULAR = "regular"
    GOOD_WILL = "good-will"
    GIFTS = "gifts"
    DESK = "desk"
    NOTICES = "notices"
    RECALLS = "recalls"
    APPOINTMENTS = "appointments"


class UnknownNumberError(Refusal):
    """The button is older than the list of numbers."""

    text = "refusal-number-unknown"


class NotAPercentError(Refusal):
    text = "refusal-number-percent"


class NotWholePointsError(Refusal):
    text = "refusal-number-points"


class NotRublesError(Refusal):
    text = "refusal-number-rubles"


class NotDaysError(Refusal):
    text = "refusal-number-days"


class NotMonthsError(Refusal):
    text = "refusal-number-months"


class NotMinutesError(Refusal):
    text = "refusal-number-minutes"


class NotPeopleError(Refusal):
    text = "refusal-number-people"


class NotASwitchError(Refusal):
    text = "refusal-number-switch"


class GiveawayError(Refusal):
    """The programme could give away `given` percent of the cash, above the `limit`."""

    text = "refusal-giveaway"


class TiersError(Refusal):
    """A tier begins no later than the one below it, or earns less."""

    text = "refusal-tiers"


class NoticesError(Refusal):
    """The last notice would come before the first."""

    text = "refusal-notices"


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the programme, kept between `lowest` and `highest`."""

    key: str
    unit: Unit
    lowest: int
    highest: int
    group: Group
    field: str

    @property
    def text(self) -> str:
        """What its words are found by; those of a category share theirs."""
        return self.key

    @property
    def category(self) -> Category | None:
        return None

    @property
    def optional(self) -> bool:
        """Whether it may be absent: then the general number holds, or none."""
        return False

    def read(self, programme: Programme) -> int | None:
        number: int = getattr(programme, self.field)
        return number

    def write(self, stored: dict[str, Any], value: int | None) -> None:
        stored[self.field] = value


@dataclass(frozen=True, slots=True)
class OfTier(Number):
    tier: str

    def read(self, programme: Programme) -> int | None:
        return next((getattr(t, self.field) for t in programme.tiers if t.name == self.tier), None)

    def write(self, stored: dict[str, Any], value: int | None) -> None:
        for tier in stored["tiers"]:
            if tier["name"] == self.tier:
                tier[self.field] = value


@dataclass(frozen=True, slots=True)
class OfCategory(Number):
    of: Category

    @property
    def text(self) -> str:
        return f"{self.key.removesuffix(self.of)}category"

    @property
    def category(self) -> Category | None:
        return self.of

    @property
    def optional(self) -> bool:
        return True

    def read(self, programme: Programme) -> int | None:
        return own(getattr(programme, self.field), self.of)

    def write(self, stored: dict[str, Any], value: int | None) -> None:
        stored[self.field].pop(self.of, None)
        if value is not None:
            stored[self.field][self.of] = value


@dataclass(frozen=True, slots=True)
class Exclusion(OfCategory):
    """Whether a category neither earns nor accepts points."""

    @property
    def optional(self) -> bool:
        return False

    def read(self, programme: Programme) -> int | None:
        return int(programme.is_excluded(self.of))

    def write(self, stored: dict[str, Any], value: int | None) -> None:
        others = [category for category in stored["excluded"] if category != self.of]
        stored["excluded"] = [*others, self.of] if value else others


def number(key: str) -> Number:
    """The number of this key.

    Raises UnknownNumberError: if there is none any more.
    """
    if key not in _BY_KEY:
        raise UnknownNumberError
    return _BY_KEY[key]


def value(programme: Programme, key: str) -> int | None:
    """The number as it stands, None where an optional one is absent."""
    return number(key).read(programme)


def changed(programme: Programme, key: str, value: int | None) -> Programme:
    """The next version of the programme; None takes a category's own number away.

    Raises Refusal: if the number is out of its range, or the programme can't be so (`check`).
    """
    one = number(key)
    _check_range(one, value)
    stored = to_stored(programme)
    one.write(stored, value)
    version = from_stored(stored)
    check(version)
    return version


def parse(key: str, typed: str) -> int:
    """A number as people type it: `7,5`, `7.5 %`, `1 500`, `100 000 ₽`.

    Raises Refusal: with the unit and the range, if it can't be read with certainty or is
    outside the range.
    """
    one = number(key)
    value = _read(one.unit, typed)
    if value is None:
        raise _wrong(one)
    _check_range(one, value)
    return value


_TYPED = re.compile(r"([0-9]{1,3}(?: [0-9]{3})+|[0-9]{1,12})(?:[.,]([0-9]{1,2}))? ?([^0-9 ]?)")
_SIGNS = {Unit.PERCENT: "%", Unit.RUBLES: chr(0x20BD)}  # the rouble sign


def _read(unit: Unit, typed: str) -> int | None:
    found = _TYPED.fullmatch(" ".join(typed.split()))
    if not found:
        return None
    whole, hundredths, sign = found[1].replace(" ", ""), found[2] or "", found[3]
    if sign not in {"", _SIGNS.get(unit)} or (hundredths and unit.scale == 1):
        return None
    return int(whole) * unit.scale + int(hundredths.ljust(2, "0"))


def check(programme: Programme) -> None:
    """Whether the clinic may live by these numbers.

    Raises Refusal: saying which rule is broken.
    """
    for one in NUMBERS:
        _check_range(one, one.read(programme))
    _check_tiers(programme)
    if programme.notice_last_days >= programme.notice_first_days:
        raise NoticesError
    _check_giveaway(programme)


def _check_range(one: Number, value: int | None) -> None:
    if value is None and one.optional:
        return
    if value is None or not one.lowest <= value <= one.highest:
        raise _wrong(one)


def _wrong(one: Number) -> Refusal:
    lowest, highest = one.lowest // one.unit.scale, one.highest // one.unit.scale
    match one.unit:
        case Unit.PERCENT:
            return NotAPercentError(lowest=lowest, highest=highest)
        case Unit.POINTS:
            return NotWholePointsError(lowest=lowest, highest=highest)
        case Unit.RUBLES:
            return NotRublesError(lowest=lowest, highest=highest)
        case Unit.DAYS:
            return NotDaysError(lowest=lowest, highest=highest)
        case Unit.MONTHS:
            return NotMonthsError(lowest=lowest, highest=highest)
        case Unit.MINUTES:
            return NotMinutesError(lowest=lowest, highest=highest)
        case Unit.PEOPLE:
            return NotPeopleError(lowest=lowest, highest=highest)
        case Unit.SWITCH:
            return NotASwitchError()


def _check_tiers(programme: Programme) -> None:
    tiers = programme.tiers
    ascending = all(
        low.threshold < high.threshold and low.rate <= high.rate for low, high in pairwise(tiers)
    )
    if not tiers or tiers[0].threshold or not ascending:
        raise TiersError


def _check_giveaway(programme: Programme) -> None:
    """min(highest rate + referral, cap ÷ (1 − cap)) may not exceed the limit.

    A patient gets no more than is earned, and can use no more than the cap lets through.
    """
    limit = programme.max_giveaway
    rates = [tier.rate for tier in programme.tiers] + _numbers(programme.rates)
    given = max(rates) + programme.referral
    cap = max([programme.cap, *_numbers(programme.caps)])
    if given > limit and cap * _WHOLE > limit * (_WHOLE - cap):
        usable = -(-cap * _WHOLE // (_WHOLE - cap))
        raise GiveawayError(given=_percents(min(given, usable)), limit=_percents(limit))


def _numbers(by_category: ByCategory) -> list[int]:
    return [number for _, number in by_category]


def _percents(basis_points: int) -> str:
    """`25`, `25.5`."""
    whole, hundredths = divmod(basis_points, 100)
    return f"{whole}.{hundredths:02}".rstrip("0").rstrip(".") if hundredths else str(whole)


def _one(group: Group, unit: Unit, field: str, lowest: int, highest: int) -> Number:
    scale = unit.scale
    return Number(field.replace("_", "-"), unit, lowest * scale, highest * scale, group, field)


def _thresholds(lowest: int, highest: int) -> Iterator[Number]:
    unit = Unit.RUBLES
    low, high = lowest * unit.scale, highest * unit.scale
    for tier in DEFAULTS.tiers[1:]:  # the first begins from nothing
        key = f"threshold-{tier.name}"
        yield OfTier(key, unit, low, high, Group.TIERS, "threshold", tier.name)


def _rates(lowest: int, highest: int) -> Iterator[Number]:
    unit = Unit.PERCENT
    low, high = lowest * unit.scale, highest * unit.scale
    for tier in DEFAULTS.tiers:
        yield OfTier(f"rate-{tier.name}", unit, low, high, Group.TIERS, "rate", tier.name)


def _own(
    group: Group,
    unit: Unit,
    stem: str,
    field: str,
    lowest: int,
    highest: int,
    of: Iterable[Category] = Category,
) -> Iterator[Number]:
    low, high = lowest * unit.scale, highest * unit.scale
    for category in of:
        yield OfCategory(f"{stem}-{category}", unit, low, high, group, field, category)


def _exclusions() -> Iterator[Number]:
    group, field = Group.EXCLUDED, "excluded"
    for category in Category:
        yield Exclusion(f"excluded-{category}", Unit.SWITCH, 0, 1, group, field, category)


# After these one comes again in days, after all else in months.
_IN_DAYS = (Category.SURGERY,)
_IN_MONTHS = tuple(category for category in Category if category not in _IN_DAYS)

NUMBERS: tuple[Number, ...] = (
    _one(Group.WELCOME, Unit.POINTS, "welcome", 0, 10_000),
    _one(Group.WELCOME, Unit.MONTHS, "welcome_months", 1, 60),
    *_rates(0, 50),
    *_thresholds(1, 10_000_000),
    *_own(Group.RATES, Unit.PERCENT, "rate", "rates", 0, 50),
    _one(Group.SPENDING, Unit.PERCENT, "cap", 0, 99),  # at 100 % nothing is left to pay
    _one(Group.SPENDING, Unit.PERCENT, "max_giveaway", 1, 50),
    *_own(Group.CAPS, Unit.PERCENT, "cap", "caps", 0, 99),
    *_exclusions(),
    _one(Group.VALIDITY, Unit.DAYS, "cashback_days", 30, 1825),
    *_own(Group.VALIDITY, Unit.MONTHS, "months", "cashback_months", 1, 60),
    _one(Group.FRIENDS, Unit.PERCENT, "referral", 0, 50),
    _one(Group.FRIENDS, Unit.POINTS, "friend_fixed", 0, 10_000),
    _one(Group.FRIENDS, Unit.DAYS, "reward_days", 30, 1825),
    _one(Group.FRIENDS, Unit.POINTS, "friend_gift", 0, 10_000),
    _one(Group.FRIENDS, Unit.MONTHS, "friend_gift_months", 1, 60),
    _one(Group.FRIENDS, Unit.PEOPLE, "friends_a_day", 1, 1000),
    _one(Group.FRIENDS, Unit.SWITCH, "staff_referral", 0, 1),
    _one(Group.BIRTHDAY, Unit.POINTS, "birthday", 0, 10_000),
    _one(Group.BIRTHDAY, Unit.DAYS, "birthday_lead_days", 0, 30),
    _one(Group.BIRTHDAY, Unit.DAYS, "birthday_days", 7, 365),
    _one(Group.REGULAR, Unit.POINTS, "regular", 0, 10_000),
    _one(Group.REGULAR, Unit.MONTHS, "regular_within_months", 1, 24),
    _one(Group.REGULAR, Unit.MONTHS, "regular_months", 1, 60),
    _one(Group.GOOD_WILL, Unit.POINTS, "good_will", 0, 10_000),
    _one(Group.GOOD_WILL, Unit.DAYS, "good_will_ended_days", 1, 365),
    _one(Group.GOOD_WILL, Unit.DAYS, "good_will_days", 1, 365),
    _one(Group.GIFTS, Unit.POINTS, "gift_wallet", 0, 100_000),
    _one(Group.GIFTS, Unit.DAYS, "gift_wallet_days", 1, 365),
    _one(Group.GIFTS, Unit.POINTS, "gift_branch", 0, 1_000_000),
    _one(Group.DESK, Unit.POINTS, "signature", 0, 100_000),
    _one(Group.DESK, Unit.RUBLES, "returned", 0, 1_000_000),
    _one(Group.DESK, Unit.DAYS, "returned_days", 1, 365),
    _one(Group.DESK, Unit.DAYS, "returned_lot_days", 1, 365),
    _one(Group.NOTICES, Unit.DAYS, "notice_first_days", 2, 90),
    _one(Group.NOTICES, Unit.DAYS, "notice_last_days", 1, 60),
    _one(Group.NOTICES, Unit.POINTS, "notice_points", 1, 10_000),
    *_own(Group.RECALLS, Unit.MONTHS, "recall", "recall_months", 1, 36, _IN_MONTHS),
    *_own(Group.RECALLS, Unit.DAYS, "recall", "recall_days", 1, 365, _IN_DAYS),
    _one(Group.APPOINTMENTS, Unit.MINUTES, "appointment_minutes", 5, 480),
)
_BY_KEY = {number.key: number for number in NUMBERS}
