"""An operation as the holder of its wallet is told of it: what debt took, or left, is part of it.

The ledger knows what lots lost and gained; what was earned and clawed back is written down with
the visit, its reversal or the request.
"""

from dataclasses import replace

from loyalty.points import PAYMENT, HistoryLine, Kind
from loyalty.ports import Transaction
from loyalty.visits import VisitKind


def explained(tx: Transaction, line: HistoryLine) -> HistoryLine:
    """The line with both numbers where debt stands between them."""
    match line.kind:
        case Kind.VISIT:
            return _visit(tx, line)
        case Kind.GIFT | Kind.GOOD_WILL:
            return _given(tx, line)
        case Kind.REVERSAL | Kind.RETURN:
            return _taken_back(tx, line)
        case Kind.REWARD:
            return _posted(tx, line)
    return line


def _visit(tx: Transaction, line: HistoryLine) -> HistoryLine:
    visit = tx.desk.visit(_last_number(line.key))
    if visit is None:
        return line
    kind = PAYMENT if visit.kind is VisitKind.ADVANCE else line.kind
    return replace(line, kind=kind, earned=visit.earned, debt=-visit.settled)


def _given(tx: Transaction, line: HistoryLine) -> HistoryLine:
    amount = tx.desk.request(_last_number(line.key)).amount
    return replace(line, earned=amount, debt=line.earned - amount)


def _taken_back(tx: Transaction, line: HistoryLine) -> HistoryLine:
    """Lots hide what came back to where it was taken from again."""
    _, visit, n = line.key.split(":")
    recorded = tx.ledger.numbered(int(visit))
    back = tx.desk.reversals(_last_number(recorded.key))[int(n) - 1]
    return replace(line, spent=back.clawed, earned=back.points_back, debt=back.debt)


def _posted(tx: Transaction, line: HistoryLine) -> HistoryLine:
    posting = tx.ledger.operation(line.key)
    assert posting is not None  # noqa: S101 (the line is its entry; told to the types)
    amount = tx.rewards.taken_by(posting.id)
    return replace(line, earned=amount, debt=line.earned - amount)


def _last_number(key: str) -> int:
    """`visit:7`, `gift:7`: which of them it was."""
    return int(key.rpartition(":")[2])
