"""Money returned, in the staff chat: how much of the visit, why, once more, and what came of it."""

from enum import StrEnum

from aiogram.types import InlineKeyboardButton

from loyalty.desk.receipts import DeskReceipt
from loyalty.desk.returning import MoneyBack, Returnable
from loyalty.visits import Slice
from screens.callbacks.corrections import (
    LeavePress,
    ReturnPress,
    ReturnReason,
    ReturnTypedPress,
)
from screens.corrections import leave, moved, reason_of, whose_is
from screens.formats import money, whole
from screens.receipt import described
from screens.screen import Screen, button, in_pairs, short, under
from screens.texts import Html, Texts, unisolated

LONGEST_LABEL = 34


class Which(StrEnum):
    """How much of the visit is spoken of."""

    ALL = "all"
    REST = "rest"  # all that earlier parts have left
    PART = "part"


# --- how much --------------------------------------------------------------------------------


def return_what(texts: Texts, found: DeskReceipt, back: Returnable) -> Screen:
    """The whole, one part of the bill, or a sum to be typed."""
    visit, n = found.visit.id, back.n
    label = texts.plain("return-all", which=_which(back, None))
    several = len(back.left) > 1
    parts = [
        button(
            _label(texts, found, one),
            ReturnPress(visit=visit, n=n, part=one.part, sum=one.sum),
        )
        for one in back.left
        if several
    ]
    only = None if several else back.left[0].part
    other = ReturnTypedPress(visit=visit, n=n, part=only)
    keys = [button(label, ReturnPress(visit=visit, n=n)), *parts]
    keys.append(button(texts.plain("return-other"), other))
    text = texts(
        "return-what",
        whose=whose_is(texts, found.patient, found.visit),
        day=found.visit.day,
        money=money(back.plan.back.money_back, texts),
    )
    return Screen(text, under(*([key] for key in keys), [leave(texts)]))


def return_of_which(texts: Texts, found: DeskReceipt, back: Returnable) -> Screen:
    """Of which part of the bill a sum is going to be typed."""
    keys = [
        button(
            _label(texts, found, one),
            ReturnTypedPress(visit=found.visit.id, n=back.n, part=one.part),
        )
        for one in back.left
    ]
    return Screen(texts("return-of-which"), under(*([key] for key in keys), [leave(texts)]))


def return_how_much(texts: Texts, found: DeskReceipt, back: Returnable, part: int | None) -> Screen:
    """A sum of this part of the bill is typed next."""
    whose = whose_is(texts, found.patient, found.visit)
    lines = [
        texts("return-how-much", whose=whose, day=found.visit.day),
        *(_slice(texts, found, one) for one in back.left if one.part == part),
        texts("return-awaits-sum"),
    ]
    return Screen("\n".join(lines), under([leave(texts)]))


def _label(texts: Texts, found: DeskReceipt, one: Slice) -> str:
    what = _what(texts, found, one) or texts.plain("return-plain-part")
    sum_ = money(one.sum, texts)
    label = texts.plain("return-part-button", n=one.part + 1, what=what, money=sum_)
    return short(label, LONGEST_LABEL)


def _what(texts: Texts, found: DeskReceipt, one: Slice) -> str | None:
    """The kind of treatment, else the doctor; None: neither is known."""
    words = described(texts, found, found.visit.parts[one.part])
    return unisolated(words[0]) if words else None


def _slice(texts: Texts, found: DeskReceipt, one: Slice) -> str:
    said = texts("return-slice", money=money(one.sum, texts))
    what = _what(texts, found, one)
    return f"{said} · {what}" if what else said


def _which(back: Returnable, wish: ReturnPress | None) -> Html:
    if wish is not None and wish.part is not None:
        return Html(Which.PART)
    return Html(Which.ALL if back.n == 1 else Which.REST)


# --- why, and once more ----------------------------------------------------------------------


