"""Points that have ended are given back: what the desk is shown and says."""

from zoneinfo import ZoneInfo

from loyalty.desk.gifts import Given
from loyalty.desk.goodwill import Ended
from loyalty.people import Patient
from loyalty.requests import RequestState
from screens.callbacks.corrections import GoodWillPress, LeavePress
from screens.formats import whole
from screens.naming import person
from screens.screen import Screen, button, under
from screens.texts import Html, Texts


def question(texts: Texts, patient: Patient, ended: Ended) -> Screen:
    """What ended, what may come back at once, and what only by a manager."""
    whose = person(texts, patient)
    if ended.last_day is None or not ended.points:
        return Screen(texts("goodwill-nothing", whose=whose))
    shown = whole(ended.points, texts)
    lines = [texts("goodwill-question", whose=whose)]
    lines.append(texts("goodwill-ended", points=ended.points, shown=shown, day=ended.last_day))
    offered = sorted({ended.alone, ended.points} - {0})
    if ended.alone:
        shown, days = whole(ended.alone, texts), ended.days
        say = texts("goodwill-say", points=ended.alone, shown=shown, days=days, day=ended.last_day)
        lines += ["", say]
    if ended.again:
        lines += [texts("goodwill-again"), texts("goodwill-manager")]
    elif ended.points > ended.alone:
        lines.append(texts("goodwill-more"))
    rows = [
        [
            button(
                texts.plain("goodwill-give", shown=whole(points, texts)),
                GoodWillPress(patient=patient.id, points=points),
            )
        ]
        for points in offered
    ]
    leave = [button(texts.plain("correction-leave"), LeavePress())]
    return Screen("\n".join(lines), under(*rows, leave))


def given(texts: Texts, patient: Patient, gift: Given, where: ZoneInfo) -> Screen:
    """What came of it: given back, waiting, or refused."""
    request = gift.request
    if request.state is RequestState.REFUSED:
        return Screen(texts("request-decided", state=Html(request.state)))
    points, shown, whose = request.amount, whole(request.amount, texts), person(texts, patient)
    if request.state is RequestState.WAITING:
        return Screen(texts("goodwill-asked", points=points, shown=shown, whose=whose))
    at, name = request.asked_at.astimezone(where).time(), request.asked_name
    return Screen(texts("goodwill-done", points=points, shown=shown, whose=whose, at=at, name=name))
