"""Who reads a letter about a patient's points."""

from loyalty.letters import Letter
from loyalty.people import Patient
from loyalty.ports import Transaction


def reads_wallet(tx: Transaction, letter: Letter, wallet: int) -> bool:
    """Whether the points are in the reader's own wallet: nobody else is told how many."""
    return letter.account is not None and tx.people.account(letter.account).wallet == wallet


def hears_of(tx: Transaction, letter: Letter, whom: Patient) -> bool:
    """Whether the reader consents and speaks for the patient. Of two records that were one as it
    was written, only who speaks for this one does.
    """
    speaking = tx.people.speaking_for(whom.merged_into or whom.id)
    return letter.account in {one.id for one in speaking}
