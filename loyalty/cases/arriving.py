"""What follows when a letter about a case has arrived, or can't."""

from dataclasses import replace

from loyalty.cases.changing import keep, redraw
from loyalty.cases.recipients import Owners, acts_as_owner, branches_of
from loyalty.letters import Letter
from loyalty.opinions import CaseState
from loyalty.ports import Transaction

MOST = 20  # open cases that come at once to who has just pressed Start


def alerted(tx: Transaction, letter: Letter, message: int | None) -> None:
    """This message shows the case from now on; what changed meanwhile is drawn at once."""
    if letter.telegram is None or message is None:
        return
    case = tx.cases.case(letter.arguments["case"])
    as_owner = bool(letter.arguments["owner"])
    tx.cases.show(case.id, letter.telegram, message, whole=True, as_owner=as_owner)
    if case.revision:
        redraw(tx, case, letter.telegram, message)


def told(tx: Transaction, letter: Letter, message: int | None) -> None:
    """A reply to this message is an answer in its case."""
    words = tx.ratings.words_by_id(letter.arguments["words"])
    case = tx.cases.case_of(words.visit) if words and words.visit else None
    if case and letter.telegram is not None and message is not None:
        as_owner = bool(letter.arguments["owner"])
        tx.cases.show(case.id, letter.telegram, message, whole=False, as_owner=as_owner)


def urged(tx: Transaction, letter: Letter, message: int | None) -> None:
    """So is one to what came as a message of its own because it can't wait."""
    if letter.telegram is not None and message is not None:
        case, as_owner = letter.arguments["case"], bool(letter.arguments["owner"])
        tx.cases.show(case, letter.telegram, message, whole=False, as_owner=as_owner)


def lost(tx: Transaction, letter: Letter) -> None:
    """An owner who never pressed Start: the staff chat hears that something waits, not what.

    A manager who can't be reached matters only where nobody else was. What was passed on to
    somebody whom the bot can't reach is nobody's again, and who is away hears it themselves where
    their deputy can't.
    """
    case = tx.cases.case(letter.arguments["case"])
    if case.open and case.taken_by == letter.telegram:
        free = replace(case, state=CaseState.NEW, taken_by=None, taken_name=None)
        case = keep(tx, case, free)
    for absent, deputy in tx.cases.absences().items():
        if deputy == letter.telegram:
            key = f"{letter.kind}:{case.id}:{absent}:for:{deputy}:{case.revision}"
            arguments = {"case": case.id, "owner": letter.arguments["owner"]}
            tx.outbox.put_in_chat(key, letter.kind, absent, **arguments)
    chat = tx.branches.branch(case.branch).chat
    owner = int(letter.arguments["owner"])
    if chat is not None and (owner or not tx.cases.shown(case.id)):
        key = f"case-waits:{case.id}:{owner}"
        whom = letter.telegram or 0
        tx.outbox.put_in_chat(key, "case-waits", chat, case=case.id, owner=owner, whom=whom)


def catch_up(tx: Transaction, telegram: int, owners: Owners) -> None:
    """Somebody has pressed Start: the open cases that never reached their chat come now."""
    branches = branches_of(tx, owners, telegram)
    for case in tx.cases.cases(sorted(branches), [CaseState.NEW, CaseState.TAKEN], MOST):
        if all(shown.telegram != telegram for shown in tx.cases.shown(case.id)):
            owner = int(acts_as_owner(tx, owners, telegram))
            key = f"case:{case.id}:{telegram}:started:{case.revision}"
            tx.outbox.put_in_chat(key, "case", telegram, case=case.id, owner=owner)
            tx.outbox.revive(key)  # they blocked the bot after their last Start
