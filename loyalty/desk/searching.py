"""Finding a patient at the desk."""

from collections.abc import Sequence

from loyalty.line import words
from loyalty.people import Patient
from loyalty.ports import Transaction

SHOWN = 8
SHORTEST, LONGEST = 2, 40  # letters of a word
WORDS = 4  # nobody is called by more


def by_name(tx: Transaction, name: str) -> Sequence[Patient]:
    """Up to nine whose names begin so: the ninth says that there are more than are shown."""
    typed = [word for word in name.split() if SHORTEST <= len(word) <= LONGEST]
    asked = [words.spellings(word) for word in typed[:WORDS]]
    return tx.people.patients_by_name(asked, SHOWN + 1) if asked else ()
