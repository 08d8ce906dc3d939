"""Known patients who haven't got the bot are invited, each by a link of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

from loyalty.cards import LinkKind
from loyalty.people import Patient
from loyalty.ports import Transaction
from loyalty.recommending import link_of

BATCH = 50  # links made in one transaction: who writes next waits for no more


@dataclass(frozen=True, slots=True)
class Invited:
    """Who is to be written to, and the payload of their link; `family` has the same phone."""

    patient: int
    name: str
    phone: str
    payload: str
    family: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Invitations:
    """How many can be invited now, how many have a link, how many of these came to the bot."""

    ready: int
    invited: int
    came: int


def invitations(tx: Transaction) -> Invitations:
    return Invitations(tx.arrivals.uninvited_count(), *tx.arrivals.invited_count())


def invite(tx: Transaction, after: int, limit: int = BATCH) -> Sequence[Invited]:
    """The next ones after this patient, with their links, made where there is none; only an owner.

    Those who signed the consent on paper and left a phone, whom no account speaks for and whose
    phone no account has. One SMS a phone is enough: whoever proves it is asked who of the family
    they are, and for whom they speak. The same link every time.
    """
    return [
        Invited(
            patient.id,
            _called(patient),
            patient.phone,
            link_of(tx, LinkKind.INVITATION, patient.id),
            _family(tx, patient, patient.phone),
        )
        for patient in tx.arrivals.uninvited(after, limit)
        if patient.phone is not None
    ]


def _family(tx: Transaction, patient: Patient, phone: str) -> Sequence[str]:
    others = (one for one in tx.people.patients_with_phone(phone) if one.id != patient.id)
    return [name for one in others if (name := _called(one))]


def _called(patient: Patient) -> str:
    return " ".join(filter(None, (patient.name, patient.surname)))
