"""Invitations on paper: a walk-in's visit was recorded by phone, its slip leads to the bot."""

import secrets
from dataclasses import dataclass

from loyalty.desk.drafting import OtherBranchError
from loyalty.desk.following import LINK
from loyalty.desk.purse import purse
from loyalty.errors import Refusal
from loyalty.ports import Transaction
from loyalty.team import Member


@dataclass(frozen=True, slots=True)
class Slip:
    """An invitation to hand over: the link's payload, the name on it, the points that wait."""

    payload: str
    name: str | None
    points: int


class NobodyToInviteError(Refusal):
    """The visit is of nobody in particular, or its patient has the bot already."""

    text = "refusal-nobody-to-invite"


def make(tx: Transaction, by: Member, visit: int) -> Slip:
    """The visit's slip, the same however often it is asked for.

    Raises OtherBranchError, NobodyToInviteError.
    """
    found = tx.desk.visit(visit)
    if found is None or found.branch != by.branch:
        raise OtherBranchError
    if found.patient is None or tx.people.speaking_for(found.patient):
        raise NobodyToInviteError
    token = tx.desk.slip(visit)
    if token is None:
        token = secrets.token_urlsafe(12)
        tx.desk.add_slip(token, visit)
    patient = tx.people.patient(found.patient)
    balance = purse(tx, patient.wallet, tx.branches.branch(found.branch)).balance
    return Slip(LINK + token, patient.name, balance + tx.programme.welcome)
