"""What was recorded, for the message that was the card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loyalty.branches import Branch
from loyalty.people import Patient
from loyalty.ports import Transaction
from loyalty.visits import Reversal, Visit


@dataclass(frozen=True, slots=True)
class DeskReceipt:
    """A visit as staff see it; `reversals` are what took it back. `in_app`: the patient hears."""

    visit: Visit
    branch: Branch
    patient: Patient | None
    doctors: Mapping[int, str]
    reversals: Sequence[Reversal]
    in_app: bool


def receipt(tx: Transaction, visit: int) -> DeskReceipt:
    """Raises LookupError: no such visit."""
    found = tx.desk.visit(visit)
    if found is None:
        raise LookupError(f"no visit {visit}")
    return DeskReceipt(
        visit=found,
        branch=tx.branches.branch(found.branch),
        patient=tx.people.patient(found.patient) if found.patient is not None else None,
        doctors=tx.branches.doctors(),
        reversals=tx.desk.reversals(visit),
        in_app=found.patient is not None and bool(tx.people.speaking_for(found.patient)),
    )
