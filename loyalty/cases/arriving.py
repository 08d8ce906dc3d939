"""What follows when a letter about a case has arrived, or can't."""

from loyalty.cases.changing import redraw
from loyalty.cases.opening import remind
from loyalty.letters import Letter
from loyalty.ports import Transaction


def alerted(tx: Transaction, letter: Letter, message: int | None) -> None:
    """This message shows the case from now on; what changed meanwhile is drawn at once."""
    if letter.telegram is None or message is None:
        return
    case = tx.cases.case(letter.arguments["case"])
    tx.cases.note_message(case.id, letter.telegram, message, alert=True)
    if case.revision:
        redraw(tx, case, letter.telegram, message)
    if letter.kind == "case-overdue" and case.open:
        remind(tx, case, letter.telegram, letter.arguments["n"] + 1)


def told(tx: Transaction, letter: Letter, message: int | None) -> None:
    """A reply to this message is an answer in its case."""
    words = tx.ratings.words_by_id(letter.arguments["words"])
    case = words and tx.cases.case_of(words.visit)
    if case and letter.telegram is not None and message is not None:
        tx.cases.note_message(case.id, letter.telegram, message, alert=False)


def lost(tx: Transaction, letter: Letter) -> None:
    """An owner who never pressed Start: the staff chat hears that something waits, not what.

    A manager who can't be reached matters only where nobody else was.
    """
    case = tx.cases.case(letter.arguments["case"])
    chat = tx.branches.branch(case.branch).chat
    matters = letter.arguments.get("owner") or not tx.cases.alerts(case.id)
    if chat is not None and matters:
        owner = letter.arguments.get("owner", 0)
        key = f"case-waits:{case.id}:{owner}"
        tx.outbox.put_in_chat(key, "case-waits", chat, case=case.id, owner=owner)
