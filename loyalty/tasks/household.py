"""Who is spoken with in one call: people of one wallet, one phone or one account."""

from collections.abc import Sequence

from loyalty.people import Patient
from loyalty.ports import Transaction


def kept(tx: Transaction, patient: int) -> Patient:
    """The patient, by whichever record of theirs."""
    found = tx.people.patient(patient)
    return found if found.merged_into is None else tx.people.patient(found.merged_into)


def household(tx: Transaction, patient: Patient) -> Sequence[int]:
    """The patient, and everyone who would answer the same call."""
    found = {patient.id: patient}
    found |= {one.id: one for one in tx.people.sharing(patient.wallet)}
    for account in tx.people.bound_to(patient.id):
        found |= {one.id: one for one, _ in tx.people.spoken_for(account.id)}
    for phone in {one.phone for one in found.values() if one.phone}:
        found |= {one.id: one for one in tx.people.patients_with_phone(phone)}
    return sorted(found)


def phone_of(tx: Transaction, patient: Patient) -> str | None:
    """The patient's own number, else of who speaks for them."""
    if patient.phone:
        return patient.phone
    return next((one.phone for one in tx.people.bound_to(patient.id) if one.phone), None)
