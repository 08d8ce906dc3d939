"""A person comes to the bot: consent, a proved phone, points; then three questions they may skip.

Where a person stands is read from what they have answered, so a form that was left, a restart
and a second `/start` all go on at the same place.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from loyalty import arriving, phones
from loyalty.dates import end_after, last_day, months_later
from loyalty.desk.following import follow
from loyalty.errors import AnotherPhoneError, BirthdayLockedError, OutOfTurnError
from loyalty.family import claim, pour_together
from loyalty.ledger import post
from loyalty.moves import awaits_desk
from loyalty.people import (
    UNCONFIRMED,
    Account,
    Birthday,
    Patient,
    Relation,
    SpendingOff,
    both,
    clean_name,
)
from loyalty.points import Credit, Kind, Lot, Reason
from loyalty.ports import Transaction
from loyalty.programme import Programme

# The wording of the consent that is shown now (locales/*/consent.ftl); a new one, a new version.
CONSENT_VERSION = "2026-11"
ADVERTISING_VERSION = "2026-11"

# The first link of a kind wins, so nobody needs more; and nobody fills the disk by pressing.
MOST_ARRIVALS = 20


class Question(StrEnum):
    """What the bot asks a person next, in the order of asking."""

    CONSENT = "consent"
    PHONE = "phone"
    FAMILY = "family"
    NAME = "name"
    BIRTHDAY = "birthday"
    ADVERTISING = "advertising"


def next_question(account: Account) -> Question | None:
    """The first question this account hasn't answered; None when all are."""
    answered = {
        Question.CONSENT: account.consented,
        Question.PHONE: account.phone is not None,
        Question.FAMILY: account.wallet is not None,
        Question.NAME: account.name_answered,
        Question.BIRTHDAY: account.birthday_answered,
        Question.ADVERTISING: account.advertising is not None,
    }
    return next((question for question, done in answered.items() if not done), None)


class Family(StrEnum):
    """Whom a newcomer with a shared phone speaks for."""

    ALL = "all"
    ONLY_ME = "only_me"


@dataclass(frozen=True, slots=True)
class Gift:
    """Points that a registration brought, and the last day on which they can be spent."""

    points: int
    last_day: date


@dataclass(frozen=True, slots=True)
class Registered:
    """What a proved phone led to.

    `family` is not empty when several patients share it and the person must say who they are;
    `gift` is what is left of the welcome, None where the programme gives none, or gave it to this
    phone or Telegram account in an earlier life; `balance` is the wallet's, spendable now.
    `friend` is what is left of the gift to who came by a card; `known`: they came by one, but its
    gift is for new patients, and they are none.
    `moved`: the wallet came from another account, and the desk has to confirm that.
    `repeated`: the number was proved before, nothing has changed.
    """

    account: Account
    programme: Programme
    balance: int = 0
    gift: Gift | None = None
    friend: Gift | None = None
    known: bool = False
    moved: bool = False
    repeated: bool = False
    family: Sequence[Patient] = ()


def open_account(tx: Transaction, telegram: int, payload: str = "") -> Account:
    """Know a Telegram account from its first press; a deep link is remembered at once."""
    account = tx.people.account_of(telegram) or tx.people.open_account(telegram)
    if payload and len(tx.people.arrivals(account.id)) < MOST_ARRIVALS:
        tx.people.arrived(account.id, payload)
        if account.registered:
            follow(tx, account)
    return account


def choose_language(tx: Transaction, telegram: int, language: str) -> Account:
    account = replace(open_account(tx, telegram), language=language)
    tx.people.save_account(account)
    return account


def consent(
    tx: Transaction,
    telegram: int,
    version: str = CONSENT_VERSION,
    language: str | None = None,
) -> Account:
    """The person agrees to the processing of their data, in the wording they were shown.

    What comes unasked later (a receipt, the next code) speaks the language of that wording.
    """
    account = open_account(tx, telegram)
    if account.consented:
        return account
    account = replace(
        account,
        language=account.language or language,
        consent_version=version,
        consented_at=tx.now,
        withdrawn_at=None,
    )
    tx.people.save_account(account)
    tx.papers.note_consent(account.id, "data", "given", version)
    return account


def prove_phone(
    tx: Transaction, telegram: int, phone: str, owners: Collection[int] = ()
) -> Registered:
    """The person's own contact has come: find their patients, or write down a new one.

    Raises OutOfTurnError: no consent yet. NotAPhoneError. AnotherPhoneError: this account is
    registered with a different number.
    """
    account = _consenting(tx, telegram)
    number = phones.from_telegram(phone)
    if account.phone is not None:
        return _proved_before(tx, account, number)
    if previous := tx.people.account_with_phone(number):
        return _move(tx, account, previous, number, owners)
    account = replace(account, phone=number)
    tx.people.save_account(account)
    return _join_or_ask(tx, account, tx.people.unclaimed(number), owners)


