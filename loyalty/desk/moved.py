"""The desk has seen the person whose phone came with a new Telegram account (loyalty/moves.py)."""

from dataclasses import replace
from datetime import datetime

from loyalty.desk.purse import keep_out_of_own_pocket
from loyalty.people import UNCONFIRMED, SpendingOff
from loyalty.ports import Transaction
from loyalty.team import Member


def confirm_account(tx: Transaction, by: Member, patient: int) -> datetime | None:
    """The new account is the patient's: spending is on again, the history opens, they hear of it.

    Where the patient had stopped spending, it stays off until a manager lets it go.
    Any staff may, on no wallet of their own. Returns when; None: there was nothing to confirm.
    Raises OwnPocketError.
    """
    whom = tx.people.patient(patient)
    keep_out_of_own_pocket(tx, by.telegram, whom)
    wallet = tx.people.wallet(whom.wallet)
    if wallet.spending_off not in UNCONFIRMED:
        return None
    if wallet.spending_off is SpendingOff.FROZEN_MOVED:  # the letter says that points can be spent
        tx.people.save_wallet(replace(wallet, spending_off=SpendingOff.FROZEN))
        return tx.now
    tx.people.save_wallet(replace(wallet, spending_off=None))
    for account in tx.people.speaking_for(patient):
        key = f"account-confirmed:{account.id}:{tx.now.isoformat()}"
        tx.outbox.put(key, "account-confirmed", account.id)
    return tx.now
