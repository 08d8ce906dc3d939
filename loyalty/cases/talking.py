"""What patient and clinic say to each other about a visit, passed on by the bot."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from loyalty.cases.changing import keep
from loyalty.cases.recipients import check_handles, recipients
from loyalty.desk.access import Decider
from loyalty.errors import OutOfTurnError, Refusal
from loyalty.opinions import Case, CaseState, Side, Words
from loyalty.people import Account
from loyalty.ports import Transaction

LONGEST = 3000  # characters of a text; the message around it has 4096


class TooLongError(Refusal):
    """Longer than fits into a message of the bot's."""

    text = "refusal-words-too-long"


class NobodyListensError(Refusal):
    """The patient has left the bot."""

    text = "refusal-nobody-listens"


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody has just said. `chat` and `message` are Telegram's, to pass it on as it is."""

    chat: int
    message: int
    text: str | None = None

    @property
    def source(self) -> str:
        return f"{self.chat}:{self.message}"


def say(
    tx: Transaction, telegram: int, visit: int, said: Said, owners: Collection[int]
) -> Case | None:
    """The patient's own words: to who is at the case, else to all who heard of it.

    After four or five stars there is no case: owners and managers read them as they come.
    Raises OutOfTurnError: the account has not rated this visit. TooLongError.
    """
    account, rating = tx.people.account_of(telegram), tx.ratings.rating(visit)
    found = tx.desk.visit(visit)
    if account is None or rating is None or found is None or rating.account != account.id:
        raise OutOfTurnError
    case = tx.cases.case_of(visit)
    words = _keep(tx, visit, Side.PATIENT, account.name or "", said)
    if words is None:
        return case
    at_it = case and case.open and case.taken_by
    hearers = [at_it] if at_it else recipients(tx, owners, found.branch)
    kind = "case-words" if case else "rating-words"
    for who in hearers:
        tx.outbox.put_in_chat(f"{kind}:{words.id}:{who}", kind, who, words=words.id)
    return keep(tx, case, replace(case, revision=case.revision + 1)) if case else None


def answer(tx: Transaction, by: Decider, name: str, case: int, said: Said) -> Case:
    """The clinic's words to the patient; who answers a new case has taken it.

    Raises NotTheirCaseError, NobodyListensError, TooLongError.
    """
    found = tx.cases.case(case)
    check_handles(tx, by, found)
    if found.account not in {a.id for a in tx.people.speaking_for(found.patient)}:
        raise NobodyListensError
    words = _keep(tx, found.visit, Side.CLINIC, name, said)
    if words is None:
        return found
    tx.outbox.put(f"case-answer:{words.id}", "case-answer", found.account, words=words.id)
    if found.state is CaseState.NEW:
        taken = replace(found, state=CaseState.TAKEN, taken_by=by.telegram, taken_name=name)
        return keep(tx, found, taken)
    return keep(tx, found, replace(found, revision=found.revision + 1))


def under_way(tx: Transaction, account: Account) -> Case | None:
    """The open case in which the clinic has answered: what the patient writes belongs there."""
    case = tx.cases.open_with(account.id)
    if case is None:
        return None
    spoke = any(words.side is Side.CLINIC for words in tx.ratings.words(case.visit))
    return case if spoke else None


def _keep(tx: Transaction, visit: int, side: Side, author: str, said: Said) -> Words | None:
    """None: these words are there already."""
    if said.text is not None and len(said.text) > LONGEST:
        raise TooLongError(longest=LONGEST)
    media = (said.chat, said.message) if said.text is None else (None, None)
    words = Words(0, visit, side, author, said.source, tx.now, said.text, *media)
    return tx.ratings.add_words(words)
