"""On the 1st of a month what has gathered for a patient becomes one lot (programme: referral).

Late is fine, never twice: the operation is named by the patient and the month.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from loyalty.dates import end_after, last_day, months_later
from loyalty.desk.readers import hears_of, reads_wallet
from loyalty.errors import AwaitsDeskError
from loyalty.gathering import STEP, first_of, midnight, shares, waited_till
from loyalty.hours import next_service_in
from loyalty.ledger import post
from loyalty.letters import Letter, UntrueError
from loyalty.moves import awaits_desk
from loyalty.people import Account, Patient
from loyalty.points import Credit, Kind, Operation, Reason
from loyalty.ports import Transaction
from loyalty.statement import statement

TOGETHER = 100  # records that are looked at in one question: others wait to read meanwhile


@dataclass(frozen=True, slots=True)
class Due:
    """Patients who wait for a posting, and the record to go on after; None: that is all."""

    patients: Sequence[int]
    after: int | None


def this_month(tx: Transaction) -> date:
    """The 1st whose postings are to be made by now, whatever was missed before it."""
    return first_of(tx.now, tx.zone)


def due(tx: Transaction, after: int = 0) -> Due:
    """Who of the next records' patients waits for a posting of this month."""
    found = tx.rewards.gatherers(after, TOGETHER)
    hopeful = sorted({patient for _, patient, points in found if points >= STEP})
    waiting = _shares(tx, hopeful) if hopeful else {}
    return Due(sorted(waiting), found[-1][0] if found else None)


def post_for(tx: Transaction, patient: int) -> Operation | None:
    """Post what the patient has coming this month; None: nothing, or it is posted already.

    Nobody posts anything for who is erased, nor for a record that is part of another one.
    """
    whom = tx.merges.hold([patient])[0]
    if whom.erased or whom.merged_into:
        return None
    tx.rewards.hold(whom.id)
    taken = _shares(tx, [whom.id]).get(whom.id)
    if not taken:
        return None
    first, points = this_month(tx), sum(taken.values())
    wallet = tx.people.wallet(whom.wallet)
    settled = min(wallet.debt, points)
    operation = post(
        tx,
        _key(whom.id, first),
        Kind.REWARD,
        [whom.id, str(first)],
        _credits(tx, first, wallet.id, points - settled),
        replace(wallet, debt=wallet.debt - settled),
    )
    for record, share in taken.items():
        tx.rewards.take(record, share, operation.id)
    _tell(tx, whom, first, settled)
    return operation


def _shares(tx: Transaction, patients: Collection[int]) -> Mapping[int, Mapping[int, int]]:
    """What comes to those of them who have something coming and had nothing since the 1st."""
    first = this_month(tx)
    keys = {patient: _key(patient, first) for patient in patients}
    known = tx.ledger.known(list(keys.values()))
    begins = midnight(first, tx.zone)
    had, posted = tx.rewards.posted_since(patients, begins), tx.rewards.posted(patients)
    brought = tx.rewards.brought(patients, before=begins, alone=waited_till(first))
    found = {
        patient: shares(its, posted.get(patient, {}))
        for patient, its in brought.items()
        if patient not in had and keys[patient] not in known
    }
    return {patient: taken for patient, taken in found.items() if taken}


def _key(patient: int, first: date) -> str:
    return f"reward:{patient}:{first:%Y-%m}"


def _credits(tx: Transaction, first: date, wallet: int, points: int) -> list[Credit]:
    """It runs from the 1st, also where it is posted later."""
    ends_at = end_after(first + timedelta(tx.programme.reward_days), tx.zone)
    return [Credit(wallet, Reason.REWARD, points, ends_at)] if points else []


# --- what the patient hears ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PostedFacts:
    """Points that came on the 1st (`first`): `settled` went into debt. `balance` and `debt` are
    left; where the points are in another wallet than the reader's, these two are None.
    """

    first: date
    points: int
    settled: int
    ends_on: date | None
    balance: int | None = None
    debt: int | None = None


