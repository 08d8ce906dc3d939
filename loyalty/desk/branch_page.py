"""What patients read of a branch, in the hands of who decides there."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from loyalty import reviews
from loyalty.branches import Branch
from loyalty.desk import connecting
from loyalty.desk.access import Decider, run_branch
from loyalty.errors import Refusal
from loyalty.ports import Transaction


class Field(StrEnum):
    """A part of the page that is typed."""

    ADDRESS = "address"
    DIRECTIONS = "directions"
    PHONE = "phone"
    HOURS = "hours"
    REVIEWS = "reviews"


class NotOpenError(Refusal):
    """The branch has no staff chat any more: patients don't see it."""

    text = "refusal-branch-closed"


def shown(tx: Transaction) -> Sequence[Branch]:
    """The branches that patients see: those with a staff chat."""
    return [branch for branch in tx.branches.branches() if branch.chat is not None]


def shown_one(tx: Transaction, branch: int) -> Branch:
    """Raises NotOpenError: it was closed meanwhile, or never was."""
    found = next((one for one in shown(tx) if one.id == branch), None)
    if found is None:
        raise NotOpenError
    return found


# --- changing --------------------------------------------------------------------------------

# An owner may, and a manager at their branch (programme.md, manager): each raises
# ManagerOnlyError.


def write(tx: Transaction, by: Decider, branch: int, field: Field, words: str) -> Branch:
    """The typed words become this part of the page; links are added to those that are there.

    Raises what `connecting`'s setters raise, NotALinkError, TooManyLinksError.
    """
    _held(tx, by, branch)
    return _WRITE[field](tx, branch, words)


def clear(tx: Transaction, by: Decider, branch: int, field: Field) -> Branch:
    """The address or the way there goes; nothing else of the page may be missing."""
    kept = _held(tx, by, branch)
    match field:
        case Field.ADDRESS:
            return _save(tx, replace(kept, address=None))
        case Field.DIRECTIONS:
            return _save(tx, replace(kept, directions=None))
    return kept


def drop_reviews(tx: Transaction, by: Decider, branch: int, links: Collection[str]) -> Branch:
    kept = _held(tx, by, branch)
    left = tuple(link for link in kept.reviews if link not in links)
    return _save(tx, replace(kept, reviews=left))


def set_day_off(tx: Transaction, by: Decider, branch: int, day: int, off: bool) -> Branch:
    _held(tx, by, branch)
    return connecting.set_day_off(tx, branch, day, off)


def _held(tx: Transaction, by: Decider, branch: int) -> Branch:
    """Two who write different parts at once overwrite nothing: a branch is kept as a whole."""
    run_branch(tx, by, branch)
    return tx.branches.hold(branch)


def _add_reviews(tx: Transaction, branch: int, words: str) -> Branch:
    kept = tx.branches.branch(branch)
    return _save(tx, replace(kept, reviews=reviews.added(kept.reviews, words)))


def _save(tx: Transaction, branch: Branch) -> Branch:
    tx.branches.save_branch(branch)
    return branch


_WRITE: Mapping[Field, Callable[[Transaction, int, str], Branch]] = {
    Field.ADDRESS: connecting.set_address,
    Field.DIRECTIONS: connecting.set_directions,
    Field.PHONE: connecting.set_phone,
    Field.HOURS: connecting.set_hours,
    Field.REVIEWS: _add_reviews,
}
