"""Who reads a letter about a patient's points."""

from loyalty.letters import Letter
from loyalty.ports import Transaction


def reads_wallet(tx: Transaction, letter: Letter, wallet: int) -> bool:
    """Whether the points are in the reader's own wallet: nobody else is told how many."""
    return letter.account is not None and tx.people.account(letter.account).wallet == wallet
