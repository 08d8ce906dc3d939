"""Links that recommend and invite: made once for a patient, and read when somebody comes by one."""

import secrets

from loyalty.cards import LinkKind
from loyalty.people import Patient
from loyalty.ports import Transaction


def link_of(tx: Transaction, kind: LinkKind, patient: int) -> str:
    """The payload of the patient's link of this kind, made when it is first asked for."""
    found = kept_link(tx, kind, patient)
    if found is None:
        tx.cards.add_link(kind, patient, secrets.token_urlsafe(9))
        found = kept_link(tx, kind, patient)  # of two that ask at once, both get the first one's
    assert found is not None  # noqa: S101 (it was made; told to the types)
    return found


def kept_link(tx: Transaction, kind: LinkKind, patient: int) -> str | None:
    """The payload of the patient's link, if it has ever been asked for."""
    found = tx.cards.link(kind, patient)
    return None if found is None else kind + found.code


def behind(tx: Transaction, kind: LinkKind, payload: str) -> int | None:
    """The patient's record whose link it is; None: a link of another kind, or nobody's."""
    if not payload.startswith(kind):
        return None
    return tx.cards.behind(kind, payload.removeprefix(kind))


def name_shown(tx: Transaction, patient: int) -> str | None:
    """The name that this patient's link may tell: none unless they agreed, and none once erased."""
    if not tx.cards.named(patient):
        return None
    return first_name(tx.people.patient(patient))


def first_name(patient: Patient) -> str | None:
    """«Мария Ивановна» is a Мария to her friends."""
    return patient.name.split()[0] if patient.name else None
