"""Two records of one person: what the desk asks, what a manager sees, and the way back."""

from collections.abc import Sequence

from loyalty.desk.approving import Question
from loyalty.desk.merging import Pair, Side
from loyalty.desk.searching import SHOWN
from loyalty.desk.unmerging import Parting
from loyalty.people import Patient
from loyalty.requests import RequestState
from screens.callbacks.corrections import LeavePress
from screens.callbacks.merging import MergePress, StayMergedPress, UnmergePress
from screens.debts import owed
from screens.formats import whole
from screens.naming import masked, person, shown_name
from screens.screen import Screen, button, under
from screens.texts import Html, Texts

# --- at the desk -----------------------------------------------------------------------------


def who(texts: Texts, patient: Patient) -> Screen:
    text = texts("merge-who", whose=person(texts, patient))
    return Screen(text, under([button(texts.plain("correction-leave"), LeavePress())]))


def which(texts: Texts, patient: Patient, found: Sequence[Patient]) -> Screen:
    """Whom the words may mean; the record itself is not among them. Others may be typed."""
    rows = [
        [
            button(
                f"{shown_name(one, texts)} {masked(one.phone)}",
                MergePress(patient=patient.id, other=one.id),
            )
        ]
        for one in found[:SHOWN]
    ]
    leave = [button(texts.plain("correction-leave"), LeavePress())]
    more = len(found) > SHOWN
    asks = texts("merge-which", whose=person(texts, patient))
    text = f"{asks}\n{texts('found-more')}" if more else asks
    return Screen(text, under(*rows, leave))


def preview(texts: Texts, pair: Pair) -> Screen:
    """Both records and what would become of them, before anything is asked."""
    kept, gone = pair.kept.patient.id, pair.gone.patient.id
    surely = button(texts.plain("merge-surely"), MergePress(patient=kept, other=gone, surely=True))
    leave = button(texts.plain("correction-leave"), LeavePress())
    lines = [texts("merge-preview"), *_pair(texts, pair), "", texts("merge-only-if")]
    lines.append(texts("merge-confirmed-by"))
    return Screen("\n".join(lines), under([surely], [leave]))


def asked(texts: Texts, question: Question) -> Screen:
    return Screen("\n".join([texts("merge-asked"), *both(texts, question)]))


def _pair(texts: Texts, pair: Pair) -> list[str]:
    lines = ["", *_side(texts, 1, pair.kept), "", *_side(texts, 2, pair.gone), ""]
    lines.append(texts("merge-after", points=pair.points, shown=whole(pair.points, texts)))
    lines += owed(texts, pair.debt)
    if pair.lapses:
        shown = whole(pair.lapses, texts)
        lines.append(texts("merge-lapses", points=pair.lapses, shown=shown))
    if pair.lapses_by_card:
        shown = whole(pair.lapses_by_card, texts)
        lines.append(texts("merge-lapses-by-card", points=pair.lapses_by_card, shown=shown))
    if pair.kept.family:
        lines.append(texts("merge-family"))
    if pair.stopped:
        lines.append(texts("merge-stopped"))
    return lines


def _side(texts: Texts, n: int, side: Side) -> list[str]:
    visits = texts("merge-no-visits")
    if side.since is not None:
        visits = texts("merge-visits", visits=side.visits, since=side.since)
    words = [visits, texts("merge-points", points=side.points, shown=whole(side.points, texts))]
    if side.debt:
        words.append(texts("merge-debt", points=side.debt, shown=whole(side.debt, texts)))
    words += [texts("merge-in-bot")] if side.in_bot else []
    return [f"{n}. {person(texts, side.patient)}", " · ".join(words)]


# --- the manager -----------------------------------------------------------------------------


def request(texts: Texts, question: Question) -> str:
    """What is asked; while it waits, what it would do."""
    asked = question.request
    head = texts("request-merge", branch=question.branch.name, name=asked.asked_name)
    if question.pair is not None:
        return "\n".join([head, *_pair(texts, question.pair), texts("merge-only-if")])
    return "\n".join([head, *both(texts, question)])


def decided(texts: Texts, question: Question) -> Screen:
    """For who decided; what was granted can be taken back."""
    state = Html(question.request.state)
    text = f"{request(texts, question)}\n\n{texts('request-decided', state=state)}"
    if question.request.state is not RequestState.GRANTED:
        return Screen(text)
    undo = button(texts.plain("merge-undo"), UnmergePress(request=question.request.id))
    return Screen(text, under([undo]))


def undo_question(texts: Texts, question: Question) -> Screen:
    number = question.request.id
    yes = button(texts.plain("merge-undo-yes"), UnmergePress(request=number, surely=True))
    leave = button(texts.plain("correction-leave"), StayMergedPress(request=number))
    lines = [texts("merge-undo-question"), *both(texts, question), texts("merge-undo-means")]
    lines += _parting(texts, question.parting) if question.parting else []
    return Screen("\n".join(lines), under([yes], [leave]))


def _parting(texts: Texts, parts: Parting) -> list[str]:
    """Which points move, as far as any do."""
    lines = []
    if parts.back:
        lines.append(texts("merge-undo-back", points=parts.back, shown=whole(parts.back, texts)))
    if parts.spent:
        shown = whole(parts.spent, texts)
        lines.append(texts("merge-undo-spent", shown=shown))
    if parts.debt:
        lines.append(texts("merge-undo-debt", points=parts.debt, shown=whole(parts.debt, texts)))
    return lines


def told_staff(texts: Texts, question: Question) -> Screen:
    """For the staff chat: what was decided, and who it is now."""
    by, state = Html(question.decided_by), question.request.state
    if state is RequestState.GRANTED:
        lines = [texts("request-granted-by", who=by), texts("merge-done")]
    elif state is RequestState.UNDONE:
        lines = [texts("merge-undone-by", who=by)]
    else:
        lines = [texts("request-refused-by", who=by), texts("merge-stay-two")]
    return Screen("\n".join([*lines, *both(texts, question)]))


def both(texts: Texts, question: Question) -> list[str]:
    """The two records, a line each."""
    records = (question.patient, question.other)
    return [person(texts, one) for one in records if one is not None]
