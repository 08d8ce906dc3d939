"""A visit recorded by mistake: its sum, its patient, or all of it. Each is a reversal and at most
one new visit (programme: corrections).

Staff of the visit's branch may, on no wallet of their own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from loyalty import rewards
from loyalty.appointments import attending
from loyalty.branches import Branch
from loyalty.desk.access import check_works
from loyalty.desk.asking import close_requests
from loyalty.desk.drafting import OtherBranchError
from loyalty.desk.purse import keep_out_of_own_pocket, purse
from loyalty.desk.readers import reads_wallet
from loyalty.desk.takeback import TakeBack, take_back
from loyalty.errors import Refusal
from loyalty.ledger import post
from loyalty.letters import Letter, UntrueError
from loyalty.points import Kind
from loyalty.ports import Transaction
from loyalty.team import Member
from loyalty.visits import (
    Draft,
    DraftState,
    FoundBy,
    Reversal,
    ReversalKind,
    Slice,
    Visit,
    is_taken_back,
)


class ReversedAlreadyError(Refusal):
    """Somebody took the visit back before."""

    text = "refusal-reversed-already"


class PartlyReturnedError(Refusal):
    """Some of the visit's money went back: only the rest can follow, then it is recorded anew."""

    text = "refusal-partly-returned"


class TooLateToCorrectError(Refusal):
    """The till of that day is closed: money goes back by a return, the visit is recorded anew."""

    text = "refusal-too-late-to-correct"


class MovesWholeError(Refusal):
    """An old visit goes to another patient as it is."""

    text = "refusal-moves-whole"


class NotToTrainingError(Refusal):
    """A visit that was paid for is nobody's exercise."""

    text = "refusal-not-to-training"


class NeedsReturnError(Refusal):
    """So much, or so late, is taken back only by a return that a manager confirms."""

    text = "refusal-needs-return"


class TooLateToUndoError(Refusal):
    text = "refusal-too-late-to-undo"


class NothingToUndoError(Refusal):
    """The presser has recorded nothing yet."""

    text = "refusal-nothing-to-undo"


class NotYourRecordingError(Refusal):
    """Undone is only what the presser recorded."""

    text = "refusal-not-your-recording"


# What the patient hears. Of a wrong sum the new receipt tells, and it takes the old one's place.
LETTERS = {
    ReversalKind.WRONG_PATIENT: "visit-mistaken",
    ReversalKind.UNDONE: "visit-mistaken",
    ReversalKind.RETURNED: "money-returned",
}


# --- another draft takes the visit's place ---------------------------------------------------


def correct_sum(tx: Transaction, by: Member, name: str, visit: int) -> Draft:
    """A draft like the visit, to be given the right sum; once asked, it is one draft.

    The points that the patient agreed to spend need no new consent.
    Raises TooLateToCorrectError, OtherBranchError, OwnPocketError, ReversedAlreadyError,
    PartlyReturnedError.
    """
    wrong = correctable(tx, by, visit)
    _check_same_day(tx, wrong)
    return _draft_instead(tx, by, name, wrong, ReversalKind.WRONG_SUM, lambda draft: draft)


def correct_patient(tx: Transaction, by: Member, name: str, visit: int) -> Draft:
    """A draft like the visit that asks whose it is; once asked, it is one draft.

    Raises OtherBranchError, OwnPocketError, ReversedAlreadyError, PartlyReturnedError.
    """
    wrong = correctable(tx, by, visit)
    return _draft_instead(tx, by, name, wrong, ReversalKind.WRONG_PATIENT, _of_nobody_yet)


def supersede(tx: Transaction, by: Member, name: str, draft: Draft) -> None:
    """The visit that this draft corrects is taken back, just before the draft is recorded.

    Raises what `correct_sum` and `correct_patient` raise, MovesWholeError, NotToTrainingError,
    NeedsReturnError.
    """
    if draft.corrects is None:
        return
    wrong = correctable(tx, by, draft.corrects)
    if draft.training and not wrong.training:
        raise NotToTrainingError
    if draft.patient == wrong.patient:
        _check_same_day(tx, wrong)
        kind = ReversalKind.WRONG_SUM
    else:
        _check_moves(tx, wrong, draft)
        kind = ReversalKind.WRONG_PATIENT
    write_reversal(tx, by.telegram, name, wrong, kind)


def _check_moves(tx: Transaction, wrong: Visit, draft: Draft) -> None:
    """Another patient is no way around a return, nor around the day of the record."""
    if draft.patient is None and beyond_limits(tx, wrong, _returned_money(tx, wrong)):
        raise NeedsReturnError
    if not recorded_today(tx, wrong) and _what(draft) != _what(wrong):
        raise MovesWholeError


