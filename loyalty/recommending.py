"""Links that recommend and invite: made once for a patient, and read when somebody comes by one."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from loyalty.cards import Link, LinkKind
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
    """The name that this record's link may tell: none unless they agreed, none while their consent
    to data is withdrawn, and none once erased.
    """
    if not tx.cards.named(patient):
        return None
    record = tx.people.patient(patient)
    agrees = tx.people.speaking_for(record.merged_into or record.id)
    return first_name(record) if agrees else None


def first_name(patient: Patient) -> str | None:
    """«Мария Ивановна» is a Мария to her friends."""
    return patient.name.split()[0] if patient.name else None


@dataclass(frozen=True, slots=True)
class Recommending:
    """What is kept of a record: its links, the `name` that its card tells whoever has the link,
    and that somebody's word or card brought it; never whose.
    """

    patient: int
    links: Sequence[tuple[LinkKind, Link]]
    name: str | None
    brought: bool

    @property
    def has_card(self) -> bool:
        return any(kind is LinkKind.CARD for kind, _ in self.links)


def kept_of(tx: Transaction, patient: int) -> Recommending:
    made = ((kind, tx.cards.link(kind, patient)) for kind in LinkKind)
    links = [(kind, link) for kind, link in made if link is not None]
    return Recommending(patient, links, name_shown(tx, patient), tx.friends.was_brought(patient))
