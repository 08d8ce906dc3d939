"""An appointment as its patient sees it: notices, reminders, and what they answer."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from aiogram.types import InlineKeyboardButton
from babel.dates import format_date

from loyalty.appointments.appointment import State
from loyalty.appointments.looking import AppointmentFacts, AppointmentsFacts
from loyalty.tasks.timing import Promise
from screens.callbacks.appointments import AnswerPress, VisitAnswer, WishPress
from screens.callbacks.desk_patient import VisitsPress
from screens.promises import when_called
from screens.screen import Screen, button, link, under
from screens.texts import Html, Texts

_NO_BREAK = "\u00a0"
Row = Sequence[InlineKeyboardButton]


# --- when it is ------------------------------------------------------------------------------


def day_in_words(day: date, today: date, texts: Texts) -> Html:
    """`суббота, 12 декабря`; with the year where it is another one."""
    pattern = "EEEE, d MMMM" if day.year == today.year else "EEEE, d MMMM y"
    weekday, _, rest = format_date(day, pattern, locale=texts.language).partition(", ")
    return Html(f"{weekday}, {rest.replace(' ', _NO_BREAK)}")


def when(texts: Texts, facts: AppointmentFacts) -> str:
    """`завтра, 12 декабря, в 15:30`, as of the branch's today."""
    near = {facts.today: "today", facts.today + timedelta(days=1): "tomorrow"}
    return texts(
        "appointment-when",
        near=Html(near.get(facts.day, "later")),
        day=day_in_words(facts.day, facts.today, texts),
        date=_date(facts.day, texts),
        hour=facts.appointment.hour(facts.branch),
    )


def _date(day: date, texts: Texts) -> Html:
    return Html(format_date(day, "d MMMM", locale=texts.language).replace(" ", _NO_BREAK))


def _about(texts: Texts, facts: AppointmentFacts) -> Iterator[str]:
    """Whose it is, with whom, and where."""
    if facts.name:
        yield texts("visit-whose", name=facts.name)
    if facts.doctor:
        yield texts("visits-doctor", name=facts.doctor)
    if facts.branch.address:
        yield texts("appointment-address", address=facts.branch.address)
    elif facts.several:
        yield texts("appointment-branch", branch=facts.branch.name)


def _way(texts: Texts, facts: AppointmentFacts) -> Row:
    way = facts.branch.directions
    return [link(texts.plain("clinic-directions"), way)] if way else []


# --- notices ---------------------------------------------------------------------------------


def booked(texts: Texts, facts: AppointmentFacts, *, moved: bool) -> Screen:
    """At booking, and at each new time."""
    said = texts("appointment-moved" if moved else "appointment-booked", when=_html(texts, facts))
    lines = [said, *_about(texts, facts)]
    return Screen("\n".join(lines), under(_move_or_cancel(texts, facts), _way(texts, facts)))


def cancelled(texts: Texts, facts: AppointmentFacts) -> Screen:
    lines = [texts("appointment-cancelled", when=_html(texts, facts)), *_about(texts, facts)]
    return Screen("\n".join(lines), under(_wish(texts)))


def missed(texts: Texts, facts: AppointmentFacts | AppointmentsFacts) -> Screen:
    """A kind word, without a reproach."""
    several = _several(facts)
    first = several[0]
    said = texts(
        "appointment-missed",
        named=Html(_name(first)),
        name=first.calls or "",
        day=_date(first.day, texts),
    )
    whose = [texts("visit-whose", name=one.name) for one in several if one.name]
    return Screen("\n".join([said, *whose]), under(_wish(texts)))


def day_before(texts: Texts, facts: AppointmentFacts | AppointmentsFacts) -> Screen:
    """The day before: who has confirmed already is only reminded."""
    several = _several(facts)
    lines, confirmed = _expected(texts, several), _confirmed(several)
    if not confirmed:
        lines.append(texts("appointment-will-you-come"))
    if len(several) == 1:
        comes = [] if confirmed else [_key(_comes(texts), several[0], VisitAnswer.COMES)]
        rows = [comes, _move_or_cancel(texts, several[0])]
    else:
        comes = [] if confirmed else [_key(_all_come(texts), several[-1], VisitAnswer.ALL_COME)]
        rows = [comes, _to_each(texts)]
    return Screen("\n".join(lines), under(*rows, _way(texts, several[0])))


def hours_before(texts: Texts, facts: AppointmentFacts | AppointmentsFacts) -> Screen:
    several = _several(facts)
    lines = _expected(texts, several)
    lines.append(texts("appointment-plans-changed", phone=several[0].branch.phone))
    keys = _move_or_cancel(texts, several[0]) if len(several) == 1 else _to_each(texts)
    return Screen("\n".join(lines), under(keys, _way(texts, several[0])))


def _several(facts: AppointmentFacts | AppointmentsFacts) -> tuple[AppointmentFacts, ...]:
    return (facts,) if isinstance(facts, AppointmentFacts) else facts.several


def _confirmed(several: Sequence[AppointmentFacts]) -> bool:
    return all(one.appointment.state is State.CONFIRMED for one in several)


