"""Undoing, gifts and new accounts in the staff chat, and what a manager decides."""

from datetime import time
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton

from loyalty.desk.approving import Question
from loyalty.desk.gifts import Given
from loyalty.desk.goodwill import Ended
from loyalty.desk.receipts import DeskReceipt
from loyalty.people import Patient
from loyalty.requests import Request, RequestKind, RequestState
from loyalty.visits import Reversal, Visit
from screens import arriving, merging
from screens.callbacks.corrections import (
    ConfirmAccountPress,
    DecidePress,
    GiftPress,
    GiftReason,
    GiftTypedPress,
    LeavePress,
    ReturnReason,
    UndoPress,
)
from screens.formats import money, whole
from screens.naming import person
from screens.screen import Screen, button, in_pairs, under
from screens.texts import Html, Texts

AMOUNTS = (100, 200, 300, 500)


# --- undo ------------------------------------------------------------------------------------


def undo_question(texts: Texts, found: DeskReceipt) -> Screen:
    visit = found.visit
    text = texts(
        "undo-question",
        at=visit.recorded_at.astimezone(found.branch.where).time(),
        whose=whose_is(texts, found.patient, visit),
        bill=money(visit.bill, texts),
    )
    if found.moved:
        text = f"{text}\n{texts('undo-moved')}"
    surely = button(texts.plain("undo-yes"), UndoPress(visit=visit.id))
    return Screen(text, under([surely], [leave(texts)]))


def undone(texts: Texts, found: DeskReceipt, reversal: Reversal) -> Screen:
    where = found.branch.where
    return Screen(
        texts(
            "undo-done",
            recorded=found.visit.recorded_at.astimezone(where).time(),
            at=reversal.at.astimezone(where).time(),
            name=reversal.made_name,
            whose=whose_is(texts, found.patient, found.visit),
        )
    )


# --- gifts -----------------------------------------------------------------------------------


def gift_how_many(texts: Texts, patient: Patient) -> Screen:
    amounts = [
        button(whole(points, texts), GiftPress(patient=patient.id, points=points))
        for points in AMOUNTS
    ]
    other = button(texts.plain("gift-other"), GiftTypedPress(patient=patient.id))
    text = texts("gift-how-many", whose=person(texts, patient))
    return Screen(text, under(*in_pairs(amounts), [other], [leave(texts)]))


def gift_why(texts: Texts, patient: Patient, points: int) -> Screen:
    reasons = [
        button(
            texts.plain("gift-reason", reason=reason),
            GiftPress(patient=patient.id, points=points, reason=reason),
        )
        for reason in GiftReason
    ]
    whose = person(texts, patient)
    text = texts("gift-why", points=points, shown=whole(points, texts), whose=whose)
    return Screen(text, under(*in_pairs(reasons), [leave(texts)]))


def gifted(texts: Texts, patient: Patient, gift: Given, where: ZoneInfo) -> Screen:
    """What came of it: given, waiting, or refused."""
    request = gift.request
    if request.state is RequestState.REFUSED:
        return Screen(texts("request-decided", state=Html(request.state)))
    points, shown = request.amount, whole(request.amount, texts)
    whose, reason = person(texts, patient), reason_of(texts, request)
    if request.state is RequestState.WAITING:
        return Screen(texts("gift-asked", points=points, shown=shown, whose=whose, reason=reason))
    at = request.asked_at.astimezone(where).time()
    return Screen(
        texts(
            "gift-done",
            points=points,
            shown=shown,
            whose=whose,
            reason=reason,
            at=at,
            name=request.asked_name,
        )
    )


# --- a new account on a known phone ----------------------------------------------------------


def account_question(texts: Texts, patient: Patient) -> Screen:
    surely = ConfirmAccountPress(patient=patient.id, surely=True)
    text = texts("account-question", whose=person(texts, patient))
    return Screen(text, under([button(texts.plain("account-yes"), surely)], [leave(texts)]))


def account_confirmed(texts: Texts, patient: Patient, name: str, at: time) -> Screen:
    return Screen(texts("account-done", at=at, name=name, whose=person(texts, patient)))


# --- what waits for a manager ----------------------------------------------------------------


def request(texts: Texts, asked: Question) -> Screen:
    number = asked.request.id
    grant = button(texts.plain("request-grant"), DecidePress(request=number, granted=True))
    refuse = button(texts.plain("request-refuse"), DecidePress(request=number, granted=False))
    return Screen(_request(texts, asked), under([grant, refuse]))


def decided(texts: Texts, asked: Question) -> Screen:
    """For who decided, in place of the question."""
    if asked.request.kind is RequestKind.MERGE:
        return merging.decided(texts, asked)
    state = Html(asked.request.state)
    return Screen(f"{_request(texts, asked)}\n\n{texts('request-decided', state=state)}")


