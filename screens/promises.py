"""When the desk will call or answer, in words."""

from loyalty.signboard import Signboard
from loyalty.tasks.timing import Promise
from screens.formats import day_of_year
from screens.screen import Screen
from screens.texts import Html, Texts

TOMORROW = 1


def when_called(texts: Texts, call: Promise) -> Html:
    """`сегодня до 20:00`, `завтра с 9:00`, `30 ноября с 9:00`."""
    day = day_of_year(call.day, texts)
    return Html(texts("promise", near=Html(_near(call)), day=day, hour=call.hour))


def _near(call: Promise) -> str:
    if not call.closed:
        return "by"
    return {0: "today", TOMORROW: "tomorrow"}.get(call.days, "later")


def answered(texts: Texts, promise: Promise, board: Signboard) -> Screen:
    """Words were passed on; and what to do if it hurts (texts: Free text)."""
    passed = texts("promise-answer", when=when_called(texts, promise))
    if promise.closed:
        return Screen(f"{passed} {texts('promise-emergency')}")
    phone = promise.branch.phone or board.phone
    return Screen(f"{passed} {texts('promise-pain', phone=phone)}")


def heard(texts: Texts) -> Screen:
    """More words of the same talk: when the answer comes has been said."""
    return Screen(texts("promise-heard"))
