"""A merge: two records of one person that have become one (programme: merge)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from loyalty.people import SpendingOff
from loyalty.points import Lot
from loyalty.requests import RequestKind


@dataclass(frozen=True, slots=True)
class Merge:
    """`gone` has become part of `kept`, and its wallet's points lie in the other one.

    `cash` (kopecks) and `debt` (points) came along; `…_off` is how each wallet took spending
    before; `filled` names what the kept record lacked and has from the other.
    """

    request: int
    kept: int
    gone: int
    kept_wallet: int
    gone_wallet: int
    cash: int
    debt: int
    kept_off: SpendingOff | None
    gone_off: SpendingOff | None
    filled: Sequence[str]
    at: datetime
    undone_at: datetime | None = None

    @property
    def pours(self) -> bool:
        """Whether there were two wallets; a family's one stays as it was."""
        return self.kept_wallet != self.gone_wallet


@dataclass(frozen=True, slots=True)
class GivenSince:
    """What waited for the record that had gone, and was granted `at` a moment since.

    Of its `points` the `lot` of the kept wallet has what is left; `settled` of them went into
    debt. No lot: all of them did, or what was left has ended.
    """

    lot: Lot | None
    points: int
    settled: int
    kind: RequestKind
    branch: int
    at: datetime
