"""What staff may not do alone waits for a manager or an owner (programme: corrections, by hand)."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from loyalty.desk.overseers import overseers
from loyalty.errors import Refusal
from loyalty.ports import Transaction
from loyalty.requests import Request, RequestState

LONGEST_REASON = 200


class NotAReasonError(Refusal):
    """A reason has words in it, and fits into a line or two."""

    text = "refusal-not-a-reason"


def clean_reason(words: str) -> str:
    """A reason as it is kept. Raises NotAReasonError."""
    reason = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    if len(reason) > LONGEST_REASON or not any(c.isalpha() for c in reason):
        raise NotAReasonError(longest=LONGEST_REASON)
    return reason


def ask_managers(tx: Transaction, request: Request, owners: Collection[int]) -> None:
    """Everyone who may decide hears of it in private; the first tap counts."""
    branch = tx.branches.branch(request.branch)
    for telegram in overseers(tx, owners, [branch]):
        key = f"request:{request.id}:{telegram}"
        tx.outbox.put_in_chat(key, "request", telegram, request=request.id)


def tell_staff(tx: Transaction, request: Request, decided_by: str) -> None:
    """The staff chat hears what was decided, and by whom."""
    chat = tx.branches.branch(request.branch).chat
    if chat is not None:
        undone = request.state is RequestState.UNDONE
        key = f"request-undone:{request.id}" if undone else f"request-decided:{request.id}"
        kind = "request-decided"
        tx.outbox.put_in_chat(key, kind, chat, request=request.id, decided_by=decided_by)


def close_requests(tx: Transaction, requests: Iterable[Request]) -> None:
    """There is nothing left to decide: they are refused by nobody."""
    for request in requests:
        tx.desk.save_request(replace(request, state=RequestState.REFUSED, decided_at=tx.now))
