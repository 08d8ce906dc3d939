"""What patient and clinic say to each other about a visit, passed on by the bot."""

from dataclasses import dataclass, replace
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
from loyalty.errors import OutOfTurnError, Refusal
from loyalty.opinions import Case, CaseState, Side, Words
from loyalty.people import Account
from loyalty.ports import Transaction

LONGEST = 3000  # characters of a text; the message around it has 4096
GOES_ON = timedelta(hours=48)  # after a case was solved: what is written then opens it again
SHOWN = 300  # of them stand in the case itself; what is longer comes as a message of its own too


class TooLongError(Refusal):
    """Longer than fits into a message of the bot's."""

    text = "refusal-words-too-long"


class NobodyListensError(Refusal):
    """The patient has left the bot."""

    text = "refusal-nobody-listens"


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody has just said: `chat` and `message` are Telegram's.

    `media`: it is more than its text, and is passed on as it is.
    """

    chat: int
    message: int
    text: str | None = None
    media: bool = False

    @property
    def source(self) -> str:
        return f"{self.chat}:{self.message}"


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
    words = _keep(tx, visit, Side.PATIENT, account.name or "", said)
    if words is None:
        return case
    if case is not None:
        case = reopen(tx, case, owners) if not case.open else _again(tx, case)
    elif rating is None:
        case = unrated(tx, account, found, owners)
        if not said.media and len(said.text or "") <= SHOWN:
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
    words = _keep(tx, found.visit, Side.CLINIC, name, said)
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


def _keep(tx: Transaction, visit: int, side: Side, author: str, said: Said) -> Words | None:
    """None: these words are there already."""
    if said.text is not None and len(said.text) > LONGEST:
        raise TooLongError(longest=LONGEST)
    media = (said.chat, said.message) if said.media else (None, None)
    words = Words(0, visit, side, author, said.source, tx.now, said.text, *media)
    return tx.ratings.add_words(words)
