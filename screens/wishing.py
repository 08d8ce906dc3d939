"""«Записаться»: what is asked, and when the desk will call."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton

from loyalty.appointments.elsewhere import Waits
from loyalty.appointments.wishing import Choice
from loyalty.signboard import Signboard
from loyalty.tasks.timing import Promise
from screens.callbacks.appointments import ANY_DOCTOR, When, WishPress
from screens.callbacks.desk_patient import VisitsPress
from screens.promises import when_called
from screens.screen import Screen, button, in_pairs, short, under
from screens.texts import Texts

LABEL = 20
MOST = 40  # buttons of a question
OTHERS = 9  # doctors besides those that the patient has been to


def which_branch(texts: Texts, choice: Choice, wish: WishPress) -> Screen:
    shown = [(one.name, {"branch": one.id}) for one in choice.branches[:MOST]]
    return _ask(texts, texts("wish-branch"), wish, shown)


def which_patient(texts: Texts, choice: Choice, wish: WishPress) -> Screen:
    """The person's own family, by the names they know them by."""
    unnamed = texts.plain("person-unnamed")
    shown = [(one.name or unnamed, {"patient": one.id}) for one in choice.patients[:MOST]]
    return _ask(texts, texts("wish-patient"), wish, shown)


def when(texts: Texts, wish: WishPress) -> Screen:
    labels = {
        When.DAY: texts.plain("wish-button-daytime"),
        When.EVENING: texts.plain("wish-button-evening"),
        When.WEEKEND: texts.plain("wish-button-weekend"),
    }
    keys = [button(label, _also(wish, when=when)) for when, label in labels.items()]
    return Screen(texts("wish-when"), under(*([key] for key in keys), _back(texts)))


def which_doctor(texts: Texts, choice: Choice, wish: WishPress) -> Screen:
    """Whom they know stands first."""
    shown = [(name, {"doctor": number}) for number, name in choice.doctors[: choice.known + OTHERS]]
    return _ask(texts, texts("wish-doctor"), wish, [*shown, _any(texts)])


def _any(texts: Texts) -> tuple[str, dict[str, int]]:
    return texts.plain("wish-any-doctor"), {"doctor": ANY_DOCTOR}


def _ask(
    texts: Texts, text: str, wish: WishPress, shown: Sequence[tuple[str, dict[str, int]]]
) -> Screen:
    keys = [button(short(label, LABEL), wish.model_copy(update=says)) for label, says in shown]
    return Screen(text, under(*in_pairs(keys), _back(texts)))


def _back(texts: Texts) -> Sequence[InlineKeyboardButton]:
    """Whoever has changed their mind goes on from their visits."""
    return [button(texts.plain("wish-button-back"), VisitsPress(page=0))]


def _also(wish: WishPress, **says: When) -> WishPress:
    return wish.model_copy(update=says)


def heard(texts: Texts, call: Promise) -> Screen:
    return Screen(texts("wish-heard", call=when_called(texts, call)), under(_back(texts)))


def waits(texts: Texts, waits: Waits | None) -> Screen:
    """Thanks for saying that they are booked."""
    back = [button(texts.plain("balance-visits"), VisitsPress(page=0))]
    if waits is None:
        return Screen(texts("elsewhere-noted"), under(back))
    text = texts("elsewhere-waits", points=waits.points, day=waits.until)
    return Screen(text, under(back))


def nowhere(texts: Texts, signboard: Signboard) -> Screen:
    """No branch is there that could call."""
    return Screen(texts("wish-nowhere", phone=signboard.phone))
