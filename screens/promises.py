"""When the clinic will answer, as a patient reads it."""

from loyalty.signboard import Signboard
from loyalty.tasks.timing import Promise
from screens.formats import day_of_year
from screens.screen import Screen
from screens.texts import Html, Texts

NAMED_DAYS = ("today", "tomorrow")


def answer(texts: Texts, promise: Promise, board: Signboard) -> Screen:
    """`Передали администратору, ответим сегодня до 20:00`; and what to do if it hurts."""
    passed = texts("promise-answer", when=moment(texts, promise))
    if promise.closed:
        return Screen("\n\n".join([passed, texts("promise-emergency")]))
    phone = promise.branch.phone or board.phone
    return Screen("\n\n".join([passed, texts("promise-pain", phone=phone)]))


def moment(texts: Texts, promise: Promise) -> Html:
    """`сегодня до 20:00`, `завтра с 9:00`, `11 января с 9:00`."""
    near = promise.days < len(NAMED_DAYS)
    day = Html(NAMED_DAYS[promise.days]) if near else day_of_year(promise.day, texts)
    named = Html("yes" if near else "no")
    closed = Html("yes" if promise.closed else "no")
    return Html(texts("promise-moment", named=named, day=day, closed=closed, hour=promise.hour))


def heard(texts: Texts) -> Screen:
    """More words of the same talk: when the answer comes has been said."""
    return Screen(texts("promise-heard"))
