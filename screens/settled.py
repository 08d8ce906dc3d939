"""The message that waited for a manager, once it is decided: what was asked, and the answer.

What is to be done now stands in one message alone, `corrections.told_staff`: money that two
messages tell to pay is paid twice.
"""

from loyalty.desk.approving import Question
from loyalty.requests import RequestKind, RequestState
from screens import merging
from screens.corrections import reason_of, whose_is
from screens.formats import whole
from screens.screen import Screen
from screens.texts import Html, Texts


def settled(texts: Texts, asked: Question) -> Screen:
    return Screen("\n".join([*_asked(texts, asked), *_answer(texts, asked)]))


def _asked(texts: Texts, asked: Question) -> list[str]:
    """Of a return without its sum: it would read as one to be paid."""
    request, name = asked.request, asked.request.asked_name
    if request.kind is RequestKind.MERGE:
        return [texts("settled-merge", name=name), *merging.both(texts, asked)]
    whose = whose_is(texts, asked.patient, asked.visit)
    if asked.visit is not None:
        reason, day = reason_of(texts, request), asked.visit.day
        return [texts("settled-return", whose=whose, day=day, reason=reason, name=name)]
    points, shown = request.amount, whole(request.amount, texts)
    if request.kind is RequestKind.GOOD_WILL:
        return [texts("settled-good-will", points=points, shown=shown, whose=whose, name=name)]
    reason = reason_of(texts, request)
    return [
        texts("settled-gift", points=points, shown=shown, whose=whose, reason=reason, name=name)
    ]


def _answer(texts: Texts, asked: Question) -> list[str]:
    who, state = Html(asked.decided_by), asked.request.state
    if state is RequestState.UNDONE:
        return [texts("merge-undone-by", who=who)]
    if state is RequestState.REFUSED:
        return [texts("request-refused-by", who=who)]
    pays = [texts("settled-pay-below")] if asked.visit is not None else []
    return [texts("request-granted-by", who=who), *pays]
