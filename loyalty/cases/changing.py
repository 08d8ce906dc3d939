"""One way to change a case: kept, and told to everybody who has it before them."""

from dataclasses import replace

from loyalty.opinions import Case
from loyalty.ports import Transaction


def keep(tx: Transaction, before: Case, after: Case) -> Case:
    """The case with its next revision; messages that show it are redrawn in place."""
    if after == before:
        return before
    kept = replace(after, revision=before.revision + 1)
    tx.cases.save_case(kept)
    for telegram, message in tx.cases.alerts(kept.id):
        redraw(tx, kept, telegram, message)
    return kept


def redraw(tx: Transaction, case: Case, telegram: int, message: int) -> None:
    """This message shows an older revision."""
    key = f"case-edit:{case.id}:{case.revision}:{telegram}:{message}"
    tx.outbox.put_in_chat(key, "case-edit", telegram, case=case.id, message=message)