def _expected(texts: Texts, several: Sequence[AppointmentFacts]) -> list[str]:
    """Of one in a sentence, of several each by itself."""
    first = several[0]
    named, name = Html(_name(first)), first.calls or ""
    if len(several) == 1:
        said = texts("appointment-remind", named=named, name=name, when=_html(texts, first))
        return [said, *_about(texts, first)]
    lines = [texts("appointment-remind-several", named=named, name=name)]
    for one in several:
        lines += ["", texts("appointment-ahead", when=_html(texts, one)), *_about(texts, one)]
    return [*lines, ""]


def _comes(texts: Texts) -> str:
    return texts.plain("appointment-button-comes")


def _all_come(texts: Texts) -> str:
    return texts.plain("appointment-button-all-come")


def _to_each(texts: Texts) -> Row:
    """Where each can be moved or cancelled by itself."""
    return [button(texts.plain("appointment-button-each"), VisitsPress(page=0))]


# --- what the patient answers ----------------------------------------------------------------


def comes(texts: Texts, facts: AppointmentFacts) -> Screen:
    lines = [texts("appointment-confirmed", when=_html(texts, facts)), *_about(texts, facts)]
    return Screen("\n".join(lines), under(_move_or_cancel(texts, facts), _way(texts, facts)))


def all_come(texts: Texts, several: Sequence[AppointmentFacts]) -> Screen:
    """All of the family that are expected are confirmed."""
    lines = [texts("appointment-all-confirmed")]
    for one in several:
        lines += ["", texts("appointment-ahead", when=_html(texts, one)), *_about(texts, one)]
    return Screen("\n".join(lines), under(_to_each(texts)))


def to_move(texts: Texts, facts: AppointmentFacts, call: Promise) -> Screen:
    """They may come after all."""
    text = texts("appointment-to-move", call=when_called(texts, call))
    key = _key(texts.plain("appointment-button-comes-after-all"), facts, VisitAnswer.COMES)
    return Screen(text, under([key]))


def ask_cancel(texts: Texts, facts: AppointmentFacts) -> Screen:
    lines = [texts("appointment-cancel-sure", when=_html(texts, facts)), *_about(texts, facts)]
    yes = _key(texts.plain("appointment-button-cancel-surely"), facts, VisitAnswer.CANCEL_SURELY)
    no = _key(texts.plain("appointment-button-comes-instead"), facts, VisitAnswer.COMES)
    return Screen("\n".join(lines), under([yes, no]))


def gone(texts: Texts, call: Promise) -> Screen:
    """Cancelled by the patient."""
    return Screen(texts("appointment-gone", call=when_called(texts, call)))


def stands(texts: Texts, facts: AppointmentFacts) -> Screen:
    """The button was of another time, or it is over by now."""
    ahead = facts.appointment.state in {State.BOOKED, State.CONFIRMED} and facts.ahead
    if not ahead:
        return Screen(texts("appointment-over"), under(_wish(texts)))
    lines = [texts("appointment-now", when=_html(texts, facts)), *_about(texts, facts)]
    return Screen("\n".join(lines), under(_move_or_cancel(texts, facts), _way(texts, facts)))


# --- what is booked, among the visits --------------------------------------------------------


def ahead(texts: Texts, found: Sequence[AppointmentFacts]) -> tuple[list[str], list[Row]]:
    """A paragraph for each, and its buttons; where there are several these name the day."""
    several = len(found) > 1
    return (
        ["\n".join(_ahead(texts, one)) for one in found],
        [_of_one(texts, one) if several else _move_or_cancel(texts, one) for one in found],
    )


def _ahead(texts: Texts, facts: AppointmentFacts) -> Iterator[str]:
    yield texts("appointment-ahead", when=_html(texts, facts))
    yield from _about(texts, facts)
    if facts.appointment.state is State.TO_MOVE:
        yield texts("appointment-awaits-move")


def _of_one(texts: Texts, facts: AppointmentFacts) -> Row:
    day = Html(format_date(facts.day, "dd.MM", locale=texts.language))
    return [
        _key(texts.plain("appointment-button-move-of", day=day), facts, VisitAnswer.MOVE),
        _key(texts.plain("appointment-button-cancel-of", day=day), facts, VisitAnswer.CANCEL),
    ]


def _html(texts: Texts, facts: AppointmentFacts) -> Html:
    return Html(when(texts, facts))


def _name(facts: AppointmentFacts) -> str:
    return "yes" if facts.calls else "no"


def _move_or_cancel(texts: Texts, facts: AppointmentFacts) -> Row:
    return [
        _key(texts.plain("appointment-button-move"), facts, VisitAnswer.MOVE),
        _key(texts.plain("appointment-button-cancel"), facts, VisitAnswer.CANCEL),
    ]


def _key(label: str, facts: AppointmentFacts, answer: VisitAnswer) -> InlineKeyboardButton:
    one = facts.appointment
    return button(label, AnswerPress(appointment=one.id, minute=one.minute, answer=answer))


def _wish(texts: Texts) -> Row:
    return [button(texts.plain("wish-button"), WishPress())]
