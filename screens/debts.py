"""What a wallet owes, in the same words wherever it is said: to the patient and at the desk."""

from loyalty.visits import Visit
from screens.formats import whole
from screens.texts import Texts


def owed(texts: Texts, debt: int) -> list[str]:
    """The line that says so; none where nothing is owed."""
    return [texts("debt", points=debt, shown=whole(debt, texts))] if debt else []


def of_operation(texts: Texts, debt: int) -> list[str]:
    """How much of an operation was left as debt; below nothing, how much of it debt took."""
    if debt > 0:
        return [texts("history-owed", shown=whole(debt, texts))]
    return [texts("history-settled", shown=whole(-debt, texts))] if debt else []


def closed(visit: Visit, debt: int, *, latest: bool) -> bool:
    """Whether it was this visit that left no debt: something of what it earned was over, or nothing
    has happened since.
    """
    return bool(visit.settled) and not debt and (visit.settled < visit.earned or latest)
