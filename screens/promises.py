"""When the desk will call or answer, in words."""

from loyalty.tasks.timing import Promise
from screens.formats import day_of_year
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
