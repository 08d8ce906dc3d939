"""One way to change a case: kept, and told to everybody who has it before them."""

from dataclasses import replace

from loyalty.cases.recipients import still_hears
from loyalty.opinions import Case
from loyalty.ports import Transaction


def keep(tx: Transaction, before: Case, after: Case) -> Case:
    """The case with its next revision; messages that show it are redrawn in place."""
    if after == before:
        return before
    kept = replace(after, revision=before.revision + 1)
    tx.cases.save_case(kept)
    redraw_all(tx, kept)
    return kept


def redraw_all(tx: Transaction, case: Case) -> None:
    """Of several in one chat the newest is enough: it is the one that is looked at."""
    newest = {shown.telegram: shown for shown in tx.cases.shown(case.id)}
    for shown in newest.values():
        if still_hears(tx, case, shown.telegram, as_owner=shown.as_owner):
            redraw(tx, case, shown.telegram, shown.message)


def redraw(tx: Transaction, case: Case, telegram: int, message: int) -> None:
    """This message shows an older revision."""
    key = f"case-edit:{case.id}:{case.revision}:{telegram}:{message}"
    tx.outbox.put_in_chat(
        key, "case-edit", telegram, case=case.id, message=message, revision=case.revision
    )
