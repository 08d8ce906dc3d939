"""Links that recommend and invite: made once for a patient, and read when somebody comes by one."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from loyalty.cards import Link, LinkKind
from loyalty.people import Account, Patient, Relation, is_spelt_like_name
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


def name_shown(tx: Transaction, record: int) -> str | None:
    """The name that this record's link may tell: none unless they agreed, none while their consent
    to data is withdrawn, and none once erased.
    """
    whose = kept(tx, record)
    if not tx.cards.named(whose.id):
        return None
    agrees = any(account.registered for account in _theirs(tx, whose.id))
    return first_name(whose) if agrees else None


def kept(tx: Transaction, record: int) -> Patient:
    """The record itself, or the one that it is part of now."""
    itself = tx.people.patient(record)
    return itself if itself.merged_into is None else tx.people.patient(itself.merged_into)


def first_name(patient: Patient) -> str | None:
    """«Мария Ивановна» is a Мария to her friends. What Telegram would make a link of is no name
    for a stranger: the bot would be recommending it.
    """
    word = patient.name.split()[0] if patient.name else ""
    return word if is_spelt_like_name(word) and "." not in word else None


# --- consent ---------------------------------------------------------------------------------


def withdrawn_since(tx: Transaction, record: int) -> datetime | None:
    """Since when nobody who is the patient consents any more; None: somebody does."""
    whose = _theirs(tx, kept(tx, record).id)
    if any(account.registered for account in whose):
        return None
    return max((one.withdrawn_at for one in whose if one.withdrawn_at), default=None)


def leads_on(tx: Transaction, record: int, pressed_at: datetime) -> bool:
    """Whether a press of this record's link is a press of somebody's: what was promised before
    they withdrew their consent is kept.
    """
    since = withdrawn_since(tx, record)
    return since is None or pressed_at < since


def _theirs(tx: Transaction, patient: int) -> Sequence[Account]:
    """Whoever is the patient, in Telegram; of a child whoever speaks for it."""
    bound = tx.people.bound_to(patient)
    oneself = [one for one in bound if (patient, Relation.SELF) in _relations(tx, one)]
    return oneself or bound


def _relations(tx: Transaction, account: Account) -> Sequence[tuple[int, Relation]]:
    return [(whom.id, relation) for whom, relation in tx.people.spoken_for(account.id)]


# --- what is kept ----------------------------------------------------------------------------


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
