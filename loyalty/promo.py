"""Whether the clinic sends advertising at all: off until an owner who has read what it means for
the clinic has said yes (programme: Messages, promo).
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Promo:
    """What holds since `since` by an owner's word (`by`, Telegram's number).

    `marker` is the token of the advertising register (erid). `version` counts the changes.
    """

    on: bool = False
    marker: str | None = None
    by: int | None = None
    since: datetime | None = None
    version: int = 0
