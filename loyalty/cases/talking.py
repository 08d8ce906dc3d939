"""What patient and clinic say to each other about a visit, passed on by the bot."""

from dataclasses import replace
from datetime import timedelta

from loyalty.cases.changing import keep
from loyalty.cases.opening import reader_of, reopen, takes_part, unrated
from loyalty.cases.recipients import (
    Owners,
    Recipient,
    acts_as_owner,
    branches_of,
    check_handles,
    recipients,
    stand_in,
)
from loyalty.desk.access import Decider
from loyalty.errors import OutOfTurnError
from loyalty.opinions import Case, CaseState, Side
from loyalty.people import Account
from loyalty.ports import Transaction
from loyalty.saying import NobodyListensError, Said, write_down

GOES_ON = timedelta(hours=48)  # after a case was solved: what is written then opens it again


def say(tx: Transaction, telegram: int, visit: int, said: Said, owners: Owners) -> Case | None:
    """The patient's own words: to who is at the case, else to all who hear of it.

    Words about a solved case open it again, and words before any stars open one. After four or
    five stars there is no case: owners and managers read them as they come.
    Raises OutOfTurnError: another's rating, or consent is withdrawn. TooLongError.
    """
    account, found = reader_of(tx, telegram, visit)
    tx.desk.draft(visit)  # held: two who speak at once open one case
    rating, case = tx.ratings.rating(visit), tx.cases.case_of(visit)
    rated_it = rating is None or rating.account == account.id
    if not rated_it and (case is None or not takes_part(tx, account, case)):
        raise OutOfTurnError
    words = write_down(tx, Side.PATIENT, account.name or "", said, visit=visit)
    if words is None:
        return case
    if case is not None:
        case = reopen(tx, case, owners) if not case.open else _again(tx, case)
    elif rating is None:
        case = unrated(tx, account, found, owners)
        if said.fits_a_card:
            return case
    kind = "rating-words" if case is None else "case-words"
    for one in _hearers(tx, owners, case, found.branch):
        key = f"{kind}:{words.id}:{one.telegram}"
        owner = int(one.as_owner)
        tx.outbox.put_in_chat(key, kind, one.telegram, words=words.id, owner=owner)
    return case


def _hearers(tx: Transaction, owners: Owners, case: Case | None, branch: int) -> list[Recipient]:
    """Who is at it, or stands in for them; while nobody is, all."""
    if case is not None and case.taken_by is not None:
        here = stand_in(tx, owners, case.taken_by)
        if branch in branches_of(tx, owners, here):
            return [Recipient(here, acts_as_owner(tx, owners, here))]
    return list(recipients(tx, owners, branch))


def answer(tx: Transaction, by: Decider, owners: Owners, name: str, case: int, said: Said) -> Case:
    """The clinic's words to the patient; who answers a new case has taken it.

    Raises NotTheirCaseError, NobodyListensError, TooLongError.
    """
    found = tx.cases.case(case)
    check_handles(tx, by, owners, found)
    if found.account not in {a.id for a in tx.people.speaking_for(found.patient)}:
        raise NobodyListensError
    words = write_down(tx, Side.CLINIC, name, said, visit=found.visit)
    if words is None:
        return found
    tx.outbox.put(f"case-answer:{words.id}", "case-answer", found.account, words=words.id)
    if found.state is CaseState.NEW:
        taken = replace(found, state=CaseState.TAKEN, taken_by=by.telegram, taken_name=name)
        return keep(tx, found, taken)
    return _again(tx, found)


def _again(tx: Transaction, case: Case) -> Case:
    """More was said: messages that show the case show that too."""
    return keep(tx, case, replace(case, revision=case.revision + 1))


def under_way(tx: Transaction, account: Account) -> Case | None:
    """The open case, or the one just solved: what the patient writes belongs there."""
    return tx.cases.case_with(account.id, account.telegram or 0, tx.now - GOES_ON)


def clinic_has_spoken(tx: Transaction, visit: int) -> bool:
    return any(words.side is Side.CLINIC for words in tx.ratings.words(visit))
