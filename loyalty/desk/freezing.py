"""«Это не я»: the patient stops spending from their wallet; accruals go on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from loyalty.branches import Branch
from loyalty.desk import consent
from loyalty.desk.consent import SpendRequestOverError
from loyalty.desk.overseers import overseers
from loyalty.desk.purse import keep_out_of_own_pocket
from loyalty.errors import AwaitsDeskError, OutOfTurnError, Refusal
from loyalty.letters import Letter, UntrueError
from loyalty.people import STOPPED, UNCONFIRMED, Account, Patient, SpendingOff
from loyalty.ports import Transaction
from loyalty.registration import oneself
from loyalty.statement import statement
from loyalty.visits import Draft

UNDONE_WITHIN = timedelta(minutes=10)

# To stop spending is to take back a consent: it is kept among the others, with its moment, in
# the wording that was shown (locales/*/spending.ftl).
SPENDING = "spending"
WORDING = "2026-11"


class FreezeStandsError(Refusal):
    """The ten minutes are over, or somebody else stopped it: a manager decides."""

    text = "refusal-freeze-stands"


class FreezeNotYoursError(Refusal):
    """Only an owner, or a manager of a branch where the patient goes."""

    text = "refusal-freeze-not-yours"


class ConfirmFirstError(Refusal):
    """The phone has moved since: who the patient is now, the desk has still to see."""

    text = "refusal-confirm-first"


@dataclass(frozen=True, slots=True)
class Stopped:
    """`undo_until`: how long the same person may take it back by themselves, if they may.

    `draft`: the visit at which it was said; its card has changed.
    """

    undo_until: datetime | None
    draft: int | None


@dataclass(frozen=True, slots=True)
class FreezeFacts:
    """A stopped wallet for those who look into it; `draft` is the visit at which it happened."""

    wallet: int
    patient: Patient | None
    phone: str | None
    points: int
    draft: Draft | None
    branch: Branch | None


def stop(
    tx: Transaction, telegram: int, owners: Collection[int], draft: int | None = None
) -> Stopped:
    """Nothing is spent from the wallet from now on; a second press finds it stopped.

    Raises OutOfTurnError: not registered. AwaitsDeskError: nobody but the desk can change it.
    """
    asked = _unspent(tx, telegram, draft)
    account = _registered(tx, telegram)
    wallet = tx.people.wallet(_wallet(account))
    if wallet.spending_off in UNCONFIRMED:
        raise AwaitsDeskError
    if wallet.spending_off is None:
        tx.people.save_wallet(replace(wallet, spending_off=SpendingOff.FROZEN))
        tx.papers.note_consent(account.id, SPENDING, "withdrawn", WORDING)
        _tell(tx, owners, account, "spending-stopped", asked)
    return Stopped(_undo_until(tx, account), asked)


def _unspent(tx: Transaction, telegram: int, draft: int | None) -> int | None:
    """The card that asked goes on without points, if it is theirs."""
    if draft is None:
        return None
    try:
        return consent.refuse(tx, telegram, draft)
    except SpendRequestOverError:
        return None


def take_back(tx: Transaction, telegram: int, owners: Collection[int]) -> None:
    """«Вернуть как было», within ten minutes by the one who stopped it.

    Raises OutOfTurnError: not registered. FreezeStandsError.
    """
    account = _registered(tx, telegram)
    wallet = tx.people.wallet(_wallet(account))
    if wallet.spending_off is None:
        return
    if _undo_until(tx, account) is None:
        raise FreezeStandsError
    tx.people.save_wallet(replace(wallet, spending_off=None))
    tx.papers.note_consent(account.id, SPENDING, "given", WORDING)
    _tell(tx, owners, account, "spending-back", None)


def release(tx: Transaction, telegram: int, is_owner: bool, wallet: int) -> FreezeFacts:
    """An owner or manager has spoken with the patient: points can be spent again.

    Of a patient who has never been here only an owner decides.
    Raises FreezeNotYoursError, OwnPocketError, ConfirmFirstError.
    """
    patients = tx.people.sharing(wallet)
    if not is_owner and not _manages(tx, telegram, wallet):
        raise FreezeNotYoursError
    for patient in patients:
        keep_out_of_own_pocket(tx, telegram, patient)
    kept = tx.people.wallet(wallet)
    if kept.spending_off is SpendingOff.FROZEN_MOVED:
        raise ConfirmFirstError
    if kept.spending_off is SpendingOff.FROZEN:
        tx.people.save_wallet(replace(kept, spending_off=None))
        _tell_patients(tx, wallet, patients)
    return _facts(tx, wallet, patients[0] if patients else None, None, None)


def _registered(tx: Transaction, telegram: int) -> Account:
    account = tx.people.account_of(telegram)
    if account is None or not account.registered:
        raise OutOfTurnError
    return account


def _wallet(account: Account) -> int:
    assert account.wallet is not None  # noqa: S101 (a registered account; told to the types)
    return account.wallet


def _undo_until(tx: Transaction, account: Account) -> datetime | None:
    if tx.people.wallet(_wallet(account)).spending_off is not SpendingOff.FROZEN:
        return None
    events = [event for event in tx.papers.consents(account.id) if event.kind == SPENDING]
    if not events or events[-1].decision != "withdrawn":
        return None
    until = events[-1].at + UNDONE_WITHIN
    return until if tx.now < until else None


# --- who hears of it -------------------------------------------------------------------------


def _tell(
    tx: Transaction, owners: Collection[int], account: Account, kind: str, draft: int | None
) -> None:
    for chat in overseers(tx, owners, _branches(tx, _wallet(account), draft)):
        key = f"{kind}:{account.wallet}:{tx.now.timestamp():.0f}:{chat}"
        tx.outbox.put_in_chat(key, kind, chat, account=account.id, draft=draft)


def _branches(tx: Transaction, wallet: int, draft: int | None) -> Sequence[Branch]:
    """Where it happened; else where the patient last was; else only owners hear."""
    if draft is not None:
        return [tx.branches.branch(tx.desk.draft(draft).branch)]
    patients = [patient.id for patient in tx.people.sharing(wallet)]
    last = tx.desk.visits_of(patients, 0, 1)
    return [tx.branches.branch(visit.branch) for visit in last]


def _manages(tx: Transaction, telegram: int, wallet: int) -> bool:
    patients = [patient.id for patient in tx.people.sharing(wallet)]
    been = {visit.branch for visit in tx.desk.visits_of(patients, 0, LATEST)}
    managed = {member.branch for member in tx.branches.places(telegram) if member.manages}
    return any(tx.branches.branch(branch).chat is not None for branch in managed & been)


LATEST = 50  # visits that say which branches know a patient


def _tell_patients(tx: Transaction, wallet: int, patients: Sequence[Patient]) -> None:
    speaking = {a.id for patient in patients for a in tx.people.speaking_for(patient.id)}
    for account in sorted(speaking):
        if tx.people.account(account).wallet == wallet:
            key = f"spending-released:{wallet}:{tx.now.timestamp():.0f}:{account}"
            tx.outbox.put(key, "spending-released", account)


# --- read again as the letter leaves ---------------------------------------------------------


def facts_of(tx: Transaction, letter: Letter) -> FreezeFacts:
    """Raises UntrueError: the account is gone, or what it did is undone already."""
    who = letter.account if letter.account is not None else letter.arguments["account"]
    account = tx.people.account(who)
    if account.wallet is None:
        raise UntrueError
    stopped = tx.people.wallet(account.wallet).spending_off in STOPPED
    if stopped is not (letter.kind == "spending-stopped"):
        raise UntrueError
    number = letter.arguments.get("draft")
    draft = None if number is None else tx.desk.draft(number)
    return _facts(tx, account.wallet, oneself(tx, account), account.phone, draft)


def _facts(
    tx: Transaction, wallet: int, patient: Patient | None, phone: str | None, draft: Draft | None
) -> FreezeFacts:
    return FreezeFacts(
        wallet=wallet,
        patient=patient,
        phone=phone or (patient.phone if patient else None),
        points=statement(tx, wallet).points,
        draft=draft,
        branch=None if draft is None else tx.branches.branch(draft.branch),
    )
