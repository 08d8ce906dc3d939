"""Whether a letter may leave now, by its class (programme: Messages).

The facts say whether it is true; here is asked whether the reader agrees to hear it, and at this
hour: one place for every kind, so that a kind is a row of `loyalty.kinds`.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from loyalty.branches import Branch
from loyalty.hours import AFTERCARE, CARE, PROMO, SERVICE, Hours, next_open
from loyalty.kinds import KINDS, Class, Kind
from loyalty.letters import Letter, NotNowError, UntrueError
from loyalty.people import Account
from loyalty.ports import Transaction
from loyalty.tasks import never

APART = timedelta(days=7)  # between any two of care and promo to one account
MOST_PROMO, COUNTED_IN = 2, timedelta(days=30)
ASKED_AGAIN = timedelta(hours=1)  # whether a case is still open

HOURS: Mapping[Class, Hours] = {Class.SERVICE: SERVICE, Class.CARE: CARE, Class.PROMO: PROMO}


def check(
    tx: Transaction, letter: Letter, branch: Branch | None, along: Letter | None = None
) -> None:
    """`branch`: of what it is about; None: it concerns the clinic and no branch of it. `along`: the
    letter that it leaves with.

    Raises UntrueError: the reader doesn't agree to it, the patient is never to be disturbed, or it
    could leave only when it is of no use any more. NotNowError: it may leave then.
    """
    kind = KINDS[letter.kind]
    if kind.class_ is Class.ANSWER:
        return
    account = None if letter.account is None else tx.people.account(letter.account)
    if account is not None and not _agrees(tx, kind, account):
        raise UntrueError
    if kind.class_ is not Class.SERVICE and never.keeps_from(tx, letter):
        raise UntrueError
    opens = _opens(tx, letter, kind, branch, along)
    if opens <= tx.now:
        return
    if letter.expires_at is not None and opens >= letter.expires_at:
        raise UntrueError
    raise NotNowError(opens)


def _agrees(tx: Transaction, kind: Kind, account: Account) -> bool:
    if not account.consented:
        return False
    if kind.class_ is Class.CARE:
        return account.care_off_at is None
    return kind.class_ is not Class.PROMO or (bool(account.advertising) and tx.promo.standing().on)


def _opens(
    tx: Transaction, letter: Letter, kind: Kind, branch: Branch | None, along: Letter | None
) -> datetime:
    """The first moment from now at which nothing keeps it."""
    moment = max([tx.now, *_waits(tx, letter, kind, along)])
    if kind.any_hour:
        return moment
    hours = AFTERCARE if kind.class_ is Class.CARE and kind.any_day else HOURS[kind.class_]
    if branch is None:
        return next_open(hours, tx.zone, (), moment)
    return next_open(hours, branch.where, branch.days_off, moment)


def _waits(tx: Transaction, letter: Letter, kind: Kind, along: Letter | None) -> Iterator[datetime]:
    """Ends of what the account's other letters, and its open cases, make it wait for."""
    if letter.account is None or not kind.spaced:
        return
    message = {letter.id, along.id if along else letter.id}
    came = tx.outbox.left_since(letter.account, _spaced(), tx.now - COUNTED_IN, besides=message)
    yield from (at + APART for _, at in came)
    if kind.class_ is not Class.PROMO:
        return
    promo = sorted({at for name, at in came if KINDS[name].class_ is Class.PROMO})
    if len(promo) >= MOST_PROMO:
        yield promo[-MOST_PROMO] + COUNTED_IN
    if any(tx.cases.open_about(patient.id) for patient, _ in tx.people.spoken_for(letter.account)):
        yield tx.now + ASKED_AGAIN


def _spaced() -> list[str]:
    return [name for name, kind in KINDS.items() if kind.spaced]
