"""A manager's or owner's tap on what staff may not do alone."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from loyalty import arriving
from loyalty.branches import Branch
from loyalty.desk import gifts, goodwill, merging, returning, unmerging
from loyalty.desk.asking import tell_staff
from loyalty.desk.correcting import is_late
from loyalty.desk.goodwill import Ended
from loyalty.desk.merging import Pair
from loyalty.desk.overseers import overseers
from loyalty.desk.purse import keep_out_of_own_pocket
from loyalty.desk.unmerging import Parting
from loyalty.errors import Refusal
from loyalty.letters import PLAIN, How, Letter, UntrueError
from loyalty.people import Patient
from loyalty.ports import Transaction
from loyalty.requests import Request, RequestKind, RequestState
from loyalty.visits import Reversal, Visit


class NotTheirsToDecideError(Refusal):
    """Neither an owner nor a manager of that branch."""

    text = "refusal-not-yours-to-decide"


class OwnRequestError(Refusal):
    """A manager asked for it, so another one or an owner decides."""

    text = "refusal-own-request"


class DecidedAlreadyError(Refusal):
    text = "refusal-decided-already"


class DecidedBy(StrEnum):
    OWNER = "owner"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Question:
    """What waits, or waited, for a tap: a gift, the return of a visit's money, a merge, a crowd.

    `reversal` is what it has led to, if it was granted; `before` is the money (kopecks) that the
    visit's earlier parts returned. `other` is the second record of a merge. `how` its letter goes.

    While it waits: `pair` is what a merge would do, `ended` what good will is about, `late` after
    how many days a return needs a tap, where that is why it does. `parting` is what it would mean
    to divide again what was merged. `friends` came by one card in a day.
    """

    request: Request
    branch: Branch
    patient: Patient | None
    visit: Visit | None
    reversal: Reversal | None = None
    before: int = 0
    decided_by: DecidedBy = DecidedBy.MANAGER
    other: Patient | None = None
    pair: Pair | None = None
    ended: Ended | None = None
    late: int | None = None
    parting: Parting | None = None
    friends: int = 0
    how: How = PLAIN


def question(tx: Transaction, request: int) -> Question:
    """To be shown. Who decides takes no `pair`: it would hold wallets before the desk's cards."""
    asked = _asked(tx, request)
    return replace(
        asked,
        pair=merging.about(tx, asked.request),
        ended=goodwill.about(tx, asked.request),
        late=_late(tx, asked),
    )


def _late(tx: Transaction, asked: Question) -> int | None:
    waits = asked.request.state is RequestState.WAITING
    if asked.visit is None or not waits or not is_late(tx, asked.visit):
        return None
    return tx.programme.returned_days


def _asked(tx: Transaction, request: int) -> Question:
    asked = tx.desk.request(request)
    reversals = tx.desk.reversals(asked.visit) if asked.visit is not None else ()
    return Question(
        asked,
        tx.branches.branch(asked.branch),
        tx.people.patient(asked.patient) if asked.patient is not None else None,
        tx.desk.visit(asked.visit) if asked.visit is not None else None,
        returning.made_for(asked, reversals),
        sum(one.money for one in reversals if one.n < (asked.n or 1)),
        other=tx.people.patient(asked.other) if asked.other is not None else None,
        friends=arriving.how_many(tx, asked),
    )


def decide(
    tx: Transaction,
    telegram: int,
    request: int,
    *,
    is_owner: bool,
    granted: bool,
    owners: Collection[int] = (),
) -> Question:
    """Grant or refuse what was asked; granted, it is done at once, in the name of who asked.

    An owner may, and a manager of that branch on another's request; an owner grants their own
    only where nobody else could; nobody for a wallet of their own.
    The same answer of the same person again changes nothing.
    Raises NotTheirsToDecideError, OwnRequestError, OwnPocketError, DecidedAlreadyError,
    ReversedAlreadyError, NothingEndedError, what `merging.pair` raises.
    """
    arriving.hold(tx, request)
    asked = _asked(tx, request)
    _check(tx, telegram, asked, is_owner=is_owner)
    if granted and asked.request.asked_by == telegram and _others(tx, telegram, asked, owners):
        raise OwnRequestError
    asked = replace(asked, decided_by=DecidedBy.OWNER if is_owner else DecidedBy.MANAGER)
    wished = RequestState.GRANTED if granted else RequestState.REFUSED
    if asked.request.state is not RequestState.WAITING:
        if (asked.request.state, asked.request.decided_by) != (wished, telegram):
            raise DecidedAlreadyError
        return asked
    decided = replace(asked.request, state=wished, decided_by=telegram, decided_at=tx.now)
    if granted and decided.kind is RequestKind.GOOD_WILL:
        goodwill.check_still(tx, decided)
    tx.desk.save_request(decided)
    if granted:
        _carry_out(tx, decided, owners)
    if decided.kind is not RequestKind.FRIENDS:  # the desk has not asked
        tell_staff(tx, decided, asked.decided_by)
    return replace(asked, request=decided)


