"""What was recorded, for the message that was the card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loyalty.branches import Branch
from loyalty.desk.purse import is_latest
from loyalty.people import Patient
from loyalty.ports import Transaction
from loyalty.visits import DraftState, Reversal, ReversalKind, Visit


@dataclass(frozen=True, slots=True)
class DeskReceipt:
    """A visit as staff see it; `reversals` are what took it back, `instead` what took its place.

    `in_app`: the patient hears. `moved`: it was another patient's by mistake. `debt` is what their
    wallet owes now; `latest`: of the wallet's history this visit is the last.
    """

    visit: Visit
    branch: Branch
    patient: Patient | None
    doctors: Mapping[int, str]
    reversals: Sequence[Reversal]
    in_app: bool
    instead: Visit | None = None
    moved: bool = False
    debt: int = 0
    latest: bool = False


def receipt(tx: Transaction, visit: int) -> DeskReceipt:
    """Raises LookupError: no such visit."""
    found = tx.desk.visit(visit)
    if found is None:
        raise LookupError(f"no visit {visit}")
    reversals = tx.desk.reversals(visit)
    patient = tx.people.patient(found.patient) if found.patient is not None else None
    return DeskReceipt(
        visit=found,
        branch=tx.branches.branch(found.branch),
        patient=patient,
        doctors=tx.branches.doctors(),
        reversals=reversals,
        in_app=found.patient is not None and bool(tx.people.speaking_for(found.patient)),
        instead=instead_of(tx, found) if any(one.kind.cancels for one in reversals) else None,
        moved=_moved(tx, found),
        debt=tx.people.wallet(patient.wallet).debt if patient and not patient.erased else 0,
        latest=bool(found.settled) and is_latest(tx, found),
    )


def instead_of(tx: Transaction, wrong: Visit) -> Visit | None:
    """What was recorded in the place of a wrong visit.

    The draft that corrects a visit is known by its source, as `correcting` has it.
    """
    for kind in (ReversalKind.WRONG_SUM, ReversalKind.WRONG_PATIENT):
        tries = 0
        while draft := tx.desk.draft_from(f"{kind}:{wrong.id}:{tries}"):
            if draft.state is DraftState.RECORDED:
                return tx.desk.visit(draft.id)
            tries += 1
    return None


def _moved(tx: Transaction, visit: Visit) -> bool:
    corrected = tx.desk.draft(visit.id).corrects
    before = tx.desk.visit(corrected) if corrected is not None else None
    return before is not None and before.patient != visit.patient
