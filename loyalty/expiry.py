"""Points that have ended leave the books, an operation a lot (programme: validity).

They are unspendable from their end on, swept or not; the sweep makes balance and history say so.
"""

from loyalty.ledger import post
from loyalty.points import Debit, Kind, Lot
from loyalty.ports import Transaction

TOGETHER = 50  # wallets in a transaction: the desk waits no longer than for that


def sweep(tx: Transaction) -> int:
    """Take out what has ended in some wallets; returns in how many, nought when all is done.

    Broken off, it goes on where it was: a lot that is swept holds nothing any more.
    """
    wallets = sorted(tx.ledger.wallets_with_ended(TOGETHER))
    for wallet in wallets:
        tx.people.wallet(wallet)  # locked before its lots are read: somebody may be at it
        for lot in tx.ledger.lots(wallet):
            if lot.ends_at <= tx.now:
                _end(tx, lot)
    return len(wallets)


def _end(tx: Transaction, lot: Lot) -> None:
    post(tx, _key(tx, lot), Kind.EXPIRY, [lot.id], [Debit(lot, lot.remaining)])


def was_swept(tx: Transaction, lot: Lot) -> bool:
    return tx.ledger.operation(_first_key(lot)) is not None


def _first_key(lot: Lot) -> str:
    return f"expiry:{lot.id}"


def _key(tx: Transaction, lot: Lot) -> str:
    """One that ended already holds points again where a clock was set back and a visit of its day
    was returned: it ends once more, or the sweep would find it for ever.
    """
    key, n = _first_key(lot), 1
    while tx.ledger.operation(key) is not None:
        n += 1
        key = f"{_first_key(lot)}:{n}"
    return key
