"""Finding a patient at the desk."""

from collections.abc import Sequence

from loyalty.line import words
from loyalty.people import Patient
from loyalty.ports import Transaction

SHOWN = 8
SHORTEST = 2


def by_name(tx: Transaction, name: str) -> Sequence[Patient]:
    """Up to nine whose names begin so: the ninth says that there are more than are shown."""
    asked = [words.spellings(word) for word in name.split() if len(word) >= SHORTEST]
    return tx.people.patients_by_name(asked, SHOWN + 1) if asked else ()
