"""Who hears of a patient's appointments."""

from collections.abc import Sequence

from loyalty.moves import awaits_desk
from loyalty.people import Account
from loyalty.ports import Transaction


def hearers(tx: Transaction, patient: int) -> Sequence[Account]:
    """Who speaks for them; not an account that came with the phone, till the desk has seen it."""
    return [one for one in tx.people.speaking_for(patient) if not awaits_desk(tx, one)]
