"""Care can be switched off: by who receives it, for all for whom their account speaks."""

from dataclasses import replace

from loyalty import aftercare, ratings
from loyalty.aftercare import AftercareFacts
from loyalty.errors import OutOfTurnError
from loyalty.people import Account
from loyalty.ports import Transaction
from loyalty.ratings import RatingFacts

Asked = RatingFacts | AftercareFacts


def switch(tx: Transaction, telegram: int, on: bool) -> Account:
    """Whether the person is asked after visits and reminded to come again; every change is kept.

    What is on its way stays behind as well. Raises OutOfTurnError: not registered.
    """
    account = tx.people.account_of(telegram)
    if account is None or not account.registered:
        raise OutOfTurnError
    if on is (account.care_off_at is None):
        return account
    decision, version = "given" if on else "withdrawn", account.consent_version or ""
    tx.papers.note_consent(account.id, "care", decision, version)
    account = replace(account, care_off_at=None if on else tx.now)
    tx.people.save_account(account)
    return account


def question(tx: Transaction, telegram: int, visit: int) -> Asked | None:
    """What this person was asked about the visit and has not answered yet."""
    account = tx.people.account_of(telegram)
    if account is None:
        return None
    asked = (aftercare.unanswered(tx, account), ratings.unanswered(tx, account))
    return next((one for one in asked if one is not None and one.visit.id == visit), None)