def _what(visit: Draft | Visit) -> tuple[object, ...]:
    parts = [(part.sum, part.category, part.doctor, part.excluded) for part in visit.parts]
    return visit.kind, visit.day, parts


def _returned_money(tx: Transaction, visit: Visit) -> int:
    return take_back(tx, visit, tx.branches.branch(visit.branch)).back.money_back


def beyond_limits(tx: Transaction, visit: Visit, money: int) -> bool:
    """So much of a visit in all, or so long after it, goes back only with a manager's tap."""
    return (money > tx.programme.returned or is_late(tx, visit)) and not visit.training


def is_late(tx: Transaction, visit: Visit) -> bool:
    """Whether the days are over in which staff may return its money without a manager."""
    last_day = visit.day + timedelta(days=tx.programme.returned_days)
    return tx.branches.branch(visit.branch).today(tx.now) > last_day


def _check_same_day(tx: Transaction, visit: Visit) -> None:
    if not recorded_today(tx, visit):
        raise TooLateToCorrectError


def _draft_instead(
    tx: Transaction,
    by: Member,
    name: str,
    wrong: Visit,
    kind: ReversalKind,
    change: Callable[[Draft], Draft],
) -> Draft:
    """The open draft that corrects the visit so, or a new one if the last was dropped."""
    tries, source = 0, f"{kind}:{wrong.id}:0"
    while known := tx.desk.draft_from(source):
        if known.state is not DraftState.DROPPED:
            return known
        tries += 1
        source = f"{kind}:{wrong.id}:{tries}"
    like = replace(_reopened(tx, wrong), source=source, author=by.telegram, author_name=name)
    return tx.desk.add_draft(change(like))


def _reopened(tx: Transaction, wrong: Visit) -> Draft:
    """What the visit was recorded from, to be recorded anew."""
    return replace(
        tx.desk.draft(wrong.id),
        corrects=wrong.id,
        state=DraftState.OPEN,
        revision=0,
        card=None,
        typed=None,
        repeats=False,
        points=0 if _stopped(tx, wrong) else wrong.points,
        most=False,
        asked_until=None,
        asked_points=None,
    )


def _stopped(tx: Transaction, wrong: Visit) -> bool:
    """Whether its patient's wallet has been closed to spending since."""
    if wrong.patient is None:
        return False
    wallet = tx.people.patient(wrong.patient).wallet
    return tx.people.wallet(wallet).spending_off is not None


def _of_nobody_yet(draft: Draft) -> Draft:
    return replace(
        draft,
        patient=None,
        who=None,
        newcomer=None,
        found_by=FoundBy.PHONE,
        points=None,
        consent_until=None,
        consent_points=None,
        signed=False,
    )


# --- nothing takes its place -----------------------------------------------------------------


def last_recorded(tx: Transaction, by: Member) -> Visit:
    """What /undo would take back: the presser's own last recording here.

    Raises NothingToUndoError, OwnPocketError, ReversedAlreadyError, PartlyReturnedError.
    """
    last = tx.desk.last_by(by.branch, by.telegram)
    if last is None or not recorded_today(tx, last):
        raise NothingToUndoError
    return correctable(tx, by, last.id)


def undo(tx: Transaction, by: Member, name: str, visit: int) -> Reversal:
    """Take back what the presser recorded today. A second press returns the first's reversal.

    Raises NotYourRecordingError, TooLateToUndoError, OwnPocketError, ReversedAlreadyError,
    PartlyReturnedError.
    """
    found = held(tx, by, visit)
    if found.recorded_by != by.telegram:
        raise NotYourRecordingError
    for before in tx.desk.reversals(visit):
        if (before.kind, before.made_by) == (ReversalKind.UNDONE, by.telegram):
            return before
    wrong = _undoable(tx, correctable(tx, by, visit))
    return write_reversal(tx, by.telegram, name, wrong, ReversalKind.UNDONE)


def _undoable(tx: Transaction, visit: Visit) -> Visit:
    if not recorded_today(tx, visit):
        raise TooLateToUndoError
    return visit


def recorded_today(tx: Transaction, visit: Visit) -> bool:
    branch = tx.branches.branch(visit.branch)
    return branch.today(visit.recorded_at) == branch.today(tx.now)


# --- the reversal ----------------------------------------------------------------------------


def correctable(tx: Transaction, by: Member, visit: int) -> Visit:
    """A visit that the person may correct, and nobody has taken anything of it back.

    Raises OtherBranchError, OwnPocketError, ReversedAlreadyError, PartlyReturnedError.
    """
    held(tx, by, visit)
    found = standing(tx, visit)
    if reversals := tx.desk.reversals(visit):
        raise PartlyReturnedError(name=reversals[-1].made_name)
    return found


