"""Corrections and gifts in the staff chat, and what a manager decides about them."""

from collections.abc import Sequence
from datetime import time
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton

from loyalty.desk.approving import Question
from loyalty.desk.gifts import Given
from loyalty.desk.receipts import DeskReceipt
from loyalty.desk.returning import MoneyBack, Returnable
from loyalty.people import Patient
from loyalty.requests import Request, RequestKind, RequestState
from loyalty.visits import Reversal, Visit
from screens import merging
from screens.callbacks.corrections import (
    ConfirmAccountPress,
    DecidePress,
    GiftPress,
    GiftReason,
    GiftTypedPress,
    LeavePress,
    ReturnPress,
    ReturnReason,
    ReturnSurelyPress,
    UndoPress,
)
from screens.formats import money, whole
from screens.naming import person
from screens.screen import Screen, button, under
from screens.texts import Html, Texts, unisolated

AMOUNTS = (100, 200, 300, 500)


# --- money returned --------------------------------------------------------------------------


def return_question(texts: Texts, found: DeskReceipt, back: Returnable) -> Screen:
    visit, plan = found.visit, back.plan
    lines = [
        texts(
            "return-question",
            whose=_whose(texts, found.patient, visit),
            day=visit.day,
            money=money(plan.back.money_back, texts),
            points=whole(plan.back.points_back, texts),
            clawed=whole(plan.back.claw_back, texts),
        )
    ]
    lines += _in_the_way(texts, back)
    reasons = [
        button(
            texts.plain("return-reason", reason=reason), ReturnPress(visit=visit.id, reason=reason)
        )
        for reason in ReturnReason
    ]
    text = "\n".join([*lines, "", texts("return-why")])
    return Screen(text, under(*_in_pairs(reasons), [_leave(texts)]))


def return_confirmation(
    texts: Texts, found: DeskReceipt, back: Returnable, button_of: ReturnReason, reason: str
) -> Screen:
    """The sum to pay out and what becomes of the points, before anything is done.

    The reason is the last line: own words are read from there, see `reason_in`.
    """
    visit, moves = found.visit, back.plan.back
    sum_ = money(moves.money_back, texts)
    whose = _whose(texts, found.patient, visit)
    lines = [
        texts("return-confirm", money=sum_, whose=whose, day=visit.day),
        *_points_of_return(texts, moves.points_back, moves.claw_back),
        *_in_the_way(texts, back),
        texts("return-because", reason=reason),
    ]
    surely = texts.plain("return-ask") if back.waits else texts.plain("return-surely")
    press = ReturnSurelyPress(visit=visit.id, reason=button_of)
    leave = button(texts.plain("return-leave"), LeavePress())
    return Screen("\n".join(lines), under([button(surely, press)], [leave]))


def reason_in(question: str) -> str:
    """The own words for which `return_confirmation` asks."""
    return unisolated(question.splitlines()[-1]) if question else ""


def reason_of(texts: Texts, reason: ReturnReason) -> str:
    return texts.plain("return-reason", reason=reason)


def _points_of_return(texts: Texts, back: int, clawed: int) -> list[str]:
    lines = []
    if back:
        lines.append(texts("return-gives", points=back, shown=whole(back, texts)))
    if clawed:
        lines.append(texts("return-claws", points=clawed, shown=whole(clawed, texts)))
    return lines or [texts("return-moves-no-points")]


def _in_the_way(texts: Texts, back: Returnable) -> list[str]:
    """What else there is to know: points that are spent already, a manager's tap."""
    debt = back.plan.debt
    lines = []
    if debt > 0:
        lines.append(texts("return-debt", points=debt, shown=whole(debt, texts)))
    if back.waits:
        lines.append(texts("return-waits"))
    return lines


def returned(texts: Texts, found: DeskReceipt, back: MoneyBack) -> Screen:
    """What came of it: done, or waiting."""
    request = back.request
    whose = _whose(texts, found.patient, found.visit)
    sum_, reason = money(request.amount, texts), _reason(texts, request)
    if back.reversal is None:
        return Screen(texts("return-asked", money=sum_, whose=whose, reason=reason))
    at = back.reversal.at.astimezone(found.branch.where).time()
    name = back.reversal.made_name
    done = texts("return-done", money=sum_, whose=whose, reason=reason, at=at, name=name)
    return Screen("\n".join([done, *_moved(texts, back.reversal)]))


# --- undo ------------------------------------------------------------------------------------


