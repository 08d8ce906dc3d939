"""A case opens with the stars; what the patient adds makes it plainer."""

from dataclasses import replace

from loyalty.cases.changing import keep
from loyalty.cases.recipients import Owners, recipients
from loyalty.errors import OutOfTurnError, Refusal
from loyalty.moves import awaits_desk
from loyalty.opinions import Call, Case, CaseState, Why
from loyalty.people import Account
from loyalty.ports import Transaction
from loyalty.visits import Visit


class CaseClosedError(Refusal):
    """It is solved: what is left can be written, and opens it again."""

    text = "refusal-case-closed"


def reader_of(tx: Transaction, telegram: int, visit: int) -> tuple[Account, Visit]:
    """The account that speaks for the visit's patient, and the visit.

    Raises OutOfTurnError: another's visit, consent withdrawn, or a phone whose new holder the
    desk has not seen yet.
    """
    account, found = tx.people.account_of(telegram), tx.desk.visit(visit)
    if account is None or found is None or not reads(tx, account, found):
        raise OutOfTurnError
    return account, found


def reads(tx: Transaction, account: Account, visit: Visit) -> bool:
    """Whether the visit is this account's to hear of and to speak about."""
    if visit.patient is None or awaits_desk(tx, account):
        return False
    return account.id in {other.id for other in tx.people.speaking_for(visit.patient)}


def open_case(tx: Transaction, account: Account, visit: Visit, stars: int, owners: Owners) -> Case:
    """Every owner and the branch's manager hear of it now."""
    if visit.patient is None:
        raise OutOfTurnError
    new = Case(0, visit.id, visit.patient, visit.branch, account.id, stars, tx.now)
    case = tx.cases.add_case(new)
    alert(tx, case, owners)
    return case


def alert(tx: Transaction, case: Case, owners: Owners) -> None:
    for one in recipients(tx, owners, case.branch):
        key = f"case:{case.id}:{one.telegram}:{case.revision}"
        tx.outbox.put_in_chat(key, "case", one.telegram, case=case.id, owner=int(one.as_owner))


def reopen(tx: Transaction, case: Case, owners: Owners) -> Case:
    """The patient writes again: it is nobody's once more, and its day begins anew."""
    again = replace(
        case,
        state=CaseState.NEW,
        opened_at=tx.now,
        taken_by=None,
        taken_name=None,
        solved_name=None,
        solved_at=None,
    )
    kept = keep(tx, case, again)
    alert(tx, kept, owners)
    return kept


def say_why(tx: Transaction, telegram: int, visit: int, why: Why, owners: Owners) -> Case:
    """What went wrong; chosen again, the newer choice stands.

    Raises OutOfTurnError, CaseClosedError.
    """
    case = _theirs(tx, telegram, visit)
    if why is Why.PAIN and case.why is not why:
        _urge(tx, case, owners, "pain")
    return keep(tx, case, replace(case, why=why))


def say_how(tx: Transaction, telegram: int, visit: int, call: Call, owners: Owners) -> Case:
    """«Позвонить вам?» Raises OutOfTurnError, CaseClosedError."""
    case = _theirs(tx, telegram, visit)
    if call is Call.CALL and case.call is not call:
        _urge(tx, case, owners, "call")
    return keep(tx, case, replace(case, call=call))


def _urge(tx: Transaction, case: Case, owners: Owners, what: str) -> None:
    """An edit makes no sound: what can't wait comes as a message of its own too."""
    for one in recipients(tx, owners, case.branch):
        key = f"case-urgent:{case.id}:{what}:{case.revision}:{one.telegram}"
        tx.outbox.put_in_chat(
            *(key, "case-urgent", one.telegram),
            case=case.id,
            owner=int(one.as_owner),
            what=what,
        )


def _theirs(tx: Transaction, telegram: int, visit: int) -> Case:
    """The case that this person's stars have opened."""
    account, _ = reader_of(tx, telegram, visit)
    case = tx.cases.case_of(visit)
    if case is None or case.account != account.id:
        raise OutOfTurnError
    if not case.open:
        raise CaseClosedError
    return case
