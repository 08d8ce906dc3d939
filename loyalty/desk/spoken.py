"""A recommendation by word of mouth: asked at the desk, before the first paid visit."""

from collections.abc import Collection

from loyalty import rewards
from loyalty.arriving import is_staff
from loyalty.desk.access import check_works
from loyalty.desk.purse import keep_out_of_own_pocket
from loyalty.errors import Refusal
from loyalty.people import Patient
from loyalty.ports import Transaction
from loyalty.team import Member


class NotFirstVisitError(Refusal):
    """They have paid for a visit, or it is known already who brought them."""

    text = "refusal-not-first-visit"


class NoRecommendationError(Refusal):
    """Nobody recommends oneself or one's family, and who is erased recommends nobody."""

    text = "refusal-no-recommendation"


class StaffRecommendsError(Refusal):
    """Staff earn no lasting reward unless an owner allows it."""

    text = "refusal-staff-recommends"


def name(
    tx: Transaction, by: Member, friend: int, referrer: int, *, owners: Collection[int]
) -> tuple[Patient, Patient]:
    """The friend's visits reward who recommended them from now on; no gift comes of words.

    Any staff may, but naming neither oneself nor one they speak for, and for neither of those.
    Said twice, it is said once. Raises NotStaffError, what `check` raises.
    """
    check_works(tx, by)
    tx.merges.hold(sorted((friend, referrer)))  # whoever is recording their visit is waited for
    pair = check(tx, by, friend, referrer, owners=owners)
    before = tx.rewards.referrer(friend)
    if before is None and not rewards.recommend(tx, friend, referrer):
        raise NoRecommendationError
    return pair


def check(
    tx: Transaction, by: Member, friend: int, referrer: int, *, owners: Collection[int]
) -> tuple[Patient, Patient]:
    """Both, where the word would count.

    Raises OwnPocketError, PatientErasedError, PatientMergedError, NotFirstVisitError,
    NoRecommendationError, StaffRecommendsError.
    """
    known, whose = (tx.people.patient(one).check_kept() for one in (friend, referrer))
    for patient in (known, whose):
        keep_out_of_own_pocket(tx, by.telegram, patient)
    before = tx.rewards.referrer(friend)
    if before is not None and (before.merged_into or before.id) == whose.id:
        return known, whose
    if not tx.friends.may_be_recommended(friend):
        raise NotFirstVisitError
    if friend == referrer or tx.rewards.have_in_common(friend, referrer):
        raise NoRecommendationError
    if not tx.programme.staff_referral and is_staff(tx, referrer, owners):
        raise StaffRecommendsError
    return known, whose
