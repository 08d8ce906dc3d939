"""A patient's wallet as the desk sees it: what may be spent today, and who may touch it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from loyalty.branches import Branch
from loyalty.errors import Refusal
from loyalty.people import Account, Patient, SpendingOff
from loyalty.points import Lot, Reason
from loyalty.ports import Transaction


class OwnPocketError(Refusal):
    """Nobody records, gifts, corrects or spends on a wallet of their own (own pockets)."""

    text = "refusal-own-pocket"


@dataclass(frozen=True, slots=True)
class Purse:
    """`balance` is what has not ended; `available` what another bill of today may take.

    `lots` are those available, in the order of spending: the one that ends first, then the oldest.
    """

    wallet: int
    balance: int
    available: int
    cash_paid: int = 0
    debt: int = 0
    spending_off: SpendingOff | None = None
    lots: Sequence[Lot] = ()


def purse(tx: Transaction, wallet: int, branch: Branch) -> Purse:
    """The wallet, locked where something is to change."""
    kept = tx.people.wallet(wallet)
    alive = [lot for lot in tx.ledger.lots(wallet) if lot.ends_at > tx.now]
    lots = [lot for lot in alive if spendable(tx, lot, branch)]
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


def spendable(tx: Transaction, lot: Lot, branch: Branch) -> bool:
    """Points earned today cannot pay another bill of the same wallet today (programme)."""
    return lot.ends_at > tx.now and not (
        lot.reason == Reason.CASHBACK and _day(lot, branch) == branch.today(tx.now)
    )


def _day(lot: Lot, branch: Branch) -> date:
    return lot.since.astimezone(branch.where).date()


def keep_out_of_own_pocket(tx: Transaction, telegram: int, patient: Patient) -> None:
    """Raises OwnPocketError: the wallet is theirs, or they speak for the patient."""
    account = tx.people.account_of(telegram)
    if account is None:
        return
    theirs = account.wallet is not None and account.wallet == patient.wallet
    if theirs or _speaks_for(tx, account, patient):
        raise OwnPocketError


def _speaks_for(tx: Transaction, account: Account, patient: Patient) -> bool:
    return any(other.id == patient.id for other, _ in tx.people.spoken_for(account.id))
