"""Whoever recommends a friend is rewarded by the friend's visits, for life, one level (programme:
referral).

Rewards gather unseen, as rows of their own beside the ledger: what is gathered is the sum of the
rows of a patient's records. A gain names its visit, what lowers it the visit's reversal too.
"""

from collections.abc import Sequence

from loyalty.people import Patient
from loyalty.ports import Transaction
from loyalty.visits import Reversal, Visit, money_left


def recommend(tx: Transaction, friend: int, referrer: int) -> bool:
    """Remember who recommended the friend; returns whether it counts. Said twice, it is said once.

    The first one wins, and stays: never oneself, nor somebody of the same phone or wallet, nor
    one who is erased. `referrer` is whose card it was, also where that record has become part of
    another one: should the two be parted, the friend is of the one who brought them.

    Raises PatientErasedError, PatientMergedError: of the friend.
    """
    if friend == referrer:
        return False
    counting = counts(tx, friend, referrer)
    if before := tx.rewards.referrer(friend):
        return _now(before) == _now(tx.people.patient(referrer))
    return counting and tx.rewards.add_referral(friend, referrer)


def bind(tx: Transaction, record: int, friend: int, referrer: int) -> None:
    """Remember a word that counts, unless another's did before. `record` is the one that came, also
    where it has become part of the `friend`: should the two be parted, the bond goes with it.
    """
    if tx.rewards.referrer(friend) is None:
        tx.rewards.add_referral(record, referrer)


def counts(tx: Transaction, friend: int, referrer: int) -> bool:
    """Whether the referrer's word about this friend counts, unless another's did before. Both are
    held from here on.

    Raises PatientErasedError, PatientMergedError: of the friend.
    """
    if friend == referrer:
        return False
    held = {patient.id: patient for patient in tx.merges.hold(sorted((friend, referrer)))}
    return counts_of(tx, held[friend].check_kept(), held[referrer])


def counts_of(tx: Transaction, friend: Patient, referrer: Patient) -> bool:
    """As `counts`, of two that are held."""
    record = _now(referrer)
    if referrer.erased or record == friend.id:
        return False
    return not tx.rewards.have_in_common(friend.id, record)


def _now(record: Patient) -> int:
    """Which record it is part of."""
    return record.id if record.merged_into is None else record.merged_into


def gather(tx: Transaction, visit: Visit, referrer: int | None, fixed: int) -> None:
    """The visit's reward, to the one who recommended its patient, if anybody did; with `fixed`
    points besides where the patient pays for the first time.
    """
    if referrer is None or visit.patient is None:
        return
    if visit.reward:
        tx.rewards.add(referrer, visit.reward, visit=visit.id)
    if fixed and visit.cash:
        tx.rewards.add_fixed(fixed, visit=visit.id, friend=visit.patient)


def lower(
    tx: Transaction, visit: Visit, before: Sequence[Reversal], reversal: Reversal, points: int
) -> None:
    """What of the visit's reward goes with this reversal, from where it was gathered; the fixed sum
    goes with the last of the money.
    """
    referrer = tx.rewards.rewarded(visit.id)
    if referrer is not None and points:
        tx.rewards.add(referrer, -points, visit=visit.id, n=reversal.n)
    if money_left(visit, before) and not money_left(visit, (*before, reversal)):
        tx.rewards.take_fixed(visit.id, reversal.n)