def _tell(tx: Transaction, whom: Patient, first: date, settled: int) -> None:
    """Not whom the desk has still to see: it would be told of a stranger's friends."""
    opens = next_service_in(tx.zone, tx.now)
    until = midnight(months_later(first, 1), tx.zone)
    for account in tx.people.speaking_for(whom.id):
        if not awaits_desk(tx, account):
            tx.outbox.put(
                f"{_key(whom.id, first)}:{account.id}",
                "reward",
                account.id,
                not_before=opens,
                expires_at=max(until, opens + timedelta(days=1)),
                patient=whom.id,
                first=first.isoformat(),
                settled=settled,
            )


def facts_of(tx: Transaction, letter: Letter) -> PostedFacts:
    """Raises UntrueError: the account has been taken over since, or speaks for them no longer."""
    if letter.account is None or awaits_desk(tx, tx.people.account(letter.account)):
        raise UntrueError
    whom = tx.people.patient(letter.arguments["patient"])
    first = date.fromisoformat(letter.arguments["first"])
    operation = tx.ledger.operation(_key(whom.id, first))
    if operation is None or whom.erased or not hears_of(tx, letter, whom):
        raise UntrueError
    facts = PostedFacts(
        first,
        tx.rewards.taken_by(operation.id),
        letter.arguments["settled"],
        _ends_on(tx, operation),
    )
    if not reads_wallet(tx, letter, whom.wallet):
        return facts
    stated = statement(tx, whom.wallet)
    return replace(facts, balance=stated.points, debt=stated.debt)


def together(postings: Sequence[PostedFacts]) -> PostedFacts:
    """To who speaks for several: the points of all that came on this 1st. Balance and debt are of
    one wallet: where it isn't the same for all of them, neither is told.
    """
    wallets = {(one.balance, one.debt) for one in postings}
    balance, debt = wallets.pop() if len(wallets) == 1 else (None, None)
    return PostedFacts(
        max(one.first for one in postings),
        sum(one.points for one in postings),
        sum(one.settled for one in postings),
        min((one.ends_on for one in postings if one.ends_on is not None), default=None),
        balance,
        debt,
    )


def _ends_on(tx: Transaction, operation: Operation) -> date | None:
    lots = tx.ledger.lots_of(operation.id)
    return last_day(lots[0].ends_at, tx.zone) if lots else None


# --- «Мои рекомендации» ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MyFriends:
    """How many had come by the last 1st, and what it brought. In between it moves only where a
    posting was late, or staff joined or parted records: neither tells a day of treatment.
    """

    first: date
    friends: int
    points: int
    ends_on: date | None


def my_friends(tx: Transaction, account: Account) -> MyFriends:
    """Of all for whom the account speaks, as of the last 1st: the desk notes who recommended
    somebody on the very day they are treated.

    Raises AwaitsDeskError: the account came to its wallet with a phone.
    """
    if awaits_desk(tx, account):
        raise AwaitsDeskError
    patients = [patient.id for patient, _ in tx.people.spoken_for(account.id)]
    first = this_month(tx)
    since = midnight(first, tx.zone)
    found = [(patient, tx.rewards.posting_since(patient, since)) for patient in patients]
    postings = {one.id: one for patient, one in found if one and _whose(tx, one) == patient}
    ends = [_ends_on(tx, one) for one in postings.values()]
    return MyFriends(
        first,
        sum(tx.rewards.friends(patient, since) for patient in patients),
        sum(tx.rewards.taken_by(number) for number in postings),
        min((day for day in ends if day is not None), default=None),
    )


def _whose(tx: Transaction, posting: Operation) -> int:
    """Not whose record it took a share of while that was one with theirs."""
    posted_for = tx.people.patient(int(posting.key.split(":")[1]))
    return posted_for.merged_into or posted_for.id
