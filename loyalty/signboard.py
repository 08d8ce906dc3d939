"""What stands on the clinic's door."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Signboard:
    """`legal` is the legal entity with its ИНН; `phone` is shown as the clinic writes it."""

    name: str
    legal: str
    phone: str
    zone: ZoneInfo
