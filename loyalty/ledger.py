"""Operations that move points: keyed, never edited, each entry spread over lots."""

from collections import defaultdict
from collections.abc import Sequence
from hashlib import sha256

from loyalty.errors import KeyReusedError
from loyalty.people import Wallet
from loyalty.points import Credit, Debit, Kind, Move, Operation, Prolonging, Refund
from loyalty.ports import Transaction


def digest(given: Sequence[str | int]) -> str:
    """The hash of an operation's input as given, never of what was derived from it."""
    return sha256("\x1f".join(map(str, given)).encode()).hexdigest()


def post(
    tx: Transaction,
    key: str,
    kind: Kind,
    given: Sequence[str | int],
    moves: Sequence[Move],
    after: Wallet | None = None,
) -> Operation:
    """Write an operation, or return the one this key already stands for.

    `after` is a wallet as the operation leaves it, but for the balance, which its entries move.

    Raises KeyReusedError: the key is taken by an operation with other input.
    """
    operation = tx.ledger.add_operation(key, kind, digest(given))
    if operation is None:
        return _stored(tx, key, digest(given))
    by_wallet = _by_wallet(moves)
    if after is not None and after.id not in by_wallet:
        if tx.people.wallet(after.id).debt == after.debt:
            tx.people.save_wallet(after)
        else:  # debt took all, or all became debt: it stands in the wallet's history
            by_wallet[after.id] = []
    for wallet, its_moves in by_wallet.items():
        change = sum(move.change for move in its_moves)
        left = after if after is not None and after.id == wallet else None
        entry = tx.ledger.add_entry(operation, wallet, change, left)
        for move in its_moves:
            _allocate(tx, operation, entry, move)
    return operation


def _stored(tx: Transaction, key: str, given: str) -> Operation:
    stored = tx.ledger.operation(key)
    if stored is None or stored.given != given:
        raise KeyReusedError(key)
    return stored


def _by_wallet(moves: Sequence[Move]) -> dict[int, list[Move]]:
    grouped: dict[int, list[Move]] = defaultdict(list)
    for move in moves:
        grouped[move.wallet].append(move)
    return dict(sorted(grouped.items()))  # one order of locking for everybody


def _allocate(tx: Transaction, operation: Operation, entry: int, move: Move) -> None:
    match move:
        case Credit():
            tx.ledger.allocate(entry, tx.ledger.add_lot(operation, move), move.points)
        case Debit():
            tx.ledger.allocate(entry, move.lot.id, -move.points)
        case Refund():
            tx.ledger.allocate(entry, move.lot.id, move.points)
        case Prolonging():
            tx.ledger.prolong(move.lot.id, move.ends_at, operation.id)