def undoable(tx: Transaction, telegram: int, request: int, *, is_owner: bool) -> Question:
    """A merge that this person may take back now.

    Raises NotTheirsToDecideError, OwnPocketError, what `unmerging.undo` raises.
    """
    asked = _asked(tx, request)
    _check_decides(tx, telegram, asked, is_owner=is_owner)
    merge = unmerging.undoable(tx, request)
    return replace(asked, parting=unmerging.parting(tx, merge, asked.branch))


def decided(tx: Transaction, telegram: int, request: int, *, is_owner: bool) -> Question:
    """What came of it, for who may decide. Raises NotTheirsToDecideError, OwnPocketError."""
    asked = _asked(tx, request)
    _check_decides(tx, telegram, asked, is_owner=is_owner)
    return asked


def undo_merge(tx: Transaction, telegram: int, request: int, *, is_owner: bool) -> Question:
    """Take back a merge that was granted. A second press finds it undone.

    An owner may, and a manager of that branch; nobody for a wallet of their own.
    Raises NotTheirsToDecideError, OwnPocketError, what `unmerging.undo` raises.
    """
    asked = _asked(tx, request)
    _check_decides(tx, telegram, asked, is_owner=is_owner)
    if asked.request.state is RequestState.UNDONE:
        return asked
    by = DecidedBy.OWNER if is_owner else DecidedBy.MANAGER
    undone = replace(asked, request=unmerging.undo(tx, asked.request), decided_by=by)
    tell_staff(tx, undone.request, by)
    return undone


def _check(tx: Transaction, telegram: int, asked: Question, *, is_owner: bool) -> None:
    _check_decides(tx, telegram, asked, is_owner=is_owner)
    if not is_owner and asked.request.asked_by == telegram:
        raise OwnRequestError


def _check_decides(tx: Transaction, telegram: int, asked: Question, *, is_owner: bool) -> None:
    member = tx.branches.member(asked.request.branch, telegram)
    if not is_owner and (member is None or not member.manages):
        raise NotTheirsToDecideError
    named = (patient for patient in (asked.patient, asked.other) if patient is not None)
    keep_out_of_own_pocket(tx, telegram, *named, *arriving.who_wait(tx, asked.request))


def _others(tx: Transaction, telegram: int, asked: Question, owners: Collection[int]) -> bool:
    return any(other != telegram for other in overseers(tx, owners, [asked.branch]))


def _carry_out(tx: Transaction, request: Request, owners: Collection[int]) -> None:
    match request.kind:
        case RequestKind.GIFT | RequestKind.GOOD_WILL:
            gifts.carry_out(tx, request)
        case RequestKind.MERGE:
            merging.carry_out(tx, request)
        case RequestKind.FRIENDS:
            arriving.carry_out(tx, request, owners)
        case _:
            returning.carry_out(tx, request)


# --- read again as the letter leaves ---------------------------------------------------------


def facts_of(tx: Transaction, letter: Letter) -> Question:
    """What was decided answers the message that waited for it.

    Raises UntrueError: somebody has decided already, and there is nothing to ask.
    """
    asked = question(tx, letter.arguments["request"])
    waits = asked.request.state is RequestState.WAITING
    if waits is not (letter.kind == "request"):
        raise UntrueError
    decider = letter.arguments.get("decided_by", DecidedBy.MANAGER)
    waited = None if waits else asked.request.waits_in(letter.telegram)
    return replace(asked, decided_by=DecidedBy(decider), how=How(replies_to=waited))