def undo_question(texts: Texts, found: DeskReceipt) -> Screen:
    visit = found.visit
    text = texts(
        "undo-question",
        at=visit.recorded_at.astimezone(found.branch.where).time(),
        whose=_whose(texts, found.patient, visit),
        bill=money(visit.bill, texts),
    )
    if found.moved:
        text = f"{text}\n{texts('undo-moved')}"
    surely = button(texts.plain("undo-yes"), UndoPress(visit=visit.id))
    return Screen(text, under([surely], [_leave(texts)]))


def undone(texts: Texts, found: DeskReceipt, reversal: Reversal) -> Screen:
    where = found.branch.where
    return Screen(
        texts(
            "undo-done",
            recorded=found.visit.recorded_at.astimezone(where).time(),
            at=reversal.at.astimezone(where).time(),
            name=reversal.made_name,
            whose=_whose(texts, found.patient, found.visit),
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
    return Screen(text, under(*_in_pairs(amounts), [other], [_leave(texts)]))


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
    return Screen(text, under(*_in_pairs(reasons), [_leave(texts)]))


def gifted(texts: Texts, patient: Patient, gift: Given, where: ZoneInfo) -> Screen:
    """What came of it: given, waiting, or refused."""
    request = gift.request
    if request.state is RequestState.REFUSED:
        return Screen(texts("request-decided", state=Html(request.state)))
    points, shown = request.amount, whole(request.amount, texts)
    whose, reason = person(texts, patient), _reason(texts, request)
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
    return Screen(text, under([button(texts.plain("account-yes"), surely)], [_leave(texts)]))


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
    return texts("request-asked", reason=_reason(texts, request), name=request.asked_name)


def _to_do(texts: Texts, asked: Question) -> list[str]:
    """What has been granted: money to be paid out and points moved, or points given."""
    whose, back = _whose(texts, asked.patient, asked.visit), asked.reversal
    if asked.visit is None:
        points, shown = asked.request.amount, whole(asked.request.amount, texts)
        if asked.request.kind is RequestKind.GOOD_WILL:
            return [texts("request-given-back", points=points, shown=shown, whose=whose)]
        return [texts("request-given", points=points, shown=shown, whose=whose)]
    amount = money(back.money if back else asked.request.amount, texts)
    paid = texts("request-pay-out", money=amount, whose=whose, day=asked.visit.day)
    return [paid, *(_moved(texts, back) if back else ())]


def _moved(texts: Texts, back: Reversal) -> list[str]:
    """What has become of the points."""
    lines = []
    if back.points_back:
        points, shown = back.points_back, whole(back.points_back, texts)
        lines.append(texts("request-points-back", points=points, shown=shown))
    if back.clawed:
        shown = whole(back.clawed, texts)
        lines.append(texts("request-clawed", points=back.clawed, shown=shown))
    return lines


def _request(texts: Texts, asked: Question) -> str:
    request = asked.request
    if request.kind is RequestKind.MERGE:
        return merging.request(texts, asked)
    whose = _whose(texts, asked.patient, asked.visit)
    reason, name, branch = _reason(texts, request), request.asked_name, asked.branch.name
    if asked.visit is None:
        points, shown = request.amount, whole(request.amount, texts)
        if request.kind is RequestKind.GOOD_WILL:
            return texts(
                "request-good-will",
                points=points,
                shown=shown,
                branch=branch,
                whose=whose,
                name=name,
            )
        return texts(
            "request-gift",
            points=points,
            shown=shown,
            branch=branch,
            whose=whose,
            reason=reason,
            name=name,
        )
    return texts(
        "request-return",
        money=money(request.amount, texts),
        branch=branch,
        whose=whose,
        day=asked.visit.day,
        reason=reason,
        name=name,
    )


# --- what the screens have in common ---------------------------------------------------------


def _whose(texts: Texts, patient: Patient | None, visit: Visit | None) -> str | Html:
    if patient is not None:
        return person(texts, patient)
    training = visit is not None and visit.training
    return texts.plain("correction-training" if training else "correction-nobody")


def _reason(texts: Texts, request: Request) -> str:
    """A reason that a button has, in words; own words as they were typed."""
    if request.kind is RequestKind.RETURN and request.reason in set(ReturnReason):
        return texts.plain("return-reason", reason=request.reason)
    if request.kind is RequestKind.GIFT and request.reason in set(GiftReason):
        return texts.plain("gift-reason", reason=request.reason)
    return request.reason


def _leave(texts: Texts) -> InlineKeyboardButton:
    return button(texts.plain("correction-leave"), LeavePress())


def _in_pairs(keys: Sequence[InlineKeyboardButton]) -> list[Sequence[InlineKeyboardButton]]:
    return [keys[n : n + 2] for n in range(0, len(keys), 2)]
