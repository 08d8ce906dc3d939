"""Known patients who haven't got the bot are invited, each by a link of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

from loyalty.cards import LinkKind
from loyalty.ports import Transaction
from loyalty.recommending import link_of

BATCH = 50  # links made in one transaction: who writes next waits for no more


@dataclass(frozen=True, slots=True)
class Invited:
    """Who is to be written to, and the payload of their link."""

    patient: int
    name: str
    phone: str
    payload: str


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
    phone no account has. The same link every time.
    """
    return [
        Invited(
            patient.id,
            " ".join(filter(None, (patient.name, patient.surname))),
            patient.phone,
            link_of(tx, LinkKind.INVITATION, patient.id),
        )
        for patient in tx.arrivals.uninvited(after, limit)
        if patient.phone is not None
    ]