def return_question(
    texts: Texts, found: DeskReceipt, back: Returnable, wish: ReturnPress
) -> Screen:
    visit, plan = found.visit, back.plan
    lines = [
        texts(
            "return-question",
            which=_which(back, wish),
            whose=whose_is(texts, found.patient, visit),
            day=visit.day,
        ),
        *_of_the_bill(texts, found, back, wish),
        texts("return-moves", money=money(plan.back.money_back, texts)),
        *_points_of_return(texts, plan.back.points_back, plan.back.claw_back),
        *_in_the_way(texts, back),
        "",
        texts("return-why"),
    ]
    return Screen("\n".join(lines), under(*in_pairs(_reasons(texts, wish)), [leave(texts)]))


def _reasons(texts: Texts, wish: ReturnPress) -> list[InlineKeyboardButton]:
    return [
        button(
            texts.plain("return-reason", reason=reason), wish.model_copy(update={"reason": reason})
        )
        for reason in ReturnReason
    ]


def _of_the_bill(
    texts: Texts, found: DeskReceipt, back: Returnable, wish: ReturnPress
) -> list[str]:
    if wish.part is None:
        return []
    return [_slice(texts, found, one) for one in back.plan.slices]


def return_confirmation(
    texts: Texts, found: DeskReceipt, back: Returnable, wish: ReturnPress, reason: str
) -> Screen:
    """The sum to pay out and what becomes of the points, before anything is done.

    The reason is the last line: own words are read from there, see `reason_in`.
    """
    visit, moves = found.visit, back.plan.back
    sum_ = money(moves.money_back, texts)
    whose = whose_is(texts, found.patient, visit)
    lines = [
        texts("return-confirm", money=sum_, whose=whose, day=visit.day),
        *_of_the_bill(texts, found, back, wish),
        *_points_of_return(texts, moves.points_back, moves.claw_back),
        *_in_the_way(texts, back),
        texts("return-because", reason=reason),
    ]
    surely = texts.plain("return-ask") if back.waits else texts.plain("return-surely")
    press = wish.model_copy(update={"surely": True})
    leave_ = button(texts.plain("return-leave"), LeavePress())
    return Screen("\n".join(lines), under([button(surely, press)], [leave_]))


def reason_in(question: str) -> str:
    """The own words for which `return_confirmation` asks."""
    return unisolated(question.splitlines()[-1]) if question else ""


def reason_words(texts: Texts, reason: ReturnReason) -> str:
    return texts.plain("return-reason", reason=reason)


def _points_of_return(texts: Texts, back: int, clawed: int) -> list[str]:
    lines = []
    if back:
        lines.append(texts("return-gives", points=back, shown=whole(back, texts)))
    if clawed:
        lines.append(texts("return-claws", points=clawed, shown=whole(clawed, texts)))
    return lines or [texts("return-moves-no-points")]


def _in_the_way(texts: Texts, back: Returnable) -> list[str]:
    """What else there is to know: debt that grows or is settled, a manager's tap."""
    debt = back.plan.debt
    lines = []
    if debt > 0:
        lines.append(texts("return-debt", points=debt, shown=whole(debt, texts)))
    if debt < 0:
        lines.append(texts("return-settles", points=-debt, shown=whole(-debt, texts)))
    if back.waits:
        lines.append(texts("return-waits"))
    return lines


# --- what came of it -------------------------------------------------------------------------


def returned(texts: Texts, found: DeskReceipt, back: MoneyBack) -> Screen:
    """Done, or waiting."""
    request = back.request
    whose = whose_is(texts, found.patient, found.visit)
    sum_, reason = money(request.amount, texts), reason_of(texts, request)
    if back.reversal is None:
        return Screen(texts("return-asked", money=sum_, whose=whose, reason=reason))
    at = back.reversal.at.astimezone(found.branch.where).time()
    name = back.reversal.made_name
    done = texts("return-done", money=sum_, whose=whose, reason=reason, at=at, name=name)
    return Screen("\n".join([done, *moved(texts, back.reversal)]))
