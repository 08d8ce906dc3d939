"""The card as a patient gives it to friends: what stands on it, and who may have one."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from loyalty.arriving import is_staff
from loyalty.cards import CardWaitsError, LinkKind, Style
from loyalty.desk.branch_page import shown
from loyalty.errors import OutOfTurnError
from loyalty.moves import awaits_desk
from loyalty.people import Account, Patient
from loyalty.ports import Transaction
from loyalty.recommending import first_name, kept_link, link_of
from loyalty.registration import oneself


@dataclass(frozen=True, slots=True)
class Shared:
    """A patient's card. `payload` is the link's; `name` is the first name that the card may say if
    the patient agrees, and `named` that they did. `gift` is all that a friend gets at once; the
    sender gets `referral` of what they pay (basis points) and `fixed` points once.
    """

    patient: int
    payload: str
    name: str | None
    named: bool
    gift: int
    cap: int
    referral: int
    fixed: int
    style: Style
    address: str | None


def share(tx: Transaction, telegram: int, owners: Collection[int] = ()) -> Shared:
    """The card of this account's person, with its link, made when it is first asked for. Staff, and
    `owners`, are promised nothing that will not come.

    Raises OutOfTurnError: not registered. CardWaitsError: the desk has still to confirm who it is.
    """
    patient, myself = _recommends(tx, _registered(tx, telegram))
    card = _card(tx, patient, myself, link_of(tx, LinkKind.CARD, patient.id))
    if tx.programme.staff_referral or not is_staff(tx, patient.id, owners):
        return card
    return replace(card, referral=0, fixed=0)


def as_it_stands(tx: Transaction, telegram: int) -> Shared | None:
    """The same card, where nothing may be written; None: it has never been asked for. Raises as
    `share`.
    """
    patient, myself = _recommends(tx, _registered(tx, telegram))
    payload = kept_link(tx, LinkKind.CARD, patient.id)
    return None if payload is None else _card(tx, patient, myself, payload)


def _card(tx: Transaction, patient: Patient, myself: bool, payload: str) -> Shared:
    programme = tx.programme
    return Shared(
        patient.id,
        payload,
        first_name(patient) if myself else None,
        tx.cards.named(patient.id),
        gift=programme.welcome + programme.friend_gift,
        cap=programme.cap,
        referral=programme.referral,
        fixed=programme.friend_fixed,
        style=tx.cards.style(),
        address=_address(tx),
    )


def show_name(tx: Transaction, telegram: int, named: bool) -> Shared:
    """The card says the patient's first name, or says it no longer. Raises as `share`."""
    card = share(tx, telegram)
    tx.cards.show_name(card.patient, named and card.name is not None)
    return share(tx, telegram)


def may_be_offered(tx: Transaction, telegram: int) -> bool:
    """Whether to speak of the card unasked: not while anybody of theirs waits for an answer to
    what went wrong, nor before the desk has confirmed who it is.
    """
    account = tx.people.account_of(telegram)
    if account is None or not account.registered or awaits_desk(tx, account):
        return False
    theirs = tx.people.spoken_for(account.id)
    return bool(theirs) and not any(tx.cases.open_about(patient.id) for patient, _ in theirs)


def picture(tx: Transaction, patient: int, drawn: str) -> str | None:
    return tx.cards.picture(patient, drawn)


def keep_picture(tx: Transaction, patient: int, drawn: str, file_id: str) -> None:
    tx.cards.keep_picture(patient, drawn, file_id)


def _registered(tx: Transaction, telegram: int) -> Account:
    account = tx.people.account_of(telegram)
    if account is None or not account.registered:
        raise OutOfTurnError
    return account


def _recommends(tx: Transaction, account: Account) -> tuple[Patient, bool]:
    """Oneself; who only speaks for others gives the card of the first of them, without a name."""
    if awaits_desk(tx, account):
        raise CardWaitsError
    if me := oneself(tx, account):
        return me, True
    spoken_for = tx.people.spoken_for(account.id)
    if not spoken_for:
        raise OutOfTurnError
    return spoken_for[0][0], False


def _address(tx: Transaction) -> str | None:
    """Where the clinic is, while there is only one place to say."""
    places = shown(tx)
    return places[0].address if len(places) == 1 else None
