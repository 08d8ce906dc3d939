"""A patient's wallet as the desk sees it: what may be spent today, and who may touch it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from loyalty.branches import Branch
from loyalty.errors import Refusal
from loyalty.people import Account, Patient, SpendingOff
from loyalty.points import Kind, Lot, Reason
from loyalty.ports import Transaction
from loyalty.visits import Visit

EARNED = {Reason.CASHBACK, Reason.REGULAR}  # by a visit


class OwnPocketError(Refusal):
    """Nobody records, gifts, corrects or spends on a wallet of their own, nor on one they
    recommended (own pockets).
    """

    text = "refusal-own-pocket"


@dataclass(frozen=True, slots=True)
class Purse:
    """`balance` is what has not ended; `available` what a bill of the day may take.

    `lots` are those available, in the order of spending: the one that ends first, then the oldest.
    """

    wallet: int
    balance: int
    available: int
    cash_paid: int = 0
    debt: int = 0
    spending_off: SpendingOff | None = None
    lots: Sequence[Lot] = ()


def purse(tx: Transaction, wallet: int, branch: Branch, day: date | None = None) -> Purse:
    """The wallet, locked where something is to change; `day` is the bill's, today if None."""
    day = day or branch.today(tx.now)
    kept = tx.people.wallet(wallet)
    alive = [lot for lot in tx.ledger.lots(wallet) if lot.ends_at > tx.now]
    lots = [lot for lot in alive if spendable(tx, lot, branch, day)]
    return Purse(
        wallet=wallet,
        balance=_sum(alive),
        available=_sum(lots),
        cash_paid=kept.cash_paid,
        debt=kept.debt,
        spending_off=kept.spending_off,
        lots=lots,
    )


def _sum(lots: Sequence[Lot]) -> int:
    return sum(lot.remaining for lot in lots)


def spendable(tx: Transaction, lot: Lot, branch: Branch, day: date) -> bool:
    """Points earned on a day cannot pay another bill of that day, nor of one before (programme)."""
    return lot.ends_at > tx.now and not _earned_since(tx, lot, branch, day)


def _earned_since(tx: Transaction, lot: Lot, branch: Branch, day: date) -> bool:
    """A visit is recorded on its day or later: what was there before the day needs no look."""
    if lot.reason not in EARNED or _day(lot.since, branch) < day:
        return False
    made = tx.ledger.origin(lot.id)
    visit = tx.desk.visit(int(made.key.partition(":")[2])) if made.kind == Kind.VISIT else None
    return (visit.day if visit else _day(made.at, branch)) >= day


def _day(moment: datetime, branch: Branch) -> date:
    return moment.astimezone(branch.where).date()


def keep_out_of_own_pocket(tx: Transaction, telegram: int, *patients: Patient) -> None:
    """Raises OwnPocketError: a patient's wallet is theirs, or of somebody they speak or spoke for;
    or the patient's visits reward one of those.
    """
    account = tx.people.account_of(telegram) if patients else None
    if account is None:
        return
    theirs = _wallets(tx, account)
    for patient in patients:
        referrer = tx.rewards.referrer(patient.id)
        if patient.wallet in theirs or (referrer is not None and referrer.wallet in theirs):
            raise OwnPocketError


def _wallets(tx: Transaction, account: Account) -> set[int | None]:
    """A phone that moved to another account of theirs leaves the wallet theirs."""
    now = [patient for patient, _ in tx.people.spoken_for(account.id)]
    before = tx.people.formerly_spoken_for(account.id)
    return {account.wallet, *(patient.wallet for patient in (*now, *before))}


def is_latest(tx: Transaction, visit: Visit) -> bool:
    """Whether nothing has come to its patient's wallet since, or left it."""
    if visit.patient is None or tx.people.patient(visit.patient).wallet != visit.wallet:
        return False
    return [line.key for line in tx.ledger.history(visit.wallet, 0, 1)] == [f"visit:{visit.id}"]
