"""The digital business card (визитка) and the invitation: links with a patient behind them.

A code is random, 72 bits, and stays the patient's for ever: what is printed or sent once leads on
(contract: deep links). Of two records that became one each keeps its own.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from loyalty.errors import Refusal


class LinkKind(StrEnum):
    """By the letter that a deep link's payload begins with."""

    CARD = "r_"
    INVITATION = "i_"


@dataclass(frozen=True, slots=True)
class Link:
    code: str
    patient: int
    made_at: datetime


class Colour(StrEnum):
    """What a clinic's cards are inked in."""

    TEAL = "teal"
    BLUE = "blue"
    VIOLET = "violet"
    ROSE = "rose"
    CORAL = "coral"
    AMBER = "amber"
    GREEN = "green"
    GRAPHITE = "graphite"


@dataclass(frozen=True, slots=True)
class Style:
    """How the clinic's cards look; `logo` is the mark of the picture that is kept, if any is."""

    colour: Colour = Colour.TEAL
    logo: str | None = None


class NotAPictureError(Refusal):
    """What came as a logo can't be drawn."""

    text = "refusal-not-a-picture"


class PictureTooLargeError(Refusal):
    """What came as a logo has more pixels than it needs, and than the bot has memory for."""

    text = "refusal-picture-too-large"


class CardWaitsError(Refusal):
    """The phone came with a new Telegram: until the desk has seen the person nobody recommends."""

    text = "refusal-card-waits"
