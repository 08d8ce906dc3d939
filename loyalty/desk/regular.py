"""The bonus of a patient who is back for hygiene in time (programme: regular visits)."""

from loyalty.categories import Category
from loyalty.counting import Part, is_outside
from loyalty.ports import Transaction
from loyalty.programme import Programme
from loyalty.visits import Draft, VisitKind


def bonus(tx: Transaction, draft: Draft, programme: Programme) -> int:
    """The points; nought for no hygiene that is paid for and earns, for the first one, for one too
    late, for a day's second.

    A visit that the draft corrects is no earlier one.
    """
    if draft.patient is None or draft.kind is VisitKind.ADVANCE or not _hygiene(draft, programme):
        return 0
    last = tx.desk.last_of(draft.patient, Category.HYGIENE, draft.day, besides=draft.corrects)
    return programme.regular if last and programme.is_regular(last, draft.day) else 0


def _hygiene(draft: Draft, programme: Programme) -> bool:
    parts = (Part(part.sum, part.category, part.excluded) for part in draft.parts)
    return any(
        part.category is Category.HYGIENE and part.sum > 0 and not is_outside(programme, part)
        for part in parts
    )
