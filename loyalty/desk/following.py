"""A slip comes back: somebody has opened the invitation that a walk-in was given on paper."""

from dataclasses import dataclass

from loyalty import ratings
from loyalty.branches import Branch
from loyalty.letters import Letter, UntrueError
from loyalty.people import Account, Patient
from loyalty.ports import Transaction
from loyalty.visits import Visit, is_taken_back

LINK = "v_"


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """A slip that somebody else than its patient has opened; `phone` is that stranger's."""

    visit: Visit
    branch: Branch
    patient: Patient
    phone: str


def follow(tx: Transaction, account: Account) -> None:
    """What the slips led to by which this registered person came.

    The phone alone says whose points they are, and registration has looked for it; a slip in
    other hands is a matter for staff.
    """
    for payload, _ in tx.people.arrivals(account.id):
        if payload.startswith(LINK):
            _follow(tx, account, payload.removeprefix(LINK))


def _follow(tx: Transaction, account: Account, token: str) -> None:
    visit = _visit(tx, token)
    if visit is None or visit.patient is None or not tx.desk.use_slip(token, account.id):
        return
    branch = tx.branches.branch(visit.branch)
    if _is_of(tx, visit.patient, account.phone):
        readers = tx.people.speaking_for(visit.patient)
        ratings.plan(tx, visit, branch, readers, tx.desk.draft(visit.id).corrects)
        return
    chat = branch.chat
    if chat is not None:
        key = f"slip-strange:{visit.id}"
        tx.outbox.put_in_chat(key, "slip-strange", chat, visit=visit.id, account=account.id)


def _is_of(tx: Transaction, patient: int, phone: str | None) -> bool:
    """By any of the patient's records: two of them may have been merged."""
    records = (tx.people.patient(patient), *tx.people.merged_into(patient))
    return phone in {record.phone for record in records}


def _visit(tx: Transaction, token: str) -> Visit | None:
    number = tx.desk.slip_visit(token)
    return None if number is None else tx.desk.visit(number)


def facts_of(tx: Transaction, letter: Letter) -> SlipFacts:
    """Raises UntrueError: who opened it has left the bot, or the visit was taken back."""
    visit = tx.desk.visit(letter.arguments["visit"])
    phone = tx.people.account(letter.arguments["account"]).phone
    if visit is None or visit.patient is None or phone is None:
        raise UntrueError
    if is_taken_back(visit, tx.desk.reversals(visit.id)):
        raise UntrueError
    branch = tx.branches.branch(visit.branch)
    return SlipFacts(visit, branch, tx.people.patient(visit.patient), phone)
