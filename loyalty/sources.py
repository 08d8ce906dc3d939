"""Where people come from: links of the stand at the desk, a room, the site, a map (`s_…`).

The first such link of an account wins; one that leads from nowhere counts as none.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from loyalty.people import Account
from loyalty.ports import Transaction
from loyalty.registration import open_account

LINK = "s_"

_PAYLOAD = re.compile(r"s_([a-z]+)(?:_([1-9]\d{0,17}))?", re.ASCII)


class Place(StrEnum):
    """Where a link stands to be seen."""

    DESK = "desk"
    ROOM = "room"
    SITE = "site"
    MAP = "map"


@dataclass(frozen=True, slots=True)
class Source:
    """`branch` is its number, where the clinic has several and the place is one branch's."""

    place: Place
    branch: int | None = None

    @property
    def payload(self) -> str:
        return f"{LINK}{self.place}" + (f"_{self.branch}" if self.branch else "")


@dataclass(frozen=True, slots=True)
class Came:
    """Who pressed a source's link first of all and before having points: all, and the registered.

    Counted of those who are in the bot now: an erased person has come from nowhere.
    """

    opened: int
    registered: int


def source_of(payload: str) -> Source | None:
    """None: the payload is of another kind, or of no place there is."""
    found = _PAYLOAD.fullmatch(payload)
    if found is None or found[1] not in set(Place):
        return None
    return Source(Place(found[1]), int(found[2]) if found[2] else None)


def arrive(tx: Transaction, telegram: int, payload: str) -> Account | None:
    """Remember a link at its first press; a source that is none is a plain start."""
    if payload.startswith(LINK) and not _is_known(tx, source_of(payload)):
        return tx.people.account_of(telegram)
    return open_account(tx, telegram, payload)


def _is_known(tx: Transaction, source: Source | None) -> bool:
    if source is None:
        return False
    return source.branch is None or source.branch in {one.id for one in tx.branches.branches()}


def came(tx: Transaction) -> Mapping[Source, Came]:
    """Of every source by which anybody came, in the order of places and branches."""
    counted = ((source_of(payload), Came(*counts)) for payload, *counts in tx.arrivals.by_source())
    found = {source: counts for source, counts in counted if source is not None}
    return dict(sorted(found.items(), key=_order))


def _order(one: tuple[Source, Came]) -> tuple[int, int]:
    return list(Place).index(one[0].place), one[0].branch or 0
