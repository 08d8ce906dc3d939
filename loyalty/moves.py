"""A phone that came with a new Telegram account. Its holder may be a stranger: numbers are sold on.

Until the desk has seen the person, the wallet takes no spending and nothing of whom it belonged
to is shown, changed or erased.
"""

from loyalty.people import UNCONFIRMED, Account
from loyalty.ports import Transaction


def awaits_desk(tx: Transaction, account: Account) -> bool:
    """Whether the desk has still to say that this account's person is the one of its wallet."""
    if account.wallet is None:
        return False
    return tx.people.wallet(account.wallet).spending_off in UNCONFIRMED
