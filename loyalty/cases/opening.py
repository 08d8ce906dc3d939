"""A case opens with the stars, with after-care, or with words in place of either; what the patient
adds makes it plainer.
"""

from dataclasses import replace

from loyalty.cases.changing import keep
from loyalty.cases.recipients import Owners, recipients
from loyalty.errors import OutOfTurnError, Refusal
from loyalty.moves import awaits_desk
from loyalty.opinions import Call, Case, CaseState, Feels, Why
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


def few_stars(tx: Transaction, account: Account, visit: Visit, stars: int, owners: Owners) -> Case:
    """Every owner and the branch's manager hear of it now, of a case there was already too."""
    case = tx.cases.case_of(visit.id)
    if case is None:
        return _open(tx, account, visit, owners, stars=stars)
    rated = replace(case, stars=stars)
    if not case.open:
        return reopen(tx, rated, owners)
    kept = keep(tx, case, rated)
    alert(tx, kept, owners)
    return kept


def unwell(tx: Transaction, account: Account, visit: Visit, feels: Feels, owners: Owners) -> Case:
    """A question or pain after surgery: of one visit it is one case, whoever says it again.

    Every owner and the branch's manager hear of it now; of pain, also where they know of a
    question already.
    """
    why = Why.PAIN if feels is Feels.PAIN else None
    case = tx.cases.case_of(visit.id)
    if case is None:
        return _open(tx, account, visit, owners, why=why)
    if not case.open:
        return reopen(tx, replace(case, why=why or case.why), owners)
    return case if why is None else _because(tx, case, why, owners)


def unrated(tx: Transaction, account: Account, visit: Visit, owners: Owners) -> Case:
    """Words came before any stars: somebody reads them now, since nobody knows if they can wait."""
    return _open(tx, account, visit, owners)


def many_stars(tx: Transaction, visit: int) -> None:
    """Of a case that words or a question opened: whoever has it before their eyes sees them too."""
    case = tx.cases.case_of(visit)
    if case is not None and case.open:
        keep(tx, case, replace(case, revision=case.revision + 1))


def _open(
    tx: Transaction,
    account: Account,
    visit: Visit,
    owners: Owners,
    stars: int | None = None,
    why: Why | None = None,
) -> Case:
    if visit.patient is None:
        raise OutOfTurnError
    new = Case(0, visit.id, visit.patient, visit.branch, account.id, stars, tx.now, why=why)
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
    return _because(tx, _theirs(tx, telegram, visit), why, owners)


def _because(tx: Transaction, case: Case, why: Why, owners: Owners) -> Case:
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
    """The open case of a visit that this person has said something about."""
    account, _ = reader_of(tx, telegram, visit)
    case = tx.cases.case_of(visit)
    if case is None or not takes_part(tx, account, case):
        raise OutOfTurnError
    if not case.open:
        raise CaseClosedError
    return case


def takes_part(tx: Transaction, account: Account, case: Case) -> bool:
    """Whose stars or answer the case rests on: of a family one may rate, and another be in pain."""
    rating = tx.ratings.rating(case.visit)
    return (
        case.account == account.id
        or (rating is not None and rating.account == account.id)
        or tx.aftercare.feeling(case.visit, account.id) is not None
    )