def held(tx: Transaction, by: Member, visit: int) -> Visit:
    """A visit that the person may correct; whoever else wants to waits for this transaction.

    Raises NotStaffError, OtherBranchError, OwnPocketError.
    """
    found = _locked(tx, visit)
    if found.branch != by.branch:
        raise OtherBranchError
    check_works(tx, by)
    if found.patient is not None:
        keep_out_of_own_pocket(tx, by.telegram, tx.people.patient(found.patient))
    return found


def standing(tx: Transaction, visit: int) -> Visit:
    """A visit of which something is left, held as well. Raises ReversedAlreadyError."""
    found = _locked(tx, visit)
    reversals = tx.desk.reversals(visit)
    if is_taken_back(found, reversals):
        raise ReversedAlreadyError(name=reversals[-1].made_name)
    return found


def _locked(tx: Transaction, visit: int) -> Visit:
    """The draft of the visit is what is locked: it has the same number."""
    tx.desk.draft(visit)
    found = tx.desk.visit(visit)
    if found is None:
        raise LookupError(f"no visit {visit}")
    return found


def write_reversal(
    tx: Transaction,
    by: int,
    name: str,
    visit: Visit,
    kind: ReversalKind,
    slices: Sequence[Slice] | None = None,
) -> Reversal:
    """These slices of the visit go back, or all that is left, with a word to the patient.

    Raises ReturnWholeError.
    """
    plan = take_back(tx, visit, tx.branches.branch(visit.branch), slices)
    before = tx.desk.reversals(visit.id)
    reversal = Reversal(
        visit=visit.id,
        n=len(before) + 1,
        kind=kind,
        bill=plan.back.bill,
        money=plan.back.money_back,
        points_back=plan.back.points_back,
        clawed=plan.back.claw_back,
        debt=plan.debt,
        made_by=by,
        made_name=name,
        at=tx.now,
        slices=plan.slices,
    )
    _move_points(tx, reversal, plan, slices or ())
    tx.desk.add_reversal(reversal)
    rewards.lower(tx, visit, before, reversal, plan.back.reward_back)
    close_requests(tx, tx.desk.waiting_for_return(visit.id))
    _tell_patient(tx, visit, reversal)
    if kind.cancels:
        attending.taken_back(tx, visit)
    return reversal


def _move_points(
    tx: Transaction, reversal: Reversal, plan: TakeBack, chosen: Sequence[Slice]
) -> None:
    visit = tx.ledger.operation(f"visit:{reversal.visit}")
    if plan.wallet is None or visit is None:
        return
    given: list[str | int] = [reversal.visit, reversal.n, reversal.kind, reversal.made_by]
    given += [number for one in chosen for number in (one.part, one.sum)]
    kind = Kind.REVERSAL if reversal.kind.cancels else Kind.RETURN
    post(tx, f"reversal:{visit.id}:{reversal.n}", kind, given, plan.moves, plan.after)


def _tell_patient(tx: Transaction, visit: Visit, reversal: Reversal) -> None:
    kind = LETTERS.get(reversal.kind)
    if visit.patient is None or kind is None:
        return
    for account in tx.people.speaking_for(visit.patient):
        key = f"{kind}:{visit.id}:{reversal.n}:{account.id}"
        tx.outbox.put(key, kind, account.id, visit=visit.id, n=reversal.n)


# --- read again as the letter leaves ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReversalFacts:
    """A visit taken back, for the one who had its receipt.

    `balance` and `debt` are as they are now; None where the points are in another wallet than
    the reader's.
    """

    visit: Visit
    reversal: Reversal
    branch: Branch
    balance: int | None
    debt: int | None


def facts_of(tx: Transaction, letter: Letter) -> ReversalFacts:
    """Raises UntrueError: the mistaken receipt has never left, so there is nothing to take back."""
    number, n = letter.arguments["visit"], letter.arguments["n"]
    visit = tx.desk.visit(number)
    if visit is None or visit.patient is None:
        raise UntrueError
    receipt = f"receipt:{number}:{letter.account}"
    if letter.kind == "visit-mistaken" and not tx.outbox.was_sent(receipt):
        raise UntrueError
    branch, wallet = tx.branches.branch(visit.branch), tx.people.patient(visit.patient).wallet
    money = purse(tx, wallet, branch) if reads_wallet(tx, letter, wallet) else None
    balance, debt = (money.balance, money.debt) if money else (None, None)
    return ReversalFacts(visit, tx.desk.reversals(number)[n - 1], branch, balance, debt)
