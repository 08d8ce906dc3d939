"""Finding a patient at the desk."""

from collections.abc import Sequence

from loyalty.desk import codes
from loyalty.desk.codes import NoSuchCodeError
from loyalty.errors import Refusal
from loyalty.line import words
from loyalty.line.alone import who_alone
from loyalty.line.line import looks_like_a_line
from loyalty.people import Patient
from loyalty.ports import Transaction
from loyalty.team import Member

SHOWN = 8
SHORTEST, LONGEST = 2, 40  # letters of a word
WORDS = 4  # nobody is called by more


class NobodyFoundError(Refusal):
    """No record goes by these words; others may be tried."""

    text = "refusal-nobody-found"


def by_name(tx: Transaction, name: str) -> Sequence[Patient]:
    """Up to nine whose names begin so: the ninth says that there are more than are shown."""
    typed = [word for word in name.split() if SHORTEST <= len(word) <= LONGEST]
    asked = [words.spellings(word) for word in typed[:WORDS]]
    return tx.people.patients_by_name(asked, SHOWN + 1) if asked else ()


def by_digits(tx: Transaction, by: Member, digits: str, limit: int) -> Sequence[Patient]:
    """Whom a code or the end of a phone means; nobody, where it is the training patient's.

    A code is looked at, not claimed: it still opens its visit.
    Raises CodeLockedError, NoSuchCodeError (the miss is counted by `codes.note_miss`).
    """
    if digits == codes.TRAINING:
        return ()
    codes.check_unlocked(tx, by)
    code = tx.desk.code(digits)
    if code is not None and codes.is_shown(tx, code):
        return [codes.patient_of(tx, code)]
    if found := tx.people.patients_by_phone_end(digits, limit):
        return found
    raise NoSuchCodeError


def by_anything(tx: Transaction, by: Member, typed: str) -> Sequence[Patient]:
    """Whom a code, a phone or a name means, up to nine.

    Raises NotAPersonError, CodeLockedError, NoSuchCodeError.
    """
    if not looks_like_a_line(typed):
        return by_name(tx, typed)
    who = who_alone(typed)
    if who.phone is not None:
        return tx.people.patients_with_phone(who.phone)[: SHOWN + 1]
    return by_digits(tx, by, who.code or "", SHOWN + 1)