def choose_family(
    tx: Transaction,
    telegram: int,
    choice: Family,
    me: int | None,
    owners: Collection[int] = (),
) -> Registered:
    """Who of the patients under the phone the person is (None: none of them), and for whom else.

    Raises OutOfTurnError: nothing of this kind was asked, or the patient isn't among them.
    """
    account = _consenting(tx, telegram)
    if account.phone is None:
        raise OutOfTurnError
    if account.wallet is not None:
        return _proved_before(tx, account, account.phone)
    patients = tx.people.unclaimed(account.phone)
    if me is not None and me not in {patient.id for patient in patients}:
        raise OutOfTurnError
    family = patients if choice is Family.ALL else [p for p in patients if p.id == me]
    return _join(tx, account, family, me, owners)


def family_to_choose(tx: Transaction, telegram: int) -> Sequence[Patient]:
    """The patients a newcomer is asked about; empty where there is nothing to ask."""
    account = tx.people.account_of(telegram)
    if account is None or not account.consented or account.phone is None or account.wallet:
        return ()
    return tx.people.unclaimed(account.phone)


def answer_name(tx: Transaction, telegram: int, name: str) -> Account:
    """How to address the person. A patient without a name gets it too; the desk's stays.

    Raises OutOfTurnError: not registered. NotANameError.
    """
    account = replace(_registered(tx, telegram), name=clean_name(name), name_answered=True)
    tx.people.save_account(account)
    me = oneself(tx, account)
    if me is not None and me.source == "bot":
        tx.people.save_patient(replace(me, name=account.name))
    return account


def answer_birthday(tx: Transaction, telegram: int, birthday: Birthday | None) -> Account:
    """The person's birthday, or None to skip; once entered it is locked.

    Raises OutOfTurnError: not registered. NotABirthdayError. BirthdayLockedError.
    """
    account = replace(_registered(tx, telegram), birthday_answered=True)
    me = oneself(tx, account)
    if birthday is not None and me is not None and me.birthday != birthday:
        if me.birthday is not None:
            raise BirthdayLockedError
        today = tx.now.astimezone(tx.zone).date()
        tx.people.save_patient(replace(me, birthday=birthday.check(today)))
    tx.people.save_account(account)
    return account


def answer_advertising(tx: Transaction, telegram: int, agrees: bool) -> Account:
    """The person lets the clinic send offers, or not; every change of mind is kept.

    Raises OutOfTurnError: not registered.
    """
    account = _registered(tx, telegram)
    if account.advertising is agrees:
        return account
    decision = "given" if agrees else "withdrawn" if account.advertising else "refused"
    tx.papers.note_consent(account.id, "advertising", decision, ADVERTISING_VERSION)
    account = replace(account, advertising=agrees)
    tx.people.save_account(account)
    return account


def oneself(tx: Transaction, account: Account) -> Patient | None:
    """The patient that the account's person is; None while the desk has to confirm it."""
    if awaits_desk(tx, account):
        return None
    spoken_for = tx.people.spoken_for(account.id)
    return next((p for p, relation in spoken_for if relation is Relation.SELF), None)


def _consenting(tx: Transaction, telegram: int) -> Account:
    account = tx.people.account_of(telegram)
    if account is None or not account.consented:
        raise OutOfTurnError
    return account


def _registered(tx: Transaction, telegram: int) -> Account:
    account = _consenting(tx, telegram)
    if account.wallet is None:
        raise OutOfTurnError
    return account


def _proved_before(tx: Transaction, account: Account, number: str) -> Registered:
    if account.phone != number:
        raise AnotherPhoneError
    if account.wallet is None:
        return Registered(account, tx.programme, family=tx.people.unclaimed(number))
    repeated = account.name_answered
    return _with_points(tx, account, repeated=repeated)


def _move(
    tx: Transaction,
    account: Account,
    previous: Account,
    number: str,
    owners: Collection[int],
) -> Registered:
    """The same phone with a new account: the old one is detached and told, spending waits."""
    spoken_for = tx.people.spoken_for(previous.id)
    tx.people.stops_speaking(previous.id)
    tx.people.save_account(replace(previous, phone=None, wallet=None))
    if previous.wallet is None:  # it never came to choosing its patients
        account = replace(account, phone=number)
        tx.people.save_account(account)
        return _join_or_ask(tx, account, tx.people.unclaimed(number), owners)
    wallet = tx.people.wallet(previous.wallet)
    off = both(wallet.spending_off, SpendingOff.MOVED)
    tx.people.save_wallet(replace(wallet, spending_off=off))
    taken = _take_over(tx, replace(account, phone=number), wallet.id, spoken_for)
    key = f"moved:{previous.id}:{account.id}:{tx.now.isoformat()}"
    tx.outbox.put(key, "account-moved", previous.id)
    return taken


