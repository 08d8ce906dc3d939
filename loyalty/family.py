"""Patients of one account share its wallet: what each had is poured into it."""

from collections.abc import Iterable
from dataclasses import replace

from loyalty.ledger import post
from loyalty.people import Account, Patient, Relation, both
from loyalty.points import Credit, Debit, Kind, Lot, Move
from loyalty.ports import Transaction


def claim(tx: Transaction, account: Account, family: Iterable[Patient], me: int) -> None:
    """The account speaks for these patients from now on."""
    for patient in family:
        relation = Relation.SELF if patient.id == me else Relation.FAMILY
        tx.people.speaks_for(account.id, patient.id, relation)


def pour_together(tx: Transaction, account: Account, family: Iterable[Patient]) -> None:
    """Give the patients the account's wallet and move there what their own ones held."""
    assert account.wallet is not None  # noqa: S101 (a registered account; told to the types)
    others = {patient.wallet for patient in family} - {account.wallet}
    for patient in family:
        tx.people.share_wallet(patient.id, account.wallet)
    for other in sorted(others):
        _pour(tx, account.id, other, account.wallet)


def _pour(tx: Transaction, account: int, source: int, target: int) -> None:
    for wallet in sorted((source, target)):  # locked before they are read, in one order
        tx.people.wallet(wallet)
    lots = tx.ledger.lots(source)
    if moves := poured(lots, target):
        post(tx, f"join:{account}:{source}", Kind.JOIN, [account, source, target], moves)
    empty, into = tx.people.wallet(source), tx.people.wallet(target)
    cash_paid, debt = into.cash_paid + empty.cash_paid, into.debt + empty.debt
    off = both(into.spending_off, empty.spending_off)
    tx.people.save_wallet(replace(into, cash_paid=cash_paid, debt=debt, spending_off=off))
    tx.people.save_wallet(replace(empty, cash_paid=0, debt=0))


def poured(lots: Iterable[Lot], wallet: int) -> list[Move]:
    """The lots' points as lots of this wallet, in the same order, with the same ends."""
    return [move for lot in lots for move in (Debit(lot, lot.remaining), same_lot(lot, wallet))]


def same_lot(lot: Lot, wallet: int) -> Credit:
    first = lot.moved_from or lot.id  # where a visit looks for what it earned
    once = lot.first_ends_at, lot.prolonged_by  # it is not prolonged again in another wallet
    return Credit(wallet, lot.reason, lot.remaining, lot.ends_at, first, *once)
