"""Taking a case, passing it on, solving it. A second press of the same changes nothing."""

from dataclasses import replace

from loyalty.cases.changing import keep
from loyalty.cases.recipients import (
    NotTheirCaseError,
    Owners,
    acts_as_owner,
    check_handles,
    colleagues,
)
from loyalty.desk.access import Decider
from loyalty.errors import Refusal
from loyalty.opinions import Case, CaseState
from loyalty.ports import Transaction
from loyalty.saying import SHOWN

LONGEST_NOTE = 500


class TakenAlreadyError(Refusal):
    """Somebody else is at it."""

    text = "refusal-case-taken"


class SolvedAlreadyError(Refusal):
    text = "refusal-case-solved"


class NoteTooLongError(Refusal):
    text = "refusal-note-too-long"


def take(tx: Transaction, by: Decider, owners: Owners, name: str, case: int) -> Case:
    """«Беру на себя»: others see who.

    Raises NotTheirCaseError, TakenAlreadyError, SolvedAlreadyError.
    """
    found = _open(tx, by, owners, case)
    if found.taken_by not in {None, by.telegram}:
        raise TakenAlreadyError(name=found.taken_name or "")
    return keep(tx, found, _taken(found, by.telegram, name))


def pass_on(tx: Transaction, by: Decider, owners: Owners, case: int, to: int, unnamed: str) -> Case:
    """«Передать»: the case comes to a colleague anew, with a sound. `unnamed`: what to call an
    owner who never said their name.

    Raises NotTheirCaseError: theirs, or the colleague's. SolvedAlreadyError.
    """
    found = _open(tx, by, owners, case)
    if found.taken_by == to:
        return found
    whom = next((c for c in colleagues(tx, by, owners, found.branch) if c.telegram == to), None)
    if whom is None:
        raise NotTheirCaseError
    passed = keep(tx, found, _taken(found, to, whom.name or unnamed))
    owner = int(acts_as_owner(tx, owners, to))
    key = f"case:{case}:{to}:{passed.revision}"
    tx.outbox.put_in_chat(key, "case", to, case=case, owner=owner)
    for words in tx.ratings.words(passed.visit):
        if words.message is not None or len(words.text or "") > SHOWN:
            # what the case itself can't show comes along
            key = f"case-words:{words.id}:{to}"
            tx.outbox.put_in_chat(key, "case-words", to, words=words.id, owner=owner)
    return passed


def solve(
    tx: Transaction, by: Decider, owners: Owners, name: str, case: int, note: str | None
) -> Case:
    """«Решено», with a note for the clinic. Solved already by anybody, it stays as it is.

    Raises NotTheirCaseError, NoteTooLongError.
    """
    found = tx.cases.case(case)
    check_handles(tx, by, owners, found)
    if not found.open:
        return found
    if note is not None and len(note) > LONGEST_NOTE:
        raise NoteTooLongError(longest=LONGEST_NOTE)
    solved = replace(
        found,
        state=CaseState.SOLVED,
        taken_by=found.taken_by or by.telegram,
        taken_name=found.taken_name or name,
        solved_name=name,
        solved_at=tx.now,
        note=note or found.note,
    )
    key = f"case-solved:{case}:{found.revision}"
    tx.outbox.put(key, "case-solved", found.account, case=case)
    return keep(tx, found, solved)


def _taken(case: Case, telegram: int, name: str) -> Case:
    return replace(case, state=CaseState.TAKEN, taken_by=telegram, taken_name=name)


def _open(tx: Transaction, by: Decider, owners: Owners, case: int) -> Case:
    found = tx.cases.case(case)
    check_handles(tx, by, owners, found)
    if not found.open:
        raise SolvedAlreadyError
    return found
