"""The digital business card (визитка) and the invitation: links with a patient behind them.

A code is random, 72 bits, and stays the patient's for ever: what is printed or sent once leads on
(contract: deep links). Of two records that became one each keeps its own.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LinkKind(StrEnum):
    """By the letter that a deep link's payload begins with."""

    CARD = "r_"
    INVITATION = "i_"


@dataclass(frozen=True, slots=True)
class Link:
    code: str
    patient: int
    made_at: datetime
