"""A case opens with the stars; what the patient adds makes it plainer."""

from collections.abc import Collection
from dataclasses import replace

from loyalty.cases.changing import keep
from loyalty.cases.recipients import recipients
from loyalty.errors import OutOfTurnError
from loyalty.opinions import SOLVED_WITHIN, Call, Case, Why
from loyalty.people import Account
from loyalty.ports import Transaction
from loyalty.visits import Visit


def open_case(
    tx: Transaction, account: Account, visit: Visit, stars: int, owners: Collection[int]
) -> Case:
    """Every owner and the branch's manager hear of it now, and again while it isn't solved."""
    if visit.patient is None:
        raise OutOfTurnError
    new = Case(0, visit.id, visit.patient, visit.branch, account.id, stars, tx.now)
    case = tx.cases.add_case(new)
    for who in recipients(tx, owners, case.branch):
        owner = int(who in owners)
        tx.outbox.put_in_chat(f"case:{case.id}:{who}", "case", who, case=case.id, owner=owner)
        remind(tx, case, who, 1)
    return case


def remind(tx: Transaction, case: Case, who: int, n: int) -> None:
    """A day after the stars, and every day from then on, while the case isn't solved."""
    tx.outbox.put_in_chat(
        f"case-overdue:{case.id}:{who}:{n}",
        "case-overdue",
        who,
        not_before=max(tx.now, case.opened_at + n * SOLVED_WITHIN),
        case=case.id,
        n=n,
    )


def say_why(tx: Transaction, telegram: int, visit: int, why: Why) -> Case:
    """What went wrong; chosen again, the newer choice stands. Raises OutOfTurnError."""
    case = _theirs(tx, telegram, visit)
    return keep(tx, case, replace(case, why=why))


def say_how(tx: Transaction, telegram: int, visit: int, call: Call) -> Case:
    """«Позвонить вам?» Raises OutOfTurnError."""
    case = _theirs(tx, telegram, visit)
    return keep(tx, case, replace(case, call=call))


def _theirs(tx: Transaction, telegram: int, visit: int) -> Case:
    """The case that this person's stars have opened."""
    account, case = tx.people.account_of(telegram), tx.cases.case_of(visit)
    if account is None or case is None or case.account != account.id:
        raise OutOfTurnError
    return case