def told_staff(texts: Texts, asked: Question) -> Screen:
    """For the staff chat: who has decided, and what to do now."""
    who, request = Html(asked.decided_by), asked.request
    if request.kind is RequestKind.MERGE:
        return merging.told_staff(texts, asked)
    if request.state is RequestState.GRANTED:
        lines = [
            texts("request-granted-by", who=who),
            *_to_do(texts, asked),
            _about(texts, request),
        ]
    else:
        lines = [texts("request-refused-by", who=who)]
        lines += [texts("request-pay-nothing")] if asked.visit else []
        lines.append(_request(texts, asked))
    return Screen("\n".join(lines))


def _about(texts: Texts, request: Request) -> str:
    """Why it was asked, and who did."""
    if not request.reason:
        return texts("request-asked-by", name=request.asked_name)
    return texts("request-asked", reason=reason_of(texts, request), name=request.asked_name)


def _to_do(texts: Texts, asked: Question) -> list[str]:
    """What has been granted: money to be paid out and points moved, or points given."""
    whose, back = whose_is(texts, asked.patient, asked.visit), asked.reversal
    if asked.visit is None:
        points, shown = asked.request.amount, whole(asked.request.amount, texts)
        if asked.request.kind is RequestKind.GOOD_WILL:
            return [texts("request-given-back", points=points, shown=shown, whose=whose)]
        return [texts("request-given", points=points, shown=shown, whose=whose)]
    amount = money(back.money if back else asked.request.amount, texts)
    paid = texts("request-pay-out", money=amount, whose=whose, day=asked.visit.day)
    return [paid, *(moved(texts, back) if back else ())]


def moved(texts: Texts, back: Reversal) -> list[str]:
    """What has become of the points."""
    lines = []
    if back.points_back:
        points, shown = back.points_back, whole(back.points_back, texts)
        lines.append(texts("request-points-back", points=points, shown=shown))
    if back.clawed:
        shown = whole(back.clawed, texts)
        lines.append(texts("request-clawed", points=back.clawed, shown=shown))
    return [*lines, *_debt(texts, back.debt)]


def _debt(texts: Texts, grown: int) -> list[str]:
    """What was not there to be taken; or, below nothing, what old debt took of the points back."""
    points, shown = abs(grown), whole(abs(grown), texts)
    if grown > 0:
        return [texts("request-owed", points=points, shown=shown)]
    return [texts("request-settled", points=points, shown=shown)] if grown else []


def _request(texts: Texts, asked: Question) -> str:
    request = asked.request
    if request.kind is RequestKind.MERGE:
        return merging.request(texts, asked)
    if request.kind is RequestKind.FRIENDS:
        return arriving.request(texts, asked)
    whose = whose_is(texts, asked.patient, asked.visit)
    reason, name, branch = reason_of(texts, request), request.asked_name, asked.branch.name
    if asked.visit is None:
        points, shown = request.amount, whole(request.amount, texts)
        if request.kind is RequestKind.GOOD_WILL:
            said = texts(
                "request-good-will",
                points=points,
                shown=shown,
                branch=branch,
                whose=whose,
                name=name,
            )
            return "\n".join([said, *_of_what_ended(texts, asked.ended)])
        return texts(
            "request-gift",
            points=points,
            shown=shown,
            branch=branch,
            whose=whose,
            reason=reason,
            name=name,
        )
    said = texts(
        "request-return",
        money=money(request.amount, texts),
        branch=branch,
        whose=whose,
        day=asked.visit.day,
        reason=reason,
        name=name,
    )
    late = [texts("request-late", days=asked.late)] if asked.late is not None else []
    return "\n".join([said, *_of_how_much(texts, asked, asked.visit), *late])


def _of_what_ended(texts: Texts, ended: Ended | None) -> list[str]:
    """When it ended, and whether the wallet has had good will this year."""
    if ended is None or ended.last_day is None:
        return []
    points, shown = ended.points, whole(ended.points, texts)
    lines = [texts("goodwill-ended", points=points, shown=shown, day=ended.last_day)]
    return [*lines, texts("goodwill-again")] if ended.again else lines


def _of_how_much(texts: Texts, asked: Question, visit: Visit) -> list[str]:
    """Of a part: what was paid in all, and what has gone back of it already."""
    if asked.request.slices is None and not asked.before:
        return []
    cash, before = money(visit.cash, texts), money(asked.before, texts)
    if asked.before:
        return [texts("request-part-after", cash=cash, before=before)]
    return [texts("request-part", cash=cash)]


# --- what the screens have in common ---------------------------------------------------------


def whose_is(texts: Texts, patient: Patient | None, visit: Visit | None) -> str | Html:
    if patient is not None:
        return person(texts, patient)
    training = visit is not None and visit.training
    return texts.plain("correction-training" if training else "correction-nobody")


def reason_of(texts: Texts, request: Request) -> str:
    """A reason that a button has, in words; own words as they were typed."""
    if request.kind is RequestKind.RETURN and request.reason in set(ReturnReason):
        return texts.plain("return-reason", reason=request.reason)
    if request.kind is RequestKind.GIFT and request.reason in set(GiftReason):
        return texts.plain("gift-reason", reason=request.reason)
    return request.reason


def leave(texts: Texts) -> InlineKeyboardButton:
    return button(texts.plain("correction-leave"), LeavePress())
