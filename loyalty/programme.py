"""The numbers of the programme. They are defaults an owner may change; the rules are not.

Rates are basis points (30 % = 3000), money is kopecks, points are whole (programme: Counting).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tier:
    """A step of loyalty: `name` is the key of its word, `threshold` the cash paid to reach it."""

    name: str
    rate: int
    threshold: int


@dataclass(frozen=True, slots=True)
class Programme:
    welcome: int = 1000
    welcome_months: int = 7
    tiers: tuple[Tier, ...] = (
        Tier("standard", 500, 0),
        Tier("silver", 1000, 100_000_00),
        Tier("gold", 1500, 300_000_00),
    )
    cap: int = 3000
    cashback_days: int = 365
    hygiene_months: int = 7
    birthday: int = 500

    def tier(self, cash_paid: int) -> Tier:
        """The tier that this much cash (kopecks, lifetime) has reached."""
        return [tier for tier in self.tiers if tier.threshold <= cash_paid][-1]

    def next_tier(self, cash_paid: int) -> Tier | None:
        """The tier still ahead, or None at the top."""
        return next((tier for tier in self.tiers if tier.threshold > cash_paid), None)


DEFAULTS = Programme()