def _take_over(
    tx: Transaction, account: Account, wallet: int, bonds: Iterable[tuple[Patient, Relation]]
) -> Registered:
    """A wallet that the desk has to confirm; nothing of whom it belonged to is asked or told."""
    account = replace(account, wallet=wallet, birthday_answered=True)
    tx.people.save_account(account)
    for patient, relation in bonds:
        tx.people.speaks_for(account.id, patient.id, relation)
    _give_welcome(tx, account)
    follow(tx, account)
    return replace(_with_points(tx, account), known=arriving.came_by_card(tx, account))


def _join_or_ask(
    tx: Transaction, account: Account, patients: Sequence[Patient], owners: Collection[int]
) -> Registered:
    if (unconfirmed := _unconfirmed_wallet(tx, patients)) is not None:
        bonds = [(p, Relation.FAMILY) for p in patients if p.wallet == unconfirmed]
        return _take_over(tx, account, unconfirmed, bonds)
    if len(patients) > 1:
        return Registered(account, tx.programme, family=patients)
    return _join(tx, account, patients, patients[0].id if patients else None, owners)


def _unconfirmed_wallet(tx: Transaction, patients: Sequence[Patient]) -> int | None:
    """A wallet whose phone had moved before, to an account that is gone again."""
    wallets = (tx.people.wallet(patient.wallet) for patient in patients)
    return next((w.id for w in wallets if w.spending_off in UNCONFIRMED), None)


def _join(
    tx: Transaction,
    account: Account,
    family: Sequence[Patient],
    me: int | None,
    owners: Collection[int],
) -> Registered:
    theirs = _may_be_theirs(tx, account, family, me)
    if me is None:
        newcomer = Patient(0, tx.people.open_wallet().id, "bot", phone=account.phone)
        newcomer = tx.people.add_patient(newcomer)
        family, me = [newcomer, *family], newcomer.id
    mine = next(patient for patient in family if patient.id == me)
    account = replace(account, wallet=mine.wallet)
    tx.people.save_account(account)
    claim(tx, account, family, me)
    pour_together(tx, account, family)
    if _give_welcome(tx, account):
        known = arriving.come(tx, account, me, theirs, owners)
    else:
        known = arriving.came_by_card(tx, account)
    follow(tx, account)
    return replace(_with_points(tx, account), known=known)


def _may_be_theirs(
    tx: Transaction, account: Account, family: Sequence[Patient], me: int | None
) -> Sequence[int]:
    """The records that say whether they are a new patient. Who is none of those under the phone
    may be one of them all the same.
    """
    if me is None and account.phone is not None:
        family = tx.people.patients_with_phone(account.phone)
    return [patient.id for patient in family]


def _give_welcome(tx: Transaction, account: Account) -> bool:
    """The welcome, once for a phone and once for a Telegram account, erased or not; returns whether
    neither has ever been here.
    """
    assert account.wallet is not None  # noqa: S101 (a registered account; told to the types)
    marks = [tx.papers.mark(f"phone:{account.phone}"), tx.papers.mark(f"tg:{account.telegram}")]
    given_before = tx.papers.marked(marks)
    tx.papers.keep_marks(marks)
    if given_before or not tx.programme.welcome:
        return not given_before
    today = tx.now.astimezone(tx.zone).date()
    ends_at = end_after(months_later(today, tx.programme.welcome_months), tx.zone)
    credit = Credit(account.wallet, Reason.WELCOME, tx.programme.welcome, ends_at)
    post(tx, f"welcome:{account.wallet}", Kind.WELCOME, marks, [credit])
    return True


def _with_points(tx: Transaction, account: Account, *, repeated: bool = False) -> Registered:
    assert account.wallet is not None  # noqa: S101 (a registered account; told to the types)
    spendable = [lot for lot in tx.ledger.lots(account.wallet) if lot.ends_at > tx.now]
    return Registered(
        account,
        tx.programme,
        balance=sum(lot.remaining for lot in spendable),
        gift=_gift(tx, spendable, Reason.WELCOME),
        friend=_gift(tx, spendable, Reason.FRIEND),
        moved=awaits_desk(tx, account),
        repeated=repeated,
    )


def _gift(tx: Transaction, lots: Sequence[Lot], reason: Reason) -> Gift | None:
    """Of several the one that ends last: the others came with a family."""
    given = max(
        (lot for lot in lots if lot.reason == reason), key=lambda lot: lot.ends_at, default=None
    )
    return Gift(given.remaining, last_day(given.ends_at, tx.zone)) if given else None
